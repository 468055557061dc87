"""What several networks answer after every step of one long sequence, beside the right answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import finite, text
from lstm_viz.figures.arguments import ends_of, floats, mapping_of
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_colour, cell_title
from lstm_viz.words import number
from lstm_viz.words.lengths import describe_long_answers

if TYPE_CHECKING:
    import plotly.graph_objects as go


def answers_over_time(
    answers: Mapping[str, NDArray[Any]],
    right: NDArray[Any],
    *,
    name: str = "Answer",
    limit: float = 0.1,
    ends: tuple[float, float] | None = None,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """One line a network, and the right answer dashed.

    Parameters
    ----------
    answers : cell or other name → (T,), what it says after every step
    right : (T,)
    name : what is answered, such as ``P(complete)``
    limit : how far off counts as wrong
    ends : of the vertical axis; None to fit the values, with 0 on it
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for answers that are not one a step.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> said = {"lstm": np.array([0.1, 0.9]), "rnn": np.array([0.1, 0.4])}
    >>> figure = answers_over_time(said, np.array([0.0, 1.0]), limit=0.5)
    >>> [line.name for line in figure.data]
    ['right answer', 'LSTM', 'RNN']
    """
    truth = floats(right, "right", (None,), "one a step")
    said = {
        each: floats(values, f"answers: {each}", truth.shape, "one a step")
        for each, values in mapping_of(answers, "answers", "numbers").items()
    }
    within = None if ends is None else ends_of(ends, "ends")
    chart = answers_over_time_chart(
        said, truth, name=text(name, "name"), limit=finite(limit, "limit", least=0), ends=within
    )
    return line_chart(chart, theme=theme, caption=caption)


def answers_over_time_chart(
    answers: Mapping[str, NDArray[Any]],
    right: NDArray[Any],
    *,
    name: str,
    limit: float,
    ends: tuple[float, float] | None,
    about: str = "",
) -> Chart:
    """The same as plain data; about: what the right answer is, in a few words."""
    titles = {cell: cell_title(cell) for cell in answers}
    said = {titles[cell]: values for cell, values in answers.items()}
    everything = np.concatenate([right, *answers.values()])
    low, high = ends or (min(0.0, float(everything.min())), float(everything.max()))
    return Chart(
        name="over_time",
        title=f"{name}, step by step",
        caption=f"The right answer{f' ({about})' if about else ''} ends at {number(right[-1])}. "
        + describe_long_answers(said, right, limit),
        x=np.arange(len(right), dtype=float),
        x_label="time step, t",
        series=[
            Series(right, "right answer", "muted", dash="dash", width=3),
            *(Series(values, titles[cell], cell_colour(cell)) for cell, values in answers.items()),
        ],
        y_range=(low, high if high > low else low + 1),
        height=260,
    )
