"""A show of hands at a question: the lecturer's part of a room, beside the question in the lesson."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal

import streamlit as st

from lstm_viz.live_page.colours import named_colours
from lstm_viz.rooms import NoRoom, NotTheLecturer, Opened, RoomError
from lstm_viz.rooms.codes import read_code
from lstm_viz.rooms.here import rooms, why_none
from lstm_viz.rooms.predictions import any_prediction, why_not
from lstm_viz.ui.bridge import served
from lstm_viz.ui.bridge.components import component, told
from lstm_viz.ui.server import metrics

KEY = "lv_room"
_ROOM, _HEARD, _REFUSED, _LEFT = "lv_room_opened", "lv_room_heard", "lv_room_refused", "lv_room_left"
NO_ADDRESSES = (
    "No show of hands here: this host runs the app's script alone, without the addresses that telephones would open."
)
Standing = Literal["", "asking", "revealed"]
_component = component("room")


def heard(question: str, asked: Mapping[str, Any], answered: Callable[[Any], Mapping[str, Any]]) -> Standing:
    """Do what the lecturer's browser asks for → whether a room asks this question, or has been shown its answer.

    Parameters
    ----------
    question : a name that no other question has, and this one has again after a reload
    asked : the question as a browser is given it
    answered : what is so, and what came of a prediction, as `lessons.answered` says it
    """
    message = _message()
    act = message.get("act") if message.get("question") == question else ""
    if act == "ask" and _is_new(message):
        st.session_state[_LEFT] = ""
        try:
            _ask(asked, answered(any_prediction(asked))["truth"], message)
        except (RoomError, ValueError) as error:
            metrics.refused("room")
            st.session_state[_REFUSED] = str(error)
    if st.session_state.get(_LEFT) == question:
        return ""
    if act == "revealed":
        return "revealed"
    opened = st.session_state.get(_ROOM) or {}
    just_asked = act == "ask" and opened.get("answers") == message.get("id")
    return "asking" if just_asked or act == "asking" else ""


def show_of_hands(question: str, asked: Mapping[str, Any], standing: Standing) -> None:
    """Offer to ask the room; show the room that asks, and after the reveal what it answered.

    Parameters
    ----------
    question, asked : as for `heard`
    standing : what that said
    """
    _component(
        key=KEY,
        data={
            "question": question,
            "prompt": asked["prompt"],
            "standing": standing,
            "why": _why_none(asked),
            "refusal": st.session_state.pop(_REFUSED, ""),
            "room": st.session_state.get(_ROOM),
            "themes": named_colours(()),
        },
        on_message_change=lambda: None,
    )


def leave(question: str) -> None:
    """Show a question without its room, which goes on, until it is asked there again."""
    st.session_state[_LEFT] = question


def _why_none(asked: Mapping[str, Any]) -> str:
    return (why_none() if served.live() else NO_ADDRESSES) or why_not(asked)


def _message() -> dict[str, Any]:
    return told(KEY, "message")


def _is_new(message: Mapping[str, Any]) -> bool:
    """Whether this is the first time that the message is heard: the browser's last one stays until the next."""
    heard, st.session_state[_HEARD] = st.session_state.get(_HEARD), message.get("id")
    return heard != message.get("id")


def _ask(asked: Mapping[str, Any], truth: Any, message: Mapping[str, Any]) -> None:
    """Ask in the room that the browser has the secret of, else in a new one."""
    here = rooms()
    code, secret = read_code(message.get("code")), message.get("secret")
    opened = Opened(code, secret) if code and isinstance(secret, str) else None
    if opened:
        try:
            here.ask(opened.code, opened.secret, asked, truth)
        except (NoRoom, NotTheLecturer):
            opened = None
    opened = opened or _new_room(asked, truth)
    st.session_state[_ROOM] = {
        "code": opened.code,
        "secret": opened.secret,
        "asking": here.now(opened.code).asking,
        "answers": message.get("id"),
    }


def _new_room(asked: Mapping[str, Any], truth: Any) -> Opened:
    """A new room, in place of the last of this session, into which nobody has a way any more."""
    here, last = rooms(), st.session_state.get(_ROOM)
    if last:
        with suppress(RoomError):
            here.close(last["code"], last["secret"])
    return here.open(asked, truth)
