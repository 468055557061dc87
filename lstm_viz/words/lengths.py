"""Sentences on how long a sequence networks can take."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.phrases import number

Floats = NDArray[np.floating]


def first_wrong(said: Floats, right: Floats, limit: float) -> int | None:
    """The first step at which an answer is further than `limit` from the right one; None for never."""
    wrong = np.abs(said - right) > limit
    return int(wrong.argmax()) if wrong.any() else None


def describe_long_answers(said: Mapping[str, Floats], right: Floats, limit: float) -> str:
    """Where each network's answer is first wrong over one sequence, and where it ends; values: (T,)."""
    sentences = []
    for name, values in said.items():
        first = first_wrong(values, right, limit)
        where = "never far off" if first is None else f"first off by more than {limit:g} at step {first:,}"
        end = "wrong" if abs(values[-1] - right[-1]) > limit else "right"
        sentences.append(f"{name}: {where}; ends at {number(values[-1])}, {end}.")
    return " ".join(sentences)


def describe_breaking(errors: Mapping[str, Floats], lengths: Sequence[int], limit: float) -> str:
    """By which length each network's error has passed the limit; NaN stands for what has not been measured.

    Examples
    --------
    >>> describe_breaking({"LSTM": np.array([0.1, 0.1]), "RNN": np.array([0.1, 0.4])}, [10, 1000], 0.2)
    'the LSTM holds up to 1,000 steps, the RNN breaks by 1,000 steps'
    """
    clauses = []
    for name, values in errors.items():
        broken, known = np.flatnonzero(values > limit), np.flatnonzero(np.isfinite(values))
        if len(known):
            held = f"holds up to {lengths[known[-1]]:,} steps"
            clauses.append(f"the {name} {f'breaks by {lengths[broken[0]]:,} steps' if len(broken) else held}")
    return ", ".join(clauses)
