"""The probabilities of several labels after every step, a strip a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import text
from lstm_viz.figures.arguments import Labels, names_of, over_steps
from lstm_viz.figures.panels import Panel, Parts, colour_bar, rows_axis, stack
from lstm_viz.figures.style import probability_scale
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words import describe_classes, describe_followers

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW = 26  # pixels


def probabilities(
    values: NDArray[Any],
    labels: Labels,
    names: Sequence[str],
    *,
    title: str = "Probabilities",
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A heatmap: labels down, tokens across.

    Parameters
    ----------
    values : (T, L), from 0 to 1; a row need not sum to 1, as where several symbols may follow
    labels : T token labels, or the trace that has them; None for the step numbers
    names : L labels
    title : of the figure
    theme : "light" or "dark"
    caption : whether to say how to read it

    Raises
    ------
    ValueError
        for values of another shape than tokens by labels.
    TypeError
        for values that are no numbers, and options of another kind.

    Examples
    --------
    >>> figure = probabilities(np.array([[0.1, 0.9], [0.6, 0.4]]), ["Who", "is"], ["place", "human"])
    >>> figure.data[0].z.tolist()
    [[0.1, 0.6], [0.9, 0.4]]
    """
    kinds = names_of(names, "names")
    tokens, given = over_steps(values, "values", labels, len(kinds), expected="tokens by labels")
    axis, heading = TokenAxis.of(tokens), plain(text(title, "title"))
    data = probabilities_data(given, axis, kinds, exclusive=bool(np.allclose(given.sum(axis=1), 1)))
    shown = [plain(name) for name in data.names]
    heatmap: Parts = {
        "type": "heatmap",
        "name": heading,
        "x": axis.names,
        "y": shown,
        "z": np.round(data.values.T, 4),
        "zmin": 0,
        "zmax": 1,
        "colorscale": probability_scale(theme),
        "colorbar": colour_bar(0, 1, theme),
        "hovertemplate": "P(%{y}) = %{z:.3f}<br>after %{x}<extra></extra>",
    }
    return stack(
        [Panel("", _ROW * len(shown), [heatmap], rows_axis(shown))],
        axis,
        title=heading,
        how_to_read=f"A row is a label, a column what is said if the sequence ended there. {plain(data.caption)}",
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class Probabilities:
    """What is said of several labels after every step. C: columns, L: labels.

    Attributes
    ----------
    names : L of them
    values : (C, L)
    caption : a sentence made from the values
    """

    names: list[str]
    values: Array
    caption: str


def probabilities_data(
    values: NDArray[Any], axis: TokenAxis, names: Sequence[str], *, exclusive: bool = True
) -> Probabilities:
    """What both pictures of several probabilities draw.

    Parameters
    ----------
    values : (T, L), over an axis of T tokens
    names : L labels
    exclusive : whether one of them is right, as of classes; of symbols that may follow, several can be
    """
    describe = describe_classes if exclusive and len(names) > 1 else describe_followers
    return Probabilities(list(names), axis.aggregate(values), describe(values, axis.labels, list(names)))
