"""A cell definition and its weights, run on a sequence.

Three ways through the same definition. `run_steps` goes step by step, is differentiable, and takes overrides: it serves
clamps, variants and gradients, and is the reference. `run_parallel` does all steps at once, differentiably, of a cell
in which nothing but the memory reads the step before: it serves training. `run_known` is given every hidden state, so
nothing waits for the step before and each gate is one product over all steps; only the memory is scanned. It serves
`lstm_viz.trace`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor
from torch.nn.functional import linear, logsigmoid

from lstm_viz.cells import Cell

Values = dict[str, Tensor]

FEW_STEPS = 48
"""Up to here a memory is scanned one step after the other; past it, two steps are made into one first."""


@dataclass(frozen=True, eq=False)
class Weights:
    """One layer's weights, in one direction. G: weighted quantities of the cell, H units, P units shown, I inputs.

    Attributes
    ----------
    input : (G·H, I), rows in the order of ``cell.weighted``
    hidden : (G·H, P), or None where no weights of the cell see the hidden state
    input_bias, hidden_bias : (G·H,), or None
    projection : (P, H), or None where P = H
    parameters : further weights of a variant, by name: (H,) or (H, H)

    `run_steps` and `run_parallel` also take N networks side by side: all weights then have a leading dimension N, and
    the inputs are (T, N, B, I) for B sequences each.
    """

    input: Tensor
    hidden: Tensor | None = None
    input_bias: Tensor | None = None
    hidden_bias: Tensor | None = None
    projection: Tensor | None = None
    parameters: Mapping[str, Tensor] = field(default_factory=dict)

    @property
    def tensors(self) -> list[Tensor]:
        """The weights that torch's own layers have, in PyTorch's order."""
        each = (self.input, self.hidden, self.input_bias, self.hidden_bias, self.projection)
        return [tensor for tensor in each if tensor is not None]

    @property
    def bias(self) -> Tensor | None:
        """Both biases together: (G·H,), or None where there is none."""
        if self.input_bias is None or self.hidden_bias is None:
            return self.hidden_bias if self.input_bias is None else self.input_bias
        return self.input_bias + self.hidden_bias

    def units(self, cell: Cell) -> int:
        """H, the number of units, given the cell that the weights are for."""
        return self.input.shape[-2] // len(cell.weighted)

    def shown(self, cell: Cell) -> int:
        """P, how many of its values a step shows: H where there is no projection."""
        return self.units(cell) if self.hidden is None else self.hidden.shape[-1]

    def to(self, dtype: torch.dtype) -> "Weights":
        """The same weights in another precision."""
        return self._each(lambda tensor: tensor.to(dtype))

    def detach(self) -> "Weights":
        """The same weights, as numbers that autograd does not follow."""
        return self._each(Tensor.detach)

    def _each(self, change: Callable[[Tensor], Tensor]) -> "Weights":
        def changed(tensor: Tensor | None) -> Tensor | None:
            return None if tensor is None else change(tensor)

        return Weights(
            change(self.input),
            changed(self.hidden),
            changed(self.input_bias),
            changed(self.hidden_bias),
            changed(self.projection),
            {name: change(tensor) for name, tensor in self.parameters.items()},
        )


def product(values: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``W v + b``; for networks side by side, weight: (N, rows, columns) and values: (…, N, B, columns)."""
    if weight.dim() == 2:
        return linear(values, weight, bias)
    result = values @ weight.mT
    return result if bias is None else result + bias[:, None]


class Before:
    """The values of the step before, as attributes."""

    def __init__(self, values: Mapping[str, Tensor]):
        self.__dict__.update(values)


