"""Two texts on one axis: tokens that correspond share a column, and those in one text only have one to themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.aggregate import column_labels
from lstm_viz.analysis.change.alignment import Alignment
from lstm_viz.trace import Array


@dataclass(frozen=True)
class SideBySide:
    """The columns of an axis that two texts share, given which of their tokens correspond."""

    alignment: Alignment
    steps_before: int
    steps_after: int

    @cached_property
    def columns(self) -> list[tuple[int | None, int | None]]:
        """For each column the step before and after the edit; None where a text has no token there."""
        found: list[tuple[int | None, int | None]] = []
        i = j = 0
        for a, b in [*self.alignment.pairs.tolist(), (self.steps_before, self.steps_after)]:
            found += [(k, None) for k in range(i, a)] + [(None, k) for k in range(j, b)]
            found.append((a, b))
            i, j = a + 1, b + 1
        return found[:-1]

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def differ(self) -> bool:
        """Whether the two texts differ."""
        return not self.alignment.is_identity

    def before(self, values: Array, edges: Any) -> Array:
        """Values of the text before, (T, …), in columns (C, …); not a number where it has no token."""
        return self._spread(values, [pair[0] for pair in self.columns], edges)

    def after(self, values: Array, edges: Any) -> Array:
        """Values of the text after, (T, …), in columns (C, …); not a number where it has no token."""
        return self._spread(values, [pair[1] for pair in self.columns], edges)

    def _spread(self, values: Array, places: list[int | None], edges: Any) -> Array:
        spread = np.full((len(places), *values.shape[1:]), np.nan, dtype=np.float64)
        for k, place in enumerate(places):
            if place is not None:
                spread[k] = values[place]
        if len(edges) == len(places) + 1:
            return spread
        known = ~np.isnan(spread)
        sums = np.add.reduceat(np.where(known, spread, 0), edges[:-1], axis=0)
        counts = np.add.reduceat(known.astype(np.intp), edges[:-1], axis=0)
        return np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)

    def labels(self, labels: Sequence[str], edges: Any, *, before: bool = False) -> tuple[str, ...]:
        """The tokens of one text over the columns, "" where it has none."""
        places = [pair[0 if before else 1] for pair in self.columns]
        return column_labels(["" if place is None else labels[place] for place in places], edges)

    def edited(self, edges: Any) -> list[int]:
        """The columns in which the two texts differ."""
        removed, inserted = set(self.alignment.removed), set(self.alignment.inserted)
        spots = [k for k, (a, b) in enumerate(self.columns) if a in removed or b in inserted]
        return sorted({int(np.searchsorted(edges, k, side="right")) - 1 for k in spots})

    def steps(self, edges: Any) -> list[int]:
        """The step after the edit at which each column begins; one more entry for the end."""
        counts = np.cumsum([0, *(pair[1] is not None for pair in self.columns)])
        return [min(int(counts[edge]), self.steps_after - 1) for edge in edges[:-1]] + [self.steps_after]
