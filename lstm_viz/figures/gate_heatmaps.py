"""All gates and states of a layer as heatmaps, one above the other over the tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.figures.panels import Panel, heatmap_panel, rows_of, stack, symbol
from lstm_viz.figures.style import limits, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import LayerTrace, Trace

if TYPE_CHECKING:
    import plotly.graph_objects as go


def gate_heatmaps(
    trace: Trace,
    *,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    units: Sequence[int] | None = None,
    notation: str = "pytorch",
) -> "go.Figure":
    """Every recorded quantity of a layer: units down, tokens across.

    Gates run from 0 to 1 in their own colour; all else has one scale around 0. Past 240 steps, columns are means.

    Parameters
    ----------
    trace : the run to show
    layer, direction : which layer of it
    theme : "light" or "dark"
    units : which units, from the top; all of them by similarity if None
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`

    Returns
    -------
    plotly.graph_objects.Figure
        One heatmap trace a quantity, in the order of the cell's definition.

    Raises
    ------
    ValueError
        for a layer, unit, theme or notation that does not exist.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = gate_heatmaps(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)))
    >>> [heatmap.name for heatmap in figure.data][:2]
    ['Input gate', 'Forget gate']
    """
    chosen = trace.layer(layer, direction)
    axis = TokenAxis.of(trace.labels)
    panels = [_panel(chosen, name, axis, units, theme, notation) for name in chosen.quantities]
    return stack(
        panels,
        axis,
        title=f"{chosen.definition.title}, {chosen.name}",
        how_to_read="A row is a unit, a column a token.",
        theme=theme,
    )


def _panel(
    layer: LayerTrace, name: str, axis: TokenAxis, units: Sequence[int] | None, theme: str, notation: str
) -> Panel:
    quantity, rows, sign = layer.definition[name], rows_of(layer, name, units), symbol(layer.definition, name, notation)
    colour = theme_named(theme).colour(name)
    return heatmap_panel(
        f"<span style='color:{colour}'>■</span> <b>{quantity.label}</b> {sign}: {quantity.meaning}",
        quantity,
        np.round(axis.aggregate(layer[name]).T[rows], 4),
        rows,
        axis,
        limits(layer, name),
        theme,
        hover=f"{quantity.label} {sign} = %{{z:.3f}}",
    )
