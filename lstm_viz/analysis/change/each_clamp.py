"""What the last state becomes with one clamp or another: a run for each of them, all side by side."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from lstm_viz.capture import cell_of, layers_of, overrides_for, read, width_of
from lstm_viz.clamp import Clamp
from lstm_viz.engine import run_steps, zero_state
from lstm_viz.trace import Array


def last_states(module: nn.Module, inputs: Any, clamps: Sequence[Clamp]) -> Array:
    """The hidden state after the last step of a run for each clamp, (n, P).

    Parameters
    ----------
    module : `torch.nn.LSTM`, `GRU` or `RNN` of one layer and one direction
    inputs : (T, I) tensor, array or nested list
    clamps : at least one, each of a run of its own

    Examples
    --------
    >>> import torch
    >>> last_states(torch.nn.LSTM(3, 8), torch.zeros(5, 3), [Clamp("forget_gate", 0.0, steps=k) for k in (1, 3)]).shape
    (2, 8)
    """
    cell = cell_of(module)
    plain, sequence, _ = read(module, inputs)
    (layer,) = layers_of(plain)
    with torch.inference_mode():
        each = [overrides_for(cell, layer, (clamp,), sequence)[0] for clamp in clamps]
        held = {}
        for quantity in {clamp.quantity for clamp in clamps}:
            size = len(sequence), width_of(cell, layer, quantity)
            nothing = torch.zeros(size, dtype=torch.bool), sequence.new_zeros(size)
            masks, values = zip(*(found.get(quantity, nothing) for found in each), strict=True)
            held[quantity] = torch.stack(masks, dim=1), torch.stack(values, dim=1)
        states = zero_state(cell, layer.weights, (len(clamps),))
        # One row of inputs serves all runs: only what comes from the states differs.
        found = run_steps(cell, layer.weights, sequence[:, None], states, held)
    last: Array = found["hidden_state"][-1].numpy(force=True)
    return last
