"""What the model answers after every step, as a line over the tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import MARKED, Panel, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go


def prediction(
    values: NDArray[Any],
    labels: Sequence[str],
    *,
    name: str,
    limits: tuple[float, float] | None = (0, 1),
    middle: float | None = None,
    unit: str = "",
    theme: str = "light",
) -> "go.Figure":
    """A prediction after every step.

    Parameters
    ----------
    values : (T,)
    labels : T token labels
    name : what is predicted, such as ``P(positive)``
    limits : ends of the vertical axis; None to fit the values
    middle : where undecided is, drawn as a dashed line
    unit : of the values, such as ``°C``
    theme : "light" or "dark"

    Raises
    ------
    ValueError
        when there is not one value a label.

    Examples
    --------
    >>> figure = prediction(np.array([0.5, 0.8, 0.1]), ["not", "good", "film"], name="P(positive)", middle=0.5)
    >>> figure.data[0].y.tolist()
    [0.5, 0.8, 0.1]
    """
    values = np.asarray(values)
    if values.shape != (len(labels),):
        raise ValueError(f"values: shape {values.shape}, expected ({len(labels)},), one a label")
    axis, colours, shown = TokenAxis.of(labels), theme_named(theme), plain(name)
    unit = f" {plain(unit)}" if unit else ""
    line = {
        "type": "scatter",
        "name": shown,
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": axis.aggregate(values),
        "line": {"color": colours.text, "width": 2.5},
        "marker": {"size": 7},
        "showlegend": False,
        "hovertemplate": f"{shown} = %{{y:.3f}}{unit}<br>after %{{x}}<extra></extra>",
    }
    vertical: dict[str, Any] = {"ticksuffix": unit}
    if limits is not None:
        margin = 0.03 * (limits[1] - limits[0])
        vertical["range"] = [limits[0] - margin, limits[1] + margin]
    shapes = []
    if middle is not None:
        dashed = {"color": colours.muted, "width": 1, "dash": "dash"}
        shapes = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": middle, "y1": middle, "line": dashed}]
    return stack(
        [Panel("", 180, [line], vertical)],
        axis,
        title=f"{shown} after every step",
        how_to_read="Each point is the answer if the sequence ended there.",
        theme=theme,
        shapes=shapes,
    )
