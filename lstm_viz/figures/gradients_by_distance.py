"""How large the gradient is that reaches back n steps from the end of a sequence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.gradients import Gradients
from lstm_viz.arguments import positive
from lstm_viz.cells import CELLS
from lstm_viz.figures.arguments import mapping_of, one_of_a_kind
from lstm_viz.figures.chart import Chart, Floats, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_colour
from lstm_viz.words.gradient_paths import per_step
from lstm_viz.words.gradients import EDGE, describe_edges, describe_reach, logs_range

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROOM = 3.0  # powers of ten above the measurement that are kept for the theory


def gradients_by_distance(
    flows: Mapping[str, Gradients] | Gradients,
    *,
    bound: float | None = None,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """The size of ∂L/∂h, and of ∂L/∂c where there is a memory, against the distance from the end.

    Parameters
    ----------
    flows : name → `lstm_viz.analysis.gradients.gradients` of a network, or those of one; runs may differ in length
    bound : γ·σ_max of a plain RNN, from `step_bound`, drawn as theory; None for none
    theme : "light" or "dark"
    caption : whether to say what is in it

    Returns
    -------
    plotly.graph_objects.Figure
        A line each, y in log10; what lies past 10⁻³¹ and 10³¹ is drawn on the axis' edge.

    Raises
    ------
    ValueError
        for no networks, and a bound that is not above 0.
    TypeError
        for what are no gradients, and options of another kind.

    Examples
    --------
    >>> import torch
    >>> from lstm_viz.analysis.gradients import gradients
    >>> flows = {"LSTM": gradients(torch.nn.LSTM(3, 8), torch.randn(50, 3))}
    >>> [line.name for line in gradients_by_distance(flows).data]
    ['LSTM, ∂L/∂h', 'LSTM, ∂L/∂c']
    """
    most = None if bound is None else positive(bound, "bound")
    return line_chart(gradients_by_distance_chart(flows_of(flows), bound=most), theme=theme, caption=caption)


def gradients_by_distance_chart(flows: Mapping[str, Gradients], *, bound: float | None = None) -> Chart:
    """The same as plain data."""
    steps = max(len(flow.exponent) for flow in flows.values())
    distance = np.arange(steps, dtype=float)
    series, clauses = [], []
    lines: dict[str, Floats] = {}
    for name, flow in flows.items():
        title, colour, logs = title_of(name, flow), cell_colour(flow.layer.cell), flow.log10("hidden_state")
        # Where a network has two lines, it is said which of them is spoken of.
        label = f"{title}, ∂L/∂h" if "cell_state" in flow.direction else title
        lines[label] = logs
        clauses.append(describe_reach(label, logs))
        series.append(Series(backwards(logs, steps), f"{title}, ∂L/∂h", colour, meaning=f"through h of the {title}"))
        if "cell_state" in flow.direction:
            memory = backwards(flow.log10("cell_state"), steps)
            of = f"with respect to the memory of the {title}"
            series.append(Series(memory, f"{title}, ∂L/∂c", colour, dash="dash", meaning=of))
    # Theory may lie far above all that is measured: it leaves the picture, and the axis fits the measurement.
    low, high = logs_range(lines.values())
    high = min(EDGE, max(high, _ROOM))
    theory = ""
    if bound:
        values = distance * np.log10(bound)
        lines["the theory"] = values
        why = "(γ·σ_max)ⁿ, the most that the gradient of the RNN can be n steps before the end"
        series.append(Series(values, "RNN, theory", "rnn", dash="dot", meaning=why))
        plain = next((flow for flow in flows.values() if cell_colour(flow.layer.cell) == "rnn"), None)
        theory = "" if plain is None else f" {describe_bound(bound, plain.log10('hidden_state'))}"
    return Chart(
        name="distance",
        title="Gradient of the end with respect to the state n steps before it",
        caption=f"{'. '.join(clauses)}.{describe_edges(lines, low, high)}{theory}",
        x=distance,
        x_label="steps before the end, n",
        y_label="size of the gradient",
        series=series,
        y_range=(low, high),
        power=True,
        height=400,
    )


def describe_bound(bound: float, logs: Floats) -> str:
    """What theory allows one step of a plain RNN to do to a gradient, and what it does; logs: (T,) by time."""
    back = len(logs) - 1
    measured = per_step(float(logs[0] - logs[-1]), back) if back and np.isfinite(logs[0]) else "0"
    reading = "so it must vanish" if bound < 1 else "so theory alone allows it to grow or to vanish"
    return (
        f"Theory: one step of this RNN multiplies a gradient by at most γ·σ_max = {bound:.3g} (γ is the steepest slope "
        "of its nonlinearity, σ_max the most by which its recurrent weights stretch any vector), "
        f"{reading}" + (f"; measured, it is {measured} a step on average." if back else ".")
    )


def flows_of(flows: Mapping[str, Gradients] | Gradients) -> Mapping[str, Gradients]:
    """Name → gradients; of one network's, which have no name, its cell."""
    if isinstance(flows, Gradients):
        return {flows.layer.cell: flows}
    for name, flow in mapping_of(flows, "flows", "gradients").items():
        one_of_a_kind(flow, Gradients, f"flows: {name}", "lstm_viz.analysis.gradients.gradients")
    return flows


def title_of(name: str, flow: Gradients) -> str:
    """What a network is called: a cell's code name stands for the cell that was run."""
    return flow.layer.definition.title if name in CELLS else name


def backwards(logs: Floats, steps: int) -> Floats:
    """By distance from the end; NaN past the first step of a shorter run."""
    return np.concatenate([logs[::-1], np.full(steps - len(logs), np.nan)])
