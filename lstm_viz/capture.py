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

from lstm_viz.cells import GRU, LSTM, RNN, RNN_RELU, Cell
from lstm_viz.clamp import Clamp
from lstm_viz.engine import Values, Weights, run_known, run_steps
from lstm_viz.module import CellModule
from lstm_viz.trace import DIRECTIONS, Array, LayerTrace, Trace

State = Tensor | Array | tuple[Tensor | Array, Tensor | Array]

_FUSED: dict[str, Any] = {LSTM.name: torch.lstm, GRU.name: torch.gru, RNN.name: torch.rnn_tanh}
_FUSED[RNN_RELU.name] = torch.rnn_relu


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
        directions, with or without bias and projection. It is not changed; dropout is left out, with a warning.
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
    clamps = (clamp,) if isinstance(clamp, Clamp) else tuple(clamp)
    _check_clamps(module, clamps)
    with torch.inference_mode():
        sequence = _as_inputs(module, inputs)
        states = _as_states(module, cell, initial_state)
        layers = _run(module, cell, sequence, states, clamps)
    return Trace(layers, sequence.numpy(force=True), () if labels is None else tuple(labels), _notes(module))


def cell_of(module: nn.Module) -> Cell:
    """The definition of the cell that a module runs; TypeError for modules that cannot be traced."""
    if isinstance(module, nn.LSTM):
        return LSTM
    if isinstance(module, nn.GRU):
        return GRU
    if isinstance(module, nn.RNN):
        return RNN if module.nonlinearity == "tanh" else RNN_RELU
    if isinstance(module, CellModule):
        return module.cell
    advice = ""
    if isinstance(module, nn.Module):
        inner = [name for name, child in module.named_modules() if isinstance(child, nn.RNNBase)]
        advice = f"; trace its part model.{inner[0]} with the inputs that part receives" if inner else ""
    raise TypeError(f"cannot trace a {type(module).__name__}; expected torch.nn.LSTM, GRU or RNN{advice}")


def layers_of(module: nn.Module) -> list[Layer]:
    """The weights of every layer and direction, in PyTorch's order."""
    cell_of(module)
    if isinstance(module, CellModule):
        return [Layer(0, DIRECTIONS[0], module.weights)]
    assert isinstance(module, nn.RNNBase)
    directions = DIRECTIONS[: 1 + module.bidirectional]
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
        shown = _fused(module, cell, inputs, starts, module.all_weights[start : start + width]) if fused else None
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
                    traced = _traced(cell, layer, run_known(cell, layer.weights, ordered, known, initial), initial)
                except ValueError:
                    # Under huge weights the kernel's rounding shows; step by step the equations hold, or fail anew.
                    traced = _traced(cell, layer, run_steps(cell, layer.weights, ordered, initial), initial)
            result.append(traced)
        if start + width < len(layers):
            shown_above = np.concatenate([layer.hidden_state for layer in result[start:]], axis=1)
            inputs = torch.from_numpy(shown_above).to(inputs)
    return tuple(result)


def _traced(
    cell: Cell, layer: Layer, values: Values, initial: Values, held: frozenset[str] = frozenset()
) -> LayerTrace:
    """Values in the order in which the layer reads, as a trace in the order of the tokens."""
    if layer.direction == "backward":
        values = {name: value.flip(0) for name, value in values.items()}
    return LayerTrace(cell.name, layer.index, layer.direction, _arrays(values), _arrays(initial), held)


def _fused(
    module: nn.RNNBase, cell: Cell, inputs: Tensor, starts: list[Values], weights: Sequence[Sequence[Tensor]]
) -> Sequence[Tensor]:
    """One layer by torch's own kernel, as the module's forward calls it: the hidden states, (T, P) a direction."""
    # The LSTM's kernel wants its hidden state first; the definitions list states in the order of computation.
    names = sorted((state.name for state in cell.states), key=lambda name: name != "hidden_state")
    packed = [torch.stack([start[name] for start in starts])[:, None] for name in names]
    flat = [tensor for tensors in weights for tensor in tensors]
    hx = packed if cell is LSTM else packed[0]
    output = _FUSED[cell.name](inputs[:, None], hx, flat, module.bias, 1, 0.0, False, module.bidirectional, False)[0]
    halves: Sequence[Tensor] = output[:, 0].chunk(len(starts), dim=1)
    return halves


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