class _Now(Before):
    """The values of this step, as attributes, and the arithmetic that a definition may use."""

    sigmoid, tanh, relu = staticmethod(torch.sigmoid), staticmethod(torch.tanh), staticmethod(torch.relu)
    exp, log_sigmoid, largest = staticmethod(torch.exp), staticmethod(logsigmoid), staticmethod(torch.maximum)

    def __init__(self, weights: Weights):
        self._weights = weights

    @staticmethod
    def hard_sigmoid(values: Tensor) -> Tensor:
        """The straight line through (0, ½) with the slope 0.2, cut off at 0 and 1."""
        return (0.2 * values + 0.5).clamp(0, 1)

    @staticmethod
    def ratio(over: Tensor, under: Tensor) -> Tensor:
        """One over the other, 0 where there is nothing to divide by; its gradient is 0 there too."""
        nothing = under == 0
        return torch.where(nothing, 0.0, over / torch.where(nothing, 1.0, under))

    def parameter(self, name: str) -> Tensor:
        """A variant's further weights, one a unit."""
        vector = self._weights.parameters[name]
        return vector[:, None] if vector.dim() > 1 else vector

    def product(self, name: str, values: Tensor) -> Tensor:
        """A variant's further matrix times the values of the units."""
        return product(values, self._weights.parameters[name])

    def project(self, values: Tensor) -> Tensor:
        """The layer's projection, where it has one."""
        projection = self._weights.projection
        return values if projection is None else linear(values, projection)


class OneStep(_Now):
    """One step: one product for all quantities, since one so small costs what it takes to call it."""

    def __init__(self, cell: Cell, weights: Weights, from_input: Tensor, from_hidden: Tensor | None):
        super().__init__(weights)
        self._from_input, self._from_hidden = (_by_name(cell, part, -1) for part in (from_input, from_hidden))

    def from_input(self, name: str) -> Tensor:
        """``W x + b``, the part of a weighted sum that comes from the inputs."""
        return self._from_input[name]

    def from_hidden(self, name: str) -> Tensor:
        """``U h + b``, the part that comes from the hidden state of the step before."""
        return self._from_hidden[name]

    def weighted_sum(self, name: str) -> Tensor:
        """``W x + U h + b``."""
        return self._from_input[name] + self._from_hidden[name]


class _AllSteps(_Now):
    """Every step at once. Products are made when asked for: the plain RNN, whose only state is known, asks for none."""

    def __init__(self, cell: Cell, weights: Weights, inputs: Tensor, hidden: Tensor):
        super().__init__(weights)
        self._cell, self._inputs, self._hidden = cell, inputs, hidden
        self._handed_out: Tensor | None = None

    def from_input(self, name: str) -> Tensor:
        """See `OneStep`."""
        weights, biases = (_by_name(self._cell, rows) for rows in (self._weights.input, self._weights.input_bias))
        return linear(self._inputs, weights[name], biases.get(name))

    def from_hidden(self, name: str) -> Tensor:
        """See `OneStep`."""
        weights, biases = (_by_name(self._cell, rows) for rows in (self._weights.hidden, self._weights.hidden_bias))
        return linear(self._hidden, weights[name], biases.get(name))

    def weighted_sum(self, name: str) -> Tensor:
        """See `OneStep`. Each is handed out once, for `sigmoid` and `tanh` take its place in memory."""
        self._handed_out = self._weighted_sums.pop(name)
        return self._handed_out

    def sigmoid(self, values: Tensor) -> Tensor:  # type: ignore[override]
        """The logistic sigmoid, in place where nobody else has the values: a new tensor costs as much as filling it."""
        return values.sigmoid_() if values is self._handed_out else torch.sigmoid(values)

    def tanh(self, values: Tensor) -> Tensor:  # type: ignore[override]
        """The same for tanh."""
        return values.tanh_() if values is self._handed_out else torch.tanh(values)

    @cached_property
    def _weighted_sums(self) -> Values:
        # A product for each quantity, so that each lies in one piece. The second is added while it is made.
        each, bias = len(self._cell.weighted), self._weights.bias
        assert self._weights.hidden is not None
        by_input, by_hidden = (
            rows.reshape(each, -1, rows.shape[1]).mT for rows in (self._weights.input, self._weights.hidden)
        )
        inputs, hidden = (values.expand(each, -1, -1) for values in (self._inputs, self._hidden))
        first = inputs @ by_input if bias is None else bias.view(each, 1, -1).baddbmm(inputs, by_input)
        totals = first.baddbmm_(hidden, by_hidden).unbind()
        return {quantity.name: total for quantity, total in zip(self._cell.weighted, totals, strict=True)}


