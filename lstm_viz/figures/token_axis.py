"""The tokens along a figure's horizontal axis, as plotly shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import COLUMN_BUDGET, Edges, aggregate, aggregation_note, columns
from lstm_viz.figures.style import MONO, theme_named
from lstm_viz.words import visible

MOST_TICKS = 60
_UPRIGHT = 80  # characters that fit side by side; more are slanted


def plain(text: str) -> str:
    """Text as plotly shows it unchanged: no markup, no formulas."""
    return escape(text, quote=False).replace("$", "&#36;")


@dataclass(frozen=True, eq=False)
class TokenAxis:
    """The tokens along a figure's horizontal axis, several to a column where there are too many.

    Attributes
    ----------
    labels : one a place of the axis, which is a step unless `places` says otherwise
    edges : of the columns, see `columns`
    places : what each place is called, all different; "step 0", "step 1" … if empty
    """

    labels: Sequence[str]
    edges: Edges
    places: Sequence[str] = ()

    @classmethod
    def of(cls, labels: Sequence[str], budget: int = COLUMN_BUDGET) -> "TokenAxis":
        """The axis of a sequence's labels, in no more columns than the budget."""
        return cls(labels, columns(len(labels), budget))

    def aggregate(self, array: NDArray[Any]) -> NDArray[Any]:
        """(T, …) → one row a column."""
        return aggregate(array, self.edges)

    @property
    def note(self) -> str:
        """What to say where columns hold several steps."""
        return aggregation_note(self.edges)

    @property
    def names(self) -> list[str]:
        """One name a column, all different: the step, or the steps, and the token."""
        bounds = zip(self.edges[:-1].tolist(), self.edges[1:].tolist(), strict=True)
        return [self._name(a) if b - a == 1 else self._several(a, b - 1) for a, b in bounds]

    @property
    def tokens(self) -> list[str]:
        """One token a column, the first of several."""
        return [self._token(step) for step in self.edges[:-1].tolist()]

    def _name(self, step: int) -> str:
        place = self.places[step] if self.places else f"step {step}"
        return place if self.labels[step] == str(step) else f"{place} · {self._token(step)}"

    def _several(self, first: int, last: int) -> str:
        places = f"{self.places[first]} to {self.places[last]}" if self.places else f"steps {first}–{last}"
        return f"{places} · {self._token(first)} … {self._token(last)}"

    def _token(self, step: int) -> str:
        return plain(visible(self.labels[step]))

    @property
    def _ticks(self) -> NDArray[np.intp]:
        return np.arange(0, len(self.edges) - 1, -(-(len(self.edges) - 1) // MOST_TICKS))

    @property
    def _longest(self) -> int:
        return max(len(visible(self.labels[self.edges[k]])) for k in self._ticks)

    @property
    def _slanted(self) -> bool:
        return self._longest * len(self._ticks) > _UPRIGHT

    @property
    def height(self) -> int:
        """Pixels that the tokens take below the panels."""
        return 24 + (7 * self._longest if self._slanted else 14)

    def as_layout(self, theme: str) -> dict[str, Any]:
        """Plotly's description of the axis; tokens are left out where they would overlap."""
        starts, shown = self.edges[:-1], self._ticks
        return {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": self.names,
            "tickmode": "array",
            "tickvals": [self.names[k] for k in shown],
            "ticktext": [self._token(int(starts[k])) for k in shown],
            "tickangle": -60 if self._slanted else 0,
            "tickfont": {"family": MONO, "color": theme_named(theme).text},
            "automargin": True,
            "range": [-0.5, len(starts) - 0.5],
            "showgrid": False,
            "zeroline": False,
            "showspikes": True,
            "spikemode": "across",
            "spikethickness": 1,
            "spikedash": "solid",
            "spikecolor": theme_named(theme).muted,
        }
