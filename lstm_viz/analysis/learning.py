"""Learning curves over several seeds: where they end, and which seeds solve the task and when."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def reached(scores: Floats, limit: float, *, lower_is_better: bool = True) -> NDArray[np.bool_]:
    """Where scores are at least as good as a limit."""
    return scores <= limit if lower_is_better else scores >= limit


def first_reached(updates: Floats, scores: Floats, limit: float, *, lower_is_better: bool = True) -> list[int | None]:
    """For each seed, after how many updates its score was first as good as a limit; None for never.

    Parameters
    ----------
    updates : (n,), at which the scores were taken
    scores : (n, seeds)

    Examples
    --------
    >>> first_reached(np.array([0, 50, 100]), np.array([[1, 1], [0.1, 1], [0.01, 1]]), 0.1)
    [50, None]
    """
    found = reached(scores, limit, lower_is_better=lower_is_better)
    return [int(updates[column.argmax()]) if column.any() else None for column in found.T]


def spread(values: Sequence[float] | Floats) -> str:
    """Median and range of a score over the seeds; one number where all are the same.

    Examples
    --------
    >>> spread([0.5, 0.25, 0.125]), spread([1, 1])
    ('0.25 (0.12 to 0.5)', '1')
    """
    low, middle, high = np.quantile(values, [0, 0.5, 1])
    return f"{middle:.3g}" if low == high else f"{middle:.3g} ({low:.2g} to {high:.2g})"
