"""The two ways back through an LSTM, above the forget gates that decide one of them."""

from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.gradients import Gradients, split_paths
from lstm_viz.figures.arguments import one_of_a_kind
from lstm_viz.figures.chart import Band, Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.words.gradient_paths import describe_keeping, describe_two_ways
from lstm_viz.words.gradients import describe_edges, logs_range

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MIDDLE = (0.1, 0.9)  # quantiles between which the band lies


def gradient_paths(flow: Gradients, *, theme: str = "light", caption: bool = True) -> "go.Figure":
    """∂L/∂c by its distance from the end and by the way it took: along the memory alone, ∏ f, or through h somewhere.

    Parameters
    ----------
    flow : `lstm_viz.analysis.gradients.gradients` of an LSTM
    theme : "light" or "dark"
    caption : whether to say what is in it

    Returns
    -------
    plotly.graph_objects.Figure
        Three lines in log10, and below them, over the same distances, the forget gate's band and mean over the units.

    Raises
    ------
    ValueError
        for a cell without a memory and a forget gate.
    TypeError
        for what are no gradients, and options of another kind.

    Examples
    --------
    >>> import torch
    >>> from lstm_viz.analysis.gradients import gradients
    >>> figure = gradient_paths(gradients(torch.nn.LSTM(3, 8), torch.randn(50, 3)))
    >>> [line.name for line in figure.data[:3]]
    ['∂L/∂c, all paths', 'through the memory alone: ∏ f', 'through h at some step']
    """
    found = one_of_a_kind(flow, Gradients, "flow", "lstm_viz.analysis.gradients.gradients")
    return line_chart(*gradient_paths_charts(found), theme=theme, caption=caption)


def gradient_paths_charts(flow: Gradients) -> list[Chart]:
    """The same as plain data, two charts over one axis."""
    if "forget_gate" not in flow.layer.quantities or flow.memory_path is None:
        raise ValueError(f"flow: of {flow.layer.definition.title}, which has no forget gate; expected an LSTM's")
    total, (memory, rest) = flow.log10("cell_state"), split_paths(flow)
    forget = flow.layer["forget_gate"]
    distance = np.arange(len(total), dtype=float)
    low, high = logs_range([total, memory, rest])
    said = describe_two_ways(total, memory, rest, flow.memory_path)
    cut = describe_edges({"the memory path": memory, "the rest": rest}, low, high)
    gates = f"{describe_keeping('The forget gates', forget)} The band holds the middle 80% of units."
    low_gates, high_gates = np.quantile(forget, _MIDDLE, axis=1)
    through_h = np.where(np.isfinite(rest), rest, np.nan)
    return [
        Chart(
            name="paths",
            title="Two ways back through the LSTM",
            caption=said + cut,
            x=distance,
            x_label="steps before the end, n",
            y_label="size of the gradient",
            # Whichever way carries most lies on the sum: that is drawn broad and pale, for both to be seen.
            series=[
                Series(total[::-1], "∂L/∂c, all paths", "cell_state", width=8, opacity=0.4),
                Series(memory[::-1], "through the memory alone: ∏ f", "forget_gate"),
                Series(through_h[::-1], "through h at some step", "accent", dash="dash"),
            ],
            y_range=(low, high),
            power=True,
            height=300,
            group="distance",
        ),
        Chart(
            name="forget",
            title="Forget gates",
            caption=gates,
            x=distance,
            x_label="steps before the end, n",
            series=[Series(forget.mean(axis=1)[::-1], "forget gate, mean over units", "forget_gate")],
            bands=[Band(low_gates[::-1], high_gates[::-1], "forget_gate")],
            y_range=(0, 1),
            height=180,
            group="distance",
        ),
    ]
