"""A series of numbers, what was guessed after every step, and how it may go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import text, whole
from lstm_viz.figures.arguments import Labels, floats, is_list, over_steps
from lstm_viz.figures.panels import MARKED, Panel, Parts, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words import describe_forecast, describe_sum

if TYPE_CHECKING:
    import plotly.graph_objects as go


def forecast(
    given: NDArray[Any],
    guesses: NDArray[Any],
    labels: Labels = None,
    *,
    ahead: Sequence[float] = (),
    shift: int = 0,
    name: str = "guess",
    unit: str = "",
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """The series in grey and the guesses over it, each where it is a guess of.

    Parameters
    ----------
    given : (T,), the series
    guesses : (T,), what is guessed after every step
    labels : T token labels, or the trace that has them; the step numbers by default
    ahead : the forecast past the end, each from the ones before; its first is what is guessed after the last step
    shift : 1 where a guess is of the next number, 0 where it is of what was read so far, such as a sum
    name : of what is guessed
    unit : of the numbers, such as ``°C``
    theme : "light" or "dark"
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        when there is not one number and one guess a label.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> figure = forecast(np.array([1.0, 2.0]), np.array([1.5, 2.5]), ["Mon", "Tue"], ahead=[2.5, 2.7], shift=1)
    >>> [line.name for line in figure.data], figure.data[1].y.tolist()[1]
    (['given', 'guess', 'forecast'], 1.5)
    """
    tokens, series = over_steps(given, "given", labels, expected="one a label")
    _, said = over_steps(guesses, "guesses", tokens, expected="one a label")
    none = is_list(ahead) and not len(ahead)
    more = floats(ahead, "ahead", (None,), "one a step ahead").tolist() if not none else []
    data = forecast_data(series, said, TokenAxis.of(tokens), ahead=more, unit=text(unit, "unit"))
    shift, shown = whole(shift, "shift", 0, 1), plain(text(name, "name"))
    colours, steps = theme_named(theme), len(tokens)
    axis = TokenAxis.of([*tokens, *(f"+{k + 1}" for k in range(len(more)))])
    every = np.full((3, steps + len(more)), np.nan)
    every[0, :steps] = series
    every[1, shift:steps] = said[: steps - shift]
    every[2, steps:] = more
    if more:
        every[2, steps - 1] = series[-1]  # the forecast begins where the series ends
    looks = (
        ("given", colours.muted, "solid"),
        (shown, colours.positive, "solid"),
        ("forecast", colours.positive, "dot"),
    )
    lines = [
        _line(label, axis.aggregate(values), axis, colour, dash, unit)
        for (label, colour, dash), values in zip(looks, every, strict=True)
        if label != "forecast" or more
    ]
    reading = (
        "Each guess stands where the number came that it is of." if shift else "Each guess is of what came so far."
    )
    return stack(
        [Panel("", 220, lines, {"ticksuffix": f" {plain(unit)}" if unit else ""})],
        axis,
        title=f"{shown[:1].upper()}{shown[1:]} after every step",
        how_to_read=f"{reading} {plain(data.caption)}",
        caption=caption,
        theme=theme,
        hovermode="x unified",
    )


@dataclass(frozen=True, eq=False)
class Forecast:
    """A series and its guesses. C: columns.

    Attributes
    ----------
    given, guesses : (C,), the series, and what was guessed after every step
    ahead : the forecast past the end
    marked : step and number of those that are marked
    total : the sum of those, if any
    limits : the lowest and the highest of all of these
    unit : of the numbers
    caption : a sentence made from the values
    """

    given: Array
    guesses: Array
    ahead: list[float]
    marked: list[tuple[int, float]]
    total: list[float]
    limits: tuple[float, float]
    unit: str
    caption: str


def forecast_data(
    given: NDArray[Any],
    guesses: NDArray[Any],
    axis: TokenAxis,
    *,
    ahead: Sequence[float] = (),
    marked: Sequence[int] | None = None,
    unit: str = "",
    noun: str = "step",
) -> Forecast:
    """What both pictures of a series draw.

    Parameters
    ----------
    given, guesses : (T,) each, over an axis of T tokens
    ahead : the forecast past the end
    marked : steps of the numbers whose sum is guessed; None where no sum is
    unit : of the numbers
    noun : what a step is called
    """
    total = [float(given[list(marked)].sum())] if marked is not None and len(marked) else []
    if len(ahead):
        said = describe_forecast(guesses, given, ahead, axis.labels, unit=unit, noun=noun)
    else:
        said = "" if marked is None else describe_sum(guesses, given, marked, axis.labels)
    seen = [*given, *guesses, *ahead, *total]
    return Forecast(
        given=axis.aggregate(given),
        guesses=axis.aggregate(guesses),
        ahead=list(ahead),
        marked=[(int(step), float(given[step])) for step in marked or ()],
        total=total,
        limits=(min(seen), max(seen)),
        unit=unit,
        caption=said,
    )


def _line(name: str, values: NDArray[Any], axis: TokenAxis, colour: str, dash: str, unit: str) -> Parts:
    suffix = f" {plain(unit)}" if unit else ""
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": values,
        "line": {"color": colour, "width": 2.2, "dash": dash},
        "marker": {"size": 5},
        "hovertemplate": f"{name} %{{y:.2f}}{suffix}<extra></extra>",
    }
