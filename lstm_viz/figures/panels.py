"""What all figures share: panels stacked over one token axis, type and colours.

The only file that imports plotly, and only when a figure is made. No text has a size of its own: all sizes follow from
the figure's, so that `figure.update_layout(font_size=28)` changes all of it.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.ordering import unit_order
from lstm_viz.arguments import choice
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.arguments import flag, units_of
from lstm_viz.figures.heatmap import Heatmap
from lstm_viz.figures.style import SANS, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import LayerTrace

if TYPE_CHECKING:
    import plotly.graph_objects as go

Parts = dict[str, Any]

GAP = 34  # pixels between panels, with room for a panel's title
LEGEND = 34  # pixels below the tokens
LEFT, RIGHT = 64, 92  # pixels beside them: names of units, colour bars
_LONGEST, _LINE = 100, 24  # characters of a line of the heading; its height in pixels
_ABOVE, _BELOW = 10, GAP  # pixels above and below the heading: below it, the first panel's title has room
MARKED = 60  # columns up to which every one has its mark on a line
_ROW, _LOWEST, _TALLEST = 14, 56, 132  # pixels: of a unit's row where there is room, and of a heatmap
TEXT_SIZE = 13  # pixels: the one size, that all text of a figure follows
_OF_HEADING, _AS_TEXT = "72%", "83%"  # plotly's headings are 1.4 times the text's size, titles of axes 1.2 times
_NAMED_ROWS = 8  # up to this many, every row of a heatmap has its unit's number beside it


def symbol(cell: Cell, name: str, notation: str) -> str:
    """A quantity's symbol as HTML.

    Raises
    ------
    ValueError
        for a notation that is not known.
    """
    return to_html(cell[name].symbol(choice(notation, "notation", NOTATIONS)))


def rows_of(layer: LayerTrace, name: str, units: Sequence[int] | None) -> NDArray[np.intp]:
    """Which units of a quantity to draw, from the top: those asked for, or all by similarity.

    Behind a projection, hidden states are not the units'; they stand by number.

    Raises
    ------
    ValueError
        for a unit that does not exist.
    """
    chosen = unit_order(layer) if units is None else units_of(units, layer.units)
    size = layer[name].shape[1]
    return chosen if size == layer.units else np.arange(size)


@dataclass(frozen=True)
class Panel:
    """One plot of a stack.

    Attributes
    ----------
    title : above it, HTML
    height : in pixels
    traces : plotly traces
    axis : plotly's description of the vertical axis
    """

    title: str
    height: int
    traces: Sequence[Parts]
    axis: Parts


def stack(
    panels: Sequence[Panel], axis: TokenAxis, *, title: str, how_to_read: str, caption: bool, theme: str, **layout: Any
) -> "go.Figure":
    """Panels from the top over one token axis. `layout` adds to plotly's own.

    That columns hold several steps is said with the caption and without.
    """
    inner = sum(panel.height for panel in panels) + GAP * (len(panels) - 1)
    colours = theme_named(theme)
    data: list[Parts] = []
    axes: Parts = {}
    notes: list[Parts] = list(layout.pop("annotations", []))
    top = float(inner)
    for k, panel in enumerate(panels):
        name = "" if k == 0 else str(k + 1)
        bottom = max(0.0, top - panel.height)
        data += [{"xaxis": "x", "yaxis": f"y{name}", **placed(part, bottom, top, inner)} for part in panel.traces]
        axes[f"yaxis{name}"] = y_axis(theme) | {"domain": [bottom / inner, top / inner], "anchor": "x"} | panel.axis
        notes.append(note(panel.title, x=0, y=top / inner, yshift=3, yanchor="bottom", color=colours.text))
        top = bottom - GAP
    axes["xaxis"] = axis.as_layout(theme) | {"anchor": f"y{len(panels)}" if len(panels) > 1 else "y", "side": "bottom"}
    reading = wrapped(" ".join(part for part in (how_to_read if flag(caption, "caption") else "", axis.note) if part))
    has_legend = any(part["type"] == "scatter" and part.get("showlegend", True) for part in data)
    foot = axis.height + (LEGEND if has_legend else 0)
    return figure(
        data,
        {
            "annotations": notes,
            **axes,
            **layout,
        },
        inner=inner,
        sides=(LEFT, RIGHT, foot),
        title=title,
        how_to_read=reading,
        theme=theme,
    )


def wrapped(text: str) -> str:
    """Text in lines that fit a figure of ordinary width: plotly breaks none by itself."""
    return "<br>".join(textwrap.wrap(text, _LONGEST))


def heatmap_panel(
    title: str, heatmap: Heatmap, rows: NDArray[np.intp], axis: TokenAxis, theme: str, *, hover: str
) -> Panel:
    """A heatmap of some of its units, from the top. `title` as HTML, `hover`: plotly's template."""
    names = [f"unit {row}" for row in rows]
    shown, limits, bar = heatmap.values.T[rows], heatmap.limits, colour_bar(*heatmap.limits, theme)
    own: Parts = {}
    if heatmap.ends is not None:
        own = {"customdata": np.round(shown, 4)}
        shown, limits, hover = shown / heatmap.ends[rows, None], (-1, 1), hover.replace("%{z", "%{customdata")
        bar = colour_bar(-1, 1, theme) | {"ticktext": ["−max", "0", "max"]}
    drawn: Parts = {
        "type": "heatmap",
        "name": heatmap.label,
        "x": axis.names,
        "y": names,
        "z": np.round(shown, 4),
        "zmin": limits[0],
        "zmax": limits[1],
        "colorscale": heatmap.colours(theme),
        "colorbar": bar,
        "hovertemplate": f"{hover}<br>%{{y}}, %{{x}}<extra></extra>",
        "hoverongaps": False,
        **own,
    }
    vertical = rows_axis(names) | {"showticklabels": len(rows) <= _NAMED_ROWS, "ticks": ""}
    height = int(np.clip(_ROW * len(rows), _LOWEST, _TALLEST))
    return Panel(title=title, height=height, traces=[drawn], axis=vertical)


