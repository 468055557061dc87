"""One sequence through a recurrent module, read and traced; with clamps step by step."""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lstm_viz.agreement import as_called, check_agreement, is_plain, own_run
from lstm_viz.capture.clamps import overrides_for
from lstm_viz.capture.layers import cell_of, layers_of
from lstm_viz.capture.passes import fused, trace_known, traced
from lstm_viz.cells import Cell
from lstm_viz.clamp import Clamp
from lstm_viz.engine import Values, run_steps
from lstm_viz.given import State, as_inputs, as_states, check_weights, name_what_is_not_finite
from lstm_viz.trace import LayerTrace, top_layers


def trace_one(
    module: nn.Module, inputs: Any, initial_state: State | None, clamps: tuple[Clamp, ...]
) -> tuple[tuple[LayerTrace, ...], Tensor]:
    """The layers of a run on one sequence, and the sequence, (T, I)."""
    cell = cell_of(module)
    with torch.inference_mode():
        plain, sequence, states = _read(module, cell, inputs, initial_state)
        return run_one(plain, cell, sequence, states, clamps), sequence


def read(module: nn.Module, inputs: Any, initial_state: State | None = None) -> tuple[nn.Module, Tensor, list[Values]]:
    """A module, a sequence and its initial states, ready to be run layer by layer.

    Returns
    -------
    module : the same; or, where calling it does more than running its weights, a plain one with the weights of this
        moment, whose output was found to be the module's own
    inputs : (T, I)
    states : for every layer and direction, state name → (H,)
    """
    with torch.no_grad():
        return _read(module, cell_of(module), inputs, initial_state)


def _read(
    module: nn.Module, cell: Cell, inputs: Any, initial_state: State | None
) -> tuple[nn.Module, Tensor, list[Values]]:
    check_weights(module)
    sequence = as_inputs(module, inputs)
    states = as_states(module, cell, initial_state)
    if is_plain(module):
        return module, sequence, states
    own, plain = own_run(module, sequence, as_called(states, initial_state, module))
    layers = run_one(plain, cell, sequence, states)
    top = np.concatenate([layer.hidden_state for layer in top_layers(layers)], axis=1)
    check_agreement(module, own, torch.from_numpy(top))
    return plain, sequence, states


def run_one(
    module: Any, cell: Cell, inputs: Tensor, states: list[Values], clamps: tuple[Clamp, ...] = ()
) -> tuple[LayerTrace, ...]:
    """Every layer in turn, each on what the one below shows; ValueError naming what is not finite."""
    try:
        return _run(module, cell, inputs, states, clamps)
    except ValueError:
        name_what_is_not_finite(module)
        raise


def _run(
    module: Any, cell: Cell, inputs: Tensor, states: list[Values], clamps: tuple[Clamp, ...]
) -> tuple[LayerTrace, ...]:
    result: list[LayerTrace] = []
    layers = layers_of(module)
    width = 1 + module.bidirectional
    for start in range(0, len(layers), width):
        both, starts = layers[start : start + width], states[start : start + width]
        shown: tuple[Tensor, ...] | None = None
        if not clamps and isinstance(module, nn.RNNBase):
            alone = [{name: state[None] for name, state in initial.items()} for initial in starts]
            output = fused(module, cell, inputs[:, None], alone, [layer.weights for layer in both])
            shown = output[:, 0].chunk(width, dim=1)
        for k, (layer, initial) in enumerate(zip(both, starts, strict=True)):
            backward = layer.direction == "backward"
            ordered = inputs.flip(0) if backward else inputs
            if shown is None:
                overrides, held = overrides_for(cell, layer, clamps, ordered)
                values = run_steps(cell, layer.weights, ordered, initial, overrides)
                result.append(traced(cell, layer, values, initial, held))
            else:
                known = shown[k].flip(0) if backward else shown[k]
                result.append(trace_known(cell, layer, ordered, known, initial))
        if start + width < len(layers):
            shown_above = np.concatenate([layer.hidden_state for layer in result[start:]], axis=1)
            inputs = torch.from_numpy(shown_above).to(inputs)
    return tuple(result)
