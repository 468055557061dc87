"""Every quantity of one unit as lines over the tokens."""

from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_viz.cells import Quantity, Role
from lstm_viz.figures.panels import MARKED, Panel, stack, symbol
from lstm_viz.figures.style import round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import LayerTrace, Trace

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MARGIN = 0.04  # of a panel's height, so that a line at a limit is not cut in half
# Lines differ in more than colour.
_DASHES = {Role.GATE: "solid", Role.CANDIDATE: "dot", Role.STATE: "solid"}


def unit_lines(
    trace: Trace,
    *,
    unit: int,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
) -> "go.Figure":
    """One unit's gates above, its candidate and states below.

    Parameters
    ----------
    trace : the run to show
    unit : which unit
    layer, direction : of which layer
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`

    Returns
    -------
    plotly.graph_objects.Figure
        One line a quantity, gates first. Behind a projection, hidden states are not
        the units', and left out.

    Raises
    ------
    ValueError
        for a layer, unit, theme or notation that does not exist.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = unit_lines(lstm_viz.trace(torch.nn.GRU(3, 8), torch.randn(5, 3)), unit=2)
    >>> [line.name for line in figure.data]
    ['Reset gate r<sub>t</sub>', 'Update gate z<sub>t</sub>', 'Candidate n<sub>t</sub>', 'Hidden state h<sub>t</sub>']
    """
    chosen = trace.layer(layer, direction)
    if not 0 <= unit < chosen.units:
        raise ValueError(f"unit: {unit} does not exist; the layer has {chosen.units} (0–{chosen.units - 1})")
    axis = TokenAxis.of(trace.labels)
    recorded = [q for q in chosen.definition.recorded if chosen[q.name].shape[1] == chosen.units]
    panels = []
    for title, height, group in (
        ("<b>Gates</b>, from 0 (shut) to 1 (open)", 150, [q for q in recorded if q.range.is_share]),
        ("<b>Candidate and states</b>", 190, [q for q in recorded if not q.range.is_share]),
    ):
        if group:
            low, high = _range(chosen, group, unit)
            margin = _MARGIN * (high - low)
            lines = [_line(chosen, q, unit, axis, theme, notation) for q in group]
            panels.append(Panel(title, height, lines, {"range": [low - margin, high + margin]}))
    return stack(
        panels,
        axis,
        title=f"Unit {unit}, {chosen.name}",
        how_to_read="A line is one quantity of this unit.",
        theme=theme,
        hovermode="x unified",
    )


def _range(layer: LayerTrace, group: list[Quantity], unit: int) -> tuple[float, float]:
    """Of a panel: what its bounded quantities can reach, and what the others do reach in this unit."""
    if group[0].range.is_share:
        return 0, 1
    end = max(1.0, round_up(max(float(np.abs(layer[q.name][:, unit]).max()) for q in group)))
    return -end, end


def _line(
    layer: LayerTrace, quantity: Quantity, unit: int, axis: TokenAxis, theme: str, notation: str
) -> dict[str, Any]:
    colour, thick = theme_named(theme).colour(quantity.name), 3 if quantity.is_memory else 2
    sign = symbol(layer.definition, quantity.name, notation)
    mode = "lines+markers" if len(axis.names) <= MARKED else "lines"
    return {
        "type": "scatter",
        "name": f"{quantity.label} {sign}",
        "mode": mode,
        "x": axis.names,
        "y": axis.aggregate(layer[quantity.name][:, unit]),
        "line": {"color": colour, "width": thick, "dash": _DASHES[quantity.role]},
        "marker": {"size": thick + 3},
        "hovertemplate": f"{quantity.label} {sign} = %{{y:.3f}}<extra></extra>",
    }
