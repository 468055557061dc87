"""Gates over time, the home page: what do the gates do, as I edit this sequence?"""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.pages.gates.message import GatesNumbers, GatesWords
from lstm_viz.ui.pages.gates.taken import gates_taking
from lstm_viz.ui.pages.gates.view import GatesView
from lstm_viz.ui.pages.lessons.strip import offer
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.head import head

draw = component("gates", words=GatesWords, numbers=GatesNumbers)
"""Draws what a `GatesView` says, within a fragment."""


def show() -> None:
    """The whole page."""
    head(
        "Gates over time: an LSTM, a GRU or an RNN, step by step",
        "For whoever learns, teaches or builds recurrent networks. A trained network reads the input below, one step "
        "after the other, and what it works out at each step is drawn under it: the hidden state, and where the "
        "network has them, the gates and the memory. Change the input, and all of it follows.",
    )
    offer()
    st.fragment(in_turn(live))()


def live() -> None:
    """The editor and all that the network did with its text; for a fragment, so that a key press runs only this."""
    page = GatesView(View.of(session.settings()))
    draw(page.words(), page.numbers, page.view.layers, gates_taking(page.view))