def rows_axis(names: Sequence[str]) -> Parts:
    """A vertical axis of names, the first on top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(names),
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
    }


def colour_bar(low: float, high: float, theme: str) -> Parts:
    """A thin bar beside a heatmap, its ends named, and 0."""
    ticks = sorted({low, 0, high})
    return {"thickness": 10, "outlinewidth": 0, "tickvals": ticks, "tickfont": {"color": theme_named(theme).muted}}


def placed(trace: Parts, bottom: float, top: float, inner: float) -> Parts:
    """A trace with its colour bar, if it has one, beside its own panel."""
    if "colorbar" not in trace:
        return trace
    bar = {"len": (top - bottom) / inner, "y": (bottom + top) / 2 / inner, "yanchor": "middle"}
    return trace | {"colorbar": trace["colorbar"] | bar}


def y_axis(theme: str) -> Parts:
    """A vertical axis in the theme's colours."""
    colours = theme_named(theme)
    return {
        "gridcolor": colours.grid,
        "zeroline": False,
        "linecolor": colours.grid,
        "tickfont": {"color": colours.muted},
        "fixedrange": True,
        "automargin": True,
    }


def note(text: str, *, x: float, y: float, color: str, **place: Any) -> Parts:
    """A line of text on the figure; `x` and `y` from 0 to 1 over the panels."""
    standard: Parts = {"xref": "paper", "yref": "paper", "xanchor": "left", "showarrow": False}
    return standard | {"text": text, "x": x, "y": y, "font": {"color": color}} | place


def axis_title(text: str, theme: str) -> Parts:
    """What an axis is of, as HTML, no larger than its numbers."""
    return {"text": f"<span style='font-size:{_AS_TEXT}'>{text}</span>", "font": {"color": theme_named(theme).muted}}


def figure(
    data: Sequence[Parts],
    layout: Parts,
    *,
    inner: int,
    sides: tuple[int, int, int],
    title: str,
    how_to_read: str,
    theme: str,
) -> "go.Figure":
    """A plotly figure in the theme's colours and type, with a heading and, if not empty, lines on how to read it.

    Parameters
    ----------
    inner : pixels from the top of the first panel to the bottom of the last
    sides : pixels left, right and below of them; at least, they grow with the text
    title, how_to_read : as HTML
    """
    import plotly.graph_objects as go

    colours = theme_named(theme)
    lines = 1 + (1 + how_to_read.count("<br>") if how_to_read else 0)
    left, right, foot = sides
    reading = f"<br><span style='font-size:{_OF_HEADING};color:{colours.muted}'>{how_to_read}</span>"
    standard: Parts = {
        "template": "none",
        "paper_bgcolor": colours.background,
        "plot_bgcolor": colours.background,
        "font": {"family": SANS, "size": TEXT_SIZE, "color": colours.text},
        "title": {
            "text": title + (reading if how_to_read else ""),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            # The margin above the panels is what the heading needs, at any size of the text: none is asked for below.
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "pad": {"t": _ABOVE, "b": _BELOW},
            "automargin": True,
        },
        "hoverlabel": {"bgcolor": colours.panel, "bordercolor": colours.grid, "font": {"color": colours.text}},
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": 0.005,
            "yanchor": "bottom",
            "yref": "container",
        },
        "height": inner + foot + _ABOVE + _BELOW + lines * _LINE,
        "margin": {"l": left, "r": right, "t": 0, "b": foot},
        "dragmode": False,
        "hovermode": "closest",
    }
    return go.Figure(data=list(data), layout=standard | layout)
