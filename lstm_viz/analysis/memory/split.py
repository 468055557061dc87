"""From the memory to the answer: how much of the model's output each step's share of the memory makes up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.memory.ledger import check_not_held, chosen_units, ledger_rows, memory_of, reading_order
from lstm_viz.analysis.memory.shared import Shared, bent, on_rows
from lstm_viz.arguments import array, expect, number, whole
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import Call, Expression, parts_of
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.trace.arithmetic import Arithmetic


@dataclass(frozen=True, eq=False)
class Split:
    """A model's output after one step, split by the steps that its memory came from. T: steps.

    Attributes
    ----------
    step : after which step the output is read
    parts : (T,), signed; 0 for steps not read by then
    initial : the part of the initial state
    bias : the part that is there whatever the input
    empty : what would be shown of an empty memory; 0 for every cell but those with a bias between memory and output

    Examples
    --------
    >>> import lstm_viz
    >>> model = lstm_viz.load_model("sentiment")
    >>> weight = model.network.head.weight[1] - model.network.head.weight[0]
    >>> split = lstm_viz.split_output(model.trace("a warm and funny film").layers[0], weight)
    >>> split.step, split.parts.shape
    (4, (5,))
    """

    step: int
    parts: Array
    initial: float
    bias: float
    empty: float = 0.0

    def __repr__(self) -> str:
        return f"Split(step {self.step}: {self.total:.4g} over {len(self.parts)} steps)"

    @property
    def total(self) -> float:
        """The output: the sum of everything."""
        return float(self.parts.sum()) + self.initial + self.bias + self.empty


def split_output(
    layer: LayerTrace,
    weights: NDArray[Any],
    bias: float = 0.0,
    *,
    step: int | None = None,
    newest_first: bool | None = None,
    further: Mapping[str, NDArray[Any]] | None = None,
) -> Split:
    """Split ``weights · h_t + bias`` exactly over the steps that the memory behind h_t came from.

    The hidden state is a function of the memory and of this step's gates: for an LSTM ``h_t = o_t · tanh(c_t)``. Some
    variants show the memory of the step before, or send it through a layer of its own: what is shown is whatever the
    cell's definition makes of the memory, now and before.

    Since tanh bends, what a source adds depends on what is there already. So each unit's tanh is shared out among the
    sources in proportion to what is left of each in its argument: of ``tanh(a + b)``, ``a`` gets
    ``a · tanh(a + b) / (a + b)``. These are Aumann and Shapley's values: what each source adds while all of them grow
    together from nothing to what they are. They sum to the whole, no order of the sources matters, and the share of
    several sources taken for one is the sum of theirs; Shapley's values, the mean over all orders, lack the last, and
    could only be sampled. A GRU's memory is its hidden state: there every way to share gives the same.

    Parameters
    ----------
    layer : of a cell with a memory
    weights : (H,), from the hidden state to one output
    bias : of that output
    step : after which step; the last one that the layer reads by default
    newest_first : to see how much an order can matter: False builds the memory up source by source in the order of
        reading, the initial state before all, and gives each what the output gains when it is added; True the other
        way round. These sum to the whole too.
    further : the weights that stand between memory and output, by name, for a variant that has such:
        `weighted_sums.layer_weights` gives them as `parameters`

    Raises
    ------
    ValueError
        for a cell without a memory, a state that was held, a step that does not exist, weights of another size than the
        layer, a layer with a projection, and one whose hidden state needs weights that are not given.

    Examples
    --------
    >>> import numpy as np, torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)).layers[0]
    >>> split = lstm_viz.split_output(layer, np.ones(8), bias=0.5)
    >>> bool(np.isclose(split.total, layer.hidden_state[-1].sum() + 0.5, atol=1e-6))
    True
    """
    check_not_held(layer, memory_of(layer).name, "hidden_state")
    steps = len(layer)
    if step is None:
        step = reading_order(layer)[-1]
    elif (step := whole(step, "step", low=-(10**9))) not in range(steps):
        raise ValueError(f"step: {step} does not exist; there are {steps} (0–{steps - 1})")
    weights = array(weights, "weights", (layer.units,), "one a unit,")
    bias = number(bias, "bias")
    if newest_first is not None:
        expect(newest_first, bool, "newest_first", "True, False or None")
    further = {} if further is None else further
    expect(further, Mapping, "further", "a mapping from the names of weights to arrays")
    sources = _sources_at(layer, step)
    if newest_first is None:
        each_alone = (np.concatenate([0 * part[:1], part.sum(axis=0, keepdims=True), part]) for part in sources)
        now, before = map(Shared, each_alone)
        shown = _hidden_states(layer, step, now, before, further).rows @ weights
        gains = shown[2:] - shown[0]
    else:
        way = slice(None, None, -1 if newest_first else 1)
        built, built_before = (np.concatenate([0 * part[:1], part[way].cumsum(axis=0)]) for part in sources)
        shown = _hidden_states(layer, step, built, built_before, further) @ weights
        gains = np.diff(shown)[way]
    backward = layer.direction == "backward"
    result = np.zeros(steps)
    result[step if backward else 0 : steps if backward else step + 1] = gains[1:][::-1] if backward else gains[1:]
    return Split(step, result, float(gains[0]), bias, float(shown[0]))


def bends(cell: Cell) -> bool:
    """Whether what a cell shows of its memory went through a function that bends, such as tanh."""
    return any(_bends(cell.expressions[quantity.name]) for quantity in cell.after_memory)


def _bends(part: Expression) -> bool:
    return (isinstance(part, Call) and part.function != "project") or any(map(_bends, parts_of(part)))


def _sources_at(layer: LayerTrace, step: int) -> tuple[Array, Array]:
    """What is left at a step, and at the one before, of the initial state and of what each step put in: (n + 1, H)."""
    before: Array | None = None
    for at, initial, parts in ledger_rows(layer, chosen_units(layer, None)):
        now = np.concatenate([initial[None], parts[::-1] if layer.direction == "backward" else parts])
        if at == step:
            break
        before = now
    if before is None:
        before = layer.initial_state[memory_of(layer).name][None]
    # This step's own share is no part of the memory that it found.
    found = np.concatenate([before, np.zeros_like(now[-1:])])
    return now.astype(np.float64), found.astype(np.float64)


def _hidden_states(
    layer: LayerTrace, step: int, memories: Any, memories_before: Any, further: Mapping[str, NDArray[Any]]
) -> Any:
    """What the cell would show at a step, its gates as they were, for other contents of its memory: (n, H) → (n, H)."""
    cell, memory = layer.definition, memory_of(layer)
    if memory.name == "hidden_state":
        return memories
    if layer["hidden_state"].shape[1] != layer.units:
        raise ValueError("layer: a projection, which a trace does not record, stands between its memory and its output")
    now = _Step({name: layer[name][step].astype(np.float64) for name in layer.quantities}, further)
    setattr(now, memory.name, memories)
    found = {each.name: layer.before(each.name)[step].astype(np.float64) for each in cell.carried}
    before = SimpleNamespace(**found | {memory.name: memories_before})
    for quantity in cell.after_memory:
        try:
            setattr(now, quantity.name, quantity.compute(now, before))
        except KeyError as missing:
            raise ValueError(
                f"layer: in {cell.title} weights stand between memory and output, which a trace does not record; give "
                f"{missing} as further"
            ) from None
    return vars(now)["hidden_state"]


class _Step(Arithmetic):
    """One step's recorded values, as a definition's arithmetic sees them; its memory may be shared out."""

    def __init__(self, values: dict[str, Array], further: Mapping[str, NDArray[Any]]):
        self.__dict__.update(values)
        self._further = further

    def parameter(self, name: str) -> Array:
        return np.asarray(self._further[name], dtype=np.float64)

    def product(self, name: str, values: Any) -> Any:
        return on_rows(values, lambda rows: rows @ self.parameter(name).T)

    @staticmethod
    def ratio(over: Any, under: Any) -> Any:
        """What is divided is shared; what it is divided by is not."""
        return on_rows(over, lambda rows: Arithmetic.ratio(rows, under))

    tanh = staticmethod(partial(bent, Arithmetic.tanh))
    sigmoid = staticmethod(partial(bent, Arithmetic.sigmoid))
    hard_sigmoid = staticmethod(partial(bent, Arithmetic.hard_sigmoid))
    log_sigmoid = staticmethod(partial(bent, Arithmetic.log_sigmoid))
    relu = staticmethod(partial(bent, Arithmetic.relu))
    exp = staticmethod(partial(bent, Arithmetic.exp))
