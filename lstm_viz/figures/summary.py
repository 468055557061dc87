"""A summary of many runs: for each quantity every unit's mean and spread, and which units are dead or not finite."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_viz.analysis.tally import QuantitySummary
from lstm_viz.arguments import choice, expect, given, text, whole
from lstm_viz.cells import CELLS
from lstm_viz.figures.chart import Band, Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.trace import DIRECTIONS
from lstm_viz.words.phrases import count, number, percent

if TYPE_CHECKING:
    import plotly.graph_objects as go

_HEIGHT = 120  # pixels, of a quantity's chart
_ROOM = 0.04  # of an axis, past its values
_MADE_BY = "what lstm_viz.summary gave"


def summary(
    summary: Any,
    module: str | None = None,
    *,
    layer: int = 0,
    direction: str = "forward",
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """One chart a quantity: the units across, in the order of their means; a line for the mean, an area for the spread.

    Parameters
    ----------
    summary : what `lstm_viz.summary` gave, or its parts
    module : which recurrent module, where there are several; the first by default
    layer, direction : which layer of it
    theme : "light" or "dark"
    caption : whether to say how to read it, and what is dead or not finite

    Raises
    ------
    ValueError
        for a module, layer or theme that does not exist.
    TypeError
        for what is no summary, and options of another kind.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> figure = summary(lstm_viz.summary(lstm_viz.trace(torch.nn.GRU(3, 8), torch.randn(5, 2, 3))))
    >>> [line.name for line in figure.data if line.mode == "lines" and line.name]
    ['Reset gate', 'Update gate', 'Candidate', 'Hidden state']
    """
    return line_chart(*summary_charts(summary, module, layer=layer, direction=direction), theme=theme, caption=caption)


def summary_charts(
    summary: Any, module: str | None = None, *, layer: int = 0, direction: str = "forward"
) -> list[Chart]:
    """What the figure draws, from the top."""
    parts = getattr(summary, "parts", summary)
    expect(parts, (tuple, list), "summary", _MADE_BY)
    for part in parts:
        if not isinstance(part, QuantitySummary):
            raise TypeError(f"summary: holds {given(part)}; expected {_MADE_BY}")
    if not parts:
        raise ValueError(f"summary: is empty; expected {_MADE_BY}")
    modules = list(dict.fromkeys(part.module for part in parts))
    chosen = modules[0] if module is None else choice(module, "module", modules)
    whole(layer, "layer")
    choice(text(direction, "direction"), "direction", DIRECTIONS)
    found = [part for part in parts if (part.module, part.layer, part.direction) == (chosen, layer, direction)]
    if not found:
        there = dict.fromkeys(f"layer {part.layer}, {part.direction}" for part in parts if part.module == chosen)
        raise ValueError(
            f"layer, direction: there is no layer {given(layer)}, {direction}; there is {'; '.join(there)}"
        )
    return [_chart(part, found, first=k == 0) for k, part in enumerate(found)]


def _chart(part: QuantitySummary, among: Sequence[QuantitySummary], *, first: bool) -> Chart:
    order = np.argsort(np.where(np.isnan(part.mean), np.inf, part.mean), kind="stable")
    mean, std = part.mean[order], part.std[order]
    low, high = mean - std, mean + std
    edges = np.concatenate([low, high, [0.0]])
    ends = (0.0, 1.0) if part.definition.range.is_share else (float(np.nanmin(edges)), float(np.nanmax(edges)))
    room = _ROOM * (ends[1] - ends[0] or 1)
    label = part.definition.label
    title = label
    if first:
        where = f"{part.module}, layer" if part.module else "Layer"
        title = f"{where} {part.layer}, {part.direction}, {CELLS[part.cell].title}: {label[0].lower()}{label[1:]}"
    wide = max(len(each.mean) for each in among)
    positions = np.arange(wide)

    def across(values: Any) -> Any:
        """A projected hidden state has fewer units than the gates beside it."""
        return np.concatenate([values, np.full(wide - len(values), np.nan)])

    return Chart(
        name=part.quantity,
        title=title,
        caption=_says(part, first),
        x=positions,
        x_label="units, in the order of their means",
        series=[Series(across(mean), label, part.quantity)],
        bands=[Band(across(low), across(high), part.quantity)],
        y_range=(ends[0] - room, ends[1] + room),
        height=_HEIGHT,
        group="summary",
    )


def _says(part: QuantitySummary, first: bool) -> str:
    mean, std = part.overall
    said = "Line: each unit’s mean over all steps; area: its spread. " if first else ""
    if np.isnan(mean):
        return f"{said}{part.definition.label}: never finite."
    said += f"{part.definition.label}: {number(mean)} ± {number(std)}"
    if part.is_gate:
        said += f", {percent(part.share(part.shut))} shut, {percent(part.share(part.open))} open"
    for units, what in ((part.dead, "dead"), (part.not_finite > 0, "not finite")):
        if units.any():
            said += f", {count(int(units.sum()), 'unit')} {what}"
    return said + "."
