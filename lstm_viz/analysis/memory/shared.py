"""Values that sources share: arithmetic on them keeps account of what each source makes of the result.

Sums are shared term by term, and a function that bends in proportion to what each source brings to its argument. These
are the values of Aumann and Shapley (1974), what each source adds while all grow together from nothing, wherever at
most one function bends on the way, or two shared values are multiplied; everywhere they sum to the whole.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_viz.trace import Array

_NARROW = 1e-5
"""How near two ends of a chord can be; nearer, rounding would spoil its slope."""


class Shared:
    """A value of H units as (n + 2, H): without any source, with all, and with each of n alone, the rest straightened.

    What a source makes of it is its row less the first; these sum to the second row less the first.
    """

    __array_ufunc__ = None  # so that an array leaves arithmetic with one to it

    def __init__(self, rows: Array):
        self.rows = rows

    def __neg__(self) -> "Shared":
        return Shared(-self.rows)

    def __add__(self, other: Any) -> "Shared":
        return Shared(self.rows + (other.rows if isinstance(other, Shared) else other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Shared":
        return self + -other

    def __rsub__(self, other: Any) -> "Shared":
        return -self + other

    def __mul__(self, other: Any) -> "Shared":
        if not isinstance(other, Shared):
            return Shared(self.rows * other)
        # Each factor changes while the other is, on average, half-way between its ends.
        halfway = [each.rows[:2].mean(axis=0) for each in (self, other)]
        changes = (self.rows - self.rows[0]) * halfway[1] + halfway[0] * (other.rows - other.rows[0])
        return Shared(self.rows[0] * other.rows[0] + changes)

    __rmul__ = __mul__


def on_rows(value: Any, function: Callable[[Array], Array]) -> Any:
    """A linear function of a value, shared or not."""
    return Shared(function(value.rows)) if isinstance(value, Shared) else function(value)


def bent(function: Callable[[Any], Any], value: Any) -> Any:
    """A function, unit by unit, of a value; of a shared one it is straight between what it makes of the first two rows.

    Examples
    --------
    >>> shared = bent(np.tanh, Shared(np.array([[0.0], [1.5], [2.0], [-0.5]])))
    >>> [round(float(row[0]), 3) for row in shared.rows]
    [0.0, 0.905, 1.207, -0.302]
    """
    if not isinstance(value, Shared):
        return function(value)
    nothing, everything = value.rows[:2]
    middle = (nothing + everything) / 2
    reach = np.maximum(np.abs(everything - nothing) / 2, _NARROW)  # where the sources cancel, the slope there
    slope = (function(middle + reach) - function(middle - reach)) / (2 * reach)
    return Shared(function(nothing) + slope * (value.rows - nothing))
