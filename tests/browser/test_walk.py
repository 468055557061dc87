"""A short part of ``python -m tests.fuzz walks``, and that a walk notices what goes wrong."""

import math
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.driving import Server
from tests.fuzz.walks import run
from tests.fuzz.walks.walk import Walk

SEED = 15
STEPS = 10


@pytest.fixture
def walk(app_server: Server, laptop: BrowserContext) -> Iterator[Walk]:
    """One that has not begun."""
    walk = Walk(app_server, laptop)
    yield walk
    walk.close()


def test_a_walk_over_anything_finds_nothing(walk: Walk) -> None:
    came = run.walked(walk, 0, SEED, STEPS)
    assert not came.wrong, came
    assert len(came.done) == STEPS
    assert f"| 1 of 500 | {STEPS} | {STEPS} |" in run.table([came], 500, STEPS, SEED)


def test_no_walk_is_begun_once_the_time_is_over() -> None:
    now = iter((100.0, 110.0, 159.0, 160.0))
    assert list(run.begun(range(7, 99), 1, lambda: next(now))) == [7, 8]
    assert list(run.begun(range(3), math.inf)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("console.error('oh')", "console: oh"),
        ("setTimeout(() => { throw new Error('oh'); })", "page error: oh"),
        ("document.body.insertAdjacentHTML('beforeend', '<p data-testid=stException>oh</p>')", "an exception box: oh"),
        ("1", ""),
    ],
)
def test_what_goes_wrong_on_a_walk_is_noticed(walk: Walk, script: str, said: str) -> None:
    def breaks(walk: Walk, draw: random.Random) -> str:
        walk.page.evaluate(script)
        return "break"

    walk.open("")
    walk._step(breaks, random.Random(1))
    assert walk.done == ["break"]
    assert walk.wrong.partition(" (")[0] == said


NOT_THERE = "console: Failed to load resource: the server responded with a status of 404"
NO_FILE = "Client Error: Download Button source error - 404"


@pytest.mark.parametrize(
    ("script", "noted", "said"),
    [
        (f"console.error('{NO_FILE}')", 0, f"console: {NO_FILE}"),
        (f"history.pushState({{}}, '', '/elsewhere'); console.error('{NO_FILE}')", 1, ""),
        ("history.pushState({}, '', '/elsewhere'); fetch('/media/none.md')", 1, ""),
        ("fetch('/media/none.md')", 0, NOT_THERE),
        ("console.error('Client Error: File uploader error on file upload - CanceledError: canceled')", 1, ""),
    ],
)
def test_what_streamlit_notes_of_a_page_that_was_left_is_counted_apart(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, script: str, noted: int, said: str
) -> None:
    def notes(walk: Walk, draw: random.Random) -> str:
        walk.page.evaluate(script)
        return "note"

    walk.open("")
    monkeypatch.setattr("tests.fuzz.walks.walk.LEFT", 0.0 if said else 60.0)
    walk._step(notes, random.Random(1))
    assert (walk.noted, walk.wrong.partition(" (")[0]) == (noted, said)
