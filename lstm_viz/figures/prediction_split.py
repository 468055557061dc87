"""What a model says after one step, split over the steps its memory came from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.split import Split
from lstm_viz.arguments import text
from lstm_viz.figures.arguments import Labels, labels_of, one_of_a_kind
from lstm_viz.figures.panels import Panel, stack
from lstm_viz.figures.signed_bars import signed_bars
from lstm_viz.figures.style import round_up
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words import number
from lstm_viz.words.ledger import describe_split

if TYPE_CHECKING:
    import plotly.graph_objects as go


def prediction_split(
    split: Split,
    labels: Labels = None,
    *,
    name: str = "output",
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A bar a step: what its share of the memory adds to the output, or takes off it.

    Parameters
    ----------
    split : from `lstm_viz.analysis.memory.split.split_output`
    labels : T token labels, or the trace that has them; the step numbers by default
    name : of the output, such as ``log-odds of positive``
    theme : "light" or "dark"
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        when labels are not one a step.
    TypeError
        for what is no split, and options of another kind.

    Examples
    --------
    >>> import numpy as np, torch, lstm_viz
    >>> from lstm_viz.analysis.memory.split import split_output
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> len(prediction_split(split_output(trace.layers[0], np.ones(8)), trace).data[0].y)
    5
    """
    given = one_of_a_kind(split, Split, "split", "split_output")
    axis = TokenAxis.of(labels_of(labels, len(given.parts), whose="the split"))
    data = prediction_split_data(given, axis, name=text(name, "name"))
    rest = f"{number(given.bias)} is there whatever is read, {number(given.initial)} comes from the initial state"
    if given.empty:
        rest += f", {number(given.empty)} would be shown of an empty memory"
    title = f"<b>{plain(name)}</b> after step {given.step}: {number(given.total)}"
    return stack(
        [Panel(title, 220, [signed_bars(plain(name), data.parts, axis, theme)], {"zeroline": True})],
        axis,
        title="From the memory to the answer",
        how_to_read=f"The bars, added to the rest, sum to the output; {rest}.",
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class PredictionSplit:
    """An output, split. C: columns.

    Attributes
    ----------
    split : step by step
    parts : (C,), what each column's steps add
    end : how far from 0 the axis goes
    caption : a sentence made from the values
    """

    split: Split
    parts: Array
    end: float
    caption: str


def prediction_split_data(split: Split, axis: TokenAxis, *, name: str, unit: str = "") -> PredictionSplit:
    """What both pictures of a split output draw; name, unit: of the output."""
    end = round_up(float(np.abs(split.parts).max()))
    parts = np.add.reduceat(split.parts, axis.edges[:-1])
    return PredictionSplit(split, parts, end, describe_split(split, axis.labels, name, unit=unit))
