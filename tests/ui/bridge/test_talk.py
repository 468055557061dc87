"""What the server makes of the browser's messages: each is done once, however many of them Streamlit passed over."""

from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from lstm_viz.ui.bridge import session, talk
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.doing.state import State


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What Streamlit keeps of a session, on a page of the app."""
    state: dict[str, Any] = {"lv_page": "gates_over_time"}
    monkeypatch.setattr(streamlit, "session_state", state)
    return state


def message(sender: Any, number: int, *before: int, to: str = "") -> dict[str, Any]:
    """A page's message, given its sender, its number, the numbers of those it takes along, and the session's name."""
    earlier = [{"number": each, "actions": [["set", {"step": each}]]} for each in before]
    last = {"number": number, "actions": [["set", {"step": number}]]}
    return {"session": to or session.name(), "sender": sender, "edits": 0, "has": {}, "before": earlier, **last}


@pytest.fixture
def said(state: dict[str, Any]) -> Any:
    """The steps that a page's last message has chosen, each time that it is told."""

    def say(sender: Any, number: int, *before: int, to: str = "") -> list[int]:
        state["gates"] = {"message": message(sender, number, *before, to=to)}
        steps = []
        for each, actions in talk.undone(talk.last_message("gates")):
            session.do(*actions, heard=(sender, each))
            steps.append(session.settings().step)
        return steps

    return say


def test_a_message_is_done_once(said: Any) -> None:
    assert said(0.5, 1) == [1]
    assert said(0.5, 2, 1) == [2]
    assert said(0.5, 2, 1) == []


def test_messages_that_were_passed_over_are_done_with_the_next_one_in_their_order(said: Any) -> None:
    assert said(0.5, 1) == [1]
    assert said(0.5, 4, 1, 2, 3) == [2, 3, 4]


def test_a_page_that_was_left_and_opened_again_counts_from_the_start(said: Any) -> None:
    assert said(0.5, 1) == [1]
    assert said(0.25, 2, 1) == [1, 2]


def test_a_page_that_was_built_anew_is_not_heard_twice_when_the_old_one_speaks_again(said: Any) -> None:
    assert said(0.5, 3, 1, 2) == [1, 2, 3]
    assert said(0.25, 4) == [4]
    assert said(0.5, 4, 1, 2, 3) == [4]


def test_what_was_said_on_one_page_is_not_done_again_where_another_says_it(said: Any, state: dict[str, Any]) -> None:
    assert said(0.5, 1) == [1]
    state["ledger"] = {"message": message(0.5, 2, 1)}
    assert [number for number, _ in talk.undone(talk.last_message("ledger"))] == [2]


def test_of_senders_past_a_few_nothing_is_remembered(said: Any, state: dict[str, Any]) -> None:
    for sender in range(100):
        said(sender, 1)
    assert len(state["lv_state"]["heard"]) == session.SENDERS


def test_what_was_said_to_a_session_that_is_gone_is_not_done_in_another(said: Any, state: dict[str, Any]) -> None:
    assert said(0.5, 7, 5, 6, to="that which is gone") == []
    state["gates"]["message"]["has"] = {"past": "3-abc"}
    assert talk.last_message("gates") == talk.NOTHING_YET | {"has": {"past": "3-abc"}}


class Stopped(Exception):
    pass


class Breaking(dict[str, Any]):
    """A session state at whose nth use Streamlit stops the run."""

    uses = 0

    def _use(self) -> None:
        self.uses -= 1
        if self.uses == 0:
            raise Stopped

    def __getitem__(self, name: str) -> Any:
        self._use()
        return super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self._use()
        super().__setitem__(name, value)

    def __contains__(self, name: object) -> bool:
        self._use()
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._use()
        return super().get(name, default)


