"""A unit's memory over time as a stack of what each earlier step has left in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.aggregate import column_of
from lstm_viz.analysis.memory.ledger import Ledger, by_column
from lstm_viz.figures.arguments import Labels, place_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory import Run, reads_backward, unit_of
from lstm_viz.figures.panels import Panel, Parts, stack
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MOST = 100  # columns: a stack has up to as many bars as there are pairs of them
_PALE, _DARK = 0.28, 0.5  # opacities of the parts, in turns, so that neighbours can be told apart


def memory_stack(
    ledger: Run,
    labels: Labels = None,
    *,
    unit: int | None = None,
    source: int | None = None,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """At every time a stack: above 0 the parts that push the memory up, below it those that pull it down.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`; or a run, or a layer of one
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    unit : which unit; the first one by default
    source : a step whose part is drawn in full colour
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        A bar trace for each step that put something in, oldest next to 0, one for the initial state if it has a part,
        then the memory as recorded, which is their sum.

    Raises
    ------
    ValueError
        for a unit that is not in the ledger, a source that does not exist, a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = memory_stack(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)))
    >>> len(figure.data), figure.data[-1].name
    (6, 'Cell state, the sum')
    """
    split, place, tokens = unit_of(ledger, labels, unit, layer=layer, direction=direction)
    axis, memory, colours = TokenAxis.of(tokens, _MOST), split.memory, theme_named(theme)
    chosen = None if source is None else column_of(place_of(source, "source", len(tokens)), axis.edges)
    data = memory_stack_data(split, place, axis)
    parts, initial = np.nan_to_num(data.parts), data.initial
    rows = list(zip(axis.names, parts.T, strict=True))
    if reads_backward(split.layer):
        rows.reverse()  # the oldest, read first, next to 0
    if initial.any():
        rows.insert(0, ("initial state", initial))
    bars: list[Parts] = []
    for k, (name, values) in enumerate(rows):
        full = chosen is not None and name == axis.names[chosen]
        bars.append(
            {
                "type": "bar",
                "name": f"from {name}",
                # Without the times at which nothing is there: they are most of them.
                "x": [time for time, value in zip(axis.names, values, strict=True) if value],
                "y": np.round(values[values != 0], 5),
                "marker": {
                    "color": colours.colour(memory.name) if full else colours.muted,
                    "opacity": 1 if full else (_PALE, _DARK)[k % 2],
                },
                "showlegend": False,
                "hovertemplate": f"%{{y:+.3f}} from {name}<br>at %{{x}}<extra></extra>",
            }
        )
    total: Parts = {
        "type": "scatter",
        "name": f"{memory.label}, the sum",
        "mode": "markers",
        "x": axis.names,
        "y": data.total,
        "marker": {"size": 6, "color": colours.text},
        "hovertemplate": "%{y:.3f} in all<br>at %{x}<extra></extra>",
    }
    title = f"<b>{memory.label}</b> {symbol_of(memory, notation)} of unit {split.units[place]}"
    return stack(
        [Panel(title, 260, [*bars, total], {"zeroline": True})],
        axis,
        title="A memory, stacked by where it came from",
        how_to_read="Above 0 what pushes the memory up, below it what pulls it down, oldest next to 0; dots: the sum.",
        caption=caption,
        theme=theme,
        barmode="relative",
        hovermode="closest",
    )


@dataclass(frozen=True, eq=False)
class MemoryStack:
    """A unit's memory over time, by where it came from. C: columns.

    Attributes
    ----------
    parts : (C, C), a row a time, a column a source; NaN where the source is read later
    initial : (C,), what is left of the initial state
    total : (C,), the memory as recorded
    """

    parts: Array
    initial: Array
    total: Array


def memory_stack_data(ledger: Ledger, place: int, axis: TokenAxis) -> MemoryStack:
    """What both pictures of a stacked memory draw; place: of the unit in the ledger."""
    return MemoryStack(
        parts=by_column(ledger.contributions[:, :, place], axis.edges, backward=reads_backward(ledger.layer)),
        initial=axis.aggregate(ledger.initial[:, place]),
        total=axis.aggregate(ledger.layer[ledger.memory.name][:, ledger.units[place]]),
    )
