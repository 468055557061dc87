"""Scores against the length of what is read, over several seeds: how far what was learnt carries."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import given, positive, text
from lstm_viz.figures.arguments import flag, floats, mapping_of
from lstm_viz.figures.chart import Band, Chart, Mark, Series
from lstm_viz.figures.learning_curves import curve_colours
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_title
from lstm_viz.words.phrases import listing

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SMALLEST = 1e-6  # an error below this is drawn as this


def score_by_length(
    lengths: Sequence[int],
    scores: Mapping[str, NDArray[Any]],
    *,
    name: str = "Mean squared error",
    trained: float | None = None,
    guess: float | None = None,
    lower_is_better: bool = True,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """The median over the seeds as a line, and the range from the best to the worst as a band.

    Lengths that do not follow each other evenly stand at even distances all the same.

    Parameters
    ----------
    lengths : n of them, rising
    scores : cell or other name → (n, seeds)
    name : of the score
    trained : the length of training, marked together with twice that; None not to say
    guess : the score of one who does not read; None not to say
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
    >>> errors = np.array([[0.002, 0.003], [0.1, 0.2]])
    >>> figure = score_by_length([30, 60], {"lstm": errors}, trained=30)
    >>> figure.data[-1].name, figure.data[-1].customdata
    ('LSTM', ('0.00245', '0.141'))
    """
    long = floats(lengths, "lengths", (None,), "rising")
    if not all(0 < low < high for low, high in pairwise([0.5, *long.tolist()])):
        raise ValueError(f"lengths: got {given(lengths)}; expected numbers from 1 that rise")
    found = {
        label: floats(each, f"scores: {label}", (len(long), None), "a row a length, a column a seed")
        for label, each in mapping_of(scores, "scores", "numbers").items()
    }
    chart = score_by_length_chart(
        long,
        found,
        name=text(name, "name"),
        trained=None if trained is None else positive(trained, "trained"),
        guess=None if guess is None else positive(guess, "guess"),
        lower_is_better=flag(lower_is_better, "lower_is_better"),
    )
    return line_chart(chart, theme=theme, caption=caption)


def score_by_length_chart(
    lengths: NDArray[Any],
    scores: Mapping[str, NDArray[Any]],
    *,
    name: str,
    trained: float | None,
    guess: float | None,
    lower_is_better: bool,
    far: float | None = None,
    x_label: str = "length",
    key: str = "by_length",
) -> Chart:
    """The same as plain data; far: what is marked beside the trained length, or twice that; key: the code name."""
    marked = _marked(trained, far)
    chosen = curve_colours([*scores], None)
    titled = {cell_title(label): each for label, each in scores.items()}

    def drawn(values: NDArray[Any]) -> NDArray[Any]:
        return np.log10(np.maximum(values, _SMALLEST)) if lower_is_better else np.asarray(values, float)

    lines = {label: drawn(each) for label, each in titled.items()}
    # Lengths that follow each other evenly are an axis of their own; others stand at even distances.
    even = len({*np.diff(lengths)}) <= 1
    places = np.asarray(lengths, float) if even else np.arange(len(lengths), dtype=float)
    marks = [
        Mark(float(np.interp(length, lengths, places)), words)
        for length, words in marked.items()
        if lengths[0] <= length <= lengths[-1]
    ]
    series = [Series(np.median(each, axis=1), label, chosen[label]) for label, each in lines.items()]
    if guess is not None:
        series.append(Series(np.full(len(lengths), drawn(np.array(guess))), "without reading", "muted", dash="dot"))
    ends = np.concatenate([*(each.ravel() for each in lines.values()), *(line.values for line in series)])
    low, high = (float(np.floor(ends.min())), float(max(0.0, np.ceil(ends.max())))) if lower_is_better else (0.0, 1.0)
    seeds = max(each.shape[1] for each in titled.values())
    bands = [Band(each.min(axis=1), each.max(axis=1), chosen[label]) for label, each in lines.items()]
    return Chart(
        name=key,
        title=name,
        caption=_said(np.asarray(lengths), titled, marked)
        + (" Lines are medians, bands the range from the best to the worst seed." if seeds > 1 else ""),
        x=places,
        x_label=x_label,
        x_names=[] if even else [f"{length:,.0f}" for length in lengths],
        series=series,
        bands=bands if seeds > 1 else [],
        marks=marks,
        y_range=(low, high if high > low else low + 1),
        power=lower_is_better,
        height=300,
    )


def _marked(trained: float | None, far: float | None) -> dict[float, str]:
    """Lengths, and what is written at them."""
    if trained is None:
        return {}
    far = 2 * trained if far is None else far
    return {trained: "trained", far: "twice that" if far == 2 * trained else f"{far / trained:g} times that"}


def _said(lengths: NDArray[Any], scores: Mapping[str, NDArray[Any]], marked: Mapping[float, str]) -> str:
    """What each is at the lengths that are marked, or else at the ends."""
    asked = [*marked] or (lengths[0], lengths[-1])
    rows = [int(np.flatnonzero(lengths == length)[0]) for length in asked if length in lengths]
    parts = [
        f"{label}: {listing([f'{np.median(values[row]):.3g} at {lengths[row]:,.0f}' for row in rows])}"
        for label, values in scores.items()
        if rows
    ]
    return f"{'; '.join(parts)}." if parts else ""
