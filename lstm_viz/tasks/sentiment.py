"""Is a film review positive? Words in, P(positive) after every word."""

from lstm_viz.tasks.answers import Softmax
from lstm_viz.tasks.points import After, End, Keeping, Move, Swap, Unknown, Verdict
from lstm_viz.tasks.readers import Words
from lstm_viz.tasks.task import Example, Task

SENTIMENT = Task(
    name="sentiment",
    title="Sentiment of a film review",
    question="Does the writer like the film?",
    output="The probability that the review is positive, given the words so far. At 0.5 the network cannot tell.",
    labels=("negative", "positive"),
    reader=Words(),
    answers=Softmax(),
    limit=1000,
    examples=(
        Example(
            "Not good",
            "The film is not good.",
            (Move("good"), Swap("not"), Keeping("good")),
        ),
        Example(
            "Not, from afar",
            "I would not say that the acting in this film is good.",
            (After(("film", "good")), End(), Keeping("not")),
        ),
        Example(
            "But",
            "The acting is good, but the story is a mess.",
            (Keeping("but"), After(("good", "mess"))),
        ),
        Example(
            "One word decides",
            "This is one of the best films of the year.",
            (Move("best"), Swap("best", "worst")),
        ),
        Example(
            "A late turn",
            "It's a great idea, wasted.",
            (Move("great"), Move("wasted")),
        ),
        Example(
            "Expected, got",
            "I expected a bore and got a masterpiece.",
            (Move("bore"), Move("masterpiece"), End()),
        ),
        Example(
            "Slow, then moving",
            "The first hour is slow and the music is too loud, and more than once I looked at my watch, but then the "
            "two sisters meet on the ferry, the old quarrel comes back, and in one long, quiet scene the film becomes "
            "something rare: honest, funny, beautifully acted and so moving that I forgave it everything that had gone "
            "before.",
            (After(("loud", "honest", -1)),),
        ),
        Example(
            "Unknown words",
            "Zxqwy and Brobdingnag give a splendiferous turn in a dull film.",
            (Unknown(), Move("dull")),
        ),
        Example(
            "Where it fails",
            "One star, and that is generous.",
            (Verdict("negative"),),
        ),
    ),
)
