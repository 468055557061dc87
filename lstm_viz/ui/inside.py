"""The view of one cell as a Streamlit component."""

from functools import partial

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.inside_view import InsideView
from lstm_viz.ui.talk import component, last_message

_show = component("inside", "inside.css")


@st.fragment
def inside_view() -> None:
    """The editor, and one step of one cell with all its numbers; a fragment, so that a key press runs only this."""
    has = last_message("inside")["changes"].get("has", "")
    _show(partial(InsideView(session.settings()).message, has=has))
