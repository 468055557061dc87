"""Which gates are stuck: every unit a dot, by how often it is shut and how often open."""

from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_viz.analysis.saturation import OPEN, SHUT, GateSaturation, gate_saturation
from lstm_viz.figures.panels import LEFT, Parts, figure, note, symbol, y_axis
from lstm_viz.figures.style import theme_named
from lstm_viz.trace import LayerTrace, Trace

if TYPE_CHECKING:
    import plotly.graph_objects as go

_RANGE = [-0.06, 1.06]  # with room for dots at the ends
_LARGEST, _SMALLEST = 26, 8  # pixels, of the dots that stand for all units and for one
_LISTED = 12  # units that a dot's hover names


def saturation(
    trace: Trace, *, layer: int = 0, direction: str = "forward", theme: str = "light", notation: str = "pytorch"
) -> "go.Figure":
    """One panel a gate: share of the steps at which a unit is shut, across, and open, up.

    Units with equal shares make one dot, its area in proportion to their number.

    Parameters
    ----------
    trace : the run to show
    layer, direction : which layer of it
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        for a layer, theme or notation that does not exist, and for a cell without gates.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = saturation(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)))
    >>> [dots.name for dots in figure.data]
    ['Input gate', 'Forget gate', 'Output gate']
    """
    chosen = trace.layer(layer, direction)
    gates = gate_saturation(chosen)
    if not gates:
        raise ValueError(f"{chosen.definition.title} has no gates that could be saturated")
    colours = theme_named(theme)
    width = 1 / (len(gates) + 0.25 * (len(gates) - 1))
    data, axes, notes, shapes = [], {}, [], []
    for k, gate in enumerate(gates):
        number, left = "" if k == 0 else str(k + 1), 1.25 * width * k
        label = chosen.definition[gate.gate].label
        data.append(_dots(chosen, gate, theme) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        share = y_axis(theme) | {"range": _RANGE, "tickformat": ".0%", "dtick": 0.5}
        axes[f"xaxis{number}"] = (
            share
            | _titled(f"shut (below {SHUT:g})")
            | {
                "domain": [left, min(1.0, left + width)],
                "anchor": f"y{number}",
            }
        )
        axes[f"yaxis{number}"] = share | _titled(f"open (above {OPEN:g})" if k == 0 else "") | {"anchor": f"x{number}"}
        title = f"<b>{label}</b> {symbol(chosen.definition, gate.gate, notation)}"
        notes.append(note(title, x=left, y=1, yshift=6, yanchor="bottom", color=colours.text, size=13))
        # No unit can be past this line: its shares of shut and open cannot exceed all its steps.
        ends = {"x0": 0, "y0": 1, "x1": 1, "y1": 0, "xref": f"x{number}", "yref": f"y{number}"}
        line = {"color": colours.muted, "width": 1, "dash": "dot"}
        shapes.append({"type": "line", "layer": "below", "line": line} | ends)
    return figure(
        data,
        {"height": 360, "annotations": notes, "shapes": shapes, "showlegend": False, **axes}
        | {"margin": {"l": LEFT, "r": 24, "t": 100, "b": 56}},
        title=f"Saturated gates, {chosen.name}",
        how_to_read="A dot is a unit, or several. Right: mostly shut. Top: mostly open. Dotted line: never between.",
        theme=theme,
    )


def _titled(text: str) -> Parts:
    return {"title": {"text": text, "font": {"size": 12}, "standoff": 8}}


def _dots(layer: LayerTrace, gate: GateSaturation, theme: str) -> dict[str, Any]:
    colour = theme_named(theme).colour(gate.gate)
    shares = np.stack([gate.shut, gate.open], axis=1)
    places, which, counts = np.unique(shares, axis=0, return_inverse=True, return_counts=True)
    area = np.sqrt(counts / len(shares))
    return {
        "type": "scatter",
        "name": layer.definition[gate.gate].label,
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
