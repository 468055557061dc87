"""A sentence on the numbers that an output layer gives, where nothing is known of what they stand for."""

from collections.abc import Sequence

import numpy as np

from lstm_viz.trace import Array
from lstm_viz.words.phrases import number, place


def describe_outputs(values: Array, labels: Sequence[str], names: Sequence[str], of: int) -> str:
    """Which output moves furthest in one step, and where the first one ends; of how many, where some are not drawn.

    Parameters
    ----------
    values : (T, O), those that are drawn
    labels : of the T steps
    names : of the O outputs
    of : how many there are
    """
    left = f" The {len(names)} of {of:,} outputs that move most are drawn." if of > len(names) else ""
    if len(values) < 2:
        return f"{names[0].capitalize()} is {number(values[-1, 0])}.{left}"
    moves = np.abs(np.diff(values, axis=0))
    step, column = map(int, np.unravel_index(moves.argmax(), moves.shape))
    if not moves.any():
        return f"No output changes from step to step.{left}"
    was, now = number(values[step, column]), number(values[step + 1, column])
    where = place(labels, step + 1)
    return f"{names[column].capitalize()} moves furthest in one step at {where}, from {was} to {now}.{left}"
