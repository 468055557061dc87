"""How far back learning reaches: the exact gradient of the end of a sequence with respect to every state before it.

Everything in a step is one number a unit, except the product U h with the hidden state, and a variant's products with
further matrices. So the derivatives of all steps are found at once, from the cell's definition, and what remains is one
matrix product a step and matrix on the way back.
Sizes are carried as a power of ten beside each vector: a thousand steps of 0.25 make 10⁻⁶⁰², which no float holds.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_viz.arguments import array, choice, expect
from lstm_viz.capture import cell_of, layers_of, read, trace
from lstm_viz.cells import Cell
from lstm_viz.engine import Before, OneStep, Values, Weights, product, seen_of
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
    direction : state, or what else the next step sees → (T, H), the gradient divided by ``10 ** exponent``
    exponent : (T,) powers of ten
    memory_path : (T, H) log10 of the sizes of the part of the memory's gradient that never left the memory: the
        gradient at the last step times the product of all later keep factors, ∏ f for an LSTM; None without a memory
    weight_norm : log10 of the norm of the gradient with respect to all recurrent matrices together; −∞ without any

    Examples
    --------
    >>> import torch, lstm_viz
    >>> flow = lstm_viz.gradients(torch.nn.LSTM(3, 8), torch.zeros(500, 3))
    >>> sorted(flow.direction), flow.log10("cell_state").shape
    (['cell_state', 'hidden_state'], (500,))
    """

    layer: LayerTrace
    direction: Mapping[str, Floats]
    exponent: Floats
    memory_path: Floats | None
    weight_norm: float

    def __repr__(self) -> str:
        return f"Gradients({', '.join(self.direction)}: {len(self.layer)} steps × {self.layer.units} units)"

    def log10(self, state: str) -> Floats:
        """(T,) log10 of the Euclidean norm of the gradient; −∞ where it is exactly 0."""
        return log10_norm(self._of(state)) + self.exponent

    def values(self, state: str) -> Floats:
        """(T, H) the gradient itself; what no float holds becomes 0 or ∞."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(self._of(state) * 10.0 ** self.exponent[:, None])

    def _of(self, state: str) -> Floats:
        return self.direction[choice(state, "state", self.direction)]


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
    TypeError, ValueError
        as `lstm_viz.trace`; also for modules of several layers or directions, or with a projection.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> flow = lstm_viz.gradients(torch.nn.LSTM(3, 8), torch.zeros(5, 3))
    >>> flow.values("cell_state").shape, flow.log10("hidden_state").shape
    ((5, 8), (5,))
    """
    return followed(module, inputs, output_weights, initial_state=initial_state)


def followed(
    module: nn.Module,
    inputs: Any,
    output_weights: Array | None = None,
    *,
    initial_state: Any = None,
    tell: Callable[[float], Any] = lambda share: None,
) -> Gradients:
    """What `gradients` returns; `tell` is called now and then on the way back, with the share of it that is done."""
    cell = cell_of(module)
    if module.num_layers != 1 or module.bidirectional or module.proj_size:
        raise ValueError("gradients takes one layer in one direction, without a projection; pass such a module")
    plain, _, _ = read(module, inputs, initial_state)
    precise: Any = copy.deepcopy(plain).double()
    tell(0.0)
    run = trace(precise, inputs, initial_state=initial_state)
    tell(0.0)
    layer = run.layers[0]
    weights = layers_of(precise)[0].weights
    size = layer.hidden_state.shape[1]
    equal = np.full(size, size**-0.5)
    final = equal if output_weights is None else array(output_weights, "output_weights", (size,), "one a unit,")
    return _backward(cell, weights, layer, torch.from_numpy(run.inputs.astype(np.float64)), final, tell)


@dataclass(frozen=True, eq=False)
class Partials:
    """Derivatives at every step, all (T, H), of each node: what the next step sees, and what a further matrix reads.

    Attributes
    ----------
    nodes : in the order of computation; what a matrix reads goes by the matrix's name
    product : node → (T, G, H), with respect to each row block of U h
    before : node → what it sees of the step before → (T, H)
    within : node → node computed earlier in the same step, for a matrix its product → (T, H)
    read : matrix → (T, H), what it reads
    keep : (T, H) the memory's own keep factor, or None
    """

    nodes: tuple[str, ...]
    product: Mapping[str, Floats]
    before: Mapping[str, Mapping[str, Floats]]
    within: Mapping[str, Mapping[str, Floats]]
    read: Mapping[str, Floats]
    keep: Floats | None


class _Derived(OneStep):
    """All steps at once, each node's value replaced by one that counts as given.

    So each node's own share of a derivative is told apart from what follows from it.
    """

    def __init__(self, cell: Cell, weights: Weights, from_input: Tensor, from_hidden: Tensor, before: Values):
        super().__init__(cell, weights, from_input, from_hidden)
        self._sources = from_hidden, before
        self._blocks = len(cell.weighted)
        self.given: Values = {}
        self.read: dict[str, Floats] = {}
        self.by_product: dict[str, Floats] = {}
        self.by_before: dict[str, dict[str, Floats]] = {}
        self.within: dict[str, dict[str, Floats]] = {}

    def product(self, name: str, values: Tensor) -> Tensor:
        self.read[name] = values.detach().numpy()
        return self.add(name, values, super().product(name, values.detach()))

    def add(self, name: str, value: Tensor, given: Tensor) -> Tensor:
        """Note the derivatives of a node's value; return what counts as given from here on."""
        from_hidden, before = self._sources
        sources = [from_hidden, *before.values(), *self.given.values()]
        found = torch.autograd.grad(value.sum(), sources, retain_graph=True, allow_unused=True)
        parts = [None if part is None else part.numpy() for part in found]
        blocks = parts[0] if parts[0] is not None else np.zeros(tuple(from_hidden.shape))
        self.by_product[name] = blocks.reshape(len(blocks), self._blocks, -1)
        self.by_before[name] = _present(list(before), parts[1 : 1 + len(before)])
        self.within[name] = _present(list(self.given), parts[1 + len(before) :])
        self.given[name] = given.detach().requires_grad_()
        return self.given[name]


