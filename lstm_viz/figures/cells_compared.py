"""The same sequence through several cells: what each answers, and all their hidden states, on one token axis."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import MARKED, Panel, Parts, heatmap_panel, rows_of, stack, symbol
from lstm_viz.figures.style import cell_colour, limits, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Trace

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ANSWER = 170  # pixels


def cells_compared(
    traces: Mapping[str, Trace],
    answers: Mapping[str, NDArray[Any]] | None = None,
    *,
    name: str = "answer",
    ends: tuple[float, float] | None = None,
    theme: str = "light",
    notation: str = "pytorch",
) -> "go.Figure":
    """Answers as lines above, and below them the hidden state of every cell as a heatmap.

    Parameters
    ----------
    traces : name → a run; all of the same tokens
    answers : name → (T,), what it says after every step; None to leave the lines out
    name : of what is answered, such as ``P(positive)``
    ends : of the answers' axis; None to fit the values
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`

    Returns
    -------
    plotly.graph_objects.Figure
        A line for each of the answers, then a heatmap for each of the traces, units by similarity.

    Raises
    ------
    ValueError
        for no traces, traces of different tokens, and answers that are not one a step of a trace.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> inputs = torch.randn(5, 3)
    >>> modules = {"LSTM": torch.nn.LSTM(3, 8), "GRU": torch.nn.GRU(3, 8)}
    >>> traces = {name: lstm_viz.trace(module, inputs) for name, module in modules.items()}
    >>> [panel.z.shape for panel in cells_compared(traces).data]
    [(8, 5), (8, 5)]
    """
    if not traces:
        raise ValueError("traces: none were given")
    labels = next(iter(traces.values())).labels
    for each, trace in traces.items():
        if trace.labels != labels:
            raise ValueError(f"traces: {each} has other tokens than the first; give all cells the same sequence")
    axis, panels = TokenAxis.of(labels), []
    if answers:
        lines = [_line(each, values, traces, axis, theme) for each, values in answers.items()]
        vertical: Parts = {} if ends is None else {"range": [ends[0], ends[1]]}
        panels.append(Panel(f"<b>{plain(name)}</b> after every step", _ANSWER, lines, vertical))
    for each, trace in traces.items():
        layer = trace.layers[-1]
        rows, quantity = rows_of(layer, "hidden_state", None), layer.definition["hidden_state"]
        sign = symbol(layer.definition, "hidden_state", notation)
        panels.append(
            heatmap_panel(
                f"<b>{plain(each)}</b>: {quantity.label.lower()} {sign}, {layer.units} units",
                quantity,
                np.round(axis.aggregate(layer.hidden_state).T[rows], 4),
                rows,
                axis,
                limits(layer, "hidden_state"),
                theme,
                hover=f"{plain(each)}: {quantity.label.lower()} %{{z:.3f}}",
            )
        )
    return stack(
        panels,
        axis,
        title="The same sequence through several cells",
        how_to_read="A row is a unit, a column a token. Units of different cells have nothing in common but a number.",
        theme=theme,
    )


def _line(name: str, values: NDArray[Any], traces: Mapping[str, Trace], axis: TokenAxis, theme: str) -> Parts:
    if name not in traces or np.shape(values) != (len(axis.labels),):
        raise ValueError(f"answers: {name} has shape {np.shape(values)}, expected ({len(axis.labels)},) for a trace")
    return {
        "type": "scatter",
        "name": plain(name),
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": axis.aggregate(np.asarray(values)),
        "line": {"color": theme_named(theme).colour(cell_colour(traces[name].layers[-1].cell)), "width": 2.5},
        "marker": {"size": 6},
        "hovertemplate": f"{plain(name)} %{{y:.3f}}<br>after %{{x}}<extra></extra>",
    }
