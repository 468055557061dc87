"""A chart of lines as plain data: what a page draws in the browser, and a notebook as a plotly figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

DASHES = ("solid", "dash", "dot")
"""How a line is drawn, in plotly's words."""


@dataclass(frozen=True, eq=False)
class Series:
    """One line over a chart's x.

    Attributes
    ----------
    values : (n,), NaN where it has none
    label : in the legend
    colour : the name of a quantity, of a cell, or "muted" or "accent"; see `lstm_viz.figures.style.Theme`
    dash : one of `DASHES`
    width : in pixels
    opacity : from 0 to 1
    meaning : a few more words, shown where the legend is pointed at
    """

    values: Floats
    label: str
    colour: str
    dash: str = "solid"
    width: float = 2.2
    opacity: float = 1.0
    meaning: str = ""


@dataclass(frozen=True, eq=False)
class Band:
    """An area between two lines, (n,) each."""

    low: Floats
    high: Floats
    colour: str


@dataclass(frozen=True)
class Mark:
    """A place on the x axis with a few words."""

    x: float
    label: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """Lines over one x axis.

    Attributes
    ----------
    name, title, caption : code name; heading; the sentence below, made from the values
    x, x_label : (n,) positions and what they are
    x_names : for positions 0, 1, 2, …: what stands on the axis in their place
    x_digits : decimals with which a position is written
    y_label : what the values are, where the title does not say it
    series, bands, marks : what is drawn
    y_range : values at the ends of the axis; what lies past them is drawn on the edge
    power : whether values are log10 of what they stand for
    points : whether positions stand by themselves, such as words: each has its dot
    height : in pixels, of the drawing
    group : charts of one group share their hover

    Raises
    ------
    ValueError
        for lines and bands that have not one value for each position, and for an axis that ends where it begins.
    """

    name: str
    title: str
    caption: str
    x: Floats
    x_label: str
    series: Sequence[Series]
    y_range: tuple[float, float]
    bands: Sequence[Band] = ()
    marks: Sequence[Mark] = ()
    x_names: Sequence[str] = ()
    x_digits: int = 0
    y_label: str = ""
    power: bool = False
    points: bool = False
    height: int = 320
    group: str = ""

    def __post_init__(self) -> None:
        lines = {each.label: each.values for each in self.series}
        lines |= {f"band {k}": values for k, band in enumerate(self.bands) for values in (band.low, band.high)}
        for label, values in lines.items():
            if np.shape(values) != np.shape(self.x):
                raise ValueError(f"{label}: shape {np.shape(values)}, expected {np.shape(self.x)}, one for each x")
        if not self.y_range[0] < self.y_range[1]:
            raise ValueError(f"y_range: {self.y_range} does not rise")

    def colours(self) -> set[str]:
        """Names of the colours it needs."""
        return {line.colour for line in self.series} | {band.colour for band in self.bands}

    def on_axis(self, values: Floats) -> Floats:
        """Values as drawn: what lies past the axis is on its edge."""
        return np.clip(np.asarray(values, dtype=np.float64), *self.y_range)
