"""A show of hands at a question: the lecturer's part of a room, beside the question in the lesson."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_viz.live_page.colours import named_colours
from lstm_viz.rooms import NoRoom, NotTheLecturer, Opened, RoomError
from lstm_viz.rooms.codes import read_code
from lstm_viz.rooms.here import rooms, why_none
from lstm_viz.rooms.predictions import any_prediction, why_not
from lstm_viz.ui.bridge import served
from lstm_viz.ui.bridge.components import component

KEY = "lv_room"
_ROOM, _HEARD = "lv_room_opened", "lv_room_heard"
NO_ADDRESSES = (
    "No show of hands here: this host runs the app's script alone, without the addresses that telephones would open."
)
_component = component("room")


def show_of_hands(question: str, asked: Mapping[str, Any], answered: Callable[[Any], Mapping[str, Any]]) -> bool:
    """Offer to ask the room, and show the room that asks.

    Parameters
    ----------
    question : a name that no other question has, and this one has again after a reload
    asked : the question as a browser is given it
    answered : what is so, and what came of a prediction, as `lessons.answered` says it

    Returns
    -------
    whether the room has been shown the answer to this question
    """
    message = _message()
    refusal = ""
    if message.get("act") == "ask" and message.get("question") == question and _is_new(message):
        try:
            _ask(question, asked, answered(any_prediction(asked))["truth"], message)
        except RoomError as error:
            refusal = str(error)
    _component(
        key=KEY,
        data={
            "question": question,
            "why": _why_none(asked),
            "refusal": refusal,
            "room": st.session_state.get(_ROOM),
            "themes": named_colours(()),
        },
        on_message_change=lambda: None,
    )
    return message.get("act") == "revealed" and message.get("question") == question


def _why_none(asked: Mapping[str, Any]) -> str:
    return (why_none() if served.live() else NO_ADDRESSES) or why_not(asked)


def _message() -> dict[str, Any]:
    message = (st.session_state.get(KEY) or {}).get("message")
    return dict(message) if isinstance(message, Mapping) else {}


def _is_new(message: Mapping[str, Any]) -> bool:
    """Whether this is the first time that the message is heard: the browser's last one stays until the next."""
    heard, st.session_state[_HEARD] = st.session_state.get(_HEARD), message.get("id")
    return heard != message.get("id")


def _ask(question: str, asked: Mapping[str, Any], truth: Any, message: Mapping[str, Any]) -> None:
    """Ask in the room that the browser has the secret of, else in a new one."""
    here = rooms()
    code, secret = read_code(message.get("code")), message.get("secret")
    opened = Opened(code, secret) if code and isinstance(secret, str) else None
    if opened:
        try:
            here.ask(opened.code, opened.secret, asked, truth)
        except (NoRoom, NotTheLecturer):
            opened = None
    opened = opened or here.open(asked, truth)
    st.session_state[_ROOM] = {
        "code": opened.code,
        "secret": opened.secret,
        "asking": here.now(opened.code).asking,
        "question": question,
        "answers": message.get("id"),
    }
