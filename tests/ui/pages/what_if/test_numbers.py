"""What the browser draws of What if? is what Python would: every network, any clamps, before and after an edit."""

import random
from typing import Any

import pytest
from torch import nn

from lstm_viz.cells import CELLS, Role
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_numbers
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.web.in_page import InPage, assert_same_numbers

SHIPPED = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
MADE: dict[str, Any] = {
    "two layers, both directions": lambda: made_source(nn.LSTM, num_layers=2, bidirectional=True),
    "backward": lambda: made_source(nn.GRU, bidirectional=True),
    "projection": lambda: made_source(nn.LSTM, proj_size=3, num_layers=2),
    "relu": lambda: made_source("rnn_relu"),
    **{f"variant {cell}": lambda cell=cell: made_source(cell) for cell in CELLS if cell not in ("lstm", "gru", "rnn")},
}


def same(in_page: InPage, source: Source, **values: Any) -> None:
    wanted = Settings(**values)
    assert_same_numbers(what_if_numbers(View(source, wanted)), in_page.numbers(source, "what_if", wanted))


def clamps(source: Source, of: random.Random) -> str:
    """Some clamps of what the network has, some of what it may lack; some units and steps are beyond its own."""
    names = sorted({q.name for q in source.cell.recorded if q.role in (Role.GATE, Role.CANDIDATE)} | {"forget_gate"})
    held = []
    for _ in range(of.randrange(4)):
        parts = [of.choice(names), of.choice(["0", "1", "0.37", "mean", "mean", "-0.5"])]
        parts += [
            f"{letter}{of.randrange(12)}.{of.randrange(30)}-{of.randrange(90)}" for letter in "ut" if of.random() < 0.6
        ]
        held.append(" ".join(parts))
    return "~".join(held)


def text(source: Source, of: random.Random) -> str:
    """An example, or one with a part taken out, or put in twice."""
    found = of.choice(source.task.examples).text
    spans = source.read(found).spans
    first, last = sorted(of.randrange(len(spans)) for _ in range(2))
    start, stop = spans[first][0], spans[last][1]
    return of.choice([found, found[:start] + found[stop:], found[:stop] + " " + found[start:]])


def settings(source: Source, of: random.Random) -> dict[str, Any]:
    edited = of.random() < 0.6
    before = of.choice(["", text(source, of), text(source, of)]) if edited else None
    place = of.choice(source.places)
    return {
        "text": text(source, of),
        "before": before,
        "clamps": clamps(source, of),
        "shown": of.choice([q.name for q in source.cell.recorded] + ["forget_gate"]),
        "layer": place.index,
        "direction": place.direction,
        "step": of.randrange(100),
        "unit": of.randrange(100),
    }


@pytest.mark.parametrize(("task", "cell"), SHIPPED, ids=lambda each: each)
def test_shipped_networks(in_page: InPage, task: str, cell: str) -> None:
    source, of = shipped(task, cell), random.Random(f"{task} {cell}")
    for _ in range(8):
        same(in_page, source, **settings(source, of))


@pytest.mark.parametrize("name", MADE)
def test_made_networks(in_page: InPage, name: str) -> None:
    source, of = MADE[name](), random.Random(name)
    for _ in range(6):
        same(in_page, source, **settings(source, of))


def test_what_is_held_so_far_that_numbers_grow_past_all_bounds(in_page: InPage) -> None:
    source = shipped("parity", "slstm")
    for line in ("stabiliser -100", "stabiliser -9 t2", "stabiliser 999999 t1~stabiliser 0 t2", "normaliser 0"):
        same(in_page, source, task="parity", cell="slstm", text="10110", clamps=line, shown="cell_state")


def test_the_clamps_of_these_tests_hold_something() -> None:
    source, of = shipped("sentiment", "lstm"), random.Random(0)
    views = [WhatIfView(View(source, Settings(**settings(source, of)))) for _ in range(20)]
    assert sum(bool(view.clamped) for view in views if view.view.trace) > 8
    assert sum(view.difference.kind != "same" for view in views if view.view.trace) > 8


@pytest.mark.parametrize("task", ["sentiment", "adding"])
def test_texts_longer_than_the_axis(in_page: InPage, task: str) -> None:
    source = shipped(task, "lstm")
    long = (source.task.examples[0].text + " ") * 60
    more = long[: len(long) // 2] + " " + source.task.examples[-1].text + " " + long[len(long) // 2 :]
    held = "forget_gate mean u1-3 t5-700~input_gate 0.5 t300"
    same(in_page, source, text=more, before=long, clamps=held, shown="cell_state")
    same(in_page, source, text=long, before=more, clamps="", shown="hidden_state")
    same(in_page, source, text="7 " * 700, clamps=held, shown="forget_gate")


@pytest.mark.parametrize("text", ["", "  ", "\x00\u202e", "🙂 é", "x"])
def test_short_and_odd_texts(in_page: InPage, text: str) -> None:
    for task in ("sentiment", "python", "temperature", "counting"):
        source = shipped(task, "lstm")
        same(in_page, source, text=text, before="good", clamps="forget_gate 0 t0~input_gate mean")
