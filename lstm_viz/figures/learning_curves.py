"""Scores through training, over several seeds: a variant against the LSTM, or one cell with several settings."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.learning import reached, spread
from lstm_viz.arguments import choice, finite, text
from lstm_viz.figures.arguments import flag, floats, mapping_of, names_of
from lstm_viz.figures.chart import Band, Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import LIGHT, cell_colour, cell_title

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SMALLEST = 1e-6  # an error below this is drawn as this


def learning_curves(
    updates: NDArray[Any],
    scores: Mapping[str, NDArray[Any]],
    *,
    name: str = "Mean squared error",
    limit: float | None = None,
    lower_is_better: bool = True,
    colours: Sequence[str] | None = None,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """The median over the seeds as a line, and the range from the best to the worst as a band.

    Parameters
    ----------
    updates : (n,), after how many updates of the weights the scores were taken
    scores : cell or other name → (n, seeds)
    name : of the score
    limit : as good as which counts as solved; None not to say
    lower_is_better : whether scores are errors, drawn in powers of ten, or shares of what is right, from 0 to 1
    colours : names of colours, one for each of the scores; see `lstm_viz.figures.style.Theme`. By default a cell has
        its own, and others have what the cells leave
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for scores that are not one an update, for more of them than colours, and colours that are not known.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> errors = np.array([[0.2, 0.3], [0.01, 0.2]])
    >>> figure = learning_curves(np.array([0, 50]), {"LSTM": errors}, limit=0.01)
    >>> figure.data[-1].name, figure.data[-1].customdata
    ('LSTM', ('0.245', '0.0447'))
    """
    after = floats(updates, "updates", (None,), "rising")
    found = {
        label: floats(each, f"scores: {label}", (len(after), None), "a row an update, a column a seed")
        for label, each in mapping_of(scores, "scores", "numbers").items()
    }
    chart = learning_curves_chart(
        after,
        found,
        name=text(name, "name"),
        limit=None if limit is None else finite(limit, "limit"),
        lower_is_better=flag(lower_is_better, "lower_is_better"),
        colours=None if colours is None else names_of(colours, "colours"),
    )
    return line_chart(chart, theme=theme, caption=caption)


def learning_curves_chart(
    updates: NDArray[Any],
    scores: Mapping[str, NDArray[Any]],
    *,
    name: str,
    limit: float | None,
    lower_is_better: bool,
    colours: Sequence[str] | None = None,
    key: str = "curves",
) -> Chart:
    """The same as plain data; key: the chart's code name."""
    chosen = curve_colours([*scores], colours)
    scores = {cell_title(label): each for label, each in scores.items()}
    drawn = {
        label: np.log10(np.maximum(each, _SMALLEST)) if lower_is_better else each for label, each in scores.items()
    }
    ends = []
    for label, each in scores.items():
        solved = ""
        if limit is not None:
            seeds = int(reached(each[-1], limit, lower_is_better=lower_is_better).sum())
            solved = f", solved by {seeds} of {each.shape[1]} seeds"
        ends.append(f"{label} ends at {spread(each[-1])}{solved}")
    said = "; ".join(ends)
    low = float(np.floor(min(each.min() for each in drawn.values()))) if lower_is_better else 0.0
    high = float(max(1.0, *(np.ceil(each.max()) for each in drawn.values()))) if lower_is_better else 1.0
    return Chart(
        name=key,
        title=name,
        caption=f"{said[0].upper()}{said[1:]}. Lines are medians, bands the range from the best to the worst seed.",
        x=np.asarray(updates, dtype=float),
        x_label="updates of the weights",
        series=[Series(np.median(each, axis=1), label, chosen[label]) for label, each in drawn.items()],
        bands=[Band(each.min(axis=1), each.max(axis=1), chosen[label]) for label, each in drawn.items()],
        y_range=(low, high),
        power=lower_is_better,
        height=300,
    )


def curve_colours(names: Sequence[str], colours: Sequence[str] | None) -> dict[str, str]:
    """What each curve is drawn in, by the title it is shown under: a cell in its own colour, others in those left."""
    titles = [cell_title(name) for name in names]
    if colours is not None:
        if len(names) > len(colours):
            raise ValueError(f"colours: {len(colours)} for {len(names)} curves; give one for each")
        known = (*LIGHT.cells, *LIGHT.quantities, "muted", "accent")
        return {title: choice(colour, "colours", known) for title, colour in zip(titles, colours, strict=False)}
    own = {name: cell_colour(name) for name in names if cell_colour(name) in LIGHT.cells}
    free = [colour for colour in LIGHT.cells if colour not in own.values()]
    if len(names) - len(own) > len(free):
        raise ValueError(f"scores: {len(names)} curves need more colours than there are; give colours, one for each")
    left = iter(free)
    return {title: own[name] if name in own else next(left) for name, title in zip(names, titles, strict=True)}
