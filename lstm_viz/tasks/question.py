"""What kind of answer does a question ask for? Words in, six classes after every word."""

import re

from lstm_viz.tasks.readers import Words
from lstm_viz.tasks.readers.words import treebank_key
from lstm_viz.tasks.task import Task, softmax


def key(word: str) -> str:
    """How TREC's file spells a word: lower case, no apostrophes or quotation marks; and every digit counts as 0."""
    return re.sub(r"\d", "0", re.sub("['`]", "", treebank_key(word)))


QUESTION = Task(
    name="question",
    title="Kind of question",
    question="What kind of answer does this question ask for?",
    output="The probability of each of six kinds of answer, given the words so far.",
    labels=("abbreviation", "description", "entity", "human", "location", "number"),
    reader=Words(key=key),
    answers=softmax,
    limit=1000,
    examples=(),
)
