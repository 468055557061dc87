"""Sentences on how long a sequence networks can take."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.phrases import number

Floats = NDArray[np.floating]


def describe_long_answers(said: Mapping[str, Floats], right: Floats, limit: float) -> str:
    """Whether each network's answer is right at the end of one sequence, and how often it was not before; (T,) each.

    Examples
    --------
    >>> describe_long_answers({"LSTM": np.array([0.8, 1.0, 1.1])}, np.array([1.0, 1.0, 1.1]), 0.1)
    'LSTM ends at 1.10, right; on the way it is off by more than 0.1 at 1 of 3 steps, the last of them step 0.'
    >>> describe_long_answers({"RNN": np.array([1.0, 0.8, 0.5])}, np.array([1.0, 1.0, 1.1]), 0.1)
    'RNN ends at 0.50, wrong; it is off by more than 0.1 from step 1 on.'
    """
    sentences = []
    for name, values in said.items():
        wrong = np.flatnonzero(np.abs(values - right) > limit)
        off, end = f"off by more than {limit:g}", f"{name} ends at {number(values[-1])}"
        steps = len(values)
        if not len(wrong):
            sentences.append(f"{end}, right, and is never {off}.")
        elif wrong[-1] == steps - 1:
            right_steps = np.setdiff1d(np.arange(steps), wrong)
            since = int(right_steps[-1]) + 1 if len(right_steps) else 0
            where = (
                "at the last step only" if since == steps - 1 else f"from step {since:,} on" if since else "throughout"
            )
            sentences.append(f"{end}, wrong; it is {off} {where}.")
        else:
            times = f"{len(wrong):,} of {steps:,} steps, the last of them step {wrong[-1]:,}"
            sentences.append(f"{end}, right; on the way it is {off} at {times}.")
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
