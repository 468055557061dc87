"""Every quantity of one unit as lines over the tokens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_viz.cells import Quantity, Role
from lstm_viz.figures.arguments import Labels, place_of, run_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.panels import MARKED, Panel, stack
from lstm_viz.figures.style import round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.words import describe_unit

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MARGIN = 0.04  # of a panel's height, so that a line at a limit is not cut in half
# Lines differ in more than colour.
_DASHES = {Role.GATE: "solid", Role.PART: "dash", Role.CANDIDATE: "dot", Role.STATE: "solid"}


def unit_lines(
    trace: Trace | LayerTrace,
    *,
    unit: int,
    layer: int = 0,
    direction: str = "forward",
    labels: Labels = None,
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """One unit's gates above, its candidate and states below.

    Parameters
    ----------
    trace : the run to show, or a layer of one
    unit : which unit
    layer, direction : of which layer of the run
    labels : T token labels; the run's own by default, of a layer the step numbers
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        One line a quantity, gates first. Behind a projection, hidden states are not
        the units', and left out.

    Raises
    ------
    ValueError
        for a layer, unit, theme or notation that does not exist, and labels that are not one a step.
    TypeError
        for what is no trace, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = unit_lines(lstm_viz.trace(torch.nn.GRU(3, 8), torch.randn(5, 3)), unit=2)
    >>> [line.name for line in figure.data]
    ['Reset gate r<sub>t</sub>', 'Update gate z<sub>t</sub>', 'Candidate n<sub>t</sub>', 'Hidden state h<sub>t</sub>']
    """
    chosen, tokens = run_of(trace, labels, layer=layer, direction=direction)
    axis = TokenAxis.of(tokens)
    data = unit_lines_data(chosen, axis, unit=unit, notation=notation)
    titles = ("<b>Gates</b>, from 0 (shut) to 1 (open)", "<b>Candidate and states</b>")
    panels = []
    for title, height, group in zip(titles, (150, 190), (data.gates, data.rest), strict=True):
        if group:
            low, high = data.limits if group is data.rest else (0.0, 1.0)
            margin = _MARGIN * (high - low)
            lines = [_line(line, axis, theme) for line in group]
            panels.append(Panel(title, height, lines, {"range": [low - margin, high + margin]}))
    return stack(
        panels,
        axis,
        title=f"{chosen.definition.title}, unit {data.unit}, {chosen.name}",
        how_to_read=f"A line is one quantity of this unit. {data.caption}",
        caption=caption,
        theme=theme,
        hovermode="x unified",
    )


@dataclass(frozen=True, eq=False)
class UnitLine:
    """A quantity of one unit: its symbol as HTML, and its values, one a column."""

    quantity: Quantity
    symbol: str
    values: Array


@dataclass(frozen=True, eq=False)
class UnitLines:
    """All that is drawn of one unit.

    Attributes
    ----------
    unit : which
    gates, rest : the lines
    limits : ends of the axis of all that are not gates
    caption : a sentence made from the values
    """

    unit: int
    gates: tuple[UnitLine, ...]
    rest: tuple[UnitLine, ...]
    limits: tuple[float, float]
    caption: str


def unit_lines_data(layer: LayerTrace, axis: TokenAxis, *, unit: int, notation: str = "pytorch") -> UnitLines:
    """One unit's quantities over an axis of the layer's tokens: what both pictures draw."""
    unit = place_of(unit, "unit", layer.units, "the layer has")
    lines = [
        UnitLine(q, symbol_of(q, notation), axis.aggregate(layer[q.name][:, unit]))
        for q in layer.definition.recorded
        if layer[q.name].shape[1] == layer.units
    ]
    reach = unit_reach(layer)[unit]
    rest = tuple(line for line in lines if line.quantity.role is not Role.GATE)
    shares = all(line.quantity.range.is_share for line in rest)
    return UnitLines(
        unit=unit,
        gates=tuple(line for line in lines if line.quantity.role is Role.GATE),
        rest=rest,
        limits=(0.0, 1.0) if shares else (-reach, reach),
        caption=describe_unit(layer, unit, axis.labels),
    )


def unit_reach(layer: LayerTrace) -> list[float]:
    """For each unit, how far from 0 the scale of its lines goes, for all that are not shares; 1 where all are."""
    signed = [layer[q.name] for q in layer.definition.recorded if not q.range.is_share]
    furthest = [np.abs(array).max(axis=0) for array in signed if array.shape[1] == layer.units]
    if not furthest:
        return [1.0] * layer.units
    return [round_up(float(size)) for size in np.max(furthest, axis=0)]


def _line(line: UnitLine, axis: TokenAxis, theme: str) -> dict[str, Any]:
    quantity, thick = line.quantity, 3 if line.quantity.is_memory else 2
    return {
        "type": "scatter",
        "name": f"{quantity.label} {line.symbol}",
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": line.values,
        "line": {"color": theme_named(theme).colour(quantity.name), "width": thick, "dash": _DASHES[quantity.role]},
        "marker": {"size": thick + 3},
        "hovertemplate": f"{quantity.label} {line.symbol} = %{{y:.3f}}<extra></extra>",
    }
