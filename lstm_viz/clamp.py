"""Holding a gate at a value: what to hold, where, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.arguments import expect, given, indices, number, text, whole
from lstm_viz.cells import Cell, Role

Where = int | Sequence[int] | slice | None

_MOST = 10_000_000  # steps or units, so that a slip of the pen does not take all memory


@dataclass(frozen=True)
class Clamp:
    """Hold a gate or the candidate at a value; everything after it is computed from that value.

    Parameters
    ----------
    quantity : name of a gate or of the candidate
    value : what to hold it at, within the quantity's range
    units, steps : one index, several, a slice, or None for all; steps are positions of tokens
    layer, direction : where, in a network of several layers; None for all

    Raises
    ------
    TypeError
        for a value that is not one number, and for a quantity, layer or direction that is none.

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

    def __post_init__(self) -> None:
        text(self.quantity, "clamp: quantity", "the name of a gate, such as 'forget_gate'")
        one = "one number; for a value a unit, give several: [Clamp(gate, v, units=k) for k, v in enumerate(values)]"
        object.__setattr__(self, "value", number(self.value, "clamp: value", one))
        if self.layer is not None:
            object.__setattr__(self, "layer", whole(self.layer, "clamp: layer"))
        if self.direction is not None:
            text(self.direction, "clamp: direction", "'forward', 'backward', or None for both")

    def applies_to(self, layer: int, direction: str) -> bool:
        """Whether it concerns this layer and direction."""
        whole(layer, "layer")
        text(direction, "direction")
        return self.layer in (None, layer) and self.direction in (None, direction)

    def mask(self, cell: Cell, steps: int, units: int) -> np.ndarray:
        """Where it holds: (T, H) booleans.

        Raises
        ------
        ValueError
            when the cell lacks the quantity, the value is out of its range, or a unit or step does not exist.
        """
        expect(cell, Cell, "cell", "a definition of lstm_viz.cells")
        steps, units = whole(steps, "steps", 0, _MOST), whole(units, "units", 0, _MOST)
        allowed = [q.name for q in cell.recorded if q.role in (Role.GATE, Role.CANDIDATE)]
        if self.quantity not in allowed:
            names = ", ".join(allowed) or "none"
            raise ValueError(f"clamp: {cell.title} has no gate {given(self.quantity)} to hold; it has {names}")
        low, high = cell[self.quantity].range
        if not low <= self.value <= high:
            raise ValueError(f"clamp: {self.quantity} cannot be held at {self.value:g}; it lies in {low:g} … {high:g}")
        mask = np.zeros((steps, units), dtype=bool)
        rows = indices(self.steps, steps, "clamp", "time_step")
        columns = indices(self.units, units, "clamp", "unit")
        mask[np.ix_(rows, columns)] = True
        return mask
