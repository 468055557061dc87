"""How wrong several networks are at the end of ever longer sequences."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import given, positive, whole
from lstm_viz.figures.arguments import floats, mapping_of
from lstm_viz.figures.chart import Chart, Mark, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_colour, cell_title
from lstm_viz.words.lengths import describe_breaking

if TYPE_CHECKING:
    import plotly.graph_objects as go

_STEP = 10  # tenths to which the axis is rounded up


def error_by_length(
    lengths: Sequence[int],
    errors: Mapping[str, NDArray[Any]],
    *,
    limit: float = 0.1,
    at: float | None = None,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """One line a network; lengths stand at even distances, whatever they are.

    Parameters
    ----------
    lengths : n of them, rising
    errors : cell or other name → (n,), mean error at the end of sequences so long; NaN where it is not known
    limit : above which a network counts as broken
    at : a length to mark
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for errors that are not one a length, and lengths that do not rise.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> figure = error_by_length([10, 100], {"rnn": np.array([0.02, 0.4])})
    >>> figure.data[0].name, figure.layout.xaxis.ticktext
    ('RNN', ('10', '100'))
    """
    long = floats(lengths, "lengths", (None,), "rising").tolist()
    if not all(0 < low < high for low, high in pairwise([0.5, *long])):
        raise ValueError(f"lengths: got {given(lengths)}; expected whole numbers from 1 that rise")
    found = {
        name: floats(values, f"errors: {name}", (len(long),), "one a length")
        for name, values in mapping_of(errors, "errors", "numbers").items()
    }
    place = None if at is None else positive(at, "at")
    chart = error_by_length_chart(
        [whole(lengths[k], "lengths") for k in range(len(long))], found, limit=positive(limit, "limit"), at=place
    )
    return line_chart(chart, theme=theme, caption=caption)


def error_by_length_chart(
    lengths: Sequence[int],
    errors: Mapping[str, NDArray[Any]],
    *,
    limit: float,
    at: float | None,
    over: str = "on average over sequences",
) -> Chart:
    """The same as plain data; over: of what each error is, and whether on average."""
    titles = {cell: cell_title(cell) for cell in errors}
    broken = describe_breaking({titles[cell]: values for cell, values in errors.items()}, lengths, limit)
    verdict = f"where that is above {limit:g}, a network counts as broken{f': {broken}' if broken else ''}"
    places, marks = np.arange(len(lengths), dtype=float), []
    if at is not None:
        place = float(np.interp(np.log10(at), np.log10(np.array(lengths, dtype=float)), places))
        marks = [Mark(place, "your length")]
    top = np.ceil(_STEP * float(np.nanmax([limit, *np.concatenate(list(errors.values()))]))) / _STEP
    return Chart(
        name="by_length",
        title="Error at the end, by length",
        caption=f"Error at the end, {over} of each length; {verdict}.",
        x=places,
        x_label="length of the sequence, in steps",
        x_names=[f"{length:,}" for length in lengths],
        y_label="error",
        series=[Series(values, titles[cell], cell_colour(cell)) for cell, values in errors.items()],
        marks=marks,
        y_range=(0, float(top)),
        points=True,
        height=260,
    )
