"""Which gates are stuck: every unit a dot, by how often it is shut and how often open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_viz.analysis.saturation import OPEN, SHUT, GateSaturation, gate_saturation
from lstm_viz.cells import Quantity
from lstm_viz.figures.arguments import Labels, flag, run_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.panels import LEFT, axis_title, figure, note, y_axis
from lstm_viz.figures.style import theme_named
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.words import describe_saturation

if TYPE_CHECKING:
    import plotly.graph_objects as go

_RANGE = [-0.06, 1.06]  # with room for dots at the ends
_LARGEST, _SMALLEST = 26, 8  # pixels, of the dots that stand for all units and for one
_SIDE = 204  # pixels, of a gate's panel
_LISTED = 12  # units that a dot's hover names


def saturation(
    trace: Trace | LayerTrace,
    *,
    layer: int = 0,
    direction: str = "forward",
    labels: Labels = None,
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """One panel a gate: share of the steps at which a unit is shut, across, and open, up.

    Units with equal shares make one dot, its area in proportion to their number.

    Parameters
    ----------
    trace : the run to show, or a layer of one
    layer, direction : which layer of the run
    labels : taken, and checked, as its neighbours take them; no token is named here
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        for a layer, theme or notation that does not exist, and for a cell without gates.
    TypeError
        for what is no trace, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = saturation(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)))
    >>> [dots.name for dots in figure.data]
    ['Input gate', 'Forget gate', 'Output gate']
    """
    chosen, _ = run_of(trace, labels, layer=layer, direction=direction)
    gates = saturation_data(chosen, notation=notation)
    if not gates:
        raise ValueError(
            f"trace: {chosen.definition.title} has no gates that could be saturated; give an LSTM's or GRU's"
        )
    colours = theme_named(theme)
    width = 1 / (len(gates) + 0.25 * (len(gates) - 1))
    data, axes, notes, shapes = [], {}, [], []
    for k, gate in enumerate(gates):
        number, left = "" if k == 0 else str(k + 1), 1.25 * width * k
        data.append(_dots(gate, theme) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        share = y_axis(theme) | {"range": _RANGE, "tickformat": ".0%", "dtick": 0.5}
        place = {"domain": [left, min(1.0, left + width)], "anchor": f"y{number}"}
        across = axis_title(f"shut (below {SHUT:g})", theme) | {"standoff": 8}
        axes[f"xaxis{number}"] = share | {"title": across} | place
        axes[f"yaxis{number}"] = share | {"anchor": f"x{number}"}
        if k == 0:
            axes["yaxis"]["title"] = axis_title(f"open (above {OPEN:g})", theme) | {"standoff": 8}
        title = f"<b>{gate.quantity.label}</b> {gate.symbol}"
        notes.append(note(title, x=left, y=1, yshift=6, yanchor="bottom", color=colours.text))
        # No unit can be past this line: its shares of shut and open cannot exceed all its steps.
        ends = {"x0": 0, "y0": 1, "x1": 1, "y1": 0, "xref": f"x{number}", "yref": f"y{number}"}
        line = {"color": colours.muted, "width": 1, "dash": "dot"}
        shapes.append({"type": "line", "layer": "below", "line": line} | ends)
    reading = "A dot is a unit, or several. Right: mostly shut. Top: mostly open. Dotted line: never between."
    return figure(
        data,
        {"annotations": notes, "shapes": shapes, "showlegend": False, **axes},
        inner=_SIDE,
        sides=(LEFT, 24, 56),
        title=f"{chosen.definition.title}, saturated gates, {chosen.name}",
        how_to_read=reading if flag(caption, "caption") else "",
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class SaturatedGate:
    """How saturated one gate is, with what is said of it.

    Attributes
    ----------
    quantity, symbol : the gate, and its symbol as HTML
    shares : (H,) shares of the steps at which each unit is shut, and open
    caption : a sentence made from the values
    """

    quantity: Quantity
    symbol: str
    shares: GateSaturation
    caption: str


def saturation_data(layer: LayerTrace, *, notation: str = "pytorch") -> tuple[SaturatedGate, ...]:
    """Every gate of a layer: what both pictures draw; empty for a cell without gates."""
    cell = layer.definition
    return tuple(
        SaturatedGate(cell[gate.gate], symbol_of(cell[gate.gate], notation), gate, describe_saturation(cell, gate))
        for gate in gate_saturation(layer)
    )


def _dots(gate: SaturatedGate, theme: str) -> dict[str, Any]:
    colour = theme_named(theme).colour(gate.quantity.name)
    shares = np.stack([gate.shares.shut, gate.shares.open], axis=1)
    places, which, counts = np.unique(shares, axis=0, return_inverse=True, return_counts=True)
    area = np.sqrt(counts / len(shares))
    return {
        "type": "scatter",
        "name": gate.quantity.label,
        "mode": "markers",
        "x": places[:, 0],
        "y": places[:, 1],
        "text": [_units(np.flatnonzero(which.ravel() == k)) for k in range(len(places))],
        "marker": {
            "size": np.maximum(_SMALLEST, _LARGEST * area),
            "color": colour,
            "opacity": 0.75,
            "line": {"color": theme_named(theme).background, "width": 1},
        },
        "hovertemplate": "%{text}<br>shut at %{x:.0%} of the steps, open at %{y:.0%}<extra></extra>",
    }


def _units(units: np.ndarray[Any, np.dtype[np.intp]]) -> str:
    names = ", ".join(str(unit) for unit in units[:_LISTED])
    rest = f" and {len(units) - _LISTED} more" if len(units) > _LISTED else ""
    return f"unit{'s' if len(units) > 1 else ''} {names}{rest}"
