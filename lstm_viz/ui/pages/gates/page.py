"""Gates over time, the home page: what do the gates do, as I edit this sequence?"""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.pages.gates.message import GatesNumbers, GatesWords
from lstm_viz.ui.pages.gates.view import GatesView
from lstm_viz.ui.views.view import View

_show = component("gates", words=GatesWords, numbers=GatesNumbers)


def show() -> None:
    """The whole page."""
    st.title("Gates over time", anchor=False)
    st.caption(
        "A trained network reads a sequence step by step. At each step, gates decide how much old memory stays, how "
        "much new content enters and how much is shown."
    )
    _live()


@st.fragment
def _live() -> None:
    """The editor and everything the network did with its text; a fragment, so that a key press runs only this."""
    page = GatesView(View.of(session.settings()))
    _show(page.words(), page.numbers, page.view.layers)
