"""Line charts that update in place: plain data in, drawn by the browser; hovering never asks the server."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from lstm_viz.figures.chart import Chart, Floats
from lstm_viz.live_page.colours import named_colours
from lstm_viz.ui.bridge import frame, session
from lstm_viz.ui.bridge.components import component
from lstm_viz.ui.bridge.payload import pack

_component = component("charts")


def parts(chart: Chart) -> tuple[dict[str, Any], dict[str, Floats]]:
    """A chart as a part of a message: header and arrays."""
    arrays = {f"{chart.name}.x": chart.x}
    for k, series in enumerate(chart.series):
        arrays[f"{chart.name}.{k}"] = series.values
    for k, band in enumerate(chart.bands):
        arrays |= {f"{chart.name}.low{k}": band.low, f"{chart.name}.high{k}": band.high}
    header = {
        "name": chart.name,
        "title": chart.title,
        "caption": chart.caption,
        "x": f"{chart.name}.x",
        "xLabel": chart.x_label,
        "xNames": list(chart.x_names),
        "xDigits": chart.x_digits,
        "xRange": [float(chart.x.min()), float(chart.x.max())],
        "yLabel": chart.y_label,
        "yRange": list(chart.y_range),
        "power": chart.power,
        "points": chart.points,
        "height": chart.height,
        "group": chart.group,
        "series": [
            {"array": f"{chart.name}.{k}", "label": each.label, "colour": each.colour, "dash": each.dash}
            | {"width": each.width, "opacity": each.opacity, "meaning": each.meaning}
            for k, each in enumerate(chart.series)
        ],
        "bands": [
            {"low": f"{chart.name}.low{k}", "high": f"{chart.name}.high{k}", "colour": each.colour}
            for k, each in enumerate(chart.bands)
        ],
        "marks": [asdict(mark) for mark in chart.marks],
    }
    return header, arrays


def charts_message(charts: Sequence[Chart], address: str, columns: int = 1) -> bytes:
    """Charts as the bytes that the front end reads; `address`: where they are to be had."""
    headers: list[dict[str, Any]] = []
    arrays: dict[str, Floats] = {}
    names: set[str] = set()
    for chart in charts:
        header, own = parts(chart)
        headers.append(header)
        arrays |= own
        names |= chart.colours()
    header = {"charts": headers, "address": address, "themes": named_colours(names), "columns": columns}
    return pack(header, {name: np.asarray(values, dtype=np.float32) for name, values in arrays.items()})


def show_charts(key: str, charts: Sequence[Chart], columns: int = 1) -> None:
    """Draw charts, and keep the address equal to the settings."""
    if frame.current().closed:
        return
    _component(key=key, data=charts_message(charts, session.address(), columns))