def _check_clamps(module: Any, clamps: tuple[Clamp, ...]) -> None:
    there = [(layer.index, layer.direction) for layer in layers_of(module)] if clamps else []
    for clamp in clamps:
        if not isinstance(clamp, Clamp):
            raise TypeError(f"clamp holds {clamp!r}; expected lstm_viz.Clamp, such as Clamp('forget_gate', 1.0)")
        if not any(clamp.applies_to(*place) for place in there):
            names = "; ".join(f"layer {index}, {direction}" for index, direction in there)
            raise ValueError(
                f"clamp: no layer fits layer={clamp.layer}, direction={clamp.direction!r}; the module has {names}"
            )


def _arrays(values: Values) -> dict[str, Array]:
    return {name: value.numpy(force=True) for name, value in values.items()}


def _as_inputs(module: Any, inputs: Any) -> Tensor:
    weight = module.weight_ih_l0
    if weight.dtype not in (torch.float32, torch.float64):
        raise TypeError(f"the module's weights are {weight.dtype}; trace needs float32 or float64: use module.float()")
    if isinstance(inputs, nn.utils.rnn.PackedSequence):
        raise TypeError("inputs is a PackedSequence; trace one sequence at a time, as a (T, I) tensor")
    try:
        # Torch warns of arrays that cannot be written to, such as those of a trace.
        given = torch.as_tensor(np.require(inputs, requirements="W") if isinstance(inputs, np.ndarray) else inputs)
        if given.is_complex():
            raise TypeError("they are complex")
        # A copy: the trace must stay as it is when the caller's tensor changes.
        sequence = given.to(weight, copy=True)
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(f"inputs cannot be read as a (T, I) tensor of numbers: {error}") from error
    if sequence.dim() == 3:
        raise ValueError(
            f"inputs has shape {tuple(sequence.shape)}; expected (T, I), one sequence without a batch dimension: "
            "pass inputs[:, 0], or inputs[0] where the batch comes first"
        )
    if sequence.dim() != 2 or sequence.shape[1] != module.input_size or not len(sequence):
        raise ValueError(
            f"inputs has shape {tuple(sequence.shape)}; expected (T, {module.input_size}) with at least one time step"
        )
    finite = np.isfinite(sequence.numpy(force=True))
    if not finite.all():
        step, column = np.argwhere(~finite)[0]
        raise ValueError(f"inputs[{step}, {column}] is {sequence[step, column]:g}; expected finite numbers")
    return sequence


def _as_states(module: Any, cell: Cell, given: State | None) -> list[Values]:
    """The initial states of every layer and direction."""
    weight, rows = module.weight_ih_l0, module.num_layers * (1 + module.bidirectional)
    sizes = {"hidden_state": module.proj_size or module.hidden_size}
    sizes |= {state.name: module.hidden_size for state in cell.states if state.name not in sizes}
    if given is None:
        zeros = {name: weight.new_zeros(size) for name, size in sizes.items()}
        return [zeros] * rows
    parts = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    if len(parts) != len(sizes):
        expected = "the pair (h_0, c_0)" if len(sizes) == 2 else "one tensor h_0"
        raise ValueError(f"initial_state has {len(parts)} part(s); {cell.title} expects {expected}")
    stacks: Values = {}
    for (name, size), part in zip(sizes.items(), parts, strict=True):
        try:
            stack = torch.as_tensor(part).to(weight, copy=True)
        except (TypeError, ValueError, RuntimeError) as error:
            raise TypeError(f"initial_state: {name} cannot be read as a tensor of numbers: {error}") from error
        if stack.shape == (rows, 1, size):
            stack = stack[:, 0]
        if stack.shape != (rows, size):
            raise ValueError(f"initial_state: {name} has shape {tuple(stack.shape)}, expected {(rows, size)}")
        stacks[name] = stack
    return [{name: stack[row] for name, stack in stacks.items()} for row in range(rows)]


def _notes(module: Any) -> tuple[str, ...]:
    if not (module.training and module.dropout and module.num_layers > 1):
        return ()
    note = f"The module is in training mode with dropout {module.dropout:g}; it was traced without dropout."
    warnings.warn(note, stacklevel=3)
    return (note,)
