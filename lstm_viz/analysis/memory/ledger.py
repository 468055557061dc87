"""What the memory is made of: how much of it each earlier step put in, and how much of that is left.

A memory is a linear recurrence, ``c_t = keep_t · c_{t−1} + add_t``, so it unrolls exactly (Murdoch and Szlam 2017):
``c_t = (∏ keep) · c_0 + Σ_j (∏_{k>j} keep_k) · add_j``. This is bookkeeping, not cause: later gates depend on earlier
inputs too. Clamps are about cause.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import Edges, aggregate
from lstm_viz.arguments import given, indices
from lstm_viz.cells import Cell, Quantity
from lstm_viz.trace import Array, LayerTrace, check_layer

Units = int | slice | Sequence[int] | NDArray[Any] | None

LIMIT = 256_000_000
"""Most bytes of a ledger."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """One layer's memory at every step, split by the step that put it there. T: steps, U: the units asked for.

    Attributes
    ----------
    layer : whose memory
    units : (U,), unit numbers, in the order of the last axis
    contributions : (T, T, U), ``[t, j]`` is what is left at step t of what step j put in; 0 where j comes after t, as
        the layer reads
    initial : (T, U), what is left of the initial state

    Examples
    --------
    >>> import lstm_viz
    >>> layer = lstm_viz.load_model("counting").trace("aaabbb").layers[0]
    >>> ledger = lstm_viz.memory_ledger(layer)
    >>> ledger.contributions[5, 2].shape  # what is left at step 5 of what step 2 put in
    (12,)
    >>> ledger.residual < 1e-5
    True
    """

    layer: LayerTrace
    units: NDArray[np.intp]
    contributions: Array
    initial: Array

    def __repr__(self) -> str:
        memory, units = self.memory.label.lower(), len(self.units)
        return f"Ledger({self.layer.name}: the {memory} of {units} units over {len(self.layer)} steps)"

    @property
    def memory(self) -> Quantity:
        """The state that is split: an LSTM's cell state, a GRU's hidden state."""
        return memory_of(self.layer)

    @property
    def residual(self) -> float:
        """The largest difference between the parts' sum and the recorded memory: rounding, and nothing else."""
        recorded = self.layer[self.memory.name][:, self.units]
        return float(np.abs(self.contributions.sum(axis=1) + self.initial - recorded).max())


def memory_ledger(layer: LayerTrace, *, units: Units = None) -> Ledger:
    """Split a layer's memory, at every step, by the step that put it there.

    Parameters
    ----------
    layer : of a cell with a memory, LSTM or GRU or a variant; also one traced with clamps on its gates
    units : one unit, several, or a slice; all by default

    Returns
    -------
    Ledger
        Its parts sum to the recorded memory, in the precision of the trace.

    Raises
    ------
    ValueError
        for a cell without a memory, saying why it has none; for a memory that was held; for units that do not exist;
        and for a ledger of more than 256 MB, saying how to ask for less.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)).layers[0]
    >>> lstm_viz.memory_ledger(layer, units=[2]).contributions.shape
    (5, 5, 1)
    """
    memory = memory_of(layer)
    check_not_held(layer, memory.name)
    chosen = chosen_units(layer, units)
    steps, values = len(layer), layer[memory.name]
    _check_size(steps, len(chosen), values.itemsize)
    contributions = np.zeros((steps, steps, len(chosen)), dtype=values.dtype)
    initial = np.empty((steps, len(chosen)), dtype=values.dtype)
    for step, start, parts in ledger_rows(layer, chosen, into=contributions):
        initial[step] = start
        if parts.base is not contributions:
            contributions[step, _sources(layer, step)] = parts
    return Ledger(layer, chosen, contributions, initial)


def check_not_held(layer: LayerTrace, *states: str) -> None:
    """ValueError where a state was held at a value, which then came from no step."""
    for name in states:
        if name in layer.clamped:
            raise ValueError(
                f"layer: its {name} was held at a value, which came from no step; trace it without that clamp"
            )


def ledger_rows(
    layer: LayerTrace, units: NDArray[np.intp], *, into: Array | None = None
) -> Iterator[tuple[int, Array, Array]]:
    """A ledger step by step, in the order in which the layer reads, for those who need not hold all of it.

    Yields
    ------
    step : int
    initial : (U,), what is left of the initial state
    parts : (n, U), what is left of what each step up to this one put in, by position; overwritten by the next step
        unless `into` (T, T, U) is given, whose rows they then are
    """
    memory = memory_of(layer)
    keep, add = _keep_and_add(layer, memory, units)
    initial = layer.initial_state[memory.name][units].astype(add.dtype)
    buffer = np.empty_like(add)
    before = buffer[:0]
    for step in reading_order(layer):
        sources = _sources(layer, step)
        now = buffer[sources] if into is None else into[step, sources]
        rest = now[:-1] if layer.direction == "forward" else now[1:]
        np.multiply(before, keep[step], out=rest)
        now[-1 if layer.direction == "forward" else 0] = add[step]
        initial = initial * keep[step]
        yield step, initial, now
        before = now


def reading_order(layer: LayerTrace) -> range:
    """The steps in the order in which the layer reads them."""
    steps = len(layer)
    return range(steps) if layer.direction == "forward" else range(steps - 1, -1, -1)


