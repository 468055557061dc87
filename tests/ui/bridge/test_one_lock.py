"""What one run of a session does with its state, another waits for; runs of other sessions do not."""

from threading import Thread

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from lstm_viz.ui.bridge import one_lock

SOON = 0.2
"""Seconds in which what need not wait is done, on any machine that is not stopped; what must wait is so for good."""


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch) -> None:
    # It may be changed already, by an app that ran in this process.
    made = SafeSessionState.__init__
    monkeypatch.setattr(SafeSessionState, "__init__", getattr(made, "__wrapped__", made))
    one_lock.begin()


def run_of(state: SessionState) -> SafeSessionState:
    """What a run has of a session's state."""
    return SafeSessionState(state, lambda: None)


def test_a_run_waits_for_what_another_of_its_session_does() -> None:
    state = SessionState()
    ends, begins = run_of(state), run_of(state)
    adds = Thread(target=begins.__setitem__, args=("task", "parity"))
    with ends.query_params():
        adds.start()
        adds.join(SOON)
        assert adds.is_alive()
        assert ends.filtered_state == {}, "a run does not wait for itself"
    adds.join()
    assert ends["task"] == "parity"


def test_no_session_waits_for_another() -> None:
    one, other = SessionState(), SessionState()
    begins = run_of(other)
    adds = Thread(target=begins.__setitem__, args=("task", "parity"))
    with run_of(one).query_params():
        adds.start()
        adds.join()
    assert begins["task"] == "parity"


def test_it_is_done_once_and_a_lock_goes_with_its_runs() -> None:
    changed = SafeSessionState.__init__
    one_lock.begin()
    assert SafeSessionState.__init__ is changed
    kept = len(one_lock._locks)
    run = run_of(SessionState())
    assert len(one_lock._locks) == kept + 1
    del run
    assert len(one_lock._locks) == kept
