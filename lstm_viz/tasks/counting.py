"""Strings that can only be judged by counting: aⁿbⁿ, and brackets that match."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Task, sigmoid

SYMBOLS = ("a", "b", "(", ")")
"""All symbols of the two languages."""


def _answers(raw: NDArray[Any]) -> NDArray[Any]:
    complete = sigmoid(raw[..., :1])
    return np.concatenate([complete, 1 - complete], axis=-1)


COUNTING = Task(
    name="counting",
    title="Counting",
    question="Is the string complete, and what may follow?",
    output="The probability that the string is complete: as many b's as a's, or every bracket closed. Also, for each "
    "symbol, the probability that it may come next.",
    labels=("complete", "incomplete"),
    reader=Characters(skips_space=True),
    answers=_answers,
    limit=1000,
    examples=(),
    followers=SYMBOLS,
)
