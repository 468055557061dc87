"""A memory at one step as a row of attention: the weight of every step so far, and what is weighed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.memory.attention import largest_share
from lstm_viz.analysis.memory.attention import memory_attention as attention_of
from lstm_viz.cells import Quantity
from lstm_viz.cells.weighing import weighing
from lstm_viz.figures.arguments import Labels, flag, place_of
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory import Run, layer_of, reads_backward, unit_of
from lstm_viz.figures.panels import Panel, Parts, stack
from lstm_viz.figures.signed_bars import signed_bars
from lstm_viz.figures.style import limits, round_up, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.words.attention import describe_weights

if TYPE_CHECKING:
    import plotly.graph_objects as go


def memory_attention(
    ledger: Run,
    labels: Labels = None,
    *,
    step: int | None = None,
    unit: int | None = None,
    overall: bool = False,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    notation: str = "pytorch",
    caption: bool = True,
) -> "go.Figure":
    """A bar a step: its weight in the memory; below it what is weighed, the step's candidate.

    Weight times candidate is what `memory_makeup` shows.

    Parameters
    ----------
    ledger : from `lstm_viz.memory_ledger`; or a run, or a layer of one
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    step : when the memory is read; at the end by default
    unit : which unit; the first one by default
    overall : whether to show the mean weights over all units instead, with no candidates
    layer, direction : which layer of a run
    theme : "light" or "dark"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    caption : whether to say what the weights sum to

    Raises
    ------
    ValueError
        for a step that does not exist, a unit that is not in the ledger, a cell without a memory, and
        labels that are not one a step.
    TypeError
        for what is neither a ledger nor a run, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = memory_attention(lstm_viz.trace(torch.nn.GRU(3, 8), torch.ones(5, 3)), step=2)
    >>> [bar.name for bar in figure.data], [bool(weight) for weight in figure.data[0].y]
    (['Weight', 'Candidate'], [True, True, True, False, False])
    """
    if flag(overall, "overall"):
        chosen, tokens = layer_of(ledger, labels, layer=layer, direction=direction)
        number = None
    else:
        split, place, tokens = unit_of(ledger, labels, unit, layer=layer, direction=direction)
        chosen, number = split.layer, int(split.units[place])
    axis = TokenAxis.of(tokens)
    last = 0 if reads_backward(chosen) else len(tokens) - 1
    at = last if step is None else place_of(step, "step", len(tokens))
    data = memory_attention_data(chosen, axis, step=at, unit=number)
    whose = "mean over all units" if number is None else f"unit {number}"
    bars: Parts = {
        "type": "bar",
        "name": "Weight",
        "x": axis.names,
        "y": np.round(data.weights, 5),
        "marker": {"color": theme_named(theme).colour(data.memory.name)},
        "hovertemplate": "weight %{y:.3f}<br>%{x}<extra></extra>",
        "showlegend": False,
    }
    symbol = symbol_of(data.memory, notation)
    title = f"<b>Weights</b> in {data.memory.label.lower()} {symbol} after step {at}, {whose}"
    panels = [Panel(title, 160, [bars], {"range": [min(0.0, float(data.weights.min())), data.end]})]
    if data.contents is not None:
        name, sign = "Put in", ""
        if data.candidate is not None:
            name, sign = data.candidate.label, f" {symbol_of(data.candidate, notation)}"
        drawn = signed_bars(name, data.contents, axis, theme) | {"showlegend": False}
        panels.append(Panel(f"<b>{name}</b>{sign}, which is weighed", 110, [drawn], {"range": list(data.reach)}))
    return stack(
        panels,
        axis,
        title="A memory as a row of attention",
        how_to_read=plain(data.caption),
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class MemoryAttention:
    """A memory at one step as a weighted sum. C: columns.

    Attributes
    ----------
    memory, candidate : what is a sum, and what is weighed; None where a cell has no candidate
    weights : (C,), the sum of those of each column's steps
    contents : (C,), what is weighed, the mean of each column's steps; None over all units
    total, initial : the sum of the weights, and the weight of the initial state
    end : where the axis of the weights ends, at whatever step the memory is read
    reach : the ends of the axis of what is weighed
    caption : a sentence made from the values
    """

    memory: Quantity
    candidate: Quantity | None
    weights: Array
    contents: Array | None
    total: float
    initial: float
    end: float
    reach: tuple[float, float]
    caption: str


def memory_attention_data(layer: LayerTrace, axis: TokenAxis, *, step: int, unit: int | None) -> MemoryAttention:
    """What both pictures of a memory as attention draw; unit: whose, None for means over all."""
    found, weighed = attention_of(layer, step=step, units=unit), weighing(layer.definition)
    assert weighed is not None
    weights, initial = found.weights.mean(axis=1), float(found.initial.mean())
    drawn = np.add.reduceat(weights, axis.edges[:-1])
    contents = None if unit is None else axis.aggregate(found.contents[:, 0])
    memory = weighed.shown.label.lower()
    return MemoryAttention(
        weighed.shown,
        weighed.candidate,
        drawn,
        contents,
        float(weights.sum()),
        initial,
        round_up(max(largest_share(layer, unit), float(np.abs(drawn).max()))),
        _reach(layer, weighed.candidate, contents),
        describe_weights(
            weights,
            initial,
            axis.labels,
            step,
            f"the {memory}" if unit is None else f"unit {unit}’s {memory}",
            mean=bool(found.is_mean.all()),
            past_one=(int((found.total > 1.005).sum()), layer.units) if unit is None else None,
        ),
    )


def _reach(layer: LayerTrace, candidate: Quantity | None, contents: Array | None) -> tuple[float, float]:
    if candidate is not None:
        return limits(layer, candidate.name)
    end = round_up(0.0 if contents is None else float(np.abs(contents).max()))
    return -end, end
