"""Which unit matters: what the last state becomes when a gate or a state of each unit in turn is held at a value."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn

from lstm_viz.arguments import given, number
from lstm_viz.capture import as_clamps, cell_of, layers_of, mask_on, overrides_for, read
from lstm_viz.clamp import Clamp
from lstm_viz.engine import run_steps, zero_state
from lstm_viz.trace import Array


def hold_each_unit(
    module: nn.Module,
    inputs: Any,
    gate: str,
    *,
    value: float = 0.0,
    clamp: Clamp | Sequence[Clamp] = (),
    progress: Callable[[float], None] = lambda share: None,
) -> Array:
    """Hold one gate or state of one unit throughout, for each unit in turn, all of them side by side.

    Parameters
    ----------
    module : `torch.nn.LSTM`, `GRU` or `RNN` of one layer and one direction
    inputs : (T, I) tensor, array or nested list
    gate : which gate or state, or the candidate; ``hidden_state`` takes each unit out of the network
    value : what it is held at; 0 shuts a gate
    clamp : what is held in every run as well
    progress : told after every step which share of them is done

    Returns
    -------
    (H, P) hidden state after the last step, a row for each unit held; (P, P) for the hidden state

    Raises
    ------
    TypeError, ValueError
        as `lstm_viz.trace`; also for a gate that the cell lacks, a value out of its range, and a module of several
        layers or directions.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> lstm_viz.hold_each_unit(torch.nn.LSTM(3, 8), torch.zeros(5, 3), "forget_gate").shape
    (8, 8)
    """
    cell = cell_of(module)
    clamps = as_clamps(module, clamp)
    plain, sequence, _ = read(module, inputs)
    layers = layers_of(plain)
    if len(layers) != 1:
        raise ValueError(f"module: has {len(layers)} layers and directions; expected one of each")
    (layer,) = layers
    if not callable(progress):
        raise TypeError(f"progress: got {given(progress)}; expected a function that takes the share done")
    value = number(value, "clamp: value")
    with torch.inference_mode():
        steps = len(sequence)
        units = mask_on(Clamp(gate, value), cell, layer, steps).shape[1]  # refuses what cannot be held
        held, _ = overrides_for(cell, layer, clamps, sequence)
        this = torch.eye(units, dtype=torch.bool)
        alone = this[None], sequence.new_full((1, 1, 1), value)
        also = held.pop(gate, None)
        states = zero_state(cell, layer.weights, (units,))
        # A step at a time: recording every quantity of every run would take longer than running.
        for t in range(steps):
            now = {name: (part[t : t + 1, None], at[t : t + 1, None]) for name, (part, at) in held.items()}
            now[gate] = (
                alone if also is None else ((also[0][t] | this)[None], torch.where(this, value, also[1][t])[None])
            )
            # One row of inputs serves all runs: only what comes from the states differs.
            found = run_steps(cell, layer.weights, sequence[t : t + 1, None], states, now)
            states = {name: found[name][0] for name in states}
            progress((t + 1) / steps)
    last: Array = states["hidden_state"].numpy(force=True)
    return last
