"""The only copy of the colours: themes, one colour a quantity and a cell, and the scales of the heatmaps.

A hue is a quantity's, on every page and in its own heatmap. Quantities that do the same job in different cells, such as
the LSTM's forget gate and the GRU's update gate, share one. Slate is below 0, whatever it is of; answers, and what
speaks for one, are slate and rust, which no quantity has. Nothing here needs plotly: the live view reads the same file.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import choice
from lstm_viz.cells import CELLS, Quantity, Role
from lstm_viz.figures.perception import blend
from lstm_viz.trace import Array, LayerTrace

STOPS = 17  # of a scale: enough that plotly's straight lines in RGB between them cannot be told from Oklab's
LEVELS = 256  # of a lookup table

SANS = '"Source Sans 3", "Source Sans Pro", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'
MONO = '"Source Code Pro", ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

# A quantity that does in its cell what another does in the LSTM has that one's colour, and what a gate is made from the
# gate's. The normaliser and the Use layer are in no cell together.
_SAME_JOB = {
    "update_gate": "forget_gate",
    "reset_gate": "output_gate",
    "squashed_cell_state": "cell_state",
    "mean_memory": "cell_state",
    "forget_part": "forget_gate",
    "input_part": "input_gate",
    "forget_sum": "forget_gate",
    "input_sum": "input_gate",
    "normaliser": "use_layer",
}
# Whatever its nonlinearity, a plain RNN is drawn as one.
_SAME_CELL = {"rnn_relu": "rnn", "rnn_sigmoid": "rnn"}


@dataclass(frozen=True)
class Theme:
    """Colours of one theme, all as ``#rrggbb``.

    Attributes
    ----------
    name : "light" or "dark"
    background, panel : of a figure; of boxes, headers and hovers on it
    text, muted : words and numbers; axis labels and remarks
    grid : lines of axes and frames
    accent : what marks the chosen step and unit
    control : what a reader sets: sliders, and the frame of what has the focus
    quantities : code name → colour
    cells : code name → colour of a cell, where cells are compared; "variant" is any that is held against the LSTM
    spare : colours for quantities that have none of their own
    negative : below 0, the low end of every diverging scale
    positive : above 0, of what is no quantity's own: an answer, what speaks for it
    empty : the scales' colour of nothing
    """

    name: str
    background: str
    panel: str
    text: str
    muted: str
    grid: str
    accent: str
    control: str
    quantities: Mapping[str, str]
    cells: Mapping[str, str]
    spare: tuple[str, ...]
    negative: str
    positive: str
    empty: str

    def colour(self, quantity: str) -> str:
        """The colour of a quantity or a cell, by code name; "muted" and "accent" are the theme's own.

        A name that is not known gets the same spare colour on every call.
        """
        name = _SAME_JOB.get(quantity, quantity)
        named = {**self.quantities, **self.cells, "muted": self.muted, "accent": self.accent}
        if name in named:
            return named[name]
        return self.spare[crc32(quantity.encode()) % len(self.spare)]


LIGHT = Theme(
    name="light",
    background="#ffffff",
    panel="#f5f6f8",
    text="#1b1f27",
    muted="#5b6472",
    grid="#dfe3e9",
    accent="#1b1f27",
    control="#2a5fd9",
    quantities={
        "forget_gate": "#2350c4",
        "input_gate": "#018694",
        "output_gate": "#e7257c",
        "candidate": "#9e54e6",
        "cell_state": "#a98a1e",
        "hidden_state": "#0a781f",
        "use_layer": "#2b3600",
        "stabiliser": "#6a4520",
        "inputs": "#5b6472",
    },
    cells={"lstm": "#2f86dd", "gru": "#5b1a93", "rnn": "#b5730f", "variant": "#1d5c22"},
    spare=("#7a5195", "#b0413e", "#4d7d1f", "#2e6f8e", "#8a6d1a", "#c0417f"),
    negative="#1f3b57",
    positive="#c33c00",
    empty="#f7f7f5",
)
DARK = Theme(
    name="dark",
    background="#14181f",
    panel="#1d232d",
    text="#eceff4",
    muted="#a3adbd",
    grid="#313a48",
    accent="#ffffff",
    control="#409cff",
    quantities={
        "forget_gate": "#74b4ff",
        "input_gate": "#5fdfe3",
        "output_gate": "#e8407c",
        "candidate": "#ab61f6",
        "cell_state": "#fed564",
        "hidden_state": "#2fbf5d",
        "use_layer": "#617209",
        "stabiliser": "#5c57d0",
        "inputs": "#a3adbd",
    },
    cells={"lstm": "#4f93f5", "gru": "#cf3d95", "rnn": "#d8921f", "variant": "#8cf0b4"},
    spare=("#b59ae0", "#ef8a86", "#a9d36f", "#7cc0e0", "#d9bc5c", "#f08cbc"),
    negative="#7c8ca8",
    positive="#fd850e",
    empty="#1f2530",
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}


def cell_colour(cell: str) -> str:
    """The name of a cell's colour, as `Theme.colour` takes it: all variants of the LSTM share one.

    Examples
    --------
    >>> cell_colour("rnn_relu"), cell_colour("GRU"), cell_colour("peepholes"), cell_colour("my own network")
    ('rnn', 'gru', 'variant', 'my own network')
    """
    code = cell if cell in CELLS else next((name for name, each in CELLS.items() if each.title == cell), cell)
    name = _SAME_CELL.get(code, code)
    return "variant" if name in CELLS and name not in LIGHT.cells else name


def cell_title(name: str) -> str:
    """What a network is called on a figure: a cell's code name becomes its title, any other name stays.

    Examples
    --------
    >>> cell_title("lstm"), cell_title("my own network")
    ('LSTM', 'my own network')
    """
    return CELLS[name].title if name in CELLS else name


def theme_named(name: str) -> Theme:
    """The theme of that name; ValueError lists those there are."""
    return THEMES[choice(name, "theme", THEMES)]


def is_diverging(quantity: Quantity) -> bool:
    """Whether a quantity's scale has two sides around 0; a share's runs from nothing to all."""
    return not quantity.range.is_share


def scale(quantity: Quantity, theme: str = "light") -> list[tuple[float, str]]:
    """The colour scale of a quantity, as plotly takes it.

    Shares run from the empty colour to the quantity's own. All others run from slate over the empty colour, which
    stands for 0, to the quantity's own: use them with the symmetric `limits`.

    Parameters
    ----------
    quantity : as its cell defines it
    theme : "light" or "dark"

    Returns
    -------
    list of (float, str)
        Positions from 0 to 1 and colours; lightness changes evenly from stop to stop.
    """
    return _stops(_ends(quantity, theme))


def change_scale(quantity: Quantity, theme: str = "light") -> list[tuple[float, str]]:
    """The diverging scale of changes of a quantity, as plotly takes it.

    A change of a share has two sides as well; slate and a gate's cool hue would not tell them apart, slate and rust do.
    """
    return scale(quantity, theme) if is_diverging(quantity) else signed_scale(theme)


def signed_scale(theme: str = "light") -> list[tuple[float, str]]:
    """The diverging scale of what is no quantity's own, as plotly takes it."""
    chosen = theme_named(theme)
    return _stops((chosen.negative, chosen.empty, chosen.positive))


