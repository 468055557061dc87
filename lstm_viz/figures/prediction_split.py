"""What a model says after one step, split over the steps its memory came from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.split import Split
from lstm_viz.figures.panels import Panel, stack
from lstm_viz.figures.signed_bars import signed_bars
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.words import number

if TYPE_CHECKING:
    import plotly.graph_objects as go


def prediction_split(split: Split, labels: Sequence[str], *, name: str = "output", theme: str = "light") -> "go.Figure":
    """A bar a step: what its share of the memory adds to the output, or takes off it.

    Parameters
    ----------
    split : from `lstm_viz.analysis.memory.split.split_output`
    labels : T token labels
    name : of the output, such as ``log-odds of positive``
    theme : "light" or "dark"

    Raises
    ------
    ValueError
        when labels are not one a step.

    Examples
    --------
    >>> import numpy as np, torch, lstm_viz
    >>> from lstm_viz.analysis.memory.split import split_output
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> len(prediction_split(split_output(trace.layers[0], np.ones(8)), trace.labels).data[0].y)
    5
    """
    if len(labels) != len(split.parts):
        raise ValueError(f"labels: has {len(labels)} entries, the split has {len(split.parts)} time steps")
    axis = TokenAxis.of(labels)
    parts = np.add.reduceat(split.parts, axis.edges[:-1])
    bars = signed_bars(plain(name), parts, axis, theme)
    rest = f"{number(split.bias)} is there whatever is read, {number(split.initial)} comes from the initial state"
    if split.empty:
        rest += f", {number(split.empty)} would be shown of an empty memory"
    return stack(
        [
            Panel(
                f"<b>{plain(name)}</b> after step {split.step}: {number(split.total)}", 220, [bars], {"zeroline": True}
            )
        ],
        axis,
        title="From the memory to the answer",
        how_to_read=f"The bars, added to the rest, sum to the output; {rest}.",
        theme=theme,
    )
