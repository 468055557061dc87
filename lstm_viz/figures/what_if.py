"""One quantity without and with clamps or an edit, and the difference, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.change.side_by_side import SideBySide
from lstm_viz.arguments import choice
from lstm_viz.figures.arguments import one_of_a_kind
from lstm_viz.figures.heatmap import Heatmap, symbol_of
from lstm_viz.figures.panels import heatmap_panel, rows_of, stack
from lstm_viz.figures.style import limits
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array, Trace
from lstm_viz.words.what_if import describe_difference

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
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """Every unit of one quantity before, after, and after less before.

    Parameters
    ----------
    before, after : traces of one network, such as without and with clamps; tokens are aligned
    quantity : which one
    layer, direction : which layer
    theme : "light" or "dark"
    units : which units, from the top; by similarity if None
    notation : of the symbol, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        Three heatmaps over the tokens of both. Where only one run has a token, what the other lacks is left blank.

    Raises
    ------
    ValueError
        for traces of different networks, and for a quantity, layer, unit, theme or notation that does not exist.
    TypeError
        for what is no trace, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> module, inputs = torch.nn.LSTM(3, 8), torch.ones(5, 3)
    >>> held = lstm_viz.trace(module, inputs, clamp=lstm_viz.Clamp("forget_gate", 0.0, steps=2))
    >>> [panel.z.shape for panel in what_if(lstm_viz.trace(module, inputs), held).data]
    [(8, 5), (8, 5), (8, 5)]
    """
    for name, trace in (("before", before), ("after", after)):
        one_of_a_kind(trace, Trace, name, "lstm_viz.trace")
    edit = compare(before, after, layer=layer, direction=direction)
    choice(quantity, "quantity", after.layer(layer, direction).quantities)
    data = what_if_data(before, after, edit, quantity=quantity, layer=layer, notation=notation)
    rows = rows_of(after.layer(layer, direction), quantity, units)
    label, axis = data.before.label, data.axis
    maps = (
        (f"<b>{label}</b> {data.before.symbol} before", data.before),
        (f"<b>{label}</b> {data.after.symbol} after", data.after),
        ("<b>Difference</b>, after less before", data.difference),
    )
    return stack(
        [heatmap_panel(title, each, rows, axis, theme, hover=f"{label} %{{z:.3f}}") for title, each in maps],
        axis,
        title="With and without",
        how_to_read=f"Where the third map is pale, nothing changed. {data.difference.caption}",
        caption=caption,
        theme=theme,
        hovermode="closest",
    )


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Two runs side by side. C: columns.

    Attributes
    ----------
    pairs : which of their tokens share a column
    axis : the tokens of both: those after, and between them those that only the run before has
    before, after, difference : the quantity; NaN where a run has no token
    moved : (C,), the largest difference in a hidden state
    """

    pairs: SideBySide
    axis: TokenAxis
    before: Heatmap
    after: Heatmap
    difference: Heatmap
    moved: Array


def what_if_data(
    before: Trace, after: Trace, edit: Edit, *, quantity: str, layer: int = 0, notation: str = "pytorch"
) -> WhatIf:
    """What both pictures of two runs draw; edit: the comparison of that layer of the two."""
    old, new = (trace.layer(layer, edit.direction) for trace in (before, after))
    pairs = SideBySide(edit.alignment, len(before), len(after))
    axis = _axis(pairs, before, after)
    shown = new.definition[quantity]
    ends = [limits(each, quantity) for each in (old, new)]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    # The same length of scale as the values', so that one colour step is one size in all three.
    spread = high - low if shown.range.is_share else high
    was, is_now = pairs.before(old[quantity], axis.edges), pairs.after(new[quantity], axis.edges)
    largest = np.full((len(after), 1), np.nan)
    largest[edit.steps, 0] = edit.largest("hidden_state")
    symbol, said = symbol_of(shown, notation), describe_difference(edit)
    return WhatIf(
        pairs=pairs,
        axis=axis,
        before=Heatmap(shown, symbol, was, (low, high)),
        after=Heatmap(shown, symbol, is_now, (low, high)),
        difference=Heatmap(shown, symbol, is_now - was, (-spread, spread), change=True, caption=said),
        moved=pairs.after(largest, axis.edges)[:, 0],
    )


def _axis(pairs: SideBySide, before: Trace, after: Trace) -> TokenAxis:
    labels = [before.labels[a or 0] if b is None else after.labels[b] for a, b in pairs.columns]
    plain = TokenAxis.of(labels)
    if all(b is not None for _, b in pairs.columns):
        return plain
    places = [f"before, step {a}" if b is None else f"step {b}" for a, b in pairs.columns]
    return TokenAxis(labels, plain.edges, places)
