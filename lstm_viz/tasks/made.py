"""Inputs that are made rather than typed, as long as one likes, for the tasks that are made of such."""

from functools import lru_cache

import numpy as np

from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Numbers

MADE = ("counting", "adding")
"""Tasks whose inputs can be made at any length."""


@lru_cache(maxsize=32)
def made_text(task: str, length: int, seed: int = 1) -> str:
    """An input of one of the `MADE` tasks.

    counting: aⁿbⁿ, 2n = length; adding: random numbers, one marked near the start and one near the middle.
    """
    if task == "counting":
        half = max(1, length // 2)
        return "a" * half + "b" * half
    if task != "adding":
        raise ValueError(f"inputs of {task!r} are typed, not made; made ones: {', '.join(MADE)}")
    reader = TASKS[task].reader
    assert isinstance(reader, Numbers)
    values = np.random.default_rng(seed).random(length).round(2).tolist()
    return reader.text(values, marked=(min(1, length - 2), length // 2))
