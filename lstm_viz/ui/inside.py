"""The view of one cell as a Streamlit component: what the browser sends changes the settings, and the view answers."""

from typing import Any

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.inside_view import InsideView
from lstm_viz.ui.live import with_consequences
from lstm_viz.ui.modules import joined, style

KEY = "inside"

_component = st.components.v2.component(
    "lstm_viz_inside", js=joined("inside.js"), css=style("style.css") + style("tasks.css") + style("inside.css")
)


@st.fragment
def inside_view() -> None:
    """The editor, and one step of one cell with all its numbers; a fragment, so that a key press runs only this."""
    message = _message()
    view = InsideView(session.settings())
    data = view.message(message["edits"], message["number"], message["changes"].get("has", ""))
    _component(key=KEY, data=data, on_message_change=_receive)
    session.announce_ignored()


def _receive() -> None:
    changes = {name: value for name, value in _message()["changes"].items() if name != "has"}
    session.change(**with_consequences(changes))


def _message() -> dict[str, Any]:
    """The last message from the browser, with its number and how many edits it had seen."""
    state = st.session_state.get(KEY) or {}
    return state.get("message") or {"number": 0, "edits": 0, "changes": {}}
