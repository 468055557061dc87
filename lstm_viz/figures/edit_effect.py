"""What an edit changed: how much in every quantity, and which units' hidden state, over the tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import column_of
from lstm_viz.analysis.change.edits import Edit
from lstm_viz.cells import CELLS, Quantity
from lstm_viz.figures.panels import MARKED, Panel, Parts, chosen_units, heatmap_panel, stack, symbol
from lstm_viz.figures.style import round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis

if TYPE_CHECKING:
    import plotly.graph_objects as go


def edit_effect(
    edit: Edit,
    *,
    theme: str = "light",
    units: Sequence[int] | None = None,
    notation: str = "pytorch",
    threshold: bool = True,
) -> "go.Figure":
    """The largest change over all units in every quantity, and below it the change of every unit's hidden state.

    Parameters
    ----------
    edit : from `lstm_viz.analysis.change.edits.compare`
    theme : "light" or "dark"
    units : which units, from the top; by number if None
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    threshold : whether to draw the size above which a unit counts as moved

    Returns
    -------
    plotly.graph_objects.Figure
        A line a quantity, then one heatmap. Tokens that are new have nothing to be compared with, and are left blank.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> from lstm_viz.analysis.change.edits import compare
    >>> module, inputs = torch.nn.LSTM(3, 8), torch.zeros(5, 3)
    >>> before = lstm_viz.trace(module, inputs)
    >>> inputs[2] = 1
    >>> figure = edit_effect(compare(before, lstm_viz.trace(module, inputs)))
    >>> figure.data[-1].type, figure.data[-1].z.shape
    ('heatmap', (8, 5))
    """
    recorded = CELLS[edit.cell].recorded
    axis = TokenAxis.of(edit.labels)
    hidden = CELLS[edit.cell]["hidden_state"]
    panels = [
        Panel(
            "<b>Largest change</b> over the units",
            160,
            [_line(edit, quantity, axis, theme, notation) for quantity in recorded],
            {"rangemode": "tozero"},
        ),
        _heatmap(edit, hidden, axis, units, theme),
    ]
    return stack(
        panels,
        axis,
        title="What the edit changed",
        how_to_read="After the edit, less before it. The frame marks what was edited.",
        theme=theme,
        shapes=[*_frame(edit, axis, theme), *([_threshold(edit, theme)] if threshold else [])],
        hovermode="closest",
    )


def _on_axis(edit: Edit, values: NDArray[Any], axis: TokenAxis) -> NDArray[Any]:
    """Values of the corresponding steps (N, …) as a row a column, NaN where a column holds a new token."""
    everywhere = np.full((len(edit.labels), *values.shape[1:]), np.nan, dtype=values.dtype)
    everywhere[edit.steps] = values
    return axis.aggregate(everywhere)


def _line(edit: Edit, quantity: Quantity, axis: TokenAxis, theme: str, notation: str) -> Parts:
    return {
        "type": "scatter",
        "name": f"{quantity.label} {symbol(CELLS[edit.cell], quantity.name, notation)}",
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": _on_axis(edit, edit.largest(quantity.name), axis),
        "line": {"color": theme_named(theme).colour(quantity.name), "width": 2},
        "marker": {"size": 5},
        "hovertemplate": f"{quantity.label}: %{{y:.3f}}<br>%{{x}}<extra></extra>",
    }


def _heatmap(edit: Edit, quantity: Quantity, axis: TokenAxis, units: Sequence[int] | None, theme: str) -> Panel:
    changes = edit.changes[quantity.name]
    rows = chosen_units(changes.shape[1], units) if units is not None else np.arange(changes.shape[1])
    end = round_up(float(np.abs(changes).max()))
    return heatmap_panel(
        f"<b>{quantity.label}</b>, every unit",
        quantity,
        np.round(_on_axis(edit, changes, axis).T[rows], 4),
        rows,
        axis,
        (-end, end),
        theme,
        hover=f"{quantity.label} changed by %{{z:.3f}}",
    )


def _frame(edit: Edit, axis: TokenAxis, theme: str) -> list[Parts]:
    """Around the edited tokens; a single line where tokens were taken out."""
    start, stop = edit.alignment.after_span
    if edit.kind == "same":
        return []
    # The column after the last one begins where the sequence ends.
    left = column_of(start, axis.edges) if start < len(edit.labels) else len(axis.names)
    right = column_of(stop - 1, axis.edges) + 1 if stop > start else left
    line = {"color": theme_named(theme).accent, "width": 1.5}
    across = {"xref": "x", "x0": left - 0.5, "x1": right - 0.5}
    return [{"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": line, "fillcolor": "rgba(0,0,0,0)"} | across]


def _threshold(edit: Edit, theme: str) -> Parts:
    line = {"color": theme_named(theme).muted, "width": 1, "dash": "dash"}
    level = {"yref": "y", "y0": edit.threshold, "y1": edit.threshold}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": line} | level
