"""What a unit's memory is made of at one step: a bar for each step that put something in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.figures.arguments import Labels, place_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory import Run, reads_backward, unit_of
from lstm_viz.figures.panels import Panel, stack
from lstm_viz.figures.signed_bars import signed_bars
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words.ledger import describe_makeup, describe_sizes

if TYPE_CHECKING:
    import plotly.graph_objects as go


def memory_makeup(
    ledger: Run,
    labels: Labels = None,
    *,
    step: int | None = None,
    unit: int | None = None,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """A bar a step: what is left of what it put into the memory by the time the memory is read.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`; or a run, or a layer of one
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    step : when the memory is read; at the end by default
    unit : which unit; the first one by default
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say which parts are largest

    Raises
    ------
    ValueError
        for a step that does not exist, a unit that is not in the ledger, a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = memory_makeup(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)), step=2)
    >>> [bool(bar) for bar in figure.data[0].y]
    [True, True, True, False, False]
    """
    split, place, tokens = unit_of(ledger, labels, unit, layer=layer, direction=direction)
    axis, memory = TokenAxis.of(tokens), split.memory
    last = 0 if reads_backward(split.layer) else len(tokens) - 1
    data = memory_makeup_data(
        split.contributions[:, :, place],
        split.initial[:, place],
        axis,
        step=last if step is None else place_of(step, "step", len(tokens)),
        name=f"unit {split.units[place]}’s {memory.label.lower()}",
    )
    bars = signed_bars(memory.label, data.parts, axis, theme)
    title = f"<b>{memory.label}</b> {symbol_of(memory, notation)} after step {data.step}, by the step that put it in"
    return stack(
        [Panel(title, 200, [bars], {})],
        axis,
        title="What this memory is made of",
        how_to_read=plain(data.caption),
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class MemoryMakeup:
    """A memory at one step, by where it came from. C: columns.

    Attributes
    ----------
    step : when it is read
    parts : (C,), what is left of each column's steps
    caption : a sentence made from the values
    """

    step: int
    parts: Array
    caption: str


def memory_makeup_data(
    parts: Array, initial: Array, axis: TokenAxis, *, step: int, name: str, sizes: bool = False
) -> MemoryMakeup:
    """What both pictures of a memory's parts draw.

    Parameters
    ----------
    parts : (T, T), see `memory_map_data`
    initial : (T,), what is left of the initial state
    name : of the memory, such as ``unit 3’s cell state``
    sizes : whether they are mean sizes over all units, which have no sign
    """
    then = parts[step]
    if sizes:
        said = describe_sizes(then, axis.labels, step)
    else:
        said = describe_makeup(then, float(initial[step]), axis.labels, step, name)
    return MemoryMakeup(step, np.add.reduceat(then, axis.edges[:-1]), said)
