"""The memory ledger counts in the browser what it counts in Python: every network, unit or all, any step and source."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from torch import nn

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.pages.ledger.view import ledger_numbers
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.web.in_page import InPage, assert_same_numbers

NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
DEEP: dict[str, Any] = {"num_layers": 2, "bidirectional": True}
MADE: dict[str, Callable[[], Source]] = {
    "lstm": lambda: made_source(nn.LSTM, **DEEP),
    "gru": lambda: made_source(nn.GRU, **DEEP),
    "two layers": lambda: made_source(nn.LSTM, num_layers=2),
    "no bias": lambda: made_source(nn.GRU, bias=False, num_layers=2),
    "projection": lambda: made_source(nn.LSTM, proj_size=4),
    "deep projection": lambda: made_source(nn.LSTM, proj_size=4, **DEEP),
    "classes": lambda: made_source(nn.LSTM, task="question"),
    "days": lambda: made_source(nn.GRU, task="temperature", **DEEP),
    **{cell: lambda cell=cell: made_source(cell) for cell in CELLS if cell not in ("lstm", "gru", "rnn")},  # type: ignore[misc]
}


CHOSEN = {"overall", "scale", "chosen", "split", "attention"}
"""What follows from the chosen step, source and unit; what does not is the axis, and what all pages count."""


def same(in_page: InPage, network: Source, **values: Any) -> None:
    """Fail where the two differ, of the whole and of the part that follows from the chosen step, unit and source."""
    settings = Settings(task=network.task.name, cell=network.model.cell, **values)
    header, arrays = ledger_numbers(View(network, settings))
    assert_same_numbers((header, arrays), in_page.numbers(network, "ledger", settings))
    part = in_page.numbers(network, "ledger", settings, part="chosen")
    if not header["steps"]:
        assert part == ({}, {})
        return
    more = {name: array for name, array in arrays.items() if name != "series"}
    assert_same_numbers(({name: header[name] for name in CHOSEN}, more), part)


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_network_that_ships(in_page: InPage, task: str, cell: str) -> None:
    source = shipped(task, cell)
    for example in source.task.examples:
        chance = random.Random(example.text)
        steps, units = len(source.read(example.text).tokens), source.model.network.recurrent.hidden_size
        for overall, chosen in ((False, chance.randrange(steps)), (True, steps)):
            place = {"step": chance.randrange(steps), "unit": chance.randrange(units), "source": chosen}
            same(in_page, source, text=example.text, overall=overall, **place)


@pytest.mark.parametrize("name", MADE)
def test_layers_directions_and_cells_that_do_not_ship(in_page: InPage, name: str) -> None:
    source = MADE[name]()
    text = "10, 20, 15, 30, 5, 12.5" if source.task.editor == "numbers" else "The film is slow, but never dull."
    for place in source.places:
        where = {"text": text, "layer": place.index, "direction": place.direction, "unit": 3}
        for overall in (False, True):
            for step, origin in ((2, 3), (3, 1), (5, 99)):
                same(in_page, source, **where, step=step, source=origin, overall=overall)


@pytest.mark.parametrize(("task", "cell"), [("sentiment", "lstm"), ("python", "gru")])
@pytest.mark.parametrize("overall", [False, True])
def test_more_steps_than_columns(in_page: InPage, task: str, cell: str, overall: bool) -> None:
    source = shipped(task, cell)
    part = "a warm and funny film but not a good one " if task == "sentiment" else "for k in range(10):\n    print(k)\n"
    same(in_page, source, text=part * 30, step=250, unit=9, overall=overall)
    same(in_page, source, text=part * 100, step=600, unit=40, source=17, overall=overall)


def test_long_texts_read_from_the_end(in_page: InPage) -> None:
    source = MADE["lstm"]()
    for overall in (False, True):
        same(in_page, source, text="warm and not " * 100, layer=1, direction="backward", step=31, overall=overall)


@pytest.mark.parametrize("text", ["", " ", "x", "<b>x</b>", "\x00\u202e"])
def test_short_and_strange_texts(in_page: InPage, text: str) -> None:
    same(in_page, shipped("sentiment", "lstm"), text=text)
    same(in_page, shipped("python", "gru"), text=text)
    same(in_page, shipped("temperature", "lstm"), text=text)
    same(in_page, shipped("sentiment", "rnn"), text=text)
