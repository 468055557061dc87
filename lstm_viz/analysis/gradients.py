"""How far back learning reaches: the exact gradient of the end of a sequence with respect to every state before it.

Everything in a step is one number a unit, except the product U h with the hidden state. So the derivatives of all
steps are found at once, from the cell's definition, and what remains is one matrix product a step on the way back.
Sizes are carried as a power of ten beside each vector: a thousand steps of 0.25 make 10⁻⁶⁰², which no float holds.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_viz.capture import cell_of, layers_of, trace
from lstm_viz.cells import Cell
from lstm_viz.engine import Before, OneStep, Weights, product
from lstm_viz.module import CellModule
from lstm_viz.trace import Array, LayerTrace

Floats = NDArray[np.float64]

RESCALE = 1e50
"""A vector that grows or shrinks by this factor has its size moved into the power of ten."""


@dataclass(frozen=True, eq=False)
class Gradients:
    """The gradient of ``L = Σ_k weight_k · h_T,k`` with respect to every state. T: steps, H: units.

    Each is total: it counts every path from that state to the end, also the one from the memory to the hidden state of
    the same step, as PyTorch's own `retain_grad` does.

    Attributes
    ----------
    layer : the run, in float64
    direction : state → (T, H), the gradient divided by ``10 ** exponent``
    exponent : (T,) powers of ten
    memory_path : (T, H) log10 of the sizes of the part of the memory's gradient that never left the memory: the
        gradient at the last step times the product of all later keep factors, ∏ f for an LSTM; None without a memory
    weight_norm : log10 of the norm of the gradient with respect to all recurrent weights together
    """

    layer: LayerTrace
    direction: Mapping[str, Floats]
    exponent: Floats
    memory_path: Floats | None
    weight_norm: float

    def log10(self, state: str) -> Floats:
        """(T,) log10 of the Euclidean norm of the gradient; −∞ where it is exactly 0."""
        return log10_norm(self.direction[state]) + self.exponent

    def values(self, state: str) -> Floats:
        """(T, H) the gradient itself; what no float holds becomes 0 or ∞."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(self.direction[state] * 10.0 ** self.exponent[:, None])


def gradients(
    module: nn.Module, inputs: Any, output_weights: Array | None = None, *, initial_state: Any = None
) -> Gradients:
    """Exact gradients with respect to every state, for one sequence.

    Parameters
    ----------
    module : one layer, one direction, without a projection: `nn.LSTM`, `nn.GRU`, `nn.RNN` or a `CellModule`
    inputs : (T, I), tensor or array
    output_weights : (H,), how much each unit of the last hidden state counts; by default the same for all, of norm 1
    initial_state : as `lstm_viz.trace` takes it

    Raises
    ------
    ValueError
        for modules of several layers or directions, and for cells whose gates are joined by matrices of their own.
    """
    cell = cell_of(module)
    if module.num_layers != 1 or module.bidirectional or module.proj_size:
        raise ValueError("gradients takes one layer in one direction, without a projection; pass such a module")
    if any(dimensions > 1 for dimensions in cell.parameters.values()):
        raise ValueError(f"{cell.title} has matrices besides U; use torch's autograd on engine.run_steps")
    precise = copy.deepcopy(module).double()
    run = trace(precise, inputs, initial_state=initial_state)
    layer = run.layers[0]
    weights = layers_of(precise)[0].weights
    size = layer.hidden_state.shape[1]
    final = np.full(size, size**-0.5) if output_weights is None else np.asarray(output_weights, dtype=np.float64)
    if final.shape != (size,):
        raise ValueError(f"output_weights has shape {final.shape}, expected ({size},)")
    return _backward(cell, weights, layer, torch.from_numpy(run.inputs.astype(np.float64)), final)


