"""A series of numbers, what was guessed after every step, and how it may go on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import MARKED, Panel, Parts, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go


def forecast(
    given: NDArray[Any],
    guesses: NDArray[Any],
    labels: Sequence[str],
    *,
    ahead: Sequence[float] = (),
    shift: int = 0,
    name: str = "guess",
    unit: str = "",
    theme: str = "light",
) -> "go.Figure":
    """The series in grey and the guesses over it, each where it is a guess of.

    Parameters
    ----------
    given : (T,), the series
    guesses : (T,), what is guessed after every step
    labels : T token labels
    ahead : the forecast past the end, each from the ones before; its first is what is guessed after the last step
    shift : 1 where a guess is of the next number, 0 where it is of what was read so far, such as a sum
    name : of what is guessed
    unit : of the numbers, such as ``°C``
    theme : "light" or "dark"

    Raises
    ------
    ValueError
        when there is not one number and one guess a label.

    Examples
    --------
    >>> figure = forecast(np.array([1.0, 2.0]), np.array([1.5, 2.5]), ["Mon", "Tue"], ahead=[2.5, 2.7], shift=1)
    >>> [line.name for line in figure.data], figure.data[1].y.tolist()[1]
    (['given', 'guess', 'forecast'], 1.5)
    """
    given, guesses = np.asarray(given, dtype=float), np.asarray(guesses, dtype=float)
    for what, values in (("given", given), ("guesses", guesses)):
        if values.shape != (len(labels),):
            raise ValueError(f"{what}: shape {values.shape}, expected ({len(labels)},), one a label")
    more = len(ahead)
    axis = TokenAxis.of([*labels, *(f"+{k + 1}" for k in range(more))])
    colours, steps = theme_named(theme), len(labels)
    every = np.full((3, steps + more), np.nan)
    every[0, :steps] = given
    every[1, shift:steps] = guesses[: steps - shift]
    every[2, steps:] = ahead
    if more:
        every[2, steps - 1] = given[-1]  # the forecast begins where the series ends
    looks = (
        ("given", colours.muted, "solid"),
        (plain(name), colours.positive, "solid"),
        ("forecast", colours.positive, "dot"),
    )
    lines = [
        _line(label, axis.aggregate(values), axis, colour, dash, unit)
        for (label, colour, dash), values in zip(looks, every, strict=True)
        if label != "forecast" or more
    ]
    suffix = f" {plain(unit)}" if unit else ""
    reading = (
        "Each guess stands where the number came that it is of." if shift else "Each guess is of what came so far."
    )
    return stack(
        [Panel("", 220, lines, {"ticksuffix": suffix})],
        axis,
        title=f"{plain(name).capitalize()} after every step",
        how_to_read=reading + (" The forecast goes on from its own guesses." if more else ""),
        theme=theme,
        hovermode="x unified",
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
