"""Gates over time as a Streamlit component."""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.views.view import View

_show = component("gates")


@st.fragment
def live_view() -> None:
    """The editor and everything the network did with its text; a fragment, so that a key press runs only this."""
    _show(View(session.settings()).message)