def _by_name(cell: Cell, rows: Tensor | None, dim: int = 0) -> Values:
    """Split what stands in the order of the weight rows into the parts of each quantity; nothing for None."""
    if rows is None:
        return {}
    names = [quantity.name for quantity in cell.weighted]
    return dict(zip(names, rows.chunk(len(names), dim), strict=True))


def zero_state(cell: Cell, weights: Weights, batch: tuple[int, ...] = ()) -> Values:
    """What the first step finds, zeros but where the cell says otherwise: (…, H), the hidden state (…, P)."""
    units, shown = weights.units(cell), weights.shown(cell)
    return {
        each.name: weights.input.new_full((*batch, shown if each.name == "hidden_state" else units), each.first)
        for each in cell.carried
    }


def run_steps(
    cell: Cell,
    weights: Weights,
    inputs: Tensor,
    initial: Mapping[str, Tensor] | None = None,
    overrides: Mapping[str, tuple[Tensor, Tensor]] | None = None,
) -> Values:
    """Run a cell one step after the other; differentiable.

    Parameters
    ----------
    inputs : (T, …, I), with any batch dimensions in between
    initial : state name → (…, H); zeros by default
    overrides : quantity name → (mask, value), both broadcastable to (T, …, H) and indexed by step: where the mask is
        true the quantity takes the value, and everything after it is computed from that; a state is handed on so

    Returns
    -------
    recorded quantity name → (T, …, H)
    """
    before = zero_state(cell, weights, tuple(inputs.shape[1:-1])) | dict(initial or {})
    # Unbound at once: the gradient of a step taken by its index would be a tensor of all steps, each time.
    from_inputs = product(inputs, weights.input, weights.input_bias).unbind()
    steps: dict[str, list[Tensor]] = {quantity.name: [] for quantity in cell.recorded}
    for t, from_input in enumerate(from_inputs):
        from_hidden = seen_of(before["hidden_state"], weights)
        now, earlier = OneStep(cell, weights, from_input, from_hidden), Before(before)
        for quantity in cell.quantities:
            value = quantity.compute(now, earlier)
            if overrides and quantity.name in overrides:
                mask, replacement = overrides[quantity.name]
                value = torch.where(mask[t], replacement[t], value)
            setattr(now, quantity.name, value)
            if quantity.recorded:
                steps[quantity.name].append(value)
        before = {quantity.name: getattr(now, quantity.name) for quantity in cell.carried}
    return {name: torch.stack(values) for name, values in steps.items()}


def run_parallel(cell: Cell, weights: Weights, inputs: Tensor, initial: Mapping[str, Tensor] | None = None) -> Values:
    """Run a cell on all steps at once; differentiable. As `run_steps`, for a cell that is `Cell.parallel`.

    Raises
    ------
    ValueError
        for a cell of which more than the memory waits for the step before.
    """
    memory = cell.memory
    if not cell.parallel or memory is None or memory.keep is None or memory.add is None:
        raise ValueError(f"cell: {cell.title} waits for the step before; run it step by step")
    found = zero_state(cell, weights, tuple(inputs.shape[1:-1])) | dict(initial or {})
    now = OneStep(cell, weights, product(inputs, weights.input, weights.input_bias), None)
    for quantity in cell.quantities:
        if quantity is memory:
            value = scan_in_parallel(memory.keep(now), memory.add(now), found[memory.name])
        else:
            value = quantity.compute(now, Before({}))
        setattr(now, quantity.name, value)
    return {quantity.name: getattr(now, quantity.name) for quantity in cell.recorded}


