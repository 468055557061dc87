"""All gates and states of a layer as heatmaps, one above the other over the tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lstm_viz.figures.arguments import Labels, flag, run_of
from lstm_viz.figures.heatmap import Heatmap, symbol_of
from lstm_viz.figures.panels import heatmap_panel, rows_of, stack
from lstm_viz.figures.style import is_diverging, limits, own_ends, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.words import describe_quantity

if TYPE_CHECKING:
    import plotly.graph_objects as go


def gate_heatmaps(
    trace: Trace | LayerTrace,
    *,
    layer: int = 0,
    direction: str = "forward",
    labels: Labels = None,
    theme: str = "light",
    units: Sequence[int] | None = None,
    notation: str = "pytorch",
    own_scale: bool = False,
    caption: bool = True,
) -> "go.Figure":
    """Every recorded quantity of a layer: units down, tokens across.

    Gates run from 0 to 1; all else has a scale around 0. Past 240 steps, columns are means.

    Parameters
    ----------
    trace : the run to show, or a layer of one
    layer, direction : which layer of the run
    labels : T token labels; the run's own by default, of a layer the step numbers
    theme : "light" or "dark"
    units : which units, from the top; all of them by similarity if None
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    own_scale : whether each unit's candidate and states have a scale of their own, to their largest size rounded up
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        One heatmap trace a quantity, in the order of the cell's definition.

    Raises
    ------
    ValueError
        for a layer, unit, theme or notation that does not exist, and labels that are not one a step.
    TypeError
        for what is no trace, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = gate_heatmaps(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)))
    >>> [heatmap.name for heatmap in figure.data][:2]
    ['Input gate', 'Forget gate']
    """
    chosen, tokens = run_of(trace, labels, layer=layer, direction=direction)
    axis = TokenAxis.of(tokens)
    panels = []
    for heatmap in gate_heatmaps_data(chosen, axis, notation=notation, own_scale=flag(own_scale, "own_scale")):
        quantity = heatmap.quantity
        square = f"<span style='color:{theme_named(theme).colour(quantity.name)}'>■</span>"
        own = "" if heatmap.ends is None else " (each row on its own scale)"
        title = f"{square} <b>{quantity.label}</b> {heatmap.symbol}: {quantity.meaning}{own}"
        hover = f"{quantity.label} {heatmap.symbol} = %{{z:.3f}}"
        panels.append(heatmap_panel(title, heatmap, rows_of(chosen, quantity.name, units), axis, theme, hover=hover))
    return stack(
        panels,
        axis,
        title=f"{chosen.definition.title}, {chosen.name}",
        how_to_read="A row is a unit, a column a token.",
        caption=caption,
        theme=theme,
    )


def gate_heatmaps_data(
    layer: LayerTrace, axis: TokenAxis, *, notation: str = "pytorch", own_scale: bool = False
) -> tuple[Heatmap, ...]:
    """Every recorded quantity of a layer over an axis of its tokens, all units by number: what both pictures draw."""
    return tuple(
        Heatmap(
            quantity=layer.definition[name],
            symbol=symbol_of(layer.definition[name], notation),
            values=axis.aggregate(layer[name]),
            limits=limits(layer, name),
            caption=describe_quantity(layer, name, axis.labels),
            ends=own_ends(layer, name) if own_scale and is_diverging(layer.definition[name]) else None,
        )
        for name in layer.quantities
    )
