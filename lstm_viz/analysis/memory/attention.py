"""The ledger as attention: a memory at one step is a weighted sum of what every step so far had on offer.

`ledger` says what is left of what each step put in; here that is split once more, into the weight that the gates gave
the step and the content that was weighed. Where a cell divides its memory by the sum of the weights before it is shown,
as the sLSTM does, so is it here.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.memory.ledger import Units, check_not_held, chosen_units, memory_of, reading_order, recorded
from lstm_viz.arguments import whole
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import names_in, run_part_on_symbols
from lstm_viz.cells.weighing import Weighing, weighing
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.trace.arithmetic import Arithmetic

NEAR_ONE = 1e-4
"""How far from 1 a sum may be that is 1 but for rounding."""


@dataclass(frozen=True, eq=False)
class Attention:
    """One layer's memory at one step as a weighted sum. T: steps, U: the units asked for; float64.

    Attributes
    ----------
    layer : whose memory
    step : at which it is read
    units : (U,), unit numbers, in the order of the last axis
    weights : (T, U), of each step; 0 for those not read by then
    contents : (T, U), what each step had on offer: its candidate
    initial : (U,), the weight of the initial state: the share of it that is left
    start : (U,), what is left of the initial state's content; ``(weights · contents).sum(0) + start`` is `shown`
    shown : (U,), the memory; divided by its normaliser, where the cell shows it so

    Examples
    --------
    >>> import lstm_viz
    >>> layer = lstm_viz.load_model("sentiment", "gru").trace("a warm and funny film").layers[0]
    >>> attention = lstm_viz.memory_attention(layer, units=7)
    >>> attention.weights.shape, bool(np.allclose(attention.total + attention.initial, 1))
    ((5, 1), True)
    """

    layer: LayerTrace
    step: int
    units: NDArray[np.intp]
    weights: Array
    contents: Array
    initial: Array
    start: Array
    shown: Array

    def __repr__(self) -> str:
        return f"Attention({self.layer.name}: step {self.step} over {len(self.weights)} steps, {len(self.units)} units)"

    @property
    def total(self) -> Array:
        """The sum of the weights, (U,)."""
        return np.asarray(self.weights.sum(axis=0))

    @property
    def is_mean(self) -> NDArray[np.bool_]:
        """Of which units the weights, with that of the start, are a mean's: none negative, 1 in all; (U,)."""
        whole = np.abs(self.total + self.initial - 1) < NEAR_ONE
        return np.asarray(whole & (self.weights >= 0).all(axis=0) & (self.initial >= 0))


def memory_attention(layer: LayerTrace, *, step: int | None = None, units: Units = None) -> Attention:
    """The weight that every step so far has in a layer's memory at one step, and the content that is weighed.

    A memory ``m_t = keep_t · m_{t−1} + share_t · candidate_t`` is the sum over all steps j up to t of
    ``weight(t, j) · candidate_j``, where ``weight(t, j) = share_j · keep_{j+1} ⋯ keep_t``. As in attention it is a
    weighted sum of values over the past; unlike there, no query is compared with keys, and each unit has weights of
    its own. Both parts are read from the cell's definition.

    Parameters
    ----------
    layer : of a cell with a memory; also one traced with clamps on its gates
    step : at which the memory is read; the last one that the layer reads by default
    units : one unit, several, or a slice; all by default

    Raises
    ------
    ValueError
        for a cell without a memory, a memory that was held, and a step or a unit that does not exist.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)).layers[0]
    >>> attention = lstm_viz.memory_attention(layer, step=3)
    >>> parts = lstm_viz.memory_ledger(layer).contributions[3]
    >>> bool(np.allclose(attention.weights * attention.contents, parts, atol=1e-6))
    True
    """
    memory = memory_of(layer)
    found = weighing(layer.definition)
    assert found is not None
    check_not_held(layer, memory.name, *([found.normaliser.name] if found.normaliser else []))
    steps = len(layer)
    if step is None:
        step = reading_order(layer)[-1]
    elif (step := whole(step, "step", low=-(10**9))) not in range(steps):
        raise ValueError(f"step: {step} does not exist; there are {steps} (0–{steps - 1})")
    chosen = chosen_units(layer, units)
    keep, share, content = _parts(layer, found, chosen)
    weights, contents, left = np.zeros_like(share), np.zeros_like(content), np.ones(len(chosen))
    for j in range(step, -1, -1) if layer.direction == "forward" else range(step, steps):
        weights[j], contents[j] = share[j] * left, content[j]
        left = left * keep[j]
    start = left * layer.initial_state[memory.name][chosen]
    shown = layer[memory.name][step, chosen].astype(np.float64)
    if found.normaliser is None:
        return Attention(layer, step, chosen, weights, contents, left, start, shown)
    norm = layer[found.normaliser.name][step, chosen].astype(np.float64)
    initial = left * layer.initial_state[found.normaliser.name][chosen]
    weights, initial, start, shown = (Arithmetic.ratio(each, norm) for each in (weights, initial, start, shown))
    return Attention(layer, step, chosen, weights, contents, initial, start, shown)


