"""A torch module and a sequence in, a trace out.

Fast because it does not loop: torch's own fused pass gives the hidden states of a layer, and `engine.run_known`
recovers the gates from them. With clamps the hidden states are not known beforehand: `engine.run_steps` computes them.
"""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lstm_viz.agreement import as_called, check_agreement, is_plain, own_run
from lstm_viz.arguments import at_most, given
from lstm_viz.cells import GRU, LSTM, RNN, RNN_RELU, Cell
from lstm_viz.clamp import Clamp
from lstm_viz.engine import Values, Weights, run_known, run_steps
from lstm_viz.given import State, as_inputs, as_states, check_weights, name_what_is_not_finite
from lstm_viz.module import CellModule
from lstm_viz.trace import DIRECTIONS, Array, LayerTrace, Trace, top_layers

_FUSED: dict[str, Any] = {LSTM.name: torch.lstm, GRU.name: torch.gru, RNN.name: torch.rnn_tanh}
_FUSED[RNN_RELU.name] = torch.rnn_relu

_A_CLAMP = "lstm_viz.Clamp, such as Clamp('forget_gate', 1.0), or several"
_MOST_CLAMPS = 10_000  # an endless list ends


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a module, in one direction."""

    index: int
    direction: str
    weights: Weights


def trace(
    module: nn.Module,
    inputs: Any,
    *,
    initial_state: State | None = None,
    labels: Iterable[str] | None = None,
    clamp: Clamp | Iterable[Clamp] = (),
) -> Trace:
    """Run a recurrent module on one sequence and record every gate and state.

    Parameters
    ----------
    module : `torch.nn.LSTM`, `torch.nn.GRU` or `torch.nn.RNN`, float32 or float64, of any number of layers, one or two
        directions, with or without bias and projection. It is not changed; dropout is left out, with a warning. Where
        calling it does more than running its weights (hooks, parametrizations, pruning, a forward of its own), it is
        called once, and must give what its weights give.
    inputs : (T, I) tensor, array or nested list; T ≥ 1
    initial_state : as the module takes it for one sequence: (L·D, H), for an LSTM the pair of (L·D, P) and (L·D, H);
        zeros by default
    labels : T token labels for the time axis; the step numbers by default
    clamp : gates to hold at a value; what follows is recomputed

    Returns
    -------
    Trace
        Values agree with the module's own output to 1e-5 (float32) or 1e-10 (float64).

    Raises
    ------
    TypeError, ValueError
        saying what was given, what was expected and what to do.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.GRU(2, 4), [[0.0, 1.0], [1.0, 0.0]], labels=["a", "b"])
    >>> trace.layers[0].quantities
    ('reset_gate', 'update_gate', 'candidate', 'hidden_state')
    """
    cell = cell_of(module)
    clamps = as_clamps(module, clamp)
    with torch.inference_mode():
        plain, sequence, states = _read(module, cell, inputs, initial_state)
        try:
            layers = _run(plain, cell, sequence, states, clamps)
        except ValueError:
            name_what_is_not_finite(plain)
            raise
    return Trace(layers, sequence.numpy(force=True), () if labels is None else labels, _notes(module))  # type: ignore[arg-type]


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
    try:
        layers = _run(plain, cell, sequence, states, ())
    except ValueError:
        name_what_is_not_finite(plain)
        raise
    top = np.concatenate([layer.hidden_state for layer in top_layers(layers)], axis=1)
    check_agreement(module, own, torch.from_numpy(top))
    return plain, sequence, states


def cell_of(module: Any) -> Cell:
    """The definition of the cell that a module runs; TypeError for modules that cannot be traced."""
    if isinstance(module, nn.LSTM):
        return LSTM
    if isinstance(module, nn.GRU):
        return GRU
    if isinstance(module, nn.RNN):
        return RNN if module.nonlinearity == "tanh" else RNN_RELU
    if isinstance(module, CellModule):
        return module.cell
    name, advice = given(module), ""
    if isinstance(module, nn.Module):
        name = f"a {type(module).__name__}"
        inner = [name for name, child in module.named_modules() if isinstance(child, (nn.LSTM, nn.GRU, nn.RNN))]
        advice = f"; trace its part model.{inner[0]} with the inputs that part receives" if inner else ""
        if "quantiz" in type(module).__module__:
            name, advice = f"{name} that is quantised", "; trace the module that it was made of"
    elif isinstance(module, type) and issubclass(module, nn.RNNBase):
        name, advice = "the class itself", "; make one of it, such as torch.nn.LSTM(3, 8)"
    raise TypeError(f"module: cannot trace {name}; expected torch.nn.LSTM, GRU or RNN{advice}")


def layers_of(module: nn.Module) -> list[Layer]:
    """The weights of every layer and direction, in PyTorch's order."""
    cell_of(module)
    assert isinstance(module, nn.RNNBase | CellModule)
    directions = DIRECTIONS[: 1 + module.bidirectional]
    if isinstance(module, CellModule):
        return [
            Layer(k, direction, module.weights_at(k, backward=direction != DIRECTIONS[0]))
            for k in range(module.num_layers)
            for direction in directions
        ]
    return [
        Layer(index, direction, _weights(module, tensors))
        for (index, direction), tensors in zip(
            ((k, d) for k in range(module.num_layers) for d in directions), module.all_weights, strict=True
        )
    ]


