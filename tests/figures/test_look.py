"""What all figures have in common: one size of text, captions one can turn off, one wording, one colour a cell."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.figures.style import THEMES
from tests.analysis.examples import random_trace
from tests.figures.examples import chart_figures
from tests.figures.test_figures import all_figures

MADE = {**all_figures(random_trace()), **chart_figures(random_trace())}
every_figure = pytest.mark.parametrize("name", figures.__all__)


def fonts(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All descriptions of text: where they stand, and what they are."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key.endswith("font"):
                yield f"{path}.{key}", value
            yield from fonts(value, f"{path}.{key}")
    elif isinstance(part, list):
        for k, each in enumerate(part):
            yield from fonts(each, f"{path}[{k}]")


@every_figure
def test_the_one_size_of_text_is_the_figure_s(name: str) -> None:
    drawn = json.loads(MADE[name].to_json())
    sized = [where for where, font in fonts(drawn["layout"], "layout") if "size" in font]
    sized += [where for where, font in fonts(drawn["data"], "data") if "size" in font]
    assert sized == ["layout.font"]
    assert all(size.endswith("%") for size in re.findall(r"font-size:([^;'\"]*)", json.dumps(drawn)))
    assert not any("texttemplate" in part for part in drawn["data"]), "text in a heatmap's cells has a size of its own"


@every_figure
def test_room_grows_with_the_text(name: str) -> None:
    layout = MADE[name].layout
    assert layout.title.automargin
    assert layout.margin.t == 0, "the heading makes its own room"
    axes = [axis for key, axis in layout.to_plotly_json().items() if re.fullmatch(r"[xy]axis\d*", key)]
    assert all(axis.get("automargin") or axis.get("visible") is False for axis in axes)
    for part in MADE[name].data:
        assert part.type != "heatmap" or part.colorbar.lenmode in (None, "fraction"), "a bar in pixels stays small"


@every_figure
def test_a_figure_is_as_wide_as_it_is_asked_to_be(name: str) -> None:
    assert MADE[name].layout.width is None


def test_captions_are_turned_off_by_one_word() -> None:
    trace = random_trace(steps=300)
    without = {**all_figures(trace, caption=False), **chart_figures(trace, caption=False)}
    for name, figure in {**all_figures(trace), **chart_figures(trace)}.items():
        said, left = figure.layout.title.text, without[name].layout.title.text
        assert "<br>" in said
        # That columns hold several steps is no advice on reading: it is said all the same.
        assert left.count("<br>") == ("do not fit" in said), left
        assert left.split("<br>")[0] == said.split("<br>")[0]
        assert without[name].layout.height <= figure.layout.height


def test_networks_are_called_by_their_titles_and_have_the_colours_of_their_cells() -> None:
    torch.manual_seed(0)
    inputs, light = torch.randn(6, 3), THEMES["light"]
    traces = {"gru": lstm_viz.trace(torch.nn.GRU(3, 4), inputs), "lstm": lstm_viz.trace(torch.nn.LSTM(3, 4), inputs)}
    line = np.linspace(0, 1, 6)
    lines = dict.fromkeys(traces, line)
    scores = {name: np.stack([line, line + 1], axis=1) for name in ("GRU", "lstm")}
    drawn = {
        "cells_compared": figures.cells_compared(traces, lines).data[:2],
        "answers_over_time": figures.answers_over_time(lines, line).data[1:],
        "error_by_length": figures.error_by_length([1, 2, 3, 4, 5, 6], lines).data,
        "learning_curves": figures.learning_curves(np.arange(6), scores).data[-2:],
    }
    for name, (gru, lstm) in drawn.items():
        assert (gru.name, lstm.name) == ("GRU", "LSTM"), name
        assert (gru.line.color, lstm.line.color) == (light.colour("gru"), light.colour("lstm")), name
    for figure in (figures.gate_heatmaps(traces["gru"]), figures.unit_lines(traces["gru"], unit=0)):
        assert figure.layout.title.text.startswith("GRU, ")
    assert figures.unit_ranking({"update_gate": line}).data[0].y[0].startswith("Update gate, unit ")


def test_two_runs_of_one_cell_and_two_settings_can_be_told_apart() -> None:
    trace, line = random_trace(), np.linspace(0, 1, 10)
    one, other = figures.cells_compared({"before": trace, "after": trace}, {"before": line, "after": line}).data[:2]
    assert one.line.color == other.line.color
    assert one.line.dash != other.line.dash
    curves = figures.learning_curves(np.arange(2), {"bias 0": np.ones((2, 1)), "lstm": np.ones((2, 1))}).data[-2:]
    assert curves[0].line.color != curves[1].line.color == THEMES["light"].colour("lstm")


def test_the_rows_of_a_memory_map_are_named() -> None:
    trace = random_trace()
    axis = figures.memory_map(trace, unit=1).layout.yaxis
    assert axis.ticktext == trace.labels
    assert axis.showticklabels is not False
    assert "step that put it in" in axis.title.text
    long = figures.memory_size_map(random_trace(steps=200)).layout.yaxis
    assert 20 <= len(long.ticktext) == len(long.tickvals) <= 26, "as many as there is room for"
