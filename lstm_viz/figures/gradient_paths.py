"""The two ways back through an LSTM, above the forget gates that decide one of them."""

from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.gradients import Gradients, split_paths
from lstm_viz.figures.arguments import one_of_a_kind
from lstm_viz.figures.chart import Band, Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.words.gradients import describe_edges, logs_range, raised, size
from lstm_viz.words.phrases import near_one

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MIDDLE = (0.1, 0.9)  # quantiles between which the band lies
_SMALLEST = 1e-300


def gradient_paths(flow: Gradients, *, theme: str = "light", caption: bool = True) -> "go.Figure":
    """∂L/∂c over time, in all and by the way it took: through the memory alone, ∏ f, or through h at some step.

    Parameters
    ----------
    flow : `lstm_viz.analysis.gradients.gradients` of an LSTM
    theme : "light" or "dark"
    caption : whether to say what is in it

    Returns
    -------
    plotly.graph_objects.Figure
        Three lines in log10, and below them, on the same time axis, the forget gate's band and mean over the units.

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
    """The same as plain data, two charts over one time axis."""
    if "forget_gate" not in flow.layer.quantities:
        raise ValueError(f"flow: of {flow.layer.definition.title}, which has no forget gate; expected an LSTM's")
    total, (memory, rest) = flow.log10("cell_state"), split_paths(flow)
    forget = flow.layer["forget_gate"]
    time, back = np.arange(len(total), dtype=float), len(total) - 1
    low, high = logs_range([total, memory, rest])
    kept = near_one(float(np.exp(np.log(np.maximum(forget, _SMALLEST)).mean())))
    paths = (
        f"From the last step to the first, the path that never leaves the memory carries {size(memory[0])}, all paths "
        f"that go through h somewhere carry {size(rest[0])}, and together they make {size(total[0])}."
        + describe_edges({"the memory path": memory, "the rest": rest}, low, high)
    )
    gates = (
        f"The forget gates average {near_one(float(forget.mean()))} (geometric mean {kept}). A unit that kept {kept} "
        f"of its memory at each of {back:,} steps would keep {kept}{raised(back)} = "
        f"{size(back * np.log10(float(kept)))}. The band holds the middle 80% of units."
    )
    low_gates, high_gates = np.quantile(forget, _MIDDLE, axis=1)
    through_h = np.where(np.isfinite(rest), rest, np.nan)
    return [
        Chart(
            name="paths",
            title="Two ways back through the LSTM",
            caption=paths,
            x=time,
            x_label="time step, t",
            y_label="size of the gradient",
            # Whichever way carries most lies on the sum: that is drawn broad and pale, for both to be seen.
            series=[
                Series(total, "∂L/∂c, all paths", "cell_state", width=8, opacity=0.4),
                Series(memory, "through the memory alone: ∏ f", "forget_gate"),
                Series(through_h, "through h at some step", "accent", dash="dash"),
            ],
            y_range=(low, high),
            power=True,
            height=300,
            group="time",
        ),
        Chart(
            name="forget",
            title="Forget gates",
            caption=gates,
            x=time,
            x_label="time step, t",
            series=[Series(forget.mean(axis=1), "forget gate, mean over units", "forget_gate")],
            bands=[Band(low_gates, high_gates, "forget_gate")],
            y_range=(0, 1),
            height=180,
            group="time",
        ),
    ]
