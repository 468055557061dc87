"""What the model answers after every step, as a line over the tokens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from lstm_viz.arguments import finite, text
from lstm_viz.figures.arguments import Labels, ends_of, over_steps
from lstm_viz.figures.panels import MARKED, Panel, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words import describe_prediction

if TYPE_CHECKING:
    import plotly.graph_objects as go


def prediction(
    values: NDArray[Any],
    labels: Labels = None,
    *,
    name: str,
    limits: tuple[float, float] | None = (0, 1),
    middle: float | None = None,
    unit: str = "",
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A prediction after every step.

    Parameters
    ----------
    values : (T,)
    labels : T token labels, or the trace that has them; the step numbers by default
    name : what is predicted, such as ``P(positive)``
    limits : ends of the vertical axis; None to fit the values
    middle : where undecided is, drawn as a dashed line
    unit : of the values, such as ``°C``
    theme : "light" or "dark"
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        when there is not one value a label.
    TypeError
        for values that are no numbers, and options of another kind.

    Examples
    --------
    >>> import numpy as np
    >>> figure = prediction(np.array([0.5, 0.8, 0.1]), ["not", "good", "film"], name="P(positive)", middle=0.5)
    >>> figure.data[0].y.tolist()
    [0.5, 0.8, 0.1]
    """
    tokens, given = over_steps(values, "values", labels, expected="one a label")
    axis = TokenAxis.of(tokens)
    ends = None if limits is None else ends_of(limits, "limits")
    even = None if middle is None else finite(middle, "middle")
    data = prediction_data(given, axis, name=text(name, "name"), limits=ends, middle=even, unit=text(unit, "unit"))
    colours, shown = theme_named(theme), plain(data.name)
    unit = f" {plain(data.unit)}" if data.unit else ""
    line = {
        "type": "scatter",
        "name": shown,
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": data.values,
        "line": {"color": colours.text, "width": 2.5},
        "marker": {"size": 7},
        "showlegend": False,
        "hovertemplate": f"{shown} = %{{y:.3f}}{unit}<br>after %{{x}}<extra></extra>",
    }
    vertical: dict[str, Any] = {"ticksuffix": unit}
    if data.limits is not None:
        margin = 0.03 * (data.limits[1] - data.limits[0])
        vertical["range"] = [data.limits[0] - margin, data.limits[1] + margin]
    shapes = []
    if data.middle is not None:
        dashed = {"color": colours.muted, "width": 1, "dash": "dash"}
        across = {"xref": "paper", "x0": 0, "x1": 1, "y0": data.middle, "y1": data.middle}
        shapes = [{"type": "line", "line": dashed} | across]
    return stack(
        [Panel("", 180, [line], vertical)],
        axis,
        title=f"{shown} after every step",
        how_to_read=f"Each point is the answer if the sequence ended there. {plain(data.caption)}",
        caption=caption,
        theme=theme,
        shapes=shapes,
    )


@dataclass(frozen=True, eq=False)
class Prediction:
    """One number after every step. C: columns.

    Attributes
    ----------
    name, unit : what it is, and in what
    values : (C,)
    limits : ends of its axis; None to fit the values
    middle : where undecided is
    caption : a sentence made from the values
    """

    name: str
    unit: str
    values: Array
    limits: tuple[float, float] | None
    middle: float | None
    caption: str


def prediction_data(
    values: NDArray[Any],
    axis: TokenAxis,
    *,
    name: str,
    limits: tuple[float, float] | None = (0, 1),
    middle: float | None = None,
    unit: str = "",
) -> Prediction:
    """What both pictures of an answer draw; values: (T,) over an axis of T tokens."""
    span = limits[1] - limits[0] if limits else 0.0
    said = describe_prediction(values, axis.labels, name, unit=unit, span=span)
    return Prediction(name, unit, axis.aggregate(values), limits, middle, said)
