"""How what one step put into a unit's memory fades."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import Ledger
from lstm_viz.figures.memory_map import unit_of
from lstm_viz.figures.panels import MARKED, Panel, Parts, stack, symbol
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.words.ledger import describe_fading

if TYPE_CHECKING:
    import plotly.graph_objects as go


def memory_fading(
    ledger: Ledger,
    labels: Sequence[str],
    *,
    source: int = 0,
    unit: int | None = None,
    theme: str = "light",
    notation: str = "pytorch",
) -> "go.Figure":
    """A line over time: what is left of what one step put in.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`, of a layer that reads forward
    labels : T token labels
    source : the step that put it in
    unit : which unit; the first one in the ledger by default
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        for a source that does not exist, a unit that is not in the ledger, labels that are not one a step, and a layer
        that reads backward.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> figure = memory_fading(lstm_viz.memory_ledger(trace.layers[0]), trace.labels, source=2)
    >>> np.isnan(figure.data[0].y).tolist()
    [True, True, False, False, False]
    """
    place, steps = unit_of(ledger, labels, unit), len(labels)
    if not 0 <= source < steps:
        raise ValueError(f"source: {source} does not exist; there are {steps} (0–{steps - 1})")
    axis, memory = TokenAxis.of(labels), ledger.memory
    course = np.full(steps, np.nan)
    course[source:] = ledger.contributions[source:, source, place]
    line: Parts = {
        "type": "scatter",
        "name": memory.label,
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": axis.aggregate(course),
        "line": {"color": theme_named(theme).colour(memory.name), "width": 2.5},
        "marker": {"size": 7},
        "showlegend": False,
        "hovertemplate": "%{y:.3f} left<br>%{x}<extra></extra>",
    }
    sign = symbol(ledger.layer.definition, memory.name, notation)
    title = f"<b>{memory.label}</b> {sign} of unit {ledger.units[place]}: what is left of step {source}’s part"
    return stack(
        [Panel(title, 180, [line], {"rangemode": "tozero"})],
        axis,
        title="How it fades",
        how_to_read=plain(describe_fading(course[source:], labels, source)),
        theme=theme,
    )
