"""How a live page and the browser talk: the browser sends what the user did, and the page answers with all it shows.

Messages are numbered, and an answer says which one it takes in; `web/core/mount.js` is the other side.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.assets import page_script, page_style
from lstm_viz.ui.doing.changes import restored, with_consequences
from lstm_viz.ui.settings.link import from_file

Changes = dict[str, Any]
Answer = Callable[[int, int], bytes]
"""Given how many edits the user had made and the message's number, the page as bytes."""


def change_settings(changes: Changes) -> None:
    """Change the settings as the user did, with all that follows; names of no setting are passed over."""
    session.change(**with_consequences(session.settings(), changes))


def component(name: str, *, receive: Callable[[Changes], None] = change_settings) -> Callable[[Answer], None]:
    """A page's live component, to be shown within a fragment, so that a key press runs only that.

    Parameters
    ----------
    name : of its folder in `web/pages`, and its key
    receive : what to do with the changes that the browser sent
    """
    mount = st.components.v2.component(f"lstm_viz_{name}", js=page_script(name), css=page_style(name))

    def take() -> None:
        for changes in undone(name):
            if memory := changes.pop("restore", None):
                query = parse_qs(memory.pop("query"), keep_blank_values=True)
                session.open_view(restored(query, **memory))
            if (content := changes.pop("file", None)) is not None:
                opened, ignored = from_file(content.encode(errors="replace"))
                session.open_view(opened or session.settings(), ignored)
            receive(changes)

    def show(answer: Answer) -> None:
        message = last_message(name)
        mount(key=name, data=answer(message["edits"], message["number"]), on_message_change=take)
        session.announce_ignored()

    return show


def undone(key: str) -> list[Changes]:
    """What the last message brings, and what those before it brought that Streamlit passed over for a newer one."""
    message, place = last_message(key), f"lv_done_{key}"
    sender, done = st.session_state.get(place, (None, 0))
    if sender != message["sender"]:
        done = 0
    st.session_state[place] = (message["sender"], message["number"])
    return [dict(each["changes"]) for each in (*message["before"], message) if each["number"] > done]


def last_message(key: str) -> dict[str, Any]:
    """The last message of the component with this key, or one in which nothing has happened."""
    state = st.session_state.get(key) or {}
    return state.get("message") or {"sender": None, "number": 0, "edits": 0, "before": [], "changes": {}}