def scan_in_parallel(keep: Tensor, add: Tensor, initial: Tensor) -> Tensor:
    """``value_t = keep_t · value_{t−1} + add_t`` for all steps in about log₂ T rounds; differentiable.

    Parameters
    ----------
    keep, add : (T, …)
    initial : (…)
    """
    if len(add) == 1:
        return torch.addcmul(add, keep, initial[None])
    # As in `_scan`, two steps make one; so half as many give every second value, and the others follow.
    last = len(add) // 2 * 2
    both_keep, both_add = keep[1::2] * keep[:last:2], torch.addcmul(add[1::2], keep[1::2], add[:last:2])
    seconds = scan_in_parallel(both_keep, both_add, initial)
    earlier = torch.cat([initial[None].expand_as(seconds[:1]), seconds])[: len(keep[::2])]
    firsts = torch.addcmul(add[::2], keep[::2], earlier)
    pairs = torch.stack([firsts[: len(seconds)], seconds], dim=1).flatten(0, 1)
    return pairs if last == len(add) else torch.cat([pairs, firsts[-1:]])


def seen_of(hidden_state: Tensor, weights: Weights) -> Tensor | None:
    """``U h + b``, what the weighted sums see of a hidden state, (…, G·H); None where they see nothing of it."""
    return None if weights.hidden is None else product(hidden_state, weights.hidden, weights.hidden_bias)


def run_known(
    cell: Cell, weights: Weights, inputs: Tensor, hidden_state: Tensor, initial: Mapping[str, Tensor]
) -> Values:
    """Recover every quantity of a run whose hidden states are known.

    Parameters
    ----------
    inputs : (T, I)
    hidden_state : (T, P), as torch's fused pass gave it
    initial : state name → (H,)

    Returns
    -------
    recorded quantity name → (T, H)
    """
    known = {"hidden_state": hidden_state}
    shifted = torch.cat([initial["hidden_state"][None], hidden_state[:-1]])
    now = _AllSteps(cell, weights, inputs, shifted)
    before = Before({"hidden_state": shifted})
    for quantity in cell.recorded:
        name = quantity.name
        if name not in known:
            if quantity.keep and quantity.add:
                known[name] = scan(quantity.keep(now), quantity.add(now), initial[name])
            else:
                known[name] = quantity.compute(now, before)
        setattr(now, name, known[name])
    return {quantity.name: known[quantity.name] for quantity in cell.recorded}


def scan(keep: Tensor, add: Tensor, initial: Tensor) -> Tensor:
    """``value_t = keep_t · value_{t−1} + add_t`` for all steps; keep, add: (T, H), initial: (H,). No gradients."""
    keep, add, initial = (tensor.detach().cpu() for tensor in (keep, add, initial))
    values = torch.empty_like(add)
    _scan(keep, add, initial, values)
    return values


def _scan(keep: Tensor, add: Tensor, initial: Tensor, values: Tensor) -> None:
    """Two steps make one, ``value_{t+1} = (keep_{t+1} · keep_t) · value_{t−1} + (keep_{t+1} · add_t + add_{t+1})``.

    So half as many give every second value, and the others follow at once.
    """
    if len(keep) <= FEW_STEPS:
        _scan_in_turn(keep, add, initial, values)
        return
    last = len(keep) // 2 * 2
    first_keep, second_keep, first_add, second_add = keep[:last:2], keep[1::2], add[:last:2], add[1::2]
    both_keep, both_add = second_keep * first_keep, torch.addcmul(second_add, second_keep, first_add)
    _scan(both_keep, both_add, initial, values[1::2])
    torch.addcmul(add[0], keep[0], initial, out=values[0])
    torch.addcmul(add[2::2], keep[2::2], values[1:-1:2], out=values[2::2])


def _scan_in_turn(keep: Tensor, add: Tensor, initial: Tensor, values: Tensor) -> None:
    values.copy_(add)
    previous = initial.numpy()
    # NumPy's loop over rows costs a third of torch's: there are two tiny operations a step.
    for value, share in zip(values.numpy(), keep.numpy(), strict=True):
        value += share * previous
        previous = value