def _sources(layer: LayerTrace, step: int) -> slice:
    """The steps that a layer has read by the time it has read one."""
    return slice(0, step + 1) if layer.direction == "forward" else slice(step, len(layer))


def _keep_and_add(layer: LayerTrace, memory: Quantity, units: NDArray[np.intp]) -> tuple[Array, Array]:
    """The two parts of the recurrence, (T, U) each, computed by the cell's definition from the recorded gates."""
    assert memory.keep is not None
    assert memory.add is not None
    now: Any = SimpleNamespace(**recorded(layer, units))
    shape, dtype = (len(layer), len(units)), layer[memory.name].dtype
    keep, add = (np.broadcast_to(part(now), shape).astype(dtype) for part in (memory.keep, memory.add))
    return keep, add


def recorded(layer: LayerTrace, units: NDArray[np.intp]) -> dict[str, Array]:
    """Every quantity of some units, (T, U) each; not a projected hidden state, whose columns are not the units'."""
    return {name: layer[name][:, units] for name in layer.quantities if layer[name].shape[1] == layer.units}


def memory_of(layer: LayerTrace) -> Quantity:
    """The state that a ledger splits; ValueError, saying why, for a cell that has none."""
    check_layer(layer)
    cell = layer.definition
    if cell.memory is None:
        raise ValueError(why_no_ledger(cell))
    return cell.memory


def why_no_ledger(cell: Cell) -> str:
    """Why a cell without a memory cannot be split, in a sentence for the reader of a page or of an error."""
    return (
        f"The {cell.title} has no ledger: at every step its whole state goes through a weight matrix and then through "
        "a nonlinearity, which mixes all units and all earlier steps, so that no part of the result belongs to one "
        "step alone. An LSTM or a GRU carries its memory over by scaling it, unit by unit, and that can be split."
    )


def chosen_units(layer: LayerTrace, units: Units) -> NDArray[np.intp]:
    """Unit numbers as an array, all of them for None; ValueError for none, and for those that do not exist."""
    chosen = indices(units, layer.units, "units", "unit")
    if not chosen.size:
        raise ValueError(f"units: got {given(units)}; expected at least one from 0 to {layer.units - 1}")
    return chosen


def _check_size(steps: int, units: int, itemsize: int) -> None:
    each = steps * steps * itemsize
    if each * units <= LIMIT:
        return
    fits = LIMIT // each
    advice = (
        f"ask for at most {fits} of them, such as units=range({fits})"
        if fits
        else f"trace at most {int((LIMIT / itemsize) ** 0.5):,} steps, or use ledger_rows, which gives a step at a time"
    )
    raise ValueError(
        f"a ledger of {steps:,} steps and {units:,} units would take {each * units / 1e6:,.0f} MB, more than "
        f"{LIMIT // 10**6} MB; {advice}"
    )


def memory_sizes(layer: LayerTrace, units: Units = None) -> tuple[Array, Array]:
    """How much is left of each step over all units: mean sizes of the contributions (T, T), of the initial state (T,).

    Made a step at a time, so that a text of any length fits. ValueError for a cell without a memory.

    Parameters
    ----------
    units : those over which the mean is taken; all by default

    Examples
    --------
    >>> import torch, lstm_viz
    >>> sizes, initial = lstm_viz.memory_sizes(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)).layers[0])
    >>> sizes.shape, initial.shape
    ((5, 5), (5,))
    """
    memory_of(layer)
    steps, every = len(layer), chosen_units(layer, units)
    sizes, initial = np.zeros((steps, steps)), np.zeros(steps)
    for step, start, parts in ledger_rows(layer, every):
        sizes[step, _sources(layer, step)] = np.abs(parts).mean(axis=1)
        initial[step] = np.abs(start).mean()
    return sizes, initial


def by_column(parts: Array, edges: Edges, *, backward: bool = False) -> Array:
    """What is left (T, T) in the columns of a figure: the mean over the times of a column, the sum over its sources.

    Not a number where a source is read after the time, in the direction in which the layer reads.
    """
    merged = np.add.reduceat(aggregate(parts, edges), edges[:-1], axis=1)
    starts, ends = edges[:-1], edges[1:]
    unread = ends[None, :] <= starts[:, None] if backward else starts[None, :] >= ends[:, None]
    return np.where(unread, np.nan, merged)


def course_of(parts: NDArray[Any], source: int, *, backward: bool = False) -> NDArray[Any]:
    """What is left (T, T) of one step's part from that step on, (n,), in the order in which the layer reads."""
    return parts[source::-1, source] if backward else parts[source:, source]


def half_life(course: NDArray[Any]) -> int | None:
    """After how many steps at most half is left of what a step put in; None where that does not happen.

    Parameters
    ----------
    course : (n,), what is left, from the step that put it in on, in the order of reading

    Examples
    --------
    >>> half_life(np.array([0.8, 0.6, 0.4, 0.1])), half_life(np.array([0.8, 0.7]))
    (2, None)
    """
    sizes = np.abs(course)
    gone = np.flatnonzero(sizes <= sizes[0] / 2)
    return int(gone[0]) if sizes.size and sizes[0] > 0 and gone.size else None
