"""What kind of answer does a question ask for? Words in, six classes after every word."""

from lstm_viz.tasks.answers import Softmax
from lstm_viz.tasks.points import Leaders, Swap, Throughout, Unknown
from lstm_viz.tasks.readers import Spelling, Words
from lstm_viz.tasks.readers.spelling import TREEBANK
from lstm_viz.tasks.task import Example, Task

KEY = Spelling(marks={**TREEBANK.marks, **dict.fromkeys("'`’‘“”", "")}, digits="0")
"""How TREC's file spells a word: no apostrophes or quotation marks; and every digit counts as 0."""

QUESTION = Task(
    name="question",
    title="Kind of question",
    question="What kind of answer does this question ask for?",
    output="The probability of each of six kinds of answer, given the words so far.",
    labels=("abbreviation", "description", "entity", "human", "location", "number"),
    reader=Words(key=KEY),
    answers=Softmax(),
    limit=1000,
    examples=(
        Example(
            "How many",
            "How many people live in Tokyo?",
            (Leaders(("How", "many")),),
        ),
        Example(
            "How do",
            "How do you make bread?",
            (Leaders(("How", "do", -1)),),
        ),
        Example(
            "A long wait",
            "What is the name of the river that flows through Paris?",
            (Leaders(("name", "river", -1)),),
        ),
        Example(
            "One word decides",
            "What animal sleeps standing up?",
            (Leaders(("What", "animal")), Swap("animal", "city")),
        ),
        Example(
            "Known from the start",
            "Who was the first person on the moon?",
            (Throughout("human"),),
        ),
        Example(
            "An unknown word",
            "What does NASA stand for?",
            (Unknown(), Leaders(("What", "stand"))),
        ),
    ),
)
