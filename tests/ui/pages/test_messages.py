"""What every page sends: as its type says, nothing twice, and no work twice for one key."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lstm_viz.analysis.change.alignment import align
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.sources.shipped import at_end, on_the_way
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Words
from lstm_viz.tasks.task import Task
from lstm_viz.ui.bridge.payload import CONSTANT, pack, without_known
from lstm_viz.ui.bridge.shape import problems, shape_of
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.pages.cells_compared.comparison import comparison_message, views_of
from lstm_viz.ui.pages.cells_compared.message import ComparisonMessage
from lstm_viz.ui.pages.gates.message import GatesMessage
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.message import InsideMessage
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.message import LedgerMessage
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.what_if.message import WhatIfMessage
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.envelope import Parts
from lstm_viz.ui.views.view import View


def beside(view: View) -> Parts:
    return comparison_message(view, views_of(view.settings, view.source.task.name))


PAGES: dict[str, tuple[Callable[[View], Parts], Any]] = {
    "gates": (gates_message, GatesMessage),
    "inside": (inside_message, InsideMessage),
    "ledger": (ledger_message, LedgerMessage),
    "what_if": (what_if_message, WhatIfMessage),
    "cells_compared": (beside, ComparisonMessage),
}
NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
every_page = pytest.mark.parametrize("page", PAGES)


def as_sent(header: Any) -> Any:
    return json.loads(json.dumps(header, allow_nan=False))


@every_page
@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_message_is_as_its_type_says(page: str, task: str, cell: str) -> None:
    message, kind = PAGES[page]
    texts = (None, TASKS[task].examples[-1].text + " ", "", "\x00 oops ∞")
    for text in texts:
        before = TASKS[task].examples[0].text if text else None
        view = View.of(Settings(task=task, cell=cell, text=text, before=before, step=2, unit=1))
        header = as_sent(message(view)[0])
        assert problems(header, shape_of(kind)) == []
        # What is sent is also described, or nobody checks it.
        assert set(header) <= {name.removesuffix("?") for name in shape_of(kind)}


def test_a_ranking_and_clamps_are_as_their_type_says() -> None:
    view = View.of(Settings(text="The film is not good.", clamps="forget_gate 0 t3~update_gate 1", ranking="all"))
    header = as_sent(what_if_message(view, ranked(WhatIfView(view)))[0])
    assert problems(header, shape_of(WhatIfMessage)) == []
    assert header["ranking"]["rows"]


def test_a_message_that_is_not_as_its_type_says_is_told() -> None:
    header = as_sent(gates_message(View.of(Settings()))[0])
    shape = shape_of(GatesMessage)
    assert problems({**header, "steps": "many"}, shape) == ["header.steps is str, expected number"]
    assert problems({name: header[name] for name in header if name != "axis"}, shape) == ["header.axis is missing"]
    assert problems({**header, "order": [0, "x"]}, shape) == ["header.order[1] is str, expected number"]
    assert problems({**header, "table": 1}, shape) == ["header.table is int, expected flag"]


@every_page
def test_what_the_browser_holds_is_not_sent_again(page: str) -> None:
    message, _ = PAGES[page]
    one, two = (as_sent(message(View.of(Settings(text=text)))[0]) for text in ("A warm film", "A warm films"))
    first = without_known(one, {})
    assert first["parts"].keys() == set(CONSTANT) & set(one)
    assert {name: first[name] for name in one} == one
    again = without_known(two, first["parts"])
    # Together they are the whole message, and what is left out is what was sent before.
    assert {**first, **again} | {"parts": 0} == {**two, "parts": 0}
    for name in CONSTANT:
        if name in two and name in one:
            assert (name in again) == (one[name] != two[name])
    for name in ("menu", "themes", "examples", "file"):
        assert name in first
        assert name not in again
    changed = without_known(as_sent(message(View.of(Settings(text="A warm films", cell="gru")))[0]), again["parts"])
    assert "menu" in changed or page == "cells_compared"


def test_a_key_takes_less_than_six_tenths_of_the_header_that_everything_would() -> None:
    """Of the header alone: the arrays, every value of every quantity, are sent again with each key."""
    text = " ".join(f"film{'s' * (k % 2)}" for k in range(60))
    old, new = (gates_message(View.of(Settings(text=each, before="film"))) for each in (text, text + "x"))
    held = without_known(old[0], {})["parts"]
    header, arrays = new
    everything = len(json.dumps(header, ensure_ascii=False).encode())
    sent = len(pack(without_known(header, held), {}))
    assert sent < 0.6 * everything
    assert len(pack(header, arrays)) - len(pack(without_known(header, held), arrays)) >= 0.4 * everything - 500


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often a text is cut, read, aligned and run."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **named)

        return call

    monkeypatch.setattr(Words, "cut", counted("cut", Words.cut))
    monkeypatch.setattr(Task, "read", counted("read", Task.read))
    monkeypatch.setattr(Task, "tokenize", counted("tokenize", Task.tokenize))
    monkeypatch.setattr("lstm_viz.sources.source.align", counted("align", align))
    monkeypatch.setattr("lstm_viz.analysis.change.edits.align", counted("align", align))
    # Sources remember the functions that they were first asked with.
    for sources in (at_end, on_the_way):
        sources.cache_clear()
    yield counts
    for sources in (at_end, on_the_way):
        sources.cache_clear()


@pytest.mark.parametrize("page", ["gates", "inside", "ledger", "what_if"])
@pytest.mark.parametrize("keys", [["The film is slow, bu never dull.", "The film is slow, b never dull."]])
def test_a_key_in_a_word_costs_one_reading_and_two_alignments(work: Counter[str], page: str, keys: list[str]) -> None:
    """Cutting it once into tokens; aligning it with the text before the edit, and with that before the key."""
    message = PAGES[page][0]
    rules = Rules(lasting_comparison=page == "what_if")
    state = State(Settings(text="The film is slow, but never dull."))
    message(View.of(state.settings))
    for text in keys:
        before = state.settings
        work.clear()
        state = reduce(state, [["type", text]], rules)
        message(View.of(state.settings))
        assert work["cut"] == 1, "one tokenisation of the new text"
        assert work["align"] <= 2
        assert state.settings != before
    # A look at another cell of the same text costs neither.
    work.clear()
    message(View.of(reduce(state, [["set", {"step": 1, "unit": 5}]], rules).settings))
    assert not work["cut"]
    assert not work["align"]
