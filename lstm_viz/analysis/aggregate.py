"""Long traces, averaged down to no more columns than a screen can show."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

COLUMN_BUDGET = 240
"""Columns of a heatmap: past this, a column would be narrower than about four pixels."""

SEVERAL_STEPS = "{steps} steps do not fit: each column is the mean of {width}."
"""What is said of columns that hold several steps, with blanks for how many there are and how many a column holds."""

Edges = NDArray[np.intp]


def columns(steps: int, budget: int = COLUMN_BUDGET) -> Edges:
    """Bounds of the columns, (C + 1,): column k holds the steps from edges[k] up to, not including, edges[k + 1].

    Every column holds the same number of steps, the last one perhaps fewer; one step each where they fit the budget.

    Raises
    ------
    ValueError
        when there are no steps, or the budget has no room for a column.

    Examples
    --------
    >>> columns(7, budget=3)
    array([0, 3, 6, 7])
    """
    if steps < 1 or budget < 1:
        raise ValueError(f"columns: got {steps} steps and a budget of {budget}; both must be at least 1")
    return np.append(np.arange(0, steps, -(-steps // budget)), steps)


def aggregate(array: NDArray[Any], edges: Edges) -> NDArray[Any]:
    """Mean over the steps of every column: (T, …) → (C, …), of the same type; the array itself where nothing merges."""
    if len(array) != edges[-1]:
        raise ValueError(f"array: has {len(array)} time steps, the columns cover {edges[-1]}")
    if len(edges) == len(array) + 1:
        return array
    sums = np.add.reduceat(array, edges[:-1], axis=0, dtype=np.float64)
    widths = np.diff(edges).reshape(-1, *[1] * (array.ndim - 1))
    return (sums / widths).astype(array.dtype)


def column_labels(labels: Sequence[str], edges: Edges) -> tuple[str, ...]:
    """One label a column: the token, or the first and the last of those it holds."""
    bounds = zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    return tuple(labels[a] if b - a == 1 else f"{labels[a]} … {labels[b - 1]}" for a, b in bounds)


def column_of(step: int, edges: Edges) -> int:
    """The column that holds a time step."""
    return int(np.searchsorted(edges, step, side="right")) - 1


def aggregation_note(edges: Edges) -> str:
    """What a figure says when its columns hold more than one step; empty when they do not."""
    width = int(edges[1] - edges[0])
    if width == 1:
        return ""
    return SEVERAL_STEPS.format(steps=f"{edges[-1]:,}", width=width)
