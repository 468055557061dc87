"""The probabilities of several labels after every step, a strip a label."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import Panel, Parts, stack
from lstm_viz.figures.style import probability_scale, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW = 26  # pixels


def probabilities(
    values: NDArray[Any],
    labels: Sequence[str],
    names: Sequence[str],
    *,
    title: str = "Probabilities",
    theme: str = "light",
) -> "go.Figure":
    """A heatmap: labels down, tokens across.

    Parameters
    ----------
    values : (T, L), from 0 to 1; a row need not sum to 1, as where several symbols may follow
    labels : T token labels
    names : L labels
    title : of the figure
    theme : "light" or "dark"

    Raises
    ------
    ValueError
        for values of another shape than tokens by labels.

    Examples
    --------
    >>> figure = probabilities(np.array([[0.1, 0.9], [0.6, 0.4]]), ["Who", "is"], ["place", "human"])
    >>> figure.data[0].z.tolist()
    [[0.1, 0.6], [0.9, 0.4]]
    """
    values = np.asarray(values)
    if values.shape != (len(labels), len(names)):
        raise ValueError(f"values: shape {values.shape}, expected ({len(labels)}, {len(names)}): tokens by labels")
    axis, shown = TokenAxis.of(labels), [plain(name) for name in names]
    heatmap: Parts = {
        "type": "heatmap",
        "name": plain(title),
        "x": axis.names,
        "y": shown,
        "z": np.round(axis.aggregate(values).T, 4),
        "zmin": 0,
        "zmax": 1,
        "colorscale": probability_scale(theme),
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [0, 1],
            "tickfont": {"size": 12, "color": theme_named(theme).muted},
        },
        "hovertemplate": "P(%{y}) = %{z:.3f}<br>after %{x}<extra></extra>",
    }
    vertical: Parts = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": shown,
        "range": [len(shown) - 0.5, -0.5],
        "showgrid": False,
        "automargin": True,
    }
    return stack(
        [Panel("", _ROW * len(shown), [heatmap], vertical)],
        axis,
        title=plain(title),
        how_to_read="A row is a label, a column what is said if the sequence ended there.",
        theme=theme,
    )