def _weights(module: nn.RNNBase, tensors: Sequence[Tensor]) -> Weights:
    input_bias, hidden_bias = tensors[2:4] if module.bias else (None, None)
    return Weights(tensors[0], tensors[1], input_bias, hidden_bias, tensors[-1] if module.proj_size else None)


def _run(
    module: Any, cell: Cell, inputs: Tensor, states: list[Values], clamps: tuple[Clamp, ...]
) -> tuple[LayerTrace, ...]:
    """Every layer in turn, each on what the one below shows."""
    result: list[LayerTrace] = []
    layers = layers_of(module)
    width = 1 + module.bidirectional
    for start in range(0, len(layers), width):
        both, starts = layers[start : start + width], states[start : start + width]
        fused = not clamps and isinstance(module, nn.RNNBase)
        shown = _fused(module, cell, inputs, starts, [layer.weights for layer in both]) if fused else None
        for k, (layer, initial) in enumerate(zip(both, starts, strict=True)):
            backward = layer.direction == "backward"
            ordered = inputs.flip(0) if backward else inputs
            if shown is None:
                overrides, held = overrides_for(cell, layer, clamps, ordered)
                values = run_steps(cell, layer.weights, ordered, initial, overrides)
                traced = _traced(cell, layer, values, initial, held)
            else:
                known = shown[k].flip(0) if backward else shown[k]
                try:
                    values = run_known(cell, layer.weights, ordered, known, initial)
                    traced = _traced(cell, layer, values, initial, computed=True)
                except ValueError:
                    # Under huge weights the kernel's rounding shows; step by step the equations hold, or fail anew.
                    traced = _traced(cell, layer, run_steps(cell, layer.weights, ordered, initial), initial)
            result.append(traced)
        if start + width < len(layers):
            shown_above = np.concatenate([layer.hidden_state for layer in result[start:]], axis=1)
            inputs = torch.from_numpy(shown_above).to(inputs)
    return tuple(result)


def _traced(
    cell: Cell,
    layer: Layer,
    values: Values,
    initial: Values,
    held: frozenset[str] = frozenset(),
    *,
    computed: bool = False,
) -> LayerTrace:
    """Values in the order in which the layer reads, as a trace in the order of the tokens."""
    if layer.direction == "backward":
        values = {name: value.flip(0) for name, value in values.items()}
    if computed:
        return LayerTrace.computed(cell.name, layer.index, layer.direction, _arrays(values), _arrays(initial))
    return LayerTrace(cell.name, layer.index, layer.direction, _arrays(values), _arrays(initial), held)


def _fused(
    module: nn.RNNBase, cell: Cell, inputs: Tensor, starts: list[Values], weights: Sequence[Weights]
) -> Sequence[Tensor]:
    """One layer by torch's own kernel, as the module's forward calls it: the hidden states, (T, P) a direction."""
    # The LSTM's kernel wants its hidden state first; the definitions list states in the order of computation.
    names = sorted((state.name for state in cell.states), key=lambda name: name != "hidden_state")
    packed = [_stacked([start[name] for start in starts])[:, None] for name in names]
    flat = [tensor for each in weights for tensor in each.tensors]
    hx = packed if cell is LSTM else packed[0]
    output = _FUSED[cell.name](inputs[:, None], hx, flat, module.bias, 1, 0.0, False, module.bidirectional, False)[0]
    halves: Sequence[Tensor] = output[:, 0].chunk(len(starts), dim=1)
    return halves


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


def _stacked(rows: list[Tensor]) -> Tensor:
    return torch.stack(rows) if len(rows) > 1 else rows[0][None]


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


def _arrays(values: Values) -> dict[str, Array]:
    return {name: value.numpy(force=True) for name, value in values.items()}


def _notes(module: Any) -> tuple[str, ...]:
    if not (module.training and module.dropout and module.num_layers > 1):
        return ()
    note = f"The module is in training mode with dropout {module.dropout:g}; it was traced without dropout."
    warnings.warn(note, stacklevel=3)
    return (note,)