def probability_scale(theme: str = "light") -> list[tuple[float, str]]:
    """The colour scale of probabilities, 0 to 1, as plotly takes it: ink on the empty colour, no quantity's own."""
    chosen = theme_named(theme)
    return _stops((chosen.empty, chosen.text))


def lookup_table(quantity: Quantity, theme: str = "light") -> NDArray[np.uint8]:
    """`scale` as 256 colours, (256, 3) red, green, blue from 0 to 255: entry 0 is the low limit, 255 the high one."""
    return _table(_ends(quantity, theme))


def _ends(quantity: Quantity, theme: str) -> tuple[str, ...]:
    chosen = theme_named(theme)
    high = chosen.colour(quantity.name)
    if not is_diverging(quantity):
        return chosen.empty, high
    # What a gate is made from has the gate's colour, which tells no sign from slate.
    return chosen.negative, chosen.empty, chosen.positive if quantity.role is Role.PART else high


def _stops(ends: Sequence[str]) -> list[tuple[float, str]]:
    return [(k / (STOPS - 1), colour) for k, colour in enumerate(blend(ends, STOPS))]


@lru_cache(maxsize=64)
def _table(ends: tuple[str, ...]) -> NDArray[np.uint8]:
    table = np.array([list(bytes.fromhex(colour[1:])) for colour in blend(ends, LEVELS)], dtype=np.uint8)
    table.flags.writeable = False
    return table


def limits(layer: LayerTrace, quantity: str) -> tuple[float, float]:
    """What the two ends of a quantity's scale stand for in a layer.

    Shares: always 0 and 1. Quantities between −1 and 1: always −1 and 1, unless a projection or an initial state took
    them further. Unbounded ones: the largest size they reach, by `round_up`, on both sides of 0, so that the colours do
    not shift with every letter typed.
    """
    bounds = layer.definition[quantity].range
    if bounds.is_share:
        return 0.0, 1.0
    furthest = float(np.abs(layer[quantity]).max())
    if math.isfinite(bounds.low) and math.isfinite(bounds.high):
        widest = max(-bounds.low, bounds.high)
        if furthest <= widest + 1e-6:
            return -widest, widest
    end = round_up(furthest)
    return -end, end


def own_ends(layer: LayerTrace, quantity: str) -> Array:
    """What the ends of each row's scale stand for where every row has its own, (H,): `round_up` of its largest size."""
    return np.array([round_up(size) for size in np.abs(layer[quantity]).max(axis=0).tolist()])


def round_up(value: float) -> float:
    """The smallest of 1, 1.5, 2, 3, 5 or 7 times a power of ten that is not below a size; 1 for nothing.

    Steps this fine use at least three fifths of a scale, and are still rare.

    Examples
    --------
    >>> [round_up(value) for value in (0.0, 0.03, 1.0, 1.93, 34.0)]
    [1.0, 0.03, 1.0, 2.0, 50.0]
    """
    if value <= 1e-12:
        return 1.0
    power = math.floor(math.log10(value))
    # The next decade's 1 is there for values that only rounding errors keep above this one's 10.
    candidates = [step * 10.0**exponent for exponent in (power - 1, power, power + 1) for step in (1, 1.5, 2, 3, 5, 7)]
    return float(f"{next(end for end in candidates if end >= value * (1 - 1e-6)):.1e}")