def partials(cell: Cell, weights: Weights, layer: LayerTrace, inputs: Tensor) -> Partials:
    """Every derivative of every step at once, by torch's autograd on the cell's own definition."""
    names = [each.name for each in cell.carried]
    before = {name: torch.from_numpy(layer.before(name).copy()).requires_grad_() for name in names}
    given = weights.detach()
    from_input = product(inputs, given.input, given.input_bias)
    from_hidden = seen_of(before["hidden_state"].detach(), given)
    from_hidden = (torch.zeros_like(from_input) if from_hidden is None else from_hidden).requires_grad_()
    now = _Derived(cell, given, from_input, from_hidden, before)
    keep = None
    for quantity in cell.quantities:
        value = quantity.compute(now, Before(before))
        if quantity is cell.memory and quantity.keep is not None:
            keep = torch.as_tensor(quantity.keep(now), dtype=value.dtype).detach().expand_as(value).numpy()
        setattr(now, quantity.name, now.add(quantity.name, value, value) if quantity.name in names else value)
    return Partials(tuple(now.given), now.by_product, now.by_before, now.within, now.read, keep)


def _present(names: Sequence[str], parts: Sequence[Floats | None]) -> dict[str, Floats]:
    return {name: part for name, part in zip(names, parts, strict=True) if part is not None}


def _backward(
    cell: Cell, weights: Weights, layer: LayerTrace, inputs: Tensor, final: Floats, tell: Callable[[float], Any]
) -> Gradients:
    parts = partials(cell, weights, layer, inputs)
    steps, units = layer.hidden_state.shape
    names = [each.name for each in cell.carried]
    recurrent = None if weights.hidden is None else weights.hidden.detach().numpy()
    matrices = {name: weights.parameters[name].detach().numpy() for name in parts.read}
    found = {name: np.zeros((steps, units)) for name in parts.nodes}
    sums = np.zeros((steps, len(cell.weighted) * units))
    exponent = np.zeros(steps)
    waiting = {name: np.zeros(units) for name in names}
    waiting["hidden_state"] = final.copy()
    power = 0.0
    for t in range(steps - 1, -1, -1):
        arriving = waiting
        arriving |= {name: np.zeros(units) for name in matrices}
        for name in reversed(parts.nodes):
            found[name][t] = arriving[name]
            if name in matrices:
                arriving[name] = arriving[name] @ matrices[name]
            for other, factor in parts.within[name].items():
                arriving[other] = arriving[other] + arriving[name] * factor[t]
        exponent[t] = power
        blocks = sum(parts.product[name][t] * arriving[name] for name in parts.nodes)
        sums[t] = blocks.reshape(-1)
        waiting = {name: np.zeros(units) for name in names}
        if recurrent is not None:
            waiting["hidden_state"] = sums[t] @ recurrent
        for name in parts.nodes:
            for other, factor in parts.before[name].items():
                waiting[other] = waiting[other] + arriving[name] * factor[t]
        if t % 8 == 0:
            tell(1 - t / steps)
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
    norms = [-np.inf if recurrent is None else _weight_norm(sums, exponent, before)]
    norms += [_weight_norm(found[name], exponent, parts.read[name]) for name in matrices]
    total = float(log10_norm_of_logs(np.array([norms]))[0])
    return Gradients(layer, {name: found[name] for name in names}, exponent, path, total)


def _memory_path(last: Floats, keep: Floats) -> Floats:
    """(T, H) log10 |∂L/∂c_T · ∏ keep|, the product over the steps after each one."""
    with np.errstate(divide="ignore"):
        shares = np.log10(np.abs(keep))
        start = np.log10(np.abs(last))
    later = np.cumsum(shares[::-1], axis=0)[::-1]
    return np.asarray(start + np.concatenate([later[1:], np.zeros((1, keep.shape[1]))]))


def _weight_norm(sums: Floats, exponent: Floats, before: Floats) -> float:
    """log10 of the norm of ∂L/∂U = Σ_t δ_t h_{t−1}ᵀ, or of a further matrix's, with what it reads in place of h."""
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
    expect(flow, Gradients, "flow", "what lstm_viz.gradients returns")
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

    Examples
    --------
    >>> import torch, lstm_viz
    >>> lstm_viz.step_bound(torch.nn.RNN(3, 8)) > 0, lstm_viz.step_bound(torch.nn.LSTM(3, 8))
    (True, None)
    """
    slope = SLOPES.get(cell_of(module).name)
    if slope is None:
        return None
    assert isinstance(module, (nn.RNNBase, CellModule))
    recurrent = layers_of(module)[0].weights.hidden
    assert recurrent is not None
    return slope * float(torch.linalg.matrix_norm(recurrent.detach().double(), 2))
