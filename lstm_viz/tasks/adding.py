"""The sum of two marked numbers, however long ago they came."""

from typing import Any

from numpy.typing import NDArray

from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.task import Task


def _answers(raw: NDArray[Any]) -> NDArray[Any]:
    return raw


ADDING = Task(
    name="adding",
    title="Adding at a distance",
    question="What is the sum of the two marked numbers?",
    output="The network's guess at the sum, after every step. Before a number is marked the best guess for it is 0.5.",
    labels=("sum",),
    reader=Numbers(marks=True),
    answers=_answers,
    limit=1000,
    examples=(),
    is_classifier=False,
)
