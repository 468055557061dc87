"""Forty telephones in one room, over HTTP: none waits for another in vain, and all that was sent is counted once."""

from collections.abc import Callable
from statistics import fmean

import pytest

from benchmarks import telephones
from benchmarks.telephones import show_of_hands
from lstm_viz.rooms import Rooms, Store
from lstm_viz.ui.bridge import rooms as bridge
from tests.apart import run_apart
from tests.rooms.questions import DRAW, TRUTH
from tests.rooms.serving import serving

MANY = 40


def test_forty_telephones_draw_and_are_told(
    new_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rooms = Rooms(new_store())
    monkeypatch.setattr(bridge, "rooms", lambda: rooms)
    monkeypatch.setattr(telephones, "POLL", 0.1)
    opened = rooms.open(DRAW, TRUTH["draw"])
    with serving() as url:
        waits, came, results = run_apart(show_of_hands(url, opened.code, opened.secret, MANY, 0.4))
    assert waits.refused == []
    assert len(results["predictions"]) == len(came) == MANY
    assert sorted(each["prediction"] for each in came) == sorted(results["predictions"])
    assert all(each["said"].startswith("Your curve") for each in came)
    off = [fmean(abs(a - b) for a, b in zip(each["prediction"], results["truth"], strict=True)) for each in came]
    assert [each["gap"] for each in came] == pytest.approx(off)
    assert opened.code not in caplog.text, "nothing of a room is logged"
