"""What sessions have of their own is given back after their end, of several together."""

import gc
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit
from streamlit import runtime

from lstm_viz.ui.bridge import held
from lstm_viz.ui.bridge.held import TOGETHER, Ended


class Timers:
    """Timers that a test lets ring."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, seconds: float, ring: Callable[[], None]) -> Any:
        assert seconds == TOGETHER
        return SimpleNamespace(start=lambda: self.waiting.append(ring))


class Session:
    """One of Streamlit's."""


def test_what_ends_within_a_while_is_given_back_together() -> None:
    timers, freed = Timers(), list[str]()
    ended = Ended(lambda: freed.append("all"), timers)
    for _ in range(3):
        ended.one()
    assert (len(timers.waiting), freed) == (1, [])
    timers.waiting.pop()()
    assert freed == ["all"]
    ended.one()
    assert len(timers.waiting) == 1


def test_the_end_of_a_session_that_has_something_of_its_own_is_noticed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    timers, sessions = Timers(), {"a": Session()}
    find = lambda name: SimpleNamespace(session=sessions[name]) if name in sessions else None  # noqa: E731
    there = SimpleNamespace(_session_mgr=SimpleNamespace(get_session_info=find))
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: there)
    monkeypatch.setattr(streamlit, "session_state", {})
    monkeypatch.setattr(held, "ENDED", Ended(lambda: None, timers))
    monkeypatch.setattr(held, "get_script_run_ctx", lambda: SimpleNamespace(session_id="a"))
    for _ in range(2):
        held.give_back_at_end()
    assert not timers.waiting
    sessions.clear()
    gc.collect()
    assert len(timers.waiting) == 1
    streamlit.session_state.clear()
    held.give_back_at_end()  # of a session that is over already
    monkeypatch.setattr(held, "get_script_run_ctx", lambda: None)
    held.give_back_at_end()
