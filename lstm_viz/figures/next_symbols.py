"""Which symbols are expected next after every step, the likeliest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import Panel, Parts, stack
from lstm_viz.figures.style import MONO, probability_scale, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.words import visible

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW = 28  # pixels


def next_symbols(
    values: NDArray[Any], labels: Sequence[str], symbols: Sequence[str], *, choices: int = 5, theme: str = "light"
) -> "go.Figure":
    """A column a token, and in it the likeliest next symbols, from the top, shaded by their probability.

    Parameters
    ----------
    values : (T, S), for each symbol the probability that it comes next, after every step
    labels : T token labels
    symbols : S symbols
    choices : how many are shown
    theme : "light" or "dark"

    Returns
    -------
    plotly.graph_objects.Figure
        One heatmap. Where columns hold several steps, each shows its first step's.

    Raises
    ------
    ValueError
        for values of another shape than tokens by symbols.

    Examples
    --------
    >>> figure = next_symbols(np.array([[0.1, 0.9], [0.6, 0.4]]), ["d", "e"], ["a", "f"], choices=2)
    >>> figure.data[0].text.tolist()
    [['f', 'a'], ['a', 'f']]
    """
    values = np.asarray(values)
    if values.shape != (len(labels), len(symbols)):
        raise ValueError(f"values: shape {values.shape}, expected ({len(labels)}, {len(symbols)}): tokens by symbols")
    axis, ranks = TokenAxis.of(labels), min(choices, len(symbols))
    shown = values[axis.edges[:-1]]
    best = np.argsort(-shown, axis=1, kind="stable")[:, :ranks]
    rows = [f"{k + 1}." for k in range(ranks)]
    heatmap: Parts = {
        "type": "heatmap",
        "name": "P(next)",
        "x": axis.names,
        "y": rows,
        "z": np.round(np.take_along_axis(shown, best, axis=1).T, 4),
        "text": np.array([[plain(visible(symbols[k])) for k in row] for row in best], dtype=object).T,
        "texttemplate": "%{text}",
        "textfont": {"family": MONO, "size": 13},
        "zmin": 0,
        "zmax": 1,
        "colorscale": probability_scale(theme),
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [0, 1],
            "tickfont": {"size": 12, "color": theme_named(theme).muted},
        },
        "hovertemplate": "%{text}: %{z:.3f}<br>after %{x}<extra></extra>",
    }
    vertical: Parts = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": rows,
        "range": [ranks - 0.5, -0.5],
        "showgrid": False,
    }
    return stack(
        [Panel("", _ROW * ranks, [heatmap], vertical)],
        axis,
        title="Expected next",
        how_to_read="Down each column: what is expected next, the likeliest first.",
        theme=theme,
    )
