"""The comparison as a Streamlit component."""

import streamlit as st

from lstm_viz.ui import controls, session
from lstm_viz.ui.chosen import chosen_model, variants_of
from lstm_viz.ui.comparison import Comparison
from lstm_viz.ui.live import last_message, with_consequences
from lstm_viz.ui.modules import joined, style

KEY = "compare"

_component = st.components.v2.component(
    "lstm_viz_compare", js=joined("compare.js"), css=style("style.css") + style("tasks.css") + style("chart.css")
)


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
    if variants_of(task):
        with st.columns([1, 2])[0]:
            controls.variant_menu(task)
    message = last_message(KEY)
    data = Comparison(session.settings()).message(message["edits"], message["number"])
    _component(key=KEY, data=data, on_message_change=_receive)


def _receive() -> None:
    session.change(**with_consequences(last_message(KEY)["changes"]))
