"""A bar for each column, up from 0 or down."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import Parts
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import TokenAxis


def signed_bars(name: str, values: NDArray[Any], axis: TokenAxis, theme: str) -> Parts:
    """Plotly's description of the bars, in the colours of the diverging scale's ends; name: as HTML."""
    colours = theme_named(theme)
    return {
        "type": "bar",
        "name": name,
        "x": axis.names,
        "y": np.round(values, 5),
        "marker": {"color": [colours.positive if value >= 0 else colours.negative for value in values]},
        "hovertemplate": "%{y:+.3f}<br>%{x}<extra></extra>",
    }
