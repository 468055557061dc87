"""Which units matter: what the answer becomes when a gate of each is held at a value."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.figures.panels import Parts, figure, y_axis
from lstm_viz.figures.style import theme_named
from lstm_viz.figures.token_axis import plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW, _HEAD, _FOOT, _LEFT = 24, 96, 50, 170  # pixels


def unit_ranking(
    changes: Mapping[str, NDArray[Any]], *, name: str = "output", most: int = 12, theme: str = "light"
) -> "go.Figure":
    """A bar for each of the units whose gate matters most, the largest change on top.

    Parameters
    ----------
    changes : gate, by the name it is to have here → (H,), what holding it in each unit in turn does to the output; see
        `lstm_viz.analysis.change.ranking.hold_each_unit`
    name : of the output, such as ``log-odds of positive``
    most : how many are shown
    theme : "light" or "dark"

    Raises
    ------
    ValueError
        for no changes.

    Examples
    --------
    >>> figure = unit_ranking({"Forget gate": np.array([0.1, -0.7, 0.0])}, most=2)
    >>> figure.data[0].y, figure.data[0].x.tolist()
    (('Forget gate, unit 1', 'Forget gate, unit 0'), [-0.7, 0.1])
    """
    if not any(len(values) for values in changes.values()):
        raise ValueError("changes: none were given")
    colours = theme_named(theme)
    found = [(gate, unit, float(value)) for gate, values in changes.items() for unit, value in enumerate(values)]
    shown = sorted(found, key=lambda each: -abs(each[2]))[:most]
    names = [f"{plain(gate)}, unit {unit}" for gate, unit, _ in shown]
    bars: Parts = {
        "type": "bar",
        "orientation": "h",
        "name": plain(name),
        "x": np.round([value for *_, value in shown], 5),
        "y": names,
        "marker": {"color": [colours.positive if value >= 0 else colours.negative for *_, value in shown]},
        "hovertemplate": "%{y}: %{x:+.3f}<extra></extra>",
    }
    half = float(np.median([abs(value) for *_, value in found]))
    across = y_axis(theme) | {"title": {"text": f"change of the {plain(name)}", "font": {"size": 12}}, "zeroline": True}
    return figure(
        [bars],
        {
            "height": _HEAD + _FOOT + _ROW * len(shown),
            "margin": {"l": _LEFT, "r": 24, "t": _HEAD, "b": _FOOT},
            "xaxis": across | {"zerolinecolor": colours.muted},
            "yaxis": y_axis(theme) | {"autorange": "reversed", "showgrid": False},
        },
        title="Which unit matters",
        how_to_read=f"{len(found):,} times one gate of one unit held; half of them change it by less than {half:.3f}.",
        theme=theme,
    )
