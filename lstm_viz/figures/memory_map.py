"""What a unit's memory is made of at every step: time across, the step that put it in down."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import by_column, memory_of, memory_sizes
from lstm_viz.cells import Quantity
from lstm_viz.figures.arguments import Labels
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory import Run, layer_of, reads_backward, unit_of
from lstm_viz.figures.panels import Panel, Parts, axis_title, colour_bar, rows_axis, stack
from lstm_viz.figures.style import MONO, round_up, scale, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW, _LOWEST, _TALLEST = 22, 120, 520  # pixels: of a source's row where there is room, and of the map
_NAMED = 26  # rows that have room for a name each in the tallest map


def memory_map(
    ledger: Run,
    labels: Labels = None,
    *,
    unit: int | None = None,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """What is left at every time of what every step put into one unit's memory.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`; or a run, or a layer of one
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    unit : which unit; the first one by default
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        for a unit that is not in the ledger, a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = memory_map(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)), unit=2)
    >>> figure.data[0].z.shape
    (5, 5)
    """
    split, place, tokens = unit_of(ledger, labels, unit, layer=layer, direction=direction)
    axis = TokenAxis.of(tokens)
    backward = reads_backward(split.layer)
    parts = split.contributions[:, :, place]
    data = memory_map_data(parts, split.memory, axis, notation=notation, backward=backward)
    return _source_map(data, f"of unit {split.units[place]}, by the step that put it in", axis, theme, caption)


def memory_size_map(
    ledger: Run,
    labels: Labels = None,
    *,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """The same over all units: the mean size of what is left at every time of what every step put in.

    Parameters
    ----------
    ledger : a run, a layer of one, of a cell with a memory, or a ledger of such a layer
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        for a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> memory_size_map(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))).data[0].zmin
    0
    """
    chosen, tokens = layer_of(ledger, labels, layer=layer, direction=direction)
    axis = TokenAxis.of(tokens)
    sizes, backward = memory_sizes(chosen)[0], reads_backward(chosen)
    data = memory_map_data(sizes, memory_of(chosen), axis, sizes=True, notation=notation, backward=backward)
    return _source_map(data, "of all units, mean size, by the step that put it in", axis, theme, caption)


@dataclass(frozen=True, eq=False)
class MemoryMap:
    """What is left of every step's part, at every time. C: columns.

    Attributes
    ----------
    quantity, symbol : the memory, and its symbol as HTML
    values : (C, C), a row a time, a column a source; NaN where the source is read later
    limits : what the ends of the colour scale stand for
    """

    quantity: Quantity
    symbol: str
    values: Array
    limits: tuple[float, float]


def memory_map_data(
    parts: Array,
    memory: Quantity,
    axis: TokenAxis,
    *,
    sizes: bool = False,
    notation: str = "pytorch",
    backward: bool = False,
) -> MemoryMap:
    """What both pictures of where a memory came from draw.

    Parameters
    ----------
    parts : (T, T), ``[t, j]`` what is left at step t of what step j put in, over an axis of T tokens
    sizes : whether they are sizes, which have no sign
    backward : whether the layer reads from the last step to the first
    """
    end = round_up(float(np.abs(parts).max()))
    limits = (0, end) if sizes else (-end, end)
    return MemoryMap(memory, symbol_of(memory, notation), by_column(parts, axis.edges, backward=backward), limits)


def _source_map(data: MemoryMap, of: str, axis: TokenAxis, theme: str, caption: bool) -> "go.Figure":
    low, high = data.limits
    colours = scale(data.quantity, theme)
    if low == 0:
        # Sizes have one sign: the upper half of the scale, from the colour of nothing on.
        colours = [(2 * place - 1, colour) for place, colour in colours[len(colours) // 2 :]]
    sources = [name.replace("step", "from step", 1) for name in axis.names]
    heatmap: Parts = {
        "type": "heatmap",
        "name": data.quantity.label,
        "x": axis.names,
        "y": sources,
        "z": np.round(data.values.T.astype(np.float32), 4),
        "zmin": low,
        "zmax": high,
        "colorscale": colours,
        "colorbar": colour_bar(low, high, theme),
        "hovertemplate": "%{z:.3f} left<br>%{y}<br>at %{x}<extra></extra>",
        "hoverongaps": False,
    }
    every = -(-len(sources) // _NAMED)
    vertical = rows_axis(sources) | {
        "tickmode": "array",
        "tickvals": sources[::every],
        "ticktext": axis.tokens[::every],
        "tickfont": {"family": MONO, "color": theme_named(theme).text},
        "ticks": "",
        "title": axis_title("step that put it in", theme) | {"standoff": 8},
    }
    height = int(np.clip(_ROW * len(sources), _LOWEST, _TALLEST))
    return stack(
        [Panel(f"<b>{data.quantity.label}</b> {data.symbol} {of}", height, [heatmap], vertical)],
        axis,
        title="Where this memory came from",
        how_to_read="Down a column: what the memory is made of then. Along a row: one step’s part of it, fading.",
        caption=caption,
        theme=theme,
        hovermode="closest",
    )
