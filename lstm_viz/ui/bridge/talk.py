"""How a live page and the browser talk: the browser sends what the user did, and the page answers with all it shows.

Messages are numbered, and an answer says which one it takes in; what the browser holds already is not sent again.
`web/core/mount.js` is the other side.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.assets import page_script, page_style
from lstm_viz.ui.bridge.payload import pack, without_known
from lstm_viz.ui.bridge.shape import shape_of
from lstm_viz.ui.doing.reducer import Action
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.settings.link import LINK_LIMIT, address, query_string
from lstm_viz.ui.views.envelope import Parts

NOTHING_YET: dict[str, Any] = {"sender": None, "number": 0, "edits": 0, "has": {}, "before": [], "actions": []}
"""The message of a browser in which nothing has happened."""


def component(name: str, *, message: Any, rules: Rules = Rules()) -> Callable[[Parts], None]:  # noqa: B008
    """A page's live component, to be shown within a fragment, so that a key press runs only that.

    Parameters
    ----------
    name : of its folder in `web/pages`, and its key
    message : the `TypedDict` of its header
    rules : what follows on this page from what is done
    """
    mount = st.components.v2.component(f"lstm_viz_{name}", js=page_script(name), css=page_style(name))

    def take() -> None:
        for actions in undone(name):
            session.do(*actions, rules=rules)

    def show(parts: Parts) -> None:
        header, arrays = parts
        given = last_message(name)
        header = {
            **header,
            "session": session.name(),
            "edits": given["edits"],
            "received": given["number"],
            "shape": shape_of(message),
            **_the_way_here(name, given["has"]),
        }
        mount(key=name, data=pack(without_known(header, given["has"]), arrays), on_message_change=take)
        session.announce_ignored()

    return show


def _the_way_here(key: str, has: dict[str, str]) -> dict[str, Any]:
    """The address, and what can be undone: of that, what the browser was not told before."""
    state, place = session.state(), f"lv_told_{key}"
    query = query_string(state.settings)
    told: tuple[str, ...] = st.session_state.get(place, ()) if has else ()
    kept = next((k for k, (a, b) in enumerate(zip(told, state.past, strict=False)) if a != b), None)
    kept = min(len(told), len(state.past)) if kept is None else kept
    st.session_state[place] = state.past
    return {
        "query": query,
        "linkable": len(query) <= LINK_LIMIT,
        "short": address(state.settings),
        "undo": bool(state.past),
        "redo": bool(state.future),
        "history": {"kept": kept, "added": list(state.past[kept:]), "future": list(state.future)},
        "refusal": " ".join(state.said),
    }


def undone(key: str) -> list[list[Action]]:
    """What the last message brings, and what those before it brought that Streamlit passed over for a newer one."""
    message, place = last_message(key), f"lv_done_{key}"
    sender, done = st.session_state.get(place, (None, 0))
    if sender != message["sender"]:
        done = 0
    st.session_state[place] = (message["sender"], message["number"])
    return [list(each["actions"]) for each in (*message["before"], message) if each["number"] > done]


def last_message(key: str) -> dict[str, Any]:
    """The last message of the component with this key, or one in which nothing has happened."""
    state = st.session_state.get(key) or {}
    return NOTHING_YET | (state.get("message") or {})
