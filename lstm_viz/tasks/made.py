"""Inputs that are made rather than typed, as long as one likes, for the tasks that are made of such."""

from functools import lru_cache

import numpy as np

from lstm_viz.arguments import choice, whole
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.parity import SYMBOLS
from lstm_viz.tasks.readers import Numbers

MADE = ("parity", "counting", "adding")
"""Tasks whose inputs can be made at any length."""
MOST = 100_000
"""The longest that is made."""


def made_text(task: str, length: int, seed: int = 1) -> str:
    """An input of one of the tasks that are nothing but memory, at any length.

    Parity: zeros and ones, each as likely as the other. Counting: aⁿbⁿ, 2n = length. Adding: random numbers, one marked
    near the start and one near the middle.

    Parameters
    ----------
    task : "parity", "counting" or "adding"
    length : T, up to 100,000
    seed : of the numbers, and of the zeros and ones

    Raises
    ------
    TypeError, ValueError
        for a task whose inputs are typed rather than made, and numbers out of bounds.

    Examples
    --------
    >>> made_text("counting", 6)
    'aaabbb'
    """
    choice(task, "task", MADE)
    return _made(task, whole(length, "length", 2, MOST), whole(seed, "seed"))


@lru_cache(maxsize=32)
def _made(task: str, length: int, seed: int) -> str:
    if task == "counting":
        half = max(1, length // 2)
        return "a" * half + "b" * half
    rng, reader = np.random.default_rng(seed), TASKS[task].reader
    if task == "parity":
        return "".join(np.array(SYMBOLS)[rng.integers(0, 2, length)])
    assert isinstance(reader, Numbers)
    values = rng.random(length).round(2).tolist()
    return reader.text(values, marked=(min(1, length - 2), length // 2))
