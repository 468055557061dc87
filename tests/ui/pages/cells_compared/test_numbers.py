"""What the browser draws of the cells side by side is what Python would."""

from typing import Any

import pytest
from torch import nn

from lstm_viz.sources import Source, cells_together, shipped, shown_tasks
from lstm_viz.ui.pages.cells_compared.comparison import comparison_numbers
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import envelope
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.web.in_page import InPage, assert_same_numbers, unpacked

MADE = 'async (asked) => (await import("/tests/web/in_page.js")).made(asked)'


def same(in_page: InPage, sources: dict[str, Source], shown: str, **values: Any) -> None:
    """Both sides' numbers of some cells, by name."""
    task = sources[shown].task.name
    views = {cell: View(each, Settings(task=task, cell=cell, **values)) for cell, each in sources.items()}
    asked = {
        "about": {cell: in_page.about(each) for cell, each in sources.items()},
        "shown": shown,
        "settings": {**envelope.settings(views[shown]), "text": views[shown].text},
        "page": "cells_compared",
        "part": "numbers",
    }
    found = in_page.evaluate(MADE, asked)
    seen = found["header"], {name: unpacked(array) for name, array in found["arrays"].items()}
    assert_same_numbers(comparison_numbers(views[shown], views), seen)


def together(task: str, cell: str) -> dict[str, Source]:
    return {each: shipped(task, each) for each in cells_together(task, cell)}


@pytest.mark.parametrize("task", shown_tasks())
@pytest.mark.parametrize("cell", ["lstm", "peepholes"])
def test_shipped_networks(in_page: InPage, task: str, cell: str) -> None:
    sources = together(task, cell)
    shown = cell if cell in sources else "lstm"
    examples = [each.text for each in sources[shown].task.examples]
    for text in [*examples[:3], "", "  ", "🙂", "x", "1, 2", "\x00\u202e"]:
        same(in_page, sources, shown, text=text, step=3, unit=70)


@pytest.mark.parametrize("task", ["sentiment", "temperature"])
def test_texts_longer_than_the_axis(in_page: InPage, task: str) -> None:
    sources = together(task, "lstm")
    same(in_page, sources, "lstm", text=(sources["lstm"].task.examples[0].text + " ") * 60)


def test_layers_and_directions(in_page: InPage) -> None:
    sources = {
        "lstm": made_source(nn.LSTM, 5, num_layers=2, bidirectional=True),
        "gru": made_source(nn.GRU, 7, num_layers=2),
        "rnn": made_source("rnn_relu"),
    }
    for layer, direction in ((0, "forward"), (1, "backward"), (1, "forward")):
        same(in_page, sources, "lstm", text="The film is not good.", layer=layer, direction=direction)