@dataclass(frozen=True, eq=False)
class Partials:
    """Derivatives of each state at a step, all (T, H).

    Attributes
    ----------
    product : state → (T, G, H), with respect to each row block of U h
    before : state → state of the step before → (T, H)
    within : state → state computed earlier in the same step → (T, H)
    keep : (T, H) the memory's own keep factor, or None
    """

    product: Mapping[str, Floats]
    before: Mapping[str, Mapping[str, Floats]]
    within: Mapping[str, Mapping[str, Floats]]
    keep: Floats | None


def partials(cell: Cell, weights: Weights, layer: LayerTrace, inputs: Tensor) -> Partials:
    """Every derivative of every step at once, by torch's autograd on the cell's own definition."""
    names = [state.name for state in cell.states]
    before = {name: torch.from_numpy(layer.before(name).copy()).requires_grad_() for name in names}
    given = weights.detach()
    from_hidden = product(before["hidden_state"].detach(), given.hidden, given.hidden_bias).requires_grad_()
    now = OneStep(cell, given, product(inputs, given.input, given.input_bias), from_hidden)
    earlier: dict[str, Tensor] = {}
    by_product: dict[str, Floats] = {}
    by_before: dict[str, dict[str, Floats]] = {}
    within: dict[str, dict[str, Floats]] = {}
    keep = None
    for quantity in cell.quantities:
        value = quantity.compute(now, Before(before))
        if quantity.name in names:
            if quantity.keep is not None:
                keep = quantity.keep(now).detach().numpy()
            sources = [from_hidden, *before.values(), *earlier.values()]
            found = torch.autograd.grad(value.sum(), sources, retain_graph=True, allow_unused=True)
            parts = [None if part is None else part.numpy() for part in found]
            blocks = parts[0] if parts[0] is not None else np.zeros(tuple(from_hidden.shape))
            by_product[quantity.name] = blocks.reshape(len(blocks), len(cell.weighted), -1)
            by_before[quantity.name] = _present(names, parts[1 : 1 + len(names)])
            within[quantity.name] = _present(list(earlier), parts[1 + len(names) :])
            # From here on the state counts as given, so that its own share is told apart from what follows from it.
            value = value.detach().requires_grad_()
            earlier[quantity.name] = value
        setattr(now, quantity.name, value)
    return Partials(by_product, by_before, within, keep)


def _present(names: Sequence[str], parts: Sequence[Floats | None]) -> dict[str, Floats]:
    return {name: part for name, part in zip(names, parts, strict=True) if part is not None}


def _backward(cell: Cell, weights: Weights, layer: LayerTrace, inputs: Tensor, final: Floats) -> Gradients:
    parts = partials(cell, weights, layer, inputs)
    steps, units = layer.hidden_state.shape
    names = [state.name for state in cell.states]
    recurrent = weights.hidden.detach().numpy()
    found = {name: np.zeros((steps, units)) for name in names}
    sums = np.zeros((steps, len(cell.weighted) * units))
    exponent = np.zeros(steps)
    waiting = {name: np.zeros(units) for name in names}
    waiting["hidden_state"] = final.copy()
    power = 0.0
    for t in range(steps - 1, -1, -1):
        arriving = waiting
        for name in reversed(names):
            for other, factor in parts.within[name].items():
                arriving[other] = arriving[other] + arriving[name] * factor[t]
            found[name][t] = arriving[name]
        exponent[t] = power
        blocks = sum(parts.product[name][t] * arriving[name] for name in names)
        sums[t] = blocks.reshape(-1)
        waiting = {name: np.zeros(units) for name in names}
        waiting["hidden_state"] = sums[t] @ recurrent
        for name in names:
            for other, factor in parts.before[name].items():
                waiting[other] = waiting[other] + arriving[name] * factor[t]
        if t % 8 == 0:
            largest = max(float(np.abs(waiting[name]).max()) for name in names)
            if largest and not 1 / RESCALE < largest < RESCALE:
                shift = float(np.floor(np.log10(largest)))
                waiting = {name: vector * 10.0**-shift for name, vector in waiting.items()}
                power += shift
    before = np.concatenate([layer.initial_state["hidden_state"][None], layer.hidden_state[:-1]])
    memory = cell.memory
    path = None
    if memory is not None and parts.keep is not None:
        path = _memory_path(found[memory.name][-1], parts.keep)
    return Gradients(layer, found, exponent, path, _weight_norm(sums, exponent, before))


