"""Clamps on a module: checked against its layers, and as masks for the engine."""

from typing import Any

import torch
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


def overrides_for(
    cell: Cell, layer: Layer, clamps: tuple[Clamp, ...], ordered: Tensor
) -> tuple[dict[str, tuple[Tensor, Tensor]], frozenset[str]]:
    """The clamps on a layer as masks and values, in the order in which the layer reads."""
    steps, units = len(ordered), layer.weights.units(cell)
    overrides: dict[str, tuple[Tensor, Tensor]] = {}
    for clamp in clamps:
        if not clamp.applies_to(layer.index, layer.direction):
            continue
        mask = torch.from_numpy(clamp.mask(cell, steps, units)).to(ordered.device)
        if layer.direction == "backward":
            mask = mask.flip(0)
        # Of several clamps on the same spot, the last one given holds.
        earlier, values = overrides.get(clamp.quantity, (torch.zeros_like(mask), ordered.new_zeros(steps, units)))
        overrides[clamp.quantity] = (earlier | mask, torch.where(mask, clamp.value, values))
    return overrides, frozenset(overrides)
