"""What an edit changed: how much in every quantity, and which units' hidden state, over the tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import column_of
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.change.marks import Mark, marks
from lstm_viz.arguments import given
from lstm_viz.cells import CELLS, Quantity
from lstm_viz.figures.arguments import flag, one_of_a_kind, units_of
from lstm_viz.figures.heatmap import Heatmap, symbol_of
from lstm_viz.figures.panels import MARKED, Panel, Parts, heatmap_panel, note, stack
from lstm_viz.figures.style import round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array, Trace
from lstm_viz.words import describe_edit, visible

if TYPE_CHECKING:
    import plotly.graph_objects as go


def edit_effect(
    edit: Edit | Trace,
    after: Trace | None = None,
    *,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    units: Sequence[int] | None = None,
    notation: str = "pytorch",
    threshold: bool = True,
    caption: bool = True,
) -> "go.Figure":
    """The largest change over all units in every quantity, and below it the change of every unit's hidden state.

    Parameters
    ----------
    edit : from `lstm_viz.analysis.change.edits.compare`; or the trace before the edit
    after : where `edit` is a trace, that after it
    layer, direction : of two traces, which layer is compared
    theme : "light" or "dark"
    units : which units, from the top; by number if None
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    threshold : whether to draw the size above which a unit counts as moved
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        A line a quantity, then one heatmap. Tokens that are new have nothing to be compared with: the lines leave them
        out, and the heatmap, where they are marked, has how far each moves the hidden state.

    Raises
    ------
    ValueError
        for traces of different networks, and for a layer, unit, theme or notation that does not exist.
    TypeError
        for what is neither an edit nor two traces, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> module, inputs = torch.nn.LSTM(3, 8), torch.zeros(5, 3)
    >>> before = lstm_viz.trace(module, inputs)
    >>> inputs[2] = 1
    >>> figure = edit_effect(before, lstm_viz.trace(module, inputs))
    >>> figure.data[-1].type, figure.data[-1].z.shape
    ('heatmap', (8, 5))
    """
    found = _edit_of(edit, after, layer, direction)
    axis = TokenAxis.of(found.labels)
    data, colours = edit_effect_data(found, axis, notation=notation), theme_named(theme)
    size = data.change.values.shape[1]
    rows = np.arange(size) if units is None else units_of(units, size)
    label = data.change.label
    panels = [
        Panel(
            "<b>Largest change</b> over the units",
            160,
            [_line(found, name, values, axis, theme, notation) for name, values in data.largest.items()],
            {"rangemode": "tozero"},
        ),
        heatmap_panel(
            f"<b>{label}</b>, every unit", data.change, rows, axis, theme, hover=f"{label} changed by %{{z:.3f}}"
        ),
    ]
    return stack(
        panels,
        axis,
        title="What the edit changed",
        how_to_read=f"After the edit, less before it. The frame marks what was edited. {plain(data.change.caption)}",
        caption=caption,
        theme=theme,
        shapes=[
            *_frame(found, axis, theme),
            *(_column(mark, colours.muted) for mark in data.marks if mark.kind == "new"),
            *([_threshold(found, theme)] if flag(threshold, "threshold") else []),
        ],
        annotations=[_label(mark, colours.text) for mark in data.marks],
        hovermode="closest",
    )


@dataclass(frozen=True, eq=False)
class EditEffect:
    """What an edit changed, over the columns of the text after it. C: columns, H: units.

    Attributes
    ----------
    largest : quantity name → (C,), the largest change over the units; NaN where a column holds a new token
    change : of every unit's hidden state; at a token that is new, how far that moves it
    marks : which columns are new, what stood in others before, and what is gone
    """

    largest: Mapping[str, Array]
    change: Heatmap
    marks: Sequence[Mark]


def edit_effect_data(edit: Edit, axis: TokenAxis, *, notation: str = "pytorch") -> EditEffect:
    """What both pictures of an edit draw.

    Parameters
    ----------
    axis : of the tokens after the edit
    notation : of the symbol
    """
    hidden = CELLS[edit.cell]["hidden_state"]
    changed = _everywhere(edit, edit.changes["hidden_state"])
    changed[edit.new] = edit.entered
    end = round_up(float(np.abs(changed).max(initial=0.0)))
    return EditEffect(
        largest={name: axis.aggregate(_everywhere(edit, edit.largest(name))) for name in edit.changes},
        change=Heatmap(
            quantity=hidden,
            symbol=symbol_of(hidden, notation),
            values=axis.aggregate(changed),
            limits=(-end, end),
            change=True,
            caption=describe_edit(edit),
        ),
        marks=marks(edit.alignment, edit.removed, axis.edges),
    )


def _edit_of(edit: Edit | Trace, after: Trace | None, layer: int, direction: str) -> Edit:
    if isinstance(edit, Edit):
        if after is not None:
            raise TypeError(f"after: got {given(after)} beside an Edit, which holds both runs; give the Edit alone")
        return edit
    if not isinstance(edit, Trace):
        raise TypeError(f"edit: got {given(edit)}; expected an Edit, as compare makes it, or the traces of two runs")
    later = one_of_a_kind(after, Trace, "after", "lstm_viz.trace")
    return compare(edit, later, layer=layer, direction=direction)


def _everywhere(edit: Edit, values: NDArray[Any]) -> NDArray[Any]:
    """Values of the corresponding steps (N, …) as a row a step after the edit, NaN where it has no counterpart."""
    everywhere = np.full((len(edit.labels), *values.shape[1:]), np.nan, dtype=values.dtype)
    everywhere[edit.steps] = values
    return everywhere


def _line(edit: Edit, name: str, values: Array, axis: TokenAxis, theme: str, notation: str) -> Parts:
    quantity: Quantity = CELLS[edit.cell][name]
    return {
        "type": "scatter",
        "name": f"{quantity.label} {symbol_of(quantity, notation)}",
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": values,
        "line": {"color": theme_named(theme).colour(name), "width": 2},
        "marker": {"size": 5},
        "hovertemplate": f"{quantity.label}: %{{y:.3f}}<br>%{{x}}<extra></extra>",
    }


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


def _column(mark: Mark, colour: str) -> Parts:
    """Around columns that have nothing to be compared with."""
    line = {"color": colour, "width": 1, "dash": "dot"}
    across = {"xref": "x", "x0": mark.start - 0.5, "x1": mark.stop - 0.5}
    return {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": line, "layer": "above"} | across


def _label(mark: Mark, colour: str) -> Parts:
    """What a mark says, over its columns."""
    middle = (mark.start + mark.stop - 1) / 2
    named = " ".join([*map(visible, mark.tokens), *(["…"] if mark.count > len(mark.tokens) else [])])
    said = {"new": "new", "was": f"was {named}", "gone": f"− {named}"}[mark.kind]
    return note(plain(said), x=middle, y=1, color=colour, xref="x", xanchor="center", yanchor="top", yref="paper")


def _threshold(edit: Edit, theme: str) -> Parts:
    line = {"color": theme_named(theme).muted, "width": 1, "dash": "dash"}
    level = {"yref": "y", "y0": edit.threshold, "y1": edit.threshold}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": line} | level
