"""What clipping by norm does to the gradient that reaches back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.analysis.gradients import Gradients
from lstm_viz.arguments import positive
from lstm_viz.figures.chart import Chart, Floats, Series
from lstm_viz.figures.gradients_by_distance import backwards, flows_of, title_of
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import cell_colour
from lstm_viz.words.gradients import describe_edges, logs_range, size, sizes_as_shown

if TYPE_CHECKING:
    import plotly.graph_objects as go


def clipped_gradients(
    flows: Mapping[str, Gradients] | Gradients, *, norm: float = 1.0, theme: str = "light", caption: bool = True
) -> "go.Figure":
    """∂L/∂h against the distance from the end, before and after clipping.

    Clipping shortens the gradient with respect to all recurrent weights together to a norm, if it is longer.

    Parameters
    ----------
    flows : name → `lstm_viz.analysis.gradients.gradients` of a network, or those of one
    norm : to which a longer gradient is shortened
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for no networks, and a norm that is not above 0.
    TypeError
        for what are no gradients, and options of another kind.

    Examples
    --------
    >>> import torch
    >>> from lstm_viz.analysis.gradients import gradients
    >>> flows = {"rnn": gradients(torch.nn.RNN(3, 8), torch.randn(50, 3))}
    >>> [line.name for line in clipped_gradients(flows, norm=1e-6).data]
    ['RNN', 'RNN, clipped']
    """
    chart = clipped_gradients_chart(flows_of(flows), norm=positive(norm, "norm"))
    return line_chart(chart, theme=theme, caption=caption)


def clipped_gradients_chart(flows: Mapping[str, Gradients], *, norm: float) -> Chart:
    """The same as plain data."""
    steps = max(len(flow.exponent) for flow in flows.values())
    series, sentences = [], []
    lines: dict[str, Floats] = {}
    for name, flow in flows.items():
        title, colour, logs = title_of(name, flow), cell_colour(flow.layer.cell), flow.log10("hidden_state")
        over = flow.weight_norm - np.log10(norm)
        lines[title] = logs
        series.append(Series(backwards(logs, steps), title, colour))
        if over > 0:
            lines[f"{title}, clipped"] = logs - over
            series.append(Series(backwards(logs - over, steps), f"{title}, clipped", colour, dash="dash"))
            # A division: clipped to 1, that is by the norm as it is shown; a factor would be rounded anew.
            (shown,), divisor = sizes_as_shown(lambda log10: log10 - np.log10(norm), [flow.weight_norm])
            sentences.append(f"{title}: norm {shown}, so everything is divided by {divisor}")
        else:
            sentences.append(f"{title}: norm {size(flow.weight_norm)}, not clipped")
    low, high = logs_range(lines.values())
    return Chart(
        name="clipping",
        title=f"Clipped to a norm of {norm:,g}",
        caption=f"Norm of the gradient with respect to all recurrent weights. {'. '.join(sentences)}. A clipped curve "
        "moves down as a whole and keeps its shape: clipping stops an update from being too large, and brings back "
        f"nothing that has vanished.{describe_edges(lines, low, high)}",
        x=np.arange(steps, dtype=float),
        x_label="steps before the end, n",
        y_label="size of the gradient",
        series=series,
        y_range=(low, high),
        power=True,
        height=280,
    )