def largest_share(layer: LayerTrace, unit: int | None = None) -> float:
    """The largest weight that any step has when it is read, of a unit or as a mean over all: the end of a scale."""
    found = weighing(layer.definition)
    assert found is not None
    chosen = chosen_units(layer, unit)
    _, share, _ = _parts(layer, found, chosen)
    if found.normaliser is not None:
        share = Arithmetic.ratio(share, layer[found.normaliser.name][:, chosen])
    return float(np.abs(share.mean(axis=1)).max())


def only_fades(cell: Cell) -> bool:
    """Whether a memory's `keep` stays between 0 and 1 whatever its gates, so that no weight ever grows.

    Tried at the ends of every share that it reads, and between them.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM, RNN
    >>> only_fades(LSTM), only_fades(RNN)
    (True, False)
    """
    keep = cell.memory and cell.memory.keep
    if not keep:
        return False
    read = sorted(symbol.name for symbol in names_in(run_part_on_symbols(cell, keep)))
    shares = all(cell[name].range.is_share for name in read)
    return shares and all(0 <= keep(now) <= 1 for now in _tried(read))


def always_mean(cell: Cell) -> bool:
    """Whether the weights and what is left of the initial state make 1 at every step, whatever the gates.

    So it is where the memory is divided by their sum; and where the share that comes in is what is not kept, which is
    tried at the ends of all gates with weights, and between them, the other gates computed from those.

    Examples
    --------
    >>> from lstm_viz.cells import CELLS
    >>> [name for name, cell in CELLS.items() if always_mean(cell)][:4]
    ['gru', 'coupled_gates', 'min_gru', 'min_lstm']
    """
    found = weighing(cell)
    if found is None or found.memory.keep is None or not only_fades(cell):
        return False
    if found.normaliser is not None:
        return True
    for now in _tried([each.name for each in cell.quantities if each.weighted and each.range.is_share]):
        for gate in cell.gates:
            if not gate.weighted:
                setattr(now, gate.name, gate.compute(now, None))
        if abs(found.memory.keep(now) + found.share(now) - 1) > 1e-9:
            return False
    return True


class _Step(Arithmetic):
    """Values by name, as a definition's arithmetic sees them."""

    def __init__(self, values: dict[str, Any]):
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def _tried(names: list[str]) -> list[Any]:
    """Steps with every choice of some values between 0 and 1."""
    return [
        _Step(dict(zip(names, values, strict=True))) for values in product((1e-9, 0.25, 0.5, 1.0), repeat=len(names))
    ]


def _parts(layer: LayerTrace, found: Weighing, units: NDArray[np.intp]) -> tuple[Array, Array, Array]:
    """What is kept, which share comes in, and of what: (T, U) each, from the recorded values."""
    assert found.memory.keep is not None
    now = _Step(recorded(layer, units))
    shape = (len(layer), len(units))
    keep, share, content = (
        np.broadcast_to(np.asarray(part(now), dtype=np.float64), shape)
        for part in (found.memory.keep, found.share, found.content)
    )
    return keep, share, content
