"""The cell as a drawing: its layers, operations and wires, with one unit's numbers at one step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lstm_viz.analysis.equations.wiring import Part, Place, Wire, Wiring, wiring
from lstm_viz.figures.arguments import Labels, flag, place_of, run_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.panels import Parts, figure
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import plain
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.words.phrases import quoted

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW, _SIDE = 84, 24  # pixels
_READING = "A box with σ or tanh has weights of its own; × and + act unit by unit."
_MARGIN = 0.75  # columns and rows around the drawing
# Half the width and height of each kind's box, in columns and rows.
_HALF: Mapping[str, Place] = {
    "layer": (0.25, 0.18),
    "function": (0.25, 0.16),
    "product": (0.14, 0.16),
    "ratio": (0.14, 0.16),
    "sum": (0.14, 0.16),
    "complement": (0.2, 0.16),
    "concatenate": (0.05, 0.15),
}


def cell_diagram(
    trace: Trace | LayerTrace,
    *,
    step: int = 0,
    unit: int = 0,
    layer: int = 0,
    direction: str = "forward",
    labels: Labels = None,
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """The drawing that the cell's definition gives, each recorded quantity with its number.

    It is as wide as the place it is shown in, or as ``figure.update_layout(width=…)`` says.

    Parameters
    ----------
    trace : the run to show, or a layer of one
    step, unit : whose numbers
    layer, direction : which layer of the run
    labels : T token labels; the run's own by default, of a layer the step numbers
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        A line a wire, in the colour of the quantity it carries, under boxes with σ, tanh, × and +.

    Raises
    ------
    ValueError
        for a layer, step, unit, theme or notation that does not exist.
    TypeError
        for what is no trace, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = cell_diagram(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)), step=2)
    >>> len([shape for shape in figure.layout.shapes if shape.type == "rect"])
    10
    """
    chosen, tokens = run_of(trace, labels, layer=layer, direction=direction)
    step = place_of(step, "step", len(chosen))
    unit = place_of(unit, "unit", chosen.units, "the layer has")
    drawn, colours = wiring(chosen.definition), theme_named(theme)
    columns, rows = (max(part.place[k] for part in drawn.parts) for k in (0, 1))
    data = [_wire(wire, drawn, theme) for wire in drawn.wires]
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [x for x, _ in drawn.forks],
            "y": [y for _, y in drawn.forks],
            "marker": {"size": 7, "color": colours.muted},
            "hoverinfo": "skip",
        }
    )
    boxes = [_box(part, theme) for part in drawn.parts if part.kind in _HALF]
    words = [_word(part, colours.text) for part in drawn.parts if part.kind in _HALF and part.label]
    numbers = [each for part in drawn.parts if (each := _number(part, chosen, step, unit, theme, notation))]
    hidden: Parts = {"visible": False, "fixedrange": True}
    token = "" if tokens[step] == str(step) else f", {plain(quoted(tokens[step]))}"
    return figure(
        data,
        {
            "xaxis": hidden | {"range": [-_MARGIN, columns + _MARGIN]},
            "yaxis": hidden | {"range": [rows + _MARGIN, -_MARGIN]},
            "showlegend": False,
            "shapes": boxes,
            "annotations": [*words, *numbers],
        },
        inner=int(_ROW * (rows + 2 * _MARGIN)),
        sides=(_SIDE, 0, 0),
        title=f"{chosen.definition.title}, unit {unit} at step {step}{token}",
        how_to_read=_READING if flag(caption, "caption") else "",
        theme=theme,
    )


def _wire(wire: Wire, drawn: Wiring, theme: str) -> Parts:
    owner = drawn[wire.source].owner
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{wire.source} → {wire.target}",
        "x": [x for x, _ in wire.points],
        "y": [y for _, y in wire.points],
        "line": {"color": theme_named(theme).colour(owner), "width": 2.5},
        "hoverinfo": "skip",
    }


def _box(part: Part, theme: str) -> Parts:
    (x, y), (width, height), colours = part.place, _HALF[part.kind], theme_named(theme)
    line = {"color": colours.colour(part.owner), "width": 2}
    corners = {"x0": x - width, "x1": x + width, "y0": y - height, "y1": y + height}
    return {"type": "rect", "line": line, "fillcolor": colours.panel, "layer": "above"} | corners


def _word(part: Part, colour: str) -> Parts:
    return {"text": part.label, "x": part.place[0], "y": part.place[1], "showarrow": False} | {
        "font": {"color": colour}
    }


def _number(part: Part, layer: LayerTrace, step: int, unit: int, theme: str, notation: str) -> Parts | None:
    """A recorded quantity's symbol and number beside its part; the state before where one enters."""
    name, (x, y) = part.owner, part.place
    if part.kind == "enter" and name == "inputs":
        return {"text": "input", "x": x, "y": y, "showarrow": False, "yshift": -12}
    recorded = name in layer.quantities and layer[name].shape[1] == layer.units
    if not recorded or part.key not in (name, f"{name}-", f"{name}+") or (part.kind == "leave"):
        return None
    before = part.kind == "enter"
    if before and name not in layer.initial_state:
        return None  # gates that enter: what they were before the first step, a trace does not hold
    value = (layer.before(name) if before else layer[name])[step, unit]
    sign = symbol_of(layer.definition[name], notation)
    text = f"{sign}{' before' if before else ''}<br><b>{value:.3f}</b>".replace("-", "−")
    place: Parts = {"xanchor": "center", "yshift": -26} if before else {"xanchor": "left", "xshift": 5, "yshift": 34}
    colours = theme_named(theme)
    font = {"color": colours.colour(name)}
    return {"text": text, "x": x, "y": y, "showarrow": False, "align": "left", "font": font} | place
