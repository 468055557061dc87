"""The view of one cell as a Streamlit component."""

from functools import partial

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component, last_message
from lstm_viz.ui.pages.inside.view import InsideView

_show = component("inside")


@st.fragment
def inside_view() -> None:
    """The editor, and one step of one cell with all its numbers; a fragment, so that a key press runs only this."""
    has = last_message("inside")["changes"].get("has", "")
    _show(partial(InsideView(session.settings()).message, has=has))
