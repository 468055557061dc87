"""What a unit's memory is made of at every step: time across, the step that put it in down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.ledger import Ledger, by_column, memory_of, memory_sizes
from lstm_viz.figures.panels import Panel, Parts, stack, symbol
from lstm_viz.figures.style import round_up, scale, theme_named
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array, LayerTrace

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW, _LOWEST, _TALLEST = 22, 120, 520  # pixels: of a source's row where there is room, and of the map


def memory_map(
    ledger: Ledger, labels: Sequence[str], *, unit: int | None = None, theme: str = "light", notation: str = "pytorch"
) -> "go.Figure":
    """What is left at every time of what every step put into one unit's memory.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`, of a layer that reads forward
    labels : T token labels
    unit : which unit; the first one in the ledger by default
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        for a unit that is not in the ledger, labels that are not one a step, and a layer that reads backward.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> figure = memory_map(lstm_viz.memory_ledger(trace.layers[0]), trace.labels, unit=2)
    >>> figure.data[0].z.shape
    (5, 5)
    """
    chosen = unit_of(ledger, labels, unit)
    parts = ledger.contributions[:, :, chosen]
    of = f"of unit {ledger.units[chosen]}, by the step that put it in"
    end = round_up(float(np.abs(parts).max()))
    return _source_map(ledger.layer, parts, labels, (-end, end), of, theme, notation)


def memory_size_map(
    layer: LayerTrace, labels: Sequence[str], *, theme: str = "light", notation: str = "pytorch"
) -> "go.Figure":
    """The same over all units: the mean size of what is left at every time of what every step put in.

    Parameters
    ----------
    layer : of a cell with a memory, read forward
    labels : T token labels
    theme : "light" or "dark"
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        for a cell without a memory, labels that are not one a step, and a layer that reads backward.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3))
    >>> memory_size_map(trace.layers[0], trace.labels).data[0].zmin
    0
    """
    check_labels(layer, labels)
    sizes, _ = memory_sizes(layer)
    limits = (0, round_up(float(sizes.max())))
    return _source_map(
        layer, sizes, labels, limits, "of all units, mean size, by the step that put it in", theme, notation
    )


def unit_of(ledger: Ledger, labels: Sequence[str], unit: int | None) -> int:
    """The place of a unit in a ledger, the first by default; ValueError where the three do not fit together."""
    unit = int(ledger.units[0]) if unit is None else unit
    places = np.flatnonzero(ledger.units == unit)
    if not places.size:
        raise ValueError(f"unit: {unit} is not in this ledger, which has {', '.join(map(str, ledger.units))}")
    check_labels(ledger.layer, labels)
    return int(places[0])


def check_labels(layer: LayerTrace, labels: Sequence[str]) -> None:
    """Whether labels are one a step, and the layer reads forward; ValueError says what is wrong."""
    if len(labels) != len(layer):
        raise ValueError(f"labels: has {len(labels)} entries, the ledger has {len(layer)} time steps")
    if layer.direction != "forward":
        raise ValueError("ledger: of a layer that reads backward; this figure is for one that reads forward")


def _source_map(
    layer: LayerTrace,
    parts: Array,
    labels: Sequence[str],
    limits: tuple[float, float],
    of: str,
    theme: str,
    notation: str,
) -> "go.Figure":
    axis, memory, (low, high) = TokenAxis.of(labels), memory_of(layer), limits
    colours = scale(memory, theme)
    if low == 0:
        # Sizes have one sign: the upper half of the scale, from the colour of nothing on.
        colours = [(2 * place - 1, colour) for place, colour in colours[len(colours) // 2 :]]
    sources = [name.replace("step", "from step", 1) for name in axis.names]
    heatmap: Parts = {
        "type": "heatmap",
        "name": memory.label,
        "x": axis.names,
        "y": sources,
        "z": np.round(by_column(parts, axis.edges).T.astype(np.float32), 4),
        "zmin": low,
        "zmax": high,
        "colorscale": colours,
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": sorted({low, 0, high}),
            "tickfont": {"size": 12, "color": theme_named(theme).muted},
        },
        "hovertemplate": "%{z:.3f} left<br>%{y}<br>at %{x}<extra></extra>",
        "hoverongaps": False,
    }
    vertical: Parts = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": sources,
        "range": [len(sources) - 0.5, -0.5],
        "showgrid": False,
        "showticklabels": False,
        "ticks": "",
        "title": {"text": "step that put it in ↓", "font": {"size": 12, "color": theme_named(theme).muted}},
    }
    sign = symbol(layer.definition, memory.name, notation)
    height = int(np.clip(_ROW * len(sources), _LOWEST, _TALLEST))
    return stack(
        [Panel(f"<b>{memory.label}</b> {sign} {of}", height, [heatmap], vertical)],
        axis,
        title="Where this memory came from",
        how_to_read="Down a column: what the memory is made of then. Along a row: one step’s part of it, fading.",
        theme=theme,
        hovermode="closest",
    )
