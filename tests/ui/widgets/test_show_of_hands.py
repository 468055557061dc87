"""The lecturer's part of a room: what the browser asks for is done once, and whatever else it says does no harm."""

from typing import Any

import pytest
import streamlit as st

from lstm_viz.rooms import Memory, NoRoom, Rooms
from lstm_viz.ui.bridge import served
from lstm_viz.ui.widgets import show_of_hands as hands
from tests.rooms.questions import CHOOSE, NEVER, NUMBER

FIND = {"kind": "find", "prompt": "Where?", "what": "unit"}


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> Rooms:
    """Give a session without Streamlit, whose rooms are its own."""
    own = Rooms(Memory(), most_rooms=2)
    monkeypatch.setattr(hands, "rooms", lambda: own)
    monkeypatch.setattr(st, "session_state", {})
    return own


def say(question: str, /, **message: Any) -> hands.Standing:
    """Have the browser say something at a question → how the room stands to it."""
    st.session_state[hands.KEY] = {"message": message}
    return again(question)


def again(question: str) -> hands.Standing:
    """Run the page once more, with what the browser said last."""
    asked = CHOOSE if question == "first" else NUMBER
    truth = {"first": 2, "second": 0.91}.get(question, 0.5)
    return hands.heard(question, asked, lambda prediction: {"truth": truth})


def opened() -> dict[str, Any]:
    return dict(st.session_state["lv_room_opened"])


def test_a_room_is_opened_once_and_goes_on_to_the_next_question(rooms: Rooms) -> None:
    assert again("first") == ""
    assert say("first", act="ask", id="a", question="first", code="", secret="") == "asking"
    room = opened()
    assert room["answers"] == "a"
    assert again("first") == "asking"
    assert opened() == room
    assert rooms.now(room["code"]).asking == room["asking"] == 1
    assert again("second") == "", "the room asks another one"

    secret = {"code": room["code"].lower(), "secret": room["secret"]}
    assert say("second", act="ask", id="b", question="second", **secret) == "asking"
    assert opened() == room | {"asking": 2, "answers": "b"}
    assert rooms.question(room["code"])[1] == {"asked": NUMBER}
    rooms.reveal(room["code"], room["secret"], 2)
    assert say("second", act="revealed", id="c", question="second") == "revealed"
    assert rooms.question(room["code"])[1]["truth"] == 0.91
    hands.leave("second")
    assert again("second") == ""
    assert say("second", act="ask", id="d", question="second", **secret) == "asking"


def test_whoever_has_lost_the_secret_or_the_room_gets_another_in_its_place(rooms: Rooms) -> None:
    say("first", act="ask", id="a", question="first", code="", secret="")
    code = opened()["code"]
    assert say("first", act="ask", id="b", question="first", code=code, secret="wrong") == "asking"
    assert opened()["code"] != code
    with pytest.raises(NoRoom):
        rooms.now(code)
    for k in range(rooms.most_rooms + 1):
        assert say("first", act="ask", id=f"c{k}", question="first", code="ZZZZ", secret=4) == "asking"


def test_there_is_an_end_to_rooms(rooms: Rooms) -> None:
    say("first", act="ask", id="a", question="first", code="", secret="")
    for _ in range(rooms.most_rooms):
        st.session_state.pop("lv_room_opened")  # as in another session
        standing = say("first", act="ask", id=str(_), question="first", code="", secret="")
    assert standing == ""
    assert "2 rooms" in st.session_state["lv_room_refused"]
    st.session_state.pop("lv_room_refused")
    rooms.store._rooms.popitem()  # type: ignore[attr-defined]
    assert say("first", act="ask", id="z", question="first", code="", secret="") == "asking"
    rooms.close(opened()["code"], opened()["secret"])
    with pytest.raises(NoRoom):
        rooms.now(opened()["code"])


def test_what_no_page_of_ours_says_does_nothing(rooms: Rooms) -> None:
    for message in (*NEVER, "reveal", ["ask"]):
        st.session_state[hands.KEY] = {"message": message}
        assert again("first") == ""
        for name in ("act", "question", "id", "code", "secret"):
            say("first", **{"act": "asks", "question": "first", "id": "x", name: message})
    assert rooms.store._rooms == {}, "none was opened"  # type: ignore[attr-defined]


def test_why_there_is_no_show_of_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "why_none", lambda: "No Redis.")
    monkeypatch.setattr(served, "live", lambda: True)
    assert hands._why_none(CHOOSE) == "No Redis."
    monkeypatch.setattr(hands, "why_none", lambda: "")
    assert hands._why_none(CHOOSE) == ""
    assert "looked for" in hands._why_none(FIND)
    monkeypatch.setattr(served, "live", lambda: False)
    assert hands._why_none(CHOOSE) == hands.NO_ADDRESSES
