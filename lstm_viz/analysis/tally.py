"""What units do over many sequences, in one pass: means, spreads, how often shut and open, which never move.

Batches are taken one after the other and forgotten: of each unit only counts, moments and ends are kept, merged as
Chan, Golub and LeVeque do (1979), so memory does not grow with the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.saturation import OPEN, SHUT
from lstm_viz.cells import CELLS, Cell, Quantity, Role

STILL = 1e-4
"""A unit whose value moves by less than this, from its smallest to its largest, over all that was seen, is dead."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class QuantitySummary:
    """One quantity of one layer, in one direction, over all steps of all sequences. U: its units.

    Attributes
    ----------
    module : name of the recurrent module, "" for one by itself
    cell, layer, direction, quantity : which; the cell by its code name
    count : (U,) how many finite values there were
    mean, std : (U,) of the finite values; NaN where there was none. The spread is that of all values, divided by n
    low, high : (U,) smallest and largest finite value
    shut, open : (U,), of a gate the share of its finite values below `SHUT` and above `OPEN`; NaN of what is no gate
    not_finite : (U,) how many values were NaN or infinite
    first_not_finite : (U, 2) sequence and time step of the first of them, in the order seen; −1 where there was none
    """

    module: str
    cell: str
    layer: int
    direction: str
    quantity: str
    count: Counts
    mean: Floats
    std: Floats
    low: Floats
    high: Floats
    shut: Floats
    open: Floats
    not_finite: Counts
    first_not_finite: Counts

    @property
    def definition(self) -> Quantity:
        """The quantity as its cell defines it."""
        return CELLS[self.cell][self.quantity]

    @property
    def is_gate(self) -> bool:
        """Whether it has shares of shut and open."""
        return self.definition.role is Role.GATE

    @cached_property
    def dead(self) -> NDArray[np.bool_]:
        """(U,) units that never move: see `STILL`. One that was seen once only, or not finite, is not said to be."""
        return (self.count > 1) & (self.not_finite == 0) & (self.high - self.low < STILL)

    @property
    def overall(self) -> tuple[float, float]:
        """Mean and spread of all finite values of all units together; NaN where there is none."""
        total = int(self.count.sum())
        if not total:
            return np.nan, np.nan
        some = self.count > 0
        weights, means, spreads = self.count[some] / total, self.mean[some], self.std[some]
        mean = float((weights * means).sum())
        return mean, float(np.sqrt((weights * (spreads**2 + (means - mean) ** 2)).sum()))

    def share(self, of: Floats) -> float:
        """Of all values of a gate, `shut` or `open`."""
        total, some = self.count.sum(), self.count > 0
        return float((of[some] * self.count[some]).sum() / total) if total else np.nan


class Tally:
    """Counts and moments of one quantity, batch after batch."""

    def __init__(self, units: int):
        self.count, self.bad = np.zeros(units, np.int64), np.zeros(units, np.int64)
        self.mean, self.squares = np.zeros(units), np.zeros(units)
        self.low, self.high = np.full(units, np.inf), np.full(units, -np.inf)
        self.shut, self.open = np.zeros(units, np.int64), np.zeros(units, np.int64)
        self.first = np.full((units, 2), -1, np.int64)

    def add(self, values: NDArray[Any], sequences: Counts, steps: Counts) -> None:
        """Add values (N, U), with the number of the sequence and the step of each row."""
        if values.shape[1] != len(self.count):
            known = len(self.count)
            raise ValueError(f"source: {values.shape[1]} units where there were {known}; expected one layer's")
        exact = values.astype(np.float64)
        fine = np.isfinite(exact)
        if not fine.all():
            self._note_first(fine, sequences, steps)
        exact[~fine] = 0
        count = fine.sum(axis=0)
        total = self.count + count
        mean = exact.sum(axis=0) / np.maximum(count, 1)
        squares = (np.where(fine, exact - mean, 0) ** 2).sum(axis=0)
        apart, share = mean - self.mean, count / np.maximum(total, 1)
        self.squares += squares + apart**2 * self.count * share
        self.mean += apart * share
        self.low = np.minimum(self.low, np.where(fine, exact, np.inf).min(axis=0, initial=np.inf))
        self.high = np.maximum(self.high, np.where(fine, exact, -np.inf).max(axis=0, initial=-np.inf))
        self.shut += (fine & (exact < SHUT)).sum(axis=0)
        self.open += (fine & (exact > OPEN)).sum(axis=0)
        self.bad += len(values) - count
        self.count = total

    def _note_first(self, fine: NDArray[np.bool_], sequences: Counts, steps: Counts) -> None:
        new = ~fine.all(axis=0) & (self.bad == 0)
        rows = (~fine).argmax(axis=0)
        self.first[new] = np.stack([sequences[rows], steps[rows]], axis=1)[new]

    def summary(self, module: str, cell: Cell, layer: int, direction: str, quantity: Quantity) -> QuantitySummary:
        """What was found, under the names of what it is of."""
        seen = self.count > 0
        per = np.where(seen, self.count, 1)
        gate = quantity.role is Role.GATE

        def where_seen(values: NDArray[Any], known: bool = True) -> Floats:
            return np.where(seen & known, values, np.nan).astype(np.float64)

        return QuantitySummary(
            module,
            cell.name,
            layer,
            direction,
            quantity.name,
            count=self.count.copy(),
            mean=where_seen(self.mean),
            std=where_seen(np.sqrt(self.squares / per)),
            low=where_seen(self.low),
            high=where_seen(self.high),
            shut=where_seen(self.shut / per, gate),
            open=where_seen(self.open / per, gate),
            not_finite=self.bad.copy(),
            first_not_finite=self.first.copy(),
        )


class Tallies:
    """A `Tally` for every quantity of every layer of every module."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str, int, str], dict[str, Tally]] = {}
        self.sequences: dict[str, int] = {}
        self.steps: dict[str, int] = {}

    def add(
        self, module: str, cell: Cell, places: Sequence[tuple[int, str, Sequence[dict[str, NDArray[Any]]]]]
    ) -> None:
        """Add one call: for every layer and direction, each sequence's quantities, name → (T, U)."""
        lengths = [len(next(iter(values.values()))) for values in places[0][2]]
        first = self.sequences.get(module, 0)
        sequences = np.repeat(np.arange(first, first + len(lengths)), lengths)
        steps = np.concatenate([np.arange(length) for length in lengths])
        for layer, direction, each in places:
            tallies = self._tallies.setdefault((module, cell.name, layer, direction), {})
            for quantity in cell.recorded:
                values = np.concatenate([values[quantity.name] for values in each])
                tallies.setdefault(quantity.name, Tally(values.shape[1])).add(values, sequences, steps)
        self.sequences[module] = first + len(lengths)
        self.steps[module] = self.steps.get(module, 0) + sum(lengths)

    def summaries(self) -> tuple[QuantitySummary, ...]:
        """What was found, in the order in which the layers came, each quantity in that of its cell."""
        return tuple(
            tally.summary(module, CELLS[cell], layer, direction, CELLS[cell][name])
            for (module, cell, layer, direction), tallies in self._tallies.items()
            for name, tally in tallies.items()
        )