def test_a_run_that_is_stopped_anywhere_has_done_a_message_or_will_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is done once, wherever the connection broke while the server was at it."""
    state = Breaking(lv_page="gates_over_time", lv_session="one")
    monkeypatch.setattr(streamlit, "session_state", state)
    stops = 0
    while True:
        state.pop("lv_state", None)
        state["gates"] = {"message": message(0.5, 1) | {"actions": [["type", "a"], ["example", "b"]]}}
        stops += 1
        state.uses = stops
        for _ in range(2):  # the run that is stopped, and the next
            try:
                for number, actions in talk.undone(talk.last_message("gates")):
                    session.do(*actions, heard=(0.5, number))
            except Stopped:
                continue
        over = state.uses > 0
        state.uses = 0
        assert talk.undone(talk.last_message("gates")) == []
        assert session.settings().text == "b"
        assert len(session.state().past) == 2
        if over:
            break
    assert stops > 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "7"},
        {"number": True},
        {"before": 3},
        {"before": ["x"]},
        {"before": [{"number": 1}]},
        {"actions": None},
        {"has": []},
        {"edits": 1.5},
    ],
)
def test_what_no_page_of_ours_says_is_not_heard(state: dict[str, Any], wrong: dict[str, Any]) -> None:
    state["gates"] = {"message": message(0.5, 1) | wrong}
    assert talk.undone(talk.last_message("gates")) == []


def test_before_any_message_nothing_has_happened(state: dict[str, Any]) -> None:
    assert talk.undone(talk.last_message("gates")) == []


STRANGE: list[Any] = [None, 0, -1, 10**400, float("nan"), "x", True, [], [1], {}, {"a": 1}, [[]], [{}], ["\ud800"]]


@pytest.mark.parametrize("part", [*talk.NOTHING_YET, "all of it"])
def test_whatever_is_said_the_page_is_shown(part: str, state: dict[str, Any]) -> None:
    for strange in STRANGE:
        told = strange if part == "all of it" else {**message(0.5, 1), part: strange}
        state["gates"] = {"message": told}
        last = talk.last_message("gates")
        assert last.keys() >= talk.NOTHING_YET.keys()
        for number, actions in talk.undone(talk.last_message("gates")):
            session.do(*actions, heard=(last["sender"], number))
        assert talk.asked_for(last) == {}
        talk._history("gates", last["has"].get("past", ""))
        pack({"received": last["number"], "edits": last["edits"]}, {})


# What a harness runs it takes as text, in which nothing of this file is known: so no annotations.
def page(message):
    import streamlit as st

    from lstm_viz.ui.bridge import session, talk

    st.session_state.setdefault("lv_page", "gates_over_time")
    st.session_state["gates"] = {"message": {**message, "session": session.name()}}
    for number, actions in talk.undone(talk.last_message("gates")):
        session.do(*actions, heard=(message["sender"], number))
    st.write(f"{session.settings().task}: {session.settings().text}")


def test_what_was_done_while_a_message_was_on_its_way_is_done_in_its_order() -> None:
    """A text is of the task that it was typed in, whichever message brought it, and what came before is not lost."""
    first = {"number": 1, "actions": [["type", "a warm film"]]}
    second = {"number": 2, "actions": [["type", "a warm films"], ["task", "counting"]]}
    message = {"sender": 0.5, "edits": 2, "has": {}, "before": [first], **second}
    app = AppTest.from_function(page, default_timeout=60, kwargs={"message": message}).run()
    assert [each.value for each in app.markdown] == ["counting: None"]
    back = {"number": 3, "actions": [["task", "sentiment"]]}
    app.kwargs = {"message": {"sender": 0.5, "edits": 2, "has": {}, "before": [first, second], **back}}
    app.run()
    assert [each.value for each in app.markdown] == ["sentiment: a warm films"]


def test_what_can_be_undone_is_told_from_what_the_browser_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several answers a browser may hear only the last, so what was told it last is not what it holds."""
    past: tuple[str, ...] = ()
    monkeypatch.setattr(streamlit, "session_state", {})
    monkeypatch.setattr(session, "state", lambda: State(past=past))

    def told(held: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        found = talk._history("gates", held.get("name", ""))
        return found, [*held.get("past", [])[: found["kept"]], *found["added"]]

    first, seen = told({})
    past = ("a", "b")
    told(first | {"past": seen})  # an answer that is never heard
    past = ("a", "b", "c")
    second, seen = told(first | {"past": seen})
    assert seen == ["a", "b", "c"]
    past = ("a",)
    third, seen = told(second | {"past": seen})
    assert (seen, third["kept"], third["added"]) == (["a"], 1, [])
    past = ("a", "d")
    fourth, seen = told(third | {"past": seen})
    assert (seen, fourth["added"]) == (["a", "d"], ["d"])
    # A name that means nothing here, or nothing at all, gets everything.
    assert told({"name": "7-gone", "past": ["x"]})[1] == ["a", "d"]
