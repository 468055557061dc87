"""A number times itself: the whole idea of the vanishing gradient in one line."""

from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.arguments import finite, whole
from lstm_viz.figures.chart import Chart, Mark, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.words.gradients import describe_edges, logs_range, raised, size

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MOST = 10_000  # a line of more points is no clearer, and its labels take seconds
_FEWEST = 20  # powers on the axis, so that moving n by one does not move everything


def powers(factor: float = 0.25, power: int = 10, *, theme: str = "light", caption: bool = True) -> "go.Figure":
    """aⁿ against n, on an axis in powers of ten.

    Parameters
    ----------
    factor : a, at least 0
    power : the n that is marked, at most 10,000
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for numbers below 0, and powers past 10,000.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> powers(0.5, 3).data[0].customdata[:4]
    ('1', '0.5', '0.25', '0.125')
    """
    chart = powers_chart(finite(factor, "factor", least=0), whole(power, "power", 0, _MOST))
    return line_chart(chart, theme=theme, caption=caption)


def powers_chart(factor: float, power: int) -> Chart:
    """The same as plain data."""
    n = np.arange(max(_FEWEST, power) + 1, dtype=float)
    log = np.log10(factor) if factor > 0 else -np.inf
    with np.errstate(invalid="ignore"):
        logs = np.where(n > 0, n * log, 0.0)
    low, high = logs_range([logs])
    verdict = "vanishes" if factor < 1 else "explodes" if factor > 1 else "stays what it is"
    pace = ""
    if 0 < factor != 1:
        steps = f"{abs(np.log(2) / np.log(factor)):.2g}"
        pace = f"; it {'halves' if factor < 1 else 'doubles'} every {steps} step{'s' * (steps != '1')}"
    return Chart(
        name="power",
        title=f"{factor:g}{raised(power)} = {size(float(logs[power]))}",
        caption=f"{factor:g} multiplied by itself {verdict}{pace}." + describe_edges({"it": logs}, low, high),
        x=n,
        x_label="n",
        y_label="aⁿ",
        series=[Series(logs, "aⁿ", "accent")],
        marks=[Mark(float(power), f"n = {power}")],
        y_range=(low, high),
        power=True,
        height=230,
    )
