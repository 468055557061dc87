"""The comparison as a Streamlit component."""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.pages.cells_compared.view import Comparison
from lstm_viz.ui.views.chosen import chosen_model, variants_of
from lstm_viz.ui.widgets import controls

_show = component("cells_compared")
_DRAWN = "compare_drawn"


def compare_view() -> None:
    """The editor and what every cell did with its text."""
    # The rest of the page also depends on the variant beside the three cells.
    st.session_state[_DRAWN] = session.settings().cell
    _view()


@st.fragment
def _view() -> None:
    """A fragment, so that a key press runs only this."""
    if session.settings().cell != st.session_state[_DRAWN]:
        st.rerun()
    task = chosen_model(session.settings()).task.name
    # What follows keeps its place, whether the task has variants or not.
    with st.container():
        if variants_of(task):
            with st.columns([1, 2])[0]:
                controls.variant_menu(task)
    _show(Comparison(session.settings()).message)
