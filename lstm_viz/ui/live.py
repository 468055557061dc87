"""The live view as a Streamlit component: what the browser sends changes the settings, and the view answers."""

from typing import Any

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.modules import joined, style
from lstm_viz.ui.view import View

KEY = "live"

_component = st.components.v2.component("lstm_viz_live", js=joined("live.js"), css=style("style.css"))


@st.fragment
def live_view() -> None:
    """The editor and everything the network did with its text; a fragment, so that a key press runs only this."""
    message = _message()
    view = View(session.settings())
    _component(key=KEY, data=view.message(message["edits"], message["number"]), on_message_change=_receive)


def _receive() -> None:
    changes = _message()["changes"]
    session.change(**changes)


def _message() -> dict[str, Any]:
    """The last message from the browser, with its number and how many edits it had seen."""
    state = st.session_state.get(KEY) or {}
    return state.get("message") or {"number": 0, "edits": 0, "changes": {}}
