"""What `lstm_viz.trace` is given: a module's weights, a sequence and an initial state, read and checked."""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lstm_viz.arguments import given
from lstm_viz.cells import Cell
from lstm_viz.engine import Values
from lstm_viz.trace import Array

State = Tensor | Array | tuple[Tensor | Array, Tensor | Array]

_PRECISIONS = (torch.float32, torch.float64)


def check_weights(module: Any) -> None:
    """Check that a module's weights are numbers of one precision, on one device."""
    first = module.weight_ih_l0
    for name, tensor in module._parameters.items():
        if (tensor.dtype, tensor.device) == (first.dtype, first.device):
            continue
        if tensor.dtype != first.dtype:
            here, there, advice = first.dtype, tensor.dtype, "use module.float() or module.double()"
        else:
            here, there, advice = first.device, tensor.device, "use module.to('cpu')"
        raise TypeError(f"module: its weight_ih_l0 is {here} and its {name} {there}; expected one for all: {advice}")
    if first.dtype not in _PRECISIONS:
        raise TypeError(f"the module's weights are {first.dtype}; trace needs float32 or float64: use module.float()")
    if first.is_meta:
        raise ValueError("module: its weights are on the meta device, without numbers; load them: module.to_empty(...)")


def name_what_is_not_finite(module: nn.Module) -> None:
    """ValueError naming the first weight of a module that is not a finite number, if there is one."""
    for name, tensor in module.named_parameters():
        wrong = ~torch.isfinite(tensor.detach())
        if wrong.any():
            place = wrong.nonzero()[0].tolist()
            value = float(tensor[tuple(place)])
            raise ValueError(f"module: its {name}{place} is {value:g}; expected finite weights: was training unstable?")


def as_inputs(module: Any, inputs: Any, name: str = "inputs") -> Tensor:
    """A sequence as (T, I), like the module's weights; it may be the caller's own memory. Errors call it by `name`."""
    if isinstance(inputs, nn.utils.rnn.PackedSequence):
        raise TypeError(f"{name} is a PackedSequence; trace one sequence at a time, as a (T, I) tensor")
    sequence = as_tensor(module, inputs, name, "a (T, I) tensor of numbers")
    if sequence.dim() == 3:
        raise ValueError(
            f"{name} has shape {tuple(sequence.shape)}; expected (T, I), one sequence without a batch dimension: "
            "pass inputs[:, 0], or inputs[0] where the batch comes first"
        )
    if sequence.dim() != 2 or sequence.shape[1] != module.input_size or not len(sequence):
        raise ValueError(
            f"{name} has shape {tuple(sequence.shape)}; expected (T, {module.input_size}) with at least one time step"
        )
    check_finite(sequence, name)
    return sequence


def as_states(
    module: Any, cell: Cell, state: State | None, batch: int | None = None, *, finite: bool = True
) -> list[Values]:
    """The initial states of every layer and direction; of a batch of so many sequences, a row for each."""
    weight, rows = module.weight_ih_l0, module.num_layers * (1 + module.bidirectional)
    each = () if batch is None else (batch,)
    sizes = {"hidden_state": module.proj_size or module.hidden_size}
    sizes |= {one.name: module.hidden_size for one in cell.states if one.name not in sizes}
    if state is None:
        return [
            {name: weight.new_full((*each, size), cell[name].first) for name, size in sizes.items()}
            for _ in range(rows)
        ]
    parts = tuple(state) if isinstance(state, (tuple, list)) else (state,)
    if len(parts) != len(sizes):
        states = ", ".join(sizes)
        expected = {1: "one tensor h_0", 2: "the pair (h_0, c_0)"}.get(len(sizes), f"a tensor for each of {states}")
        raise ValueError(f"initial_state has {len(parts)} part(s); {cell.title} expects {expected}")
    stacks: Values = {}
    for (name, size), part in zip(sizes.items(), parts, strict=True):
        stack = as_tensor(module, part, f"initial_state: {name}", "a tensor of numbers")
        if batch is None and stack.shape == (rows, 1, size):
            stack = stack[:, 0]
        if stack.shape != (rows, *each, size):
            raise ValueError(f"initial_state: {name} has shape {tuple(stack.shape)}, expected {(rows, *each, size)}")
        if finite:
            # What a state is where nothing was given is fine, though it be no number.
            check_finite(torch.where(stack == cell[name].first, 0.0, stack), f"initial_state.{name}")
        # A copy: the trace must stay as it is when the caller's tensor changes.
        stacks[name] = stack.clone()
    return [{name: stack[row] for name, stack in stacks.items()} for row in range(rows)]


def as_tensor(module: Any, value: Any, name: str, expected: str) -> Tensor:
    """Numbers like the module's weights, detached; TypeError for what is none."""
    try:
        if isinstance(value, range):  # it may be longer than any memory
            raise TypeError("it is a range")
        # Torch warns of arrays that cannot be written to, such as the inputs that a trace holds.
        held = isinstance(value, np.ndarray) and not value.flags.writeable
        # Numbers in a list are of double precision, until torch makes them of its own default.
        exact = module.weight_ih_l0.dtype if isinstance(value, (list, tuple)) else None
        tensor = torch.as_tensor(value.copy() if held else value, dtype=exact)
        if tensor.is_complex():
            raise TypeError("they are complex")
        return tensor.detach().to(module.weight_ih_l0)
    except (TypeError, ValueError, RuntimeError, OverflowError, NotImplementedError) as error:
        said = str(error).partition("\n")[0]
        raise TypeError(f"{name} cannot be read as {expected}: got {given(value)}; {said}") from error


def check_finite(tensor: Tensor, name: str) -> None:
    """ValueError naming the place of the first value that is not a finite number, if there is one."""
    # A sum tells of most tensors that nothing is wrong, at a tenth of the cost.
    if math.isfinite(tensor.sum().item()):
        return
    wrong = ~torch.isfinite(tensor)
    if wrong.any():
        place = wrong.nonzero()[0].tolist()
        raise ValueError(f"{name}{place} is {float(tensor[tuple(place)]):g}; expected finite numbers")
