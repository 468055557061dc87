"""What kind of answer does a question ask for? Words in, six classes after every word."""

from lstm_viz.tasks.answers import Softmax
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
            "After “How” the network leans to a number, but not past 0.7. At “many” it is sure: above 0.9.",
        ),
        Example(
            "How do",
            "How do you make bread?",
            "The same first word, another answer: “do” turns it into a description, which ends above 0.9.",
        ),
        Example(
            "A long wait",
            "What is the name of the river that flows through Paris?",
            "Up to “the” before “river” no kind passes 0.7. Then it is a location, above 0.9 at the end.",
        ),
        Example(
            "One word decides",
            "What animal sleeps standing up?",
            "P(entity) passes 0.5 at “animal”. Put “city” in its place, and P(location) passes 0.7 there.",
        ),
        Example(
            "Known from the start",
            "Who was the first person on the moon?",
            "P(human) is above 0.8 from the first word to the last; everything after “Who” hardly matters.",
        ),
        Example(
            "An unknown word",
            "What does NASA stand for?",
            "The network does not know “NASA”. It need not: “stand” takes P(abbreviation) above 0.9.",
        ),
    ),
)
