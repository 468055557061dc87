"""One quantity without and with clamps or an edit, and the difference, on one scale."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.change.edits import compare
from lstm_viz.figures.panels import Panel, heatmap_panel, rows_of, stack
from lstm_viz.figures.style import limits
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Trace

if TYPE_CHECKING:
    import plotly.graph_objects as go


def what_if(
    before: Trace,
    after: Trace,
    *,
    quantity: str = "hidden_state",
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    units: Sequence[int] | None = None,
) -> "go.Figure":
    """Every unit of one quantity before, after, and after less before.

    Parameters
    ----------
    before, after : traces of one network, such as without and with clamps; tokens are aligned
    quantity : which one
    layer, direction : which layer
    theme : "light" or "dark"
    units : which units, from the top; by similarity if None

    Returns
    -------
    plotly.graph_objects.Figure
        Three heatmaps over the tokens after. Tokens that have no counterpart before are left blank in two of them.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> module, inputs = torch.nn.LSTM(3, 8), torch.ones(5, 3)
    >>> held = lstm_viz.trace(module, inputs, clamp=lstm_viz.Clamp("forget_gate", 0.0, steps=2))
    >>> [panel.z.shape for panel in what_if(lstm_viz.trace(module, inputs), held).data]
    [(8, 5), (8, 5), (8, 5)]
    """
    edit = compare(before, after, layer=layer, direction=direction)
    old, new = before.layer(layer, direction), after.layer(layer, direction)
    shown = new.definition[quantity]
    rows, axis = rows_of(new, quantity, units), TokenAxis.of(after.labels)
    earlier = np.full(new[quantity].shape, np.nan)
    earlier[edit.steps] = old[quantity][edit.alignment.pairs[:, 0]]
    ends = [limits(each, quantity) for each in (old, new)]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    spread = high - low if shown.range.is_share else high
    signed = new.definition["hidden_state"]  # a difference has two sides, whatever the quantity's own scale

    def panel(title: str, values: np.ndarray, of: object, within: tuple[float, float], hover: str) -> Panel:
        merged = np.round(axis.aggregate(values).T[rows], 4)
        return heatmap_panel(title, of, merged, rows, axis, within, theme, hover=hover)  # type: ignore[arg-type]

    value = f"{shown.label} %{{z:.3f}}"
    return stack(
        [
            panel(f"<b>{shown.label}</b> before", earlier, shown, (low, high), value),
            panel(f"<b>{shown.label}</b> after", new[quantity], shown, (low, high), value),
            panel("<b>Difference</b>, after less before", new[quantity] - earlier, signed, (-spread, spread), value),
        ],
        axis,
        title="With and without",
        how_to_read="Where the third map is pale, nothing changed.",
        theme=theme,
        hovermode="closest",
    )
