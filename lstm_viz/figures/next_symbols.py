"""Which symbols are expected next after every step, the likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import Edges
from lstm_viz.arguments import whole
from lstm_viz.figures.arguments import Labels, names_of, over_steps
from lstm_viz.figures.panels import MARKED, Panel, Parts, colour_bar, rows_axis, stack
from lstm_viz.figures.perception import contrast
from lstm_viz.figures.style import MONO, probability_scale, theme_named
from lstm_viz.figures.token_axis import TokenAxis, plain
from lstm_viz.trace import Array
from lstm_viz.words import describe_next, given_to_what_came, visible

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW = 28  # pixels


def next_symbols(
    values: NDArray[Any],
    labels: Labels,
    symbols: Sequence[str],
    *,
    choices: int = 5,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """A column a token, and in it the likeliest next symbols, from the top, shaded by their probability.

    Parameters
    ----------
    values : (T, S), for each symbol the probability that it comes next, after every step
    labels : T token labels, or the trace that has them; None for the step numbers
    symbols : S symbols, two or more
    choices : how many are shown
    theme : "light" or "dark"
    caption : whether to say how to read it

    Returns
    -------
    plotly.graph_objects.Figure
        One heatmap, and its symbols as text where there is room. Where columns hold several steps, each shows its first
        step's.

    Raises
    ------
    ValueError
        for values of another shape than tokens by symbols, and for no choices.
    TypeError
        for values that are no numbers, and options of another kind.

    Examples
    --------
    >>> figure = next_symbols(np.array([[0.1, 0.9], [0.6, 0.4]]), ["d", "e"], ["a", "f"], choices=2)
    >>> figure.data[0].text.tolist()
    [['f', 'a'], ['a', 'f']]
    """
    known = names_of(symbols, "symbols")
    if len(known) < 2:
        raise ValueError(f"symbols: has {len(known)} entry; give two or more, of which one comes next")
    tokens, given = over_steps(values, "values", labels, len(known), expected="tokens by symbols")
    axis = TokenAxis.of(tokens)
    shown = next_symbols_data(given, axis, known, choices=whole(choices, "choices", 1, len(known) + 100))
    names = np.array([[plain(visible(symbol)) for symbol in row] for row in shown.symbols], dtype=object).T
    rows = [f"{k + 1}." for k in range(len(names))]
    heatmap: Parts = {
        "type": "heatmap",
        "name": "P(next)",
        "x": axis.names,
        "y": rows,
        "z": np.round(shown.shares.T, 4),
        "text": names,
        "zmin": 0,
        "zmax": 1,
        "colorscale": probability_scale(theme),
        "colorbar": colour_bar(0, 1, theme),
        "hovertemplate": "%{text}: %{z:.3f}<br>after %{x}<extra></extra>",
    }
    words = [_words(axis, rows, names, shown.shares.T, theme)] if len(axis.names) <= MARKED else []
    return stack(
        [Panel("", _ROW * len(rows), [heatmap, *words], rows_axis(rows))],
        axis,
        title="Expected next",
        how_to_read=f"Down each column: what is expected next, the likeliest first. {plain(shown.caption)}",
        caption=caption,
        theme=theme,
    )


@dataclass(frozen=True, eq=False)
class NextSymbols:
    """What is expected next after every step. C: columns, K: choices.

    Attributes
    ----------
    symbols : for each column the K likeliest, in order
    shares : (C, K), their probabilities
    given : (C,), the probability that had been given to each step's own symbol before it came; NaN where it is not
        known what came
    caption : a sentence made from the values
    """

    symbols: list[list[str]]
    shares: Array
    given: Array
    caption: str


def next_symbols_data(
    values: NDArray[Any],
    axis: TokenAxis,
    symbols: Sequence[str],
    *,
    choices: int = 5,
    came: Sequence[int] | None = None,
) -> NextSymbols:
    """What both pictures of the next symbol draw. Of a column of several steps, the first one's choices.

    Parameters
    ----------
    values : (T, S), over an axis of T tokens
    symbols : S of them, as they are shown
    choices : K
    came : for each step, which symbol stands there, −1 for another; None where that is not known
    """
    stood = [-1] * len(values) if came is None else came
    names, shares = likeliest(values, axis.edges[:-1], symbols, choices)
    given = given_to_what_came(values, stood)
    return NextSymbols(names, shares, axis.aggregate(given), describe_next(values, stood, axis.labels, symbols))


def likeliest(
    values: NDArray[Any], steps: Edges, symbols: Sequence[str], choices: int
) -> tuple[list[list[str]], Array]:
    """At each of some steps the likeliest next symbols and their probabilities, (steps, choices)."""
    shown = values[steps]
    best = np.argsort(-shown, axis=1, kind="stable")[:, :choices]
    return [[symbols[k] for k in row] for row in best], np.take_along_axis(shown, best, axis=1)


def _words(axis: TokenAxis, rows: Sequence[str], names: NDArray[Any], shares: Array, theme: str) -> Parts:
    """The symbols themselves: text of a heatmap's own would not follow the size of the figure's."""
    colours = theme_named(theme)
    scale = [colour for _, colour in probability_scale(theme)]
    inks = [max((colours.text, colours.background), key=lambda ink: contrast(ink, colour)) for colour in scale]
    places = np.nan_to_num(shares, nan=0.0).clip(0, 1) * (len(scale) - 1)
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.tile(np.array(axis.names, dtype=object), len(rows)),
        "y": np.repeat(np.array(rows, dtype=object), len(axis.names)),
        "text": names.ravel(),
        "textfont": {"family": MONO, "color": [inks[k] for k in places.round().astype(int).ravel()]},
        "hoverinfo": "skip",
        "showlegend": False,
    }
