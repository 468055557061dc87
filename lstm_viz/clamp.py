"""Holding a gate at a value: what to hold, where, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.cells import Cell, Role

Where = int | Sequence[int] | slice | None


@dataclass(frozen=True)
class Clamp:
    """Hold a gate or the candidate at a value; everything after it is computed from that value.

    Parameters
    ----------
    quantity : name of a gate or of the candidate
    value : what to hold it at, within the quantity's range
    units, steps : one index, several, a slice, or None for all; steps are positions of tokens
    layer, direction : where, in a network of several layers; None for all

    Examples
    --------
    >>> Clamp("forget_gate", 1.0, units=[3], steps=slice(4, 9)).value
    1.0
    """

    quantity: str
    value: float
    units: Where = None
    steps: Where = None
    layer: int | None = None
    direction: str | None = None

    def applies_to(self, layer: int, direction: str) -> bool:
        """Whether it concerns this layer and direction."""
        return self.layer in (None, layer) and self.direction in (None, direction)

    def mask(self, cell: Cell, steps: int, units: int) -> np.ndarray:
        """Where it holds: (T, H) booleans.

        Raises
        ------
        ValueError
            when the cell lacks the quantity, the value is out of its range, or a unit or step does not exist.
        """
        allowed = [q.name for q in cell.recorded if q.role in (Role.GATE, Role.CANDIDATE)]
        if self.quantity not in allowed:
            names = ", ".join(allowed) or "none"
            raise ValueError(f"clamp: {cell.title} has no gate {self.quantity!r} to hold; it has {names}")
        low, high = cell[self.quantity].range
        if not low <= self.value <= high:
            raise ValueError(f"clamp: {self.quantity} cannot be held at {self.value:g}; it lies in {low:g} … {high:g}")
        mask = np.zeros((steps, units), dtype=bool)
        rows, columns = _indices(self.steps, steps, "time_step"), _indices(self.units, units, "unit")
        mask[np.ix_(rows, columns)] = True
        return mask


def _indices(where: Where, size: int, what: str) -> np.ndarray:
    if where is None:
        return np.arange(size)
    if isinstance(where, slice):
        return np.arange(size)[where]
    chosen = np.atleast_1d(np.asarray(where))
    if chosen.size and not np.issubdtype(chosen.dtype, np.integer):
        raise ValueError(f"clamp: {what} {where!r} is not a whole number, nor several")
    for index in chosen:
        if not 0 <= index < size:
            raise ValueError(f"clamp: {what} {index} does not exist; there are {size} (0–{size - 1})")
    return chosen.astype(int)
