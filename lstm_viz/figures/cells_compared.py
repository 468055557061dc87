"""The same sequence through several cells: what each answers, and all their hidden states, on one token axis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import expect, given, text
from lstm_viz.figures.arguments import A_RUN, Labels, ends_of, floats, mapping_of, run_of
from lstm_viz.figures.chart import DASHES
from lstm_viz.figures.heatmap import Heatmap, symbol_of
from lstm_viz.figures.panels import MARKED, Panel, Parts, heatmap_panel, rows_of, stack
from lstm_viz.figures.style import cell_colour, cell_title, round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.words import number, place

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ANSWER = 170  # pixels


def cells_compared(
    traces: Mapping[str, Trace | LayerTrace],
    answers: Mapping[str, NDArray[Any]] | None = None,
    *,
    layer: int | None = None,
    direction: str | None = None,
    labels: Labels = None,
    name: str = "answer",
    ends: tuple[float, float] | None = None,
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """Answers as lines above, and below them the hidden state of every cell as a heatmap.

    Parameters
    ----------
    traces : cell or other name → a run, or a layer of one; all of the same tokens
    answers : name → (T,), what it says after every step; None to leave the lines out
    layer, direction : which layer of each run; the last one by default
    labels : T token labels; the runs' own by default
    name : of what is answered, such as ``P(positive)``
    ends : of the answers' axis; None to fit the values
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        A line for each of the answers, then a heatmap for each of the traces, units by similarity. Colours are those of
        the cells; of one cell's several runs, lines differ in their dashes.

    Raises
    ------
    ValueError
        for no traces, traces of different tokens, and answers that are not one a step of a trace.
    TypeError
        for what are no traces, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> inputs = torch.randn(5, 3)
    >>> modules = {"lstm": torch.nn.LSTM(3, 8), "gru": torch.nn.GRU(3, 8)}
    >>> traces = {name: lstm_viz.trace(module, inputs) for name, module in modules.items()}
    >>> [panel.z.shape for panel in cells_compared(traces).data]
    [(8, 5), (8, 5)]
    """
    layers, tokens = _layers(mapping_of(traces, "traces", "trace"), layer, direction, labels)
    axis, said = TokenAxis.of(tokens), text(name, "name")
    lines = {} if answers is None else _answers(mapping_of(answers, "answers", "numbers"), layers, len(tokens))
    vertical: Parts = {} if ends is None else {"range": list(ends_of(ends, "ends"))}
    data = cells_compared_data(layers, lines, axis, notation=notation)
    panels = []
    if lines:
        drawn, seen = [], list[str]()
        for each in data:
            if each.answer is not None:
                drawn.append(_line(each, axis, DASHES[seen.count(each.colour) % len(DASHES)], theme))
                seen.append(each.colour)
        panels.append(Panel(f"<b>{plain(said)}</b> after every step", _ANSWER, drawn, vertical))
    for each in data:
        label, sign = each.hidden.label.lower(), each.hidden.symbol
        title, units = plain(each.title), each.hidden.values.shape[1]
        panels.append(
            heatmap_panel(
                f"<b>{title}</b>: {label} {sign}, {units} units",
                each.hidden,
                rows_of(layers[each.name], "hidden_state", None),
                axis,
                theme,
                hover=f"{title}: {label} %{{z:.3f}}",
            )
        )
    return stack(
        panels,
        axis,
        title="The same sequence through several cells",
        how_to_read="A row is a unit, a column a token. Units of different cells have nothing in common but a number.",
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class ComparedCell:
    """One of the cells. C: columns.

    Attributes
    ----------
    name, title : as it was given; as it is shown
    colour : name of its colour, see `lstm_viz.figures.style.Theme`
    answer : (C,), what it says; None where that is not asked
    hidden : its hidden state
    """

    name: str
    title: str
    colour: str
    answer: Array | None
    hidden: Heatmap


def cells_compared_data(
    layers: Mapping[str, LayerTrace],
    answers: Mapping[str, NDArray[Any]],
    axis: TokenAxis,
    *,
    notation: str = "pytorch",
) -> tuple[ComparedCell, ...]:
    """What both pictures of several cells draw: name → layer, and name → (T,), over an axis of T tokens."""
    return tuple(
        ComparedCell(
            name=name,
            title=cell_title(name),
            colour=cell_colour(layer.cell),
            answer=axis.aggregate(answers[name]) if name in answers else None,
            hidden=_hidden(layer, cell_title(name), axis, notation),
        )
        for name, layer in layers.items()
    )


def _hidden(layer: LayerTrace, title: str, axis: TokenAxis, notation: str) -> Heatmap:
    quantity, hidden = layer.definition["hidden_state"], layer.hidden_state
    most = int(np.abs(np.diff(hidden, axis=0, prepend=0)).sum(axis=1).argmax())
    end = round_up(float(np.abs(hidden).max()))
    return Heatmap(
        quantity=quantity,
        symbol=symbol_of(quantity, notation),
        values=axis.aggregate(hidden),
        limits=(0.0, 1.0) if quantity.range.is_share else (-end, end),
        caption=f"Hidden state of the {title}. It moves most at {place(axis.labels, most)}; "
        f"at the end a unit's state is {number(np.abs(hidden[-1]).mean())} in size on average.",
    )


def _layers(
    traces: Mapping[str, Trace | LayerTrace], layer: int | None, direction: str | None, labels: Labels
) -> tuple[dict[str, LayerTrace], tuple[str, ...]]:
    """The layer of each, and the tokens that they share."""
    found, tokens = {}, tuple[str, ...]()
    for name, trace in traces.items():
        expect(trace, (Trace, LayerTrace), f"traces: {name}", A_RUN)
        last = trace.layers[-1] if isinstance(trace, Trace) else trace
        found[name], read = run_of(
            trace,
            labels,
            layer=last.index if layer is None else layer,
            direction=last.direction if direction is None else direction,
        )
        if tokens and read != tokens:
            raise ValueError(f"traces: {name} has other tokens than the first; give all cells the same sequence")
        tokens = read
    return found, tokens


def _answers(
    answers: Mapping[str, NDArray[Any]], layers: Mapping[str, LayerTrace], steps: int
) -> dict[str, NDArray[Any]]:
    for name in answers:
        if name not in layers:
            raise ValueError(f"answers: {given(name)} is none of the traces; expected one of {', '.join(layers)}")
    return {
        name: floats(values, f"answers: {name}", (steps,), "one a step of its trace")
        for name, values in answers.items()
    }


def _line(cell: ComparedCell, axis: TokenAxis, dash: str, theme: str) -> Parts:
    return {
        "type": "scatter",
        "name": plain(cell.title),
        "mode": "lines+markers" if len(axis.names) <= MARKED else "lines",
        "x": axis.names,
        "y": cell.answer,
        "line": {"color": theme_named(theme).colour(cell.colour), "width": 2.5, "dash": dash},
        "marker": {"size": 6},
        "hovertemplate": f"{plain(cell.title)} %{{y:.3f}}<br>after %{{x}}<extra></extra>",
    }
