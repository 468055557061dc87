"""What a unit's memory is made of at one step: a bar for each step that put something in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import Ledger
from lstm_viz.figures.memory_map import unit_of
from lstm_viz.figures.panels import Panel, stack, symbol
from lstm_viz.figures.signed_bars import signed_bars
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.words.ledger import describe_makeup

if TYPE_CHECKING:
    import plotly.graph_objects as go


def memory_makeup(
    ledger: Ledger,
    labels: Sequence[str],
    *,
    step: int | None = None,
    unit: int | None = None,
    theme: str = "light",
    notation: str = "pytorch",
) -> "go.Figure":
    """A bar a step: what is left of what it put into the memory by the time the memory is read.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`, of a layer that reads forward
    labels : T token labels
    step : when the memory is read; at the end by default
    unit : which unit; the first one in the ledger by default
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        for a step that does not exist, a unit that is not in the ledger, labels that are not one a step, and a layer
        that reads backward.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> figure = memory_makeup(lstm_viz.memory_ledger(trace.layers[0]), trace.labels, step=2)
    >>> [bool(bar) for bar in figure.data[0].y]
    [True, True, True, False, False]
    """
    place, steps = unit_of(ledger, labels, unit), len(labels)
    step = steps - 1 if step is None else step
    if not 0 <= step < steps:
        raise ValueError(f"step: {step} does not exist; there are {steps} (0–{steps - 1})")
    axis, memory = TokenAxis.of(labels), ledger.memory
    parts, initial = ledger.contributions[step, :, place], float(ledger.initial[step, place])
    name = f"unit {ledger.units[place]}’s {memory.label.lower()}"
    bars = signed_bars(memory.label, np.add.reduceat(parts, axis.edges[:-1]), axis, theme)
    sign = symbol(ledger.layer.definition, memory.name, notation)
    return stack(
        [Panel(f"<b>{memory.label}</b> {sign} after step {step}, by the step that put it in", 200, [bars], {})],
        axis,
        title="What this memory is made of",
        how_to_read=plain(describe_makeup(parts, initial, labels, step, name)),
        theme=theme,
    )
