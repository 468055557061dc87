"""A unit's memory over time as a stack of what each earlier step has left in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import Ledger, by_column
from lstm_viz.figures.memory_map import unit_of
from lstm_viz.figures.panels import Panel, Parts, stack, symbol
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MOST = 100  # columns: a stack has up to as many bars as there are pairs of them
_PALE, _DARK = 0.28, 0.5  # opacities of the parts, in turns, so that neighbours can be told apart


def memory_stack(
    ledger: Ledger,
    labels: Sequence[str],
    *,
    unit: int | None = None,
    source: int | None = None,
    theme: str = "light",
    notation: str = "pytorch",
) -> "go.Figure":
    """At every time a stack: above 0 the parts that push the memory up, below it those that pull it down.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`, of a layer that reads forward
    labels : T token labels
    unit : which unit; the first one in the ledger by default
    source : a step whose part is drawn in full colour
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`

    Returns
    -------
    plotly.graph_objects.Figure
        A bar trace for each step that put something in, oldest next to 0, one for the initial state if it has a part,
        then the memory as recorded, which is their sum.

    Raises
    ------
    ValueError
        for a unit that is not in the ledger, labels that are not one a step, and a layer that reads backward.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> figure = memory_stack(lstm_viz.memory_ledger(trace.layers[0]), trace.labels)
    >>> len(figure.data), figure.data[-1].name
    (6, 'Cell state, the sum')
    """
    place, axis, memory, colours = (
        unit_of(ledger, labels, unit),
        TokenAxis.of(labels, _MOST),
        ledger.memory,
        theme_named(theme),
    )
    parts = np.nan_to_num(by_column(ledger.contributions[:, :, place], axis.edges))
    rows = list(zip(axis.names, parts.T, strict=True))
    initial = axis.aggregate(ledger.initial[:, place])
    if initial.any():
        rows.insert(0, ("initial state", initial))
    chosen = None if source is None else int(np.searchsorted(axis.edges, source, side="right")) - 1
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
        "y": axis.aggregate(ledger.layer[memory.name][:, ledger.units[place]]),
        "marker": {"size": 6, "color": colours.text},
        "hovertemplate": "%{y:.3f} in all<br>at %{x}<extra></extra>",
    }
    sign = symbol(ledger.layer.definition, memory.name, notation)
    return stack(
        [Panel(f"<b>{memory.label}</b> {sign} of unit {ledger.units[place]}", 260, [*bars, total], {"zeroline": True})],
        axis,
        title="A memory, stacked by where it came from",
        how_to_read="Above 0 what pushes the memory up, below it what pulls it down, oldest next to 0; dots: the sum.",
        theme=theme,
        barmode="relative",
        hovermode="closest",
    )