def _memory_path(last: Floats, keep: Floats) -> Floats:
    """(T, H) log10 |∂L/∂c_T · ∏ keep|, the product over the steps after each one."""
    with np.errstate(divide="ignore"):
        shares = np.log10(np.abs(keep))
        start = np.log10(np.abs(last))
    later = np.cumsum(shares[::-1], axis=0)[::-1]
    return np.asarray(start + np.concatenate([later[1:], np.zeros((1, keep.shape[1]))]))


def _weight_norm(sums: Floats, exponent: Floats, before: Floats) -> float:
    """log10 of the norm of ∂L/∂U = Σ_t δ_t h_{t−1}ᵀ."""
    top = exponent.max()
    with np.errstate(under="ignore"):
        scaled = sums * 10.0 ** (exponent - top)[:, None]
    return float(log10_norm((scaled.T @ before).reshape(1, -1))[0] + top)


def log10_norm(vectors: Floats) -> Floats:
    """log10 of the Euclidean norm of every row, safe where squares would leave the range of a float; −∞ for zeros."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scale = np.where(largest > 0, largest, 1.0)
    with np.errstate(divide="ignore", under="ignore"):
        return np.asarray(np.log10(np.sqrt(((vectors / scale) ** 2).sum(axis=1))) + np.log10(scale[:, 0]))


def log10_norm_of_logs(logs: Floats) -> Floats:
    """The same for rows that are given as log10 of sizes."""
    largest = logs.max(axis=1, keepdims=True)
    scale = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore", under="ignore"):
        return np.asarray(0.5 * np.log10((10.0 ** (2 * (logs - scale))).sum(axis=1)) + scale[:, 0])


def split_paths(flow: Gradients) -> tuple[Floats, Floats]:
    """The memory's gradient, split by the way it took: what never left the memory, and all that went through h.

    Returns
    -------
    memory, rest : (T,) log10 of the Euclidean norm of each part; −∞ where it is 0. The parts are vectors that sum to
        the gradient, so their norms need not.

    Raises
    ------
    ValueError
        for a cell without a memory of its own.
    """
    if flow.memory_path is None or "cell_state" not in flow.direction:
        raise ValueError(f"{flow.layer.definition.title} has no memory apart from h, so there is one way back")
    direction = flow.direction["cell_state"]
    sign = np.sign(direction[-1])
    with np.errstate(under="ignore", over="ignore"):
        path = sign * 10.0 ** np.clip(flow.memory_path - flow.exponent[:, None], -320, 300)
    rest = direction - path
    # At the last step both are the same number; what differs there is rounding.
    rest[np.abs(rest) < 1e-14 * np.abs(direction)] = 0.0
    return log10_norm_of_logs(flow.memory_path), log10_norm(rest) + flow.exponent


SLOPES: Mapping[str, float] = {"rnn": 1.0, "rnn_relu": 1.0, "rnn_sigmoid": 0.25}
"""γ, the largest slope of a plain RNN's nonlinearity."""


def step_bound(module: nn.Module) -> float | None:
    """γ·σ_max: the most by which one step of a plain RNN can enlarge a gradient; None for gated cells.

    σ_max is the largest singular value of U. Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013.
    """
    slope = SLOPES.get(cell_of(module).name)
    if slope is None:
        return None
    assert isinstance(module, (nn.RNNBase, CellModule))
    recurrent = layers_of(module)[0].weights.hidden.detach().double()
    return slope * float(torch.linalg.matrix_norm(recurrent, 2))
