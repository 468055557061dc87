"""Is a film review positive? Words in, P(positive) after every word."""

from lstm_viz.tasks.answers import Softmax
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
            "P(positive) falls by more than 0.4 at “not”. Alone, “good” lifts it above 0.8; here it stays below 0.3.",
        ),
        Example(
            "But",
            "The acting is good, but the story is a mess.",
            "P(positive) rises by more than 0.3 at “good”, stays above 0.6 up to “a”, and falls below 0.1 at “mess”.",
        ),
        Example(
            "One word decides",
            "This is one of the best films of the year.",
            "P(positive) passes 0.9 at “best”. Change that one word to “worst” and it ends below 0.1.",
        ),
        Example(
            "A late turn",
            "It's a great idea, wasted.",
            "P(positive) is above 0.8 at “great” and below 0.3 after “wasted”: the last word outweighs the rest.",
        ),
        Example(
            "Slow, then moving",
            "The first hour is slow and the music is too loud, and more than once I looked at my watch, but then the "
            "two sisters meet on the ferry, the old quarrel comes back, and in one long, quiet scene the film becomes "
            "something rare: honest, funny, beautifully acted and so moving that I forgave it everything that had gone "
            "before.",
            "P(positive) drops below 0.1 by “loud”, passes 0.9 by “honest” and is still above 0.9 at the end.",
        ),
        Example(
            "Unknown words",
            "Zxqwy and Brobdingnag give a splendiferous turn in a dull film.",
            "Three words are unknown and look the same to the network. “dull”, which it knows, lowers P(positive) by "
            "more than 0.4.",
        ),
        Example(
            "Where it fails",
            "Nothing about this film is boring.",
            "A kind review, yet P(positive) ends below 0.2: for the network “nothing” and “boring” are both bad signs, "
            "and one does not cancel the other.",
        ),
    ),
)
