"""Scores against the length of what is read, a panel a cell, so that cells that do equally well hide none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import given, positive, text
from lstm_viz.figures.arguments import flag, floats, mapping_of
from lstm_viz.figures.chart import Band, Chart, Mark, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_colour, cell_title

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SMALLEST = 1e-6  # an error below this is drawn as this


def cells_by_length(
    lengths: Sequence[int],
    scores: Mapping[str, NDArray[Any]],
    *,
    name: str = "Share that is right",
    trained: float | None = None,
    lower_is_better: bool = False,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A panel a cell: the median over the seeds as a line, the range from the best to the worst as a band.

    Lengths stand at even distances, whatever they are.

    Parameters
    ----------
    lengths : n of them, rising
    scores : cell or other name → (n, seeds)
    name : of the score
    trained : the length of training, which is marked; None not to say
    lower_is_better : whether scores are errors, drawn in powers of ten, or shares of what is right, from 0 to 1
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for scores that are not a row a length, and lengths that do not rise.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> right = np.array([[1.0, 1.0], [0.5, 0.75]])
    >>> figure = cells_by_length([40, 500], {"lstm": right, "min_gru": right / 2}, trained=40)
    >>> [line.customdata for line in figure.data if line.name]
    [('1.000', '0.625'), ('0.500', '0.312')]
    """
    long = floats(lengths, "lengths", (None,), "rising")
    if not all(0 < low < high for low, high in pairwise([0.5, *long.tolist()])):
        raise ValueError(f"lengths: got {given(lengths)}; expected numbers from 1 that rise")
    found = {
        label: floats(each, f"scores: {label}", (len(long), None), "a row a length, a column a seed")
        for label, each in mapping_of(scores, "scores", "numbers").items()
    }
    charts = cells_by_length_charts(
        long,
        found,
        trained=None if trained is None else positive(trained, "trained"),
        lower_is_better=flag(lower_is_better, "lower_is_better"),
    )
    named = [replace(chart, title=f"{text(name, 'name')}, by length", y_label=chart.title) for chart in charts]
    return line_chart(*named, theme=theme, caption=caption)


def cells_by_length_charts(
    lengths: NDArray[Any],
    scores: Mapping[str, NDArray[Any]],
    *,
    trained: float | None,
    lower_is_better: bool,
    x_label: str = "length",
) -> list[Chart]:
    """The same as plain data, a chart a cell, all with one pair of axes."""

    def drawn(values: NDArray[Any]) -> NDArray[Any]:
        return np.log10(np.maximum(values, _SMALLEST)) if lower_is_better else np.asarray(values, float)

    every = np.concatenate([drawn(each).ravel() for each in scores.values()])
    low, high = (float(np.floor(every.min())), float(max(0.0, np.ceil(every.max())))) if lower_is_better else (0.0, 1.0)
    places = np.arange(len(lengths), dtype=float)
    marks = [] if trained is None else [Mark(float(np.interp(trained, lengths, places)), "trained")]
    charts = []
    for cell, each in scores.items():
        middle = np.median(each, axis=1)
        line = drawn(each)
        ends = f"{middle[0]:.3g} at {lengths[0]:,.0f}, {middle[-1]:.3g} at {lengths[-1]:,.0f}"
        charts.append(
            Chart(
                name=f"by_length_{cell}",
                title=cell_title(cell),
                caption=f"{cell_title(cell)}: median {ends}.",
                x=places,
                x_label=x_label,
                x_names=[f"{length:,.0f}" for length in lengths],
                series=[Series(np.median(line, axis=1), cell_title(cell), cell_colour(cell))],
                bands=[Band(line.min(axis=1), line.max(axis=1), cell_colour(cell))],
                marks=marks,
                y_range=(low, high if high > low else low + 1),
                power=lower_is_better,
                height=190,
                group="by_length",
            )
        )
    return charts
