"""How what one step put into a unit's memory fades."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import course_of
from lstm_viz.figures.arguments import Labels, place_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory import Run, reads_backward, unit_of
from lstm_viz.figures.panels import MARKED, Panel, Parts, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words.ledger import describe_fading

if TYPE_CHECKING:
    import plotly.graph_objects as go


def memory_fading(
    ledger: Run,
    labels: Labels = None,
    *,
    source: int = 0,
    unit: int | None = None,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """A line over time: what is left of what one step put in.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`; or a run, or a layer of one
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    source : the step that put it in
    unit : which unit; the first one by default
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how it fades

    Raises
    ------
    ValueError
        for a source that does not exist, a unit that is not in the ledger, a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = memory_fading(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)), source=2)
    >>> np.isnan(figure.data[0].y).tolist()
    [True, True, False, False, False]
    """
    split, place, tokens = unit_of(ledger, labels, unit, layer=layer, direction=direction)
    axis, memory = TokenAxis.of(tokens), split.memory
    data = memory_fading_data(
        split.contributions[:, :, place],
        axis,
        source=place_of(source, "source", len(tokens)),
        backward=reads_backward(split.layer),
    )
    line: Parts = {
        "type": "scatter",
        "name": memory.label,
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": data.left,
        "line": {"color": theme_named(theme).colour(memory.name), "width": 2.5},
        "marker": {"size": 7},
        "showlegend": False,
        "hovertemplate": "%{y:.3f} left<br>%{x}<extra></extra>",
    }
    sign = symbol_of(memory, notation)
    title = f"<b>{memory.label}</b> {sign} of unit {split.units[place]}: what is left of step {data.source}’s part"
    return stack(
        [Panel(title, 180, [line], {"rangemode": "tozero"})],
        axis,
        title="How it fades",
        how_to_read=plain(data.caption),
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class MemoryFading:
    """One step's part of a memory over time. C: columns.

    Attributes
    ----------
    source : the step that put it in
    left : (C,), NaN before it was put in
    caption : a sentence made from the values
    """

    source: int
    left: Array
    caption: str


def memory_fading_data(parts: Array, axis: TokenAxis, *, source: int, backward: bool = False) -> MemoryFading:
    """What both pictures of a part that fades draw; parts and backward: see `memory_map_data`."""
    course = course_of(parts, source, backward=backward)
    left = np.full(len(parts), np.nan)
    steps = np.arange(len(parts))
    left[steps[source::-1] if backward else steps[source:]] = course
    return MemoryFading(source, axis.aggregate(left), describe_fading(course, axis.labels, source, backward=backward))
