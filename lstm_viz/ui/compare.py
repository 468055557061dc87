"""The comparison as a Streamlit component."""

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.comparison import Comparison
from lstm_viz.ui.talk import component

_show = component("compare", "chart.css", "records.css")


@st.fragment
def compare_view() -> None:
    """The editor and what every cell did with its text; a fragment, so that a key press runs only this."""
    _show(Comparison(session.settings()).message)
