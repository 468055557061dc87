"""Any chart of lines as a plotly figure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.figures.arguments import flag, one_of_a_kind
from lstm_viz.figures.chart import Band, Chart, Floats, Series
from lstm_viz.figures.panels import LEFT, LEGEND, Parts, axis_title, figure, note, wrapped, y_axis
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import plain
from lstm_viz.words.gradients import size

if TYPE_CHECKING:
    import plotly.graph_objects as go

_GAP, _FOOT, _RIGHT = 44, 46, 24  # pixels between charts, of the x axis, and right of the lines
_NEAR = 0.08  # of the axis: a mark so near an end has its words on the other side
_SHADE = 0.18  # opacity of a band
_TICKS = 8


def line_chart(*charts: Chart, theme: str = "light", caption: bool = True) -> "go.Figure":
    """A chart of lines, or several one above the other over one x axis.

    The pages draw the same `Chart` in the browser, so both show the same lines, bands, marks and sentence.

    Parameters
    ----------
    charts : what to draw, from the top; of several, all over the same x
    theme : "light" or "dark"
    caption : whether to say what the charts' sentences say

    Returns
    -------
    plotly.graph_objects.Figure
        The bands' edges first, two a band, then the lines, chart by chart. Where values are powers of ten, the axis
        is in powers of ten and y holds log10 of what is shown.

    Raises
    ------
    ValueError
        for no chart, for charts over different x, and for a theme that does not exist.
    TypeError
        for what is no chart, and options of another kind.

    Examples
    --------
    >>> from lstm_viz.figures.chart import Series
    >>> line = Series(np.array([0.0, -2.0, -4.0]), "aⁿ", "accent")
    >>> chart = Chart(name="a", title="0.01ⁿ", caption="", x=np.arange(3), x_label="n", series=[line],
    ...               y_range=(-4, 0), power=True)
    >>> figure = line_chart(chart)
    >>> figure.data[0].name, figure.layout.yaxis.ticktext[:2]
    ('aⁿ', ('10<sup>-4</sup>', '10<sup>-3</sup>'))
    """
    if not charts:
        raise ValueError("charts: none were given; give at least one")
    for chart in charts:
        one_of_a_kind(chart, Chart, "charts", "lstm_viz.figures.chart.Chart")
    if any(not np.array_equal(chart.x, charts[0].x) for chart in charts):
        raise ValueError("charts: over different x; draw each in a figure of its own")
    colours = theme_named(theme)
    inner = sum(chart.height for chart in charts) + _GAP * (len(charts) - 1)
    data: list[Parts] = []
    axes: Parts = {}
    notes: list[Parts] = []
    shapes: list[Parts] = []
    top = float(inner)
    for k, chart in enumerate(charts):
        name, bottom = "" if k == 0 else str(k + 1), max(0.0, top - chart.height)
        place = {"xaxis": "x", "yaxis": f"y{name}"}
        data += [edge | place for band in chart.bands for edge in _band(chart, band, theme)]
        data += [_line(chart, series, theme) | place for series in chart.series]
        axes[f"yaxis{name}"] = y_axis(theme) | _values(chart, theme) | {"domain": [bottom / inner, top / inner]}
        if k:
            notes.append(
                note(
                    f"<b>{plain(chart.title)}</b>",
                    x=0,
                    y=top / inner,
                    yshift=5,
                    yanchor="bottom",
                    color=colours.text,
                )
            )
        for mark in chart.marks:
            line = {"color": colours.muted, "width": 1, "dash": "dot"}
            across = {"xref": "x", "x0": mark.x, "x1": mark.x, "yref": f"y{name} domain", "y0": 0, "y1": 1}
            shapes.append({"type": "line", "line": line} | across)
            words: Parts = {"x": mark.x, "y": 1, "yanchor": "bottom", "xref": "x", "yref": f"y{name} domain"}
            notes.append(note(plain(mark.label), color=colours.muted, **words) | {"xanchor": _anchor(mark.x, chart.x)})
        top = bottom - _GAP
    last = charts[-1]
    axes["xaxis"] = _positions(last, theme) | {"anchor": f"y{len(charts)}" if len(charts) > 1 else "y"}
    said = " ".join(chart.caption for chart in charts if chart.caption) if flag(caption, "caption") else ""
    reading = wrapped(plain(said))
    foot = _FOOT + (LEGEND if any(len(chart.series) > 1 for chart in charts) else 0)
    return figure(
        data,
        {
            "annotations": notes,
            "shapes": shapes,
            "hovermode": "x unified",
            **axes,
        },
        inner=inner,
        sides=(LEFT, _RIGHT, foot),
        title=plain(charts[0].title),
        how_to_read=reading,
        theme=theme,
    )


def readable(value: float, chart: Chart) -> str:
    """A value as people write it: what a power of ten stands for, a true minus sign, "–" for none."""
    if np.isnan(value):
        return "–"
    return size(float(value)) if chart.power else f"{value:.3f}".replace("-", "−")


def _line(chart: Chart, series: Series, theme: str) -> Parts:
    colour = theme_named(theme).colour(series.colour)
    return {
        "type": "scatter",
        "name": plain(series.label),
        "mode": "lines+markers" if chart.points else "lines",
        "x": chart.x,
        "y": chart.on_axis(series.values),
        "line": {"color": colour, "width": series.width, "dash": series.dash},
        "marker": {"size": 6},
        "opacity": series.opacity,
        "showlegend": len(chart.series) > 1,
        "customdata": [readable(value, chart) for value in series.values],
        "hovertemplate": f"{plain(series.label)}: %{{customdata}}<extra></extra>",
    }


def _band(chart: Chart, band: Band, theme: str) -> list[Parts]:
    """Its lower edge, and its upper one filled down to that."""
    red, green, blue = bytes.fromhex(theme_named(theme).colour(band.colour)[1:])
    edge: Parts = {"type": "scatter", "x": chart.x, "mode": "lines", "line": {"width": 0}}
    edge |= {"showlegend": False, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": f"rgba({red},{green},{blue},{_SHADE})"}
    return [edge | {"y": chart.on_axis(band.low)}, edge | filled | {"y": chart.on_axis(band.high)}]


def _values(chart: Chart, theme: str) -> Parts:
    """The vertical axis: round numbers, or powers of ten."""
    low, high = chart.y_range
    margin = 0.02 * (high - low)
    axis: Parts = {"range": [low - margin, high + margin], "showgrid": True}
    if chart.y_label:
        axis["title"] = axis_title(plain(chart.y_label), theme)
    if chart.power:
        ticks = powers_between(low, high)
        axis |= {"tickmode": "array", "tickvals": ticks, "ticktext": [_power(tick) for tick in ticks]}
    return axis


def powers_between(low: float, high: float) -> list[int]:
    """Whole exponents at even distances, at most nine of them."""
    every = max(1, int(np.ceil((high - low) / _TICKS)))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step >= every)
    return list(range(int(np.ceil(low / every)) * every, int(np.floor(high)) + 1, every))


def _power(exponent: int) -> str:
    return "1" if exponent == 0 else f"10<sup>{exponent}</sup>"


def _positions(chart: Chart, theme: str) -> Parts:
    colours = theme_named(theme)
    axis: Parts = {
        "title": axis_title(plain(chart.x_label), theme) | {"standoff": 6},
        "tickfont": {"color": colours.muted},
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": colours.muted,
        "range": _across(chart.x),
    }
    if chart.x_names:
        every = -(-len(chart.x_names) // 30)
        names = [plain(name) for name in chart.x_names]
        axis |= {"tickmode": "array", "tickvals": list(chart.x[::every]), "ticktext": names[::every]}
    return axis


def _anchor(place: float, x: Floats) -> str:
    """Which end of a mark's words is above it, so that they stay on the figure."""
    share = (place - float(np.min(x))) / (float(np.ptp(x)) or 1.0)
    return "left" if share < _NEAR else "right" if share > 1 - _NEAR else "center"


def _across(x: Floats) -> Sequence[float]:
    low, high = float(np.min(x)), float(np.max(x))
    return [low, high] if high > low else [low - 0.5, high + 0.5]
