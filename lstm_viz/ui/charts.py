"""Line charts that update in place: plain data in, drawn by the browser; hovering never asks the server."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lstm_viz.figures.style import THEMES, Theme
from lstm_viz.ui import session
from lstm_viz.ui.link import link
from lstm_viz.ui.modules import joined, style
from lstm_viz.ui.payload import pack

Floats = NDArray[Any]

# The look of the live view, under a name of its own: a page may have one of each.
_LOOK = style("style.css").replace(".lv-live", ".lv-charts") + style("chart.css")
_component = st.components.v2.component("lstm_viz_charts", js=joined("charts.js"), css=_LOOK)


@dataclass(frozen=True, eq=False)
class Series:
    """One line. `colour`: the name of a quantity, of a cell, or "muted" or "accent"; see `Theme`."""

    values: Floats
    label: str
    colour: str
    dash: bool = False
    width: float = 2.2
    meaning: str = ""


@dataclass(frozen=True, eq=False)
class Band:
    """An area between two lines."""

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
    series, bands, marks : what is drawn
    y_range : values at the ends of the axis; what lies past them is drawn on the edge
    power : whether values are log10 of what they stand for
    group : charts of one group share their hover
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
    power: bool = False
    height: int = 320
    group: str = ""

    def parts(self) -> tuple[dict[str, Any], dict[str, Floats]]:
        """The chart as a part of a message: header and arrays."""
        arrays = {f"{self.name}.x": self.x}
        for k, series in enumerate(self.series):
            arrays[f"{self.name}.{k}"] = series.values
        for k, band in enumerate(self.bands):
            arrays |= {f"{self.name}.low{k}": band.low, f"{self.name}.high{k}": band.high}
        header = {
            "name": self.name,
            "title": self.title,
            "caption": self.caption,
            "x": f"{self.name}.x",
            "xLabel": self.x_label,
            "xNames": list(self.x_names),
            "xRange": [float(self.x.min()), float(self.x.max())],
            "yRange": list(self.y_range),
            "power": self.power,
            "height": self.height,
            "group": self.group,
            "series": [
                {"array": f"{self.name}.{k}", "label": each.label, "colour": each.colour, "dash": each.dash}
                | {"width": each.width, "meaning": each.meaning}
                for k, each in enumerate(self.series)
            ],
            "bands": [
                {"low": f"{self.name}.low{k}", "high": f"{self.name}.high{k}", "colour": each.colour}
                for k, each in enumerate(self.bands)
            ],
            "marks": [asdict(mark) for mark in self.marks],
        }
        return header, arrays

    def colours(self) -> set[str]:
        """Names of the colours it needs."""
        return {line.colour for line in self.series} | {band.colour for band in self.bands}


def charts_message(charts: Sequence[Chart], query: str | None, columns: int = 1) -> bytes:
    """Charts as the bytes that the front end reads; `query`: what the address should hold, None to leave it."""
    headers: list[dict[str, Any]] = []
    arrays: dict[str, Floats] = {}
    names: set[str] = set()
    for chart in charts:
        header, own = chart.parts()
        headers.append(header)
        arrays |= own
        names |= chart.colours()
    header = {"charts": headers, "query": query, "themes": colours(names), "columns": columns}
    return pack(header, {name: np.asarray(values, dtype=np.float32) for name, values in arrays.items()})


def colours(names: set[str]) -> Mapping[str, Mapping[str, str]]:
    """Theme → name → colour."""
    return {
        theme.name: {name: _colour(theme, name) for name in sorted(names)} | {"muted": theme.muted}
        for theme in THEMES.values()
    }


def _colour(theme: Theme, name: str) -> str:
    return {"muted": theme.muted, "accent": theme.accent}.get(name) or theme.colour(name)


def show_charts(key: str, charts: Sequence[Chart], columns: int = 1) -> None:
    """Draw charts, and keep the address equal to the settings."""
    address = link(session.settings())
    query = None if address is None else address.lstrip("?")
    _component(key=key, data=charts_message(charts, query, columns))
