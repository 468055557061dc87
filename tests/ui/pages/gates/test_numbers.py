"""What the browser counts for the home page is what Python counts: every network, layer and kind of text.

It is made of torch's own runs, so that all of it can be compared to the last digit; whether the browser's runs are
torch's, `tests/web/test_network.py` tells.
"""

import random
from typing import Any

import pytest
from torch import nn

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.pages.gates.message import GatesNumbers, GatesWords
from lstm_viz.ui.pages.gates.view import gates_numbers, gates_words
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.web.in_page import InPage, assert_same_numbers

NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
TEXT = "The film is slow, but never dull."
KINDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "layers and directions": (nn.LSTM, {"num_layers": 2, "bidirectional": True}),
    "a projection": (nn.LSTM, {"proj_size": 4}),
    "a GRU of two layers": (nn.GRU, {"num_layers": 2}),
    "a GRU both ways": (nn.GRU, {"bidirectional": True}),
}


def same(in_page: InPage, source: Source, **settings: Any) -> None:
    wanted = Settings(**{"text": source.task.examples[0].text} | settings)
    assert_same_numbers(gates_numbers(View(source, wanted)), in_page.numbers(source, "gates", wanted))


def generated(source: Source, length: int, seed: int) -> str:
    """Some of the examples' tokens, in another order, and some that no network knows."""
    task, draw = source.task, random.Random(seed)
    known = [token for example in task.examples for token in task.tokenize(example.text)]
    if task.editor == "numbers":
        high = source.model.training_range[1]
        unknown = [f"{high + draw.random():.3f}" for _ in range(3)]
        marks = "*" if task.reader.marks else ""  # type: ignore[attr-defined]
        return ", ".join(draw.choice([*known, *unknown]) for _ in range(length)) + f", 0.25{marks}"
    unknown = list("éЖ ") if task.editor == "characters" else ["zxqwy", "Grüße", "日本"]
    return ("" if task.editor == "characters" else " ").join(draw.choice([*known, *unknown]) for _ in range(length))


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_network(in_page: InPage, task: str, cell: str) -> None:
    source = shipped(task, cell)
    examples = [example.text for example in source.task.examples]
    for k, text in enumerate([*examples, generated(source, 1, 1), generated(source, 30, 2)]):
        same(in_page, source, text=text, step=3 * k, unit=7 * k, own_scale=k % 2 == 1)


@pytest.mark.parametrize("task", shown_tasks())
def test_long_texts_with_an_edit_under_way(in_page: InPage, task: str) -> None:
    source = shipped(task)
    short, long = generated(source, 40, 3), generated(source, 700, 4)
    same(in_page, source, text=short, before=source.task.examples[0].text, step=10_000, unit=2)
    same(in_page, source, text=long, before=long[:1500] + long[1600:], step=301, unit=1)
    same(in_page, source, text=long[:900], before=long, step=0, unit=10_000)


@pytest.mark.parametrize("task", shown_tasks())
def test_texts_without_anything_to_run(in_page: InPage, task: str) -> None:
    for text in ("", " \n", "12, warm"):
        same(in_page, shipped(task), text=text, step=4, unit=2)
    same(in_page, shipped(task), before="", text=shipped(task).task.examples[0].text)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell(in_page: InPage, cell: str) -> None:
    source = made_source(cell)
    for unit in range(3):
        same(in_page, source, text=TEXT, before="The film is slow, and never dull.", step=3 * unit, unit=unit)


@pytest.mark.parametrize("kind", KINDS)
def test_every_layer(in_page: InPage, kind: str) -> None:
    cell, options = KINDS[kind]
    source = made_source(cell, **options)
    for place in source.places:
        asked = {"layer": place.index, "direction": place.direction}
        for step in (0, 4, 99):
            same(
                in_page, source, text=TEXT, before="The film is slow.", step=step, unit=5, own_scale=step == 4, **asked
            )


@pytest.mark.parametrize("task", shown_tasks())
def test_what_follows_the_chosen_cell_alone(in_page: InPage, task: str) -> None:
    source = shipped(task)
    for text in (source.task.examples[1].text, ""):
        wanted = Settings(text=text, step=5, unit=3)
        header, _ = gates_numbers(View(source, wanted))
        expected = {"chosen": header["chosen"]} if header["steps"] else {}
        assert_same_numbers((expected, {}), in_page.numbers(source, "gates", wanted, part="chosen"))


def test_words_and_numbers_have_nothing_in_common() -> None:
    for task in shown_tasks():
        view = View.of(Settings(task=task, before="1"))
        assert not gates_words(view).keys() & gates_numbers(view)[0].keys()
    assert not GatesWords.__annotations__.keys() & GatesNumbers.__annotations__.keys()
