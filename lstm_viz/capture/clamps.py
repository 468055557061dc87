"""Clamps on a module: checked against its layers, and as masks for the engine."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_viz.arguments import at_most, given
from lstm_viz.capture.layers import Layer, layers_of
from lstm_viz.cells import Cell
from lstm_viz.clamp import Clamp

_A_CLAMP = "lstm_viz.Clamp, such as Clamp('forget_gate', 1.0), or several"
_MOST_CLAMPS = 10_000  # an endless list ends


def as_clamps(module: nn.Module, clamp: Any) -> tuple[Clamp, ...]:
    """One clamp or several, each of which must fit a layer of the module."""
    if isinstance(clamp, Clamp):
        clamp = (clamp,)
    if isinstance(clamp, str):
        raise TypeError(f"clamp: got {given(clamp)}; expected {_A_CLAMP}")
    clamps = at_most(clamp, _MOST_CLAMPS, "clamp", _A_CLAMP)
    there = [(layer.index, layer.direction) for layer in layers_of(module)] if clamps else []
    for clamp in clamps:
        if not isinstance(clamp, Clamp):
            raise TypeError(f"clamp holds {given(clamp)}; expected {_A_CLAMP}")
        if not any(clamp.applies_to(*place) for place in there):
            names = "; ".join(f"layer {index}, {direction}" for index, direction in there)
            raise ValueError(
                f"clamp: no layer fits layer={given(clamp.layer)}, direction={given(clamp.direction)}; "
                f"the module has {names}"
            )
    return clamps


def width_of(cell: Cell, layer: Layer, quantity: str) -> int:
    """How many units a quantity of a layer has: H, or P where it is shown through a projection."""
    return layer.weights.shown(cell) if quantity == "hidden_state" else layer.weights.units(cell)


def mask_on(clamp: Clamp, cell: Cell, layer: Layer, steps: int) -> NDArray[np.bool_]:
    """Where a clamp holds in a layer, (T, H), as it reads from the first token on; ValueError where it cannot."""
    projected = layer.weights.projection is not None
    return clamp.mask(cell, steps, width_of(cell, layer, clamp.quantity), projected=projected)


def overrides_for(
    cell: Cell, layer: Layer, clamps: tuple[Clamp, ...], ordered: Tensor
) -> tuple[dict[str, tuple[Tensor, Tensor]], frozenset[str]]:
    """The clamps on a layer as masks and values, in the order in which the layer reads."""
    steps = len(ordered)
    overrides: dict[str, tuple[Tensor, Tensor]] = {}
    for clamp in clamps:
        if not clamp.applies_to(layer.index, layer.direction):
            continue
        units = width_of(cell, layer, clamp.quantity)
        mask = torch.from_numpy(mask_on(clamp, cell, layer, steps)).to(ordered.device)
        if layer.direction == "backward":
            mask = mask.flip(0)
        # Of several clamps on the same spot, the last one given holds.
        earlier, values = overrides.get(clamp.quantity, (torch.zeros_like(mask), ordered.new_zeros(steps, units)))
        overrides[clamp.quantity] = (earlier | mask, torch.where(mask, clamp.value, values))
    return overrides, frozenset(overrides)
