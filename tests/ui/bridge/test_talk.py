"""What the server makes of the browser's messages: each is done once, however many of them Streamlit passed over."""

from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from lstm_viz.ui.bridge import session, talk
from lstm_viz.ui.doing.state import State


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a page's last message brings, given its sender, its number, and the numbers of those it takes along."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", state)

    def say(sender: float, number: int, *before: int) -> list[int]:
        earlier = [{"number": each, "actions": [["set", {"step": each}]]} for each in before]
        last = {"number": number, "actions": [["set", {"step": number}]]}
        message = {"sender": sender, "edits": 0, "has": {}, "before": earlier, **last}
        state["gates"] = {"message": message}
        return [values["step"] for actions in talk.undone("gates") for _, values in actions]

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


def test_before_any_message_nothing_has_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit, "session_state", {})
    assert talk.undone("gates") == []


# What a harness runs it takes as text, in which nothing of this file is known: so no annotations.
def page(message):
    import streamlit as st

    from lstm_viz.ui.bridge import session, talk

    st.session_state.setdefault("lv_page", "gates_over_time")
    st.session_state["gates"] = {"message": message}
    for actions in talk.undone("gates"):
        session.do(*actions)
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
