"""How steep σ and tanh are: the factors by which a gradient is multiplied where it passes one of them."""

from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.figures.chart import Chart, Series
from lstm_viz.figures.line_chart import line_chart

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ENDS, _POINTS = 6.0, 121
_FAR = 3.0  # where the caption tells how flat they have become


def slopes(*, theme: str = "light", caption: bool = True) -> "go.Figure":
    """σ′(x) = σ(x)·(1 − σ(x)) and tanh′(x) = 1 − tanh²(x), from −6 to 6.

    Parameters
    ----------
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for a theme that does not exist.
    TypeError
        for options of another kind.

    Examples
    --------
    >>> [(line.name, float(line.y.max())) for line in slopes().data]
    [('slope of tanh', 1.0), ('slope of σ', 0.25)]
    """
    return line_chart(slopes_chart(), theme=theme, caption=caption)


def slopes_chart() -> Chart:
    """The same as plain data."""
    x = np.linspace(-_ENDS, _ENDS, _POINTS)
    found = {"tanh": tanh_slope(x), "σ": sigmoid_slope(x)}
    far = int(np.abs(x - _FAR).argmin())
    said = [
        f"That of {name} is {values.max():.3g} at {x[values.argmax()]:g} and {values[far]:.2g} at ±{x[far]:g}"
        for name, values in found.items()
    ]
    dashes = {"tanh": "solid", "σ": "dash"}
    return Chart(
        name="slopes",
        title="How steep σ and tanh are",
        caption=f"A gradient that passes σ or tanh is multiplied by its slope there. {'. '.join(said)}: a unit that is "
        "saturated, far from 0, lets almost nothing back through.",
        x=x,
        x_label="x, the weighted sum that arrives",
        x_digits=1,
        y_label="slope",
        series=[Series(values, f"slope of {name}", "accent", dash=dashes[name]) for name, values in found.items()],
        y_range=(0.0, 1.0),
        height=230,
    )


def sigmoid_slope(x: np.ndarray) -> np.ndarray:
    """σ′(x)."""
    share = 1 / (1 + np.exp(-x))
    return np.asarray(share * (1 - share))


def tanh_slope(x: np.ndarray) -> np.ndarray:
    """tanh′(x)."""
    return np.asarray(1 - np.tanh(x) ** 2)
