"""Holding a gate or a state at a value: what to hold, where, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import expect, given, indices, number, text, whole
from lstm_viz.cells import Cell

Where = int | Sequence[int] | NDArray[Any] | slice | None

_MOST = 10_000_000  # steps or units, so that a slip of the pen does not take all memory


@dataclass(frozen=True)
class Clamp:
    """Hold a gate, the candidate or a state at a value; everything after it is computed from that value.

    A state is held after it was computed, and so handed on to the next step: a hidden state at 0 in one unit takes that
    unit out of the network, for the layer above and for its own next step.

    Parameters
    ----------
    quantity : name of a gate, of the candidate or of a state
    value : what to hold it at, within the quantity's range; any finite number where it has no bounds
    units, steps : one index, several, a slice, a truth value for each, or None for all; steps are positions of tokens
    layer, direction : where, in a network of several layers; None for all

    Raises
    ------
    TypeError
        for a value that is not one number, and for a quantity, layer or direction that is none.

    Examples
    --------
    >>> Clamp("forget_gate", 1.0, units=[3], steps=slice(4, 9)).value
    1.0
    >>> import torch, lstm_viz
    >>> without = Clamp("hidden_state", 0.0, units=[True, False])  # without the first of two units
    >>> lstm_viz.trace(torch.nn.LSTM(3, 2), torch.ones(5, 3), clamp=without).layers[0].hidden_state[:, 0]
    array([0., 0., 0., 0., 0.], dtype=float32)
    """

    quantity: str
    value: float
    units: Where = None
    steps: Where = None
    layer: int | None = None
    direction: str | None = None

    def __post_init__(self) -> None:
        text(self.quantity, "clamp: quantity", "the name of a gate or state, such as 'forget_gate'")
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

    def mask(self, cell: Cell, steps: int, units: int, *, projected: bool = False) -> np.ndarray:
        """Where it holds: (T, H) booleans.

        Parameters
        ----------
        cell : of the layer
        steps, units : T, and how many units the quantity has
        projected : whether the layer shows its hidden state through a projection, so that this has no bounds

        Raises
        ------
        ValueError
            when the cell lacks the quantity, the value is out of its range, or a unit or step does not exist.
        """
        expect(cell, Cell, "cell", "a definition of lstm_viz.cells")
        steps, units = whole(steps, "steps", 0, _MOST), whole(units, "units", 0, _MOST)
        names = [quantity.name for quantity in cell.recorded]
        if self.quantity not in names:
            raise ValueError(f"clamp: {cell.title} has no {given(self.quantity)} to hold; it has {', '.join(names)}")
        unbounded = projected and self.quantity == "hidden_state"
        low, high = (-inf, inf) if unbounded else cell[self.quantity].range
        if not (low <= self.value <= high and isfinite(self.value)):
            bounds = f"it lies in {low:g} … {high:g}" if isfinite(high) else "expected a finite number"
            bounds += f" from {low:g}" if isfinite(low) and not isfinite(high) else ""
            raise ValueError(f"clamp: {self.quantity} cannot be held at {self.value:g}; {bounds}")
        mask = np.zeros((steps, units), dtype=bool)
        rows = indices(self.steps, steps, "clamp", "time_step")
        columns = indices(self.units, units, "clamp", "unit")
        mask[np.ix_(rows, columns)] = True
        return mask
