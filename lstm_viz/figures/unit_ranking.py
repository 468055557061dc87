"""Which units matter: what the answer becomes when a gate of each is held at a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import text, whole
from lstm_viz.cells import CELLS
from lstm_viz.figures.arguments import flag, floats, mapping_of
from lstm_viz.figures.panels import Parts, axis_title, figure, y_axis
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

SAME = 1e-5
"""Changes closer than this are rounding apart."""
_ROW, _FOOT, _LEFT = 24, 50, 170  # pixels
_MOST = 500


def unit_ranking(
    changes: Mapping[str, NDArray[Any]],
    *,
    name: str = "output",
    most: int = 12,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A bar for each of the units whose gate matters most, the largest change on top.

    Gates of one unit that do the same, as an LSTM's do that is shut by either, share a bar.

    Parameters
    ----------
    changes : gate, by code name or by the name it is to have here → (H,), what holding it in each unit in turn does to
        the output; see `lstm_viz.analysis.change.each_unit.hold_each_unit`
    name : of the output, such as ``log-odds of positive``
    most : how many are shown
    theme : "light" or "dark"
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        for no changes, gates of different sizes, and none to be shown.
    TypeError
        for changes that are no numbers, and options of another kind.

    Examples
    --------
    >>> figure = unit_ranking({"forget_gate": np.array([0.1, -0.7, 0.0])}, most=2)
    >>> figure.data[0].y, figure.data[0].x.tolist()
    (('Forget gate, unit 1', 'Forget gate, unit 0'), [-0.7, 0.1])
    """
    given = {
        gate: floats(values, "changes", (None,), f"of {gate}, one a unit")
        for gate, values in mapping_of(changes, "changes", "a change for each unit").items()
    }
    if len({len(values) for values in given.values()}) > 1:
        sizes = ", ".join(f"{gate} {len(values)}" for gate, values in given.items())
        raise ValueError(f"changes: of gates with different numbers of units ({sizes}); give those of one layer")
    colours, output = theme_named(theme), plain(text(name, "name"))
    labels = {gate: _label(gate) for gate in given}
    data = unit_ranking_data(np.stack(list(given.values())), most=whole(most, "most", 1, _MOST))
    gates = list(labels.values())
    bars: Parts = {
        "type": "bar",
        "orientation": "h",
        "name": output,
        "x": np.round([row.change for row in data.rows], 5),
        "y": [f"{plain(either([gates[k] for k in row.gates]))}, unit {row.unit}" for row in data.rows],
        "marker": {"color": [colours.positive if row.change >= 0 else colours.negative for row in data.rows]},
        "hovertemplate": "%{y}: %{x:+.3f}<extra></extra>",
    }
    across = y_axis(theme) | {"title": axis_title(f"change of the {output}", theme), "zeroline": True}
    reading = f"{data.runs:,} times one gate of one unit held; half of them change it by less than {data.half:.3f}."
    return figure(
        [bars],
        {
            "xaxis": across | {"zerolinecolor": colours.muted},
            "yaxis": y_axis(theme) | {"autorange": "reversed", "showgrid": False},
        },
        inner=_ROW * len(data.rows),
        sides=(_LEFT, 24, _FOOT),
        title="Which unit matters",
        how_to_read=reading if flag(caption, "caption") else "",
        theme=theme,
    )


@dataclass(frozen=True)
class Ranked:
    """One bar: gates, by their place among those tried, which do the same in a unit, and what that is."""

    unit: int
    gates: tuple[int, ...]
    change: float


@dataclass(frozen=True)
class UnitRanking:
    """The gates and units that matter most.

    Attributes
    ----------
    rows : from the largest change to the smallest
    runs : how many were tried
    half : what half of the runs change the output by less than
    """

    rows: tuple[Ranked, ...]
    runs: int
    half: float


def unit_ranking_data(changes: NDArray[Any], *, most: int = 12) -> UnitRanking:
    """What both pictures of a ranking draw; changes: (gates, units)."""
    rows: list[Ranked] = []
    for unit in range(changes.shape[1]):
        left = list(range(len(changes)))
        while left:
            same = [g for g in left if g == left[0] or abs(changes[g, unit] - changes[left[0], unit]) < SAME]
            rows.append(Ranked(unit, tuple(same), float(changes[same[0], unit])))
            left = [g for g in left if g not in same]
    rows.sort(key=lambda row: -abs(row.change))
    return UnitRanking(tuple(rows[:most]), changes.size, float(np.median(np.abs(changes))))


def either(labels: Sequence[str]) -> str:
    """``Input or output gate``."""
    *first, last = labels
    short = [label.removesuffix(" gate") for label in first]
    return " or ".join([*short, last.lower()]) if first else last


def _label(gate: str) -> str:
    """A gate's name on screen, whichever cell it is of."""
    quantities = (quantity for cell in CELLS.values() for quantity in cell.quantities)
    return next((quantity.label for quantity in quantities if quantity.name == gate), gate)
