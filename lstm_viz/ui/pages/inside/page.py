"""Inside the cell: how exactly is this number computed at this step?"""

from functools import partial

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component, last_message
from lstm_viz.ui.pages.inside.message import InsideNumbers, InsideWords
from lstm_viz.ui.pages.inside.taken import inside_taking
from lstm_viz.ui.pages.inside.view import inside_numbers, inside_words
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.head import head

_show = component("inside", words=InsideWords, numbers=InsideNumbers)


def show() -> None:
    """The whole page."""
    head("Inside the cell")
    st.fragment(in_turn(live))()


def live() -> None:
    """The editor, and one step of one cell with its numbers; for a fragment, so that a key press runs only this."""
    has = last_message("inside")["has"].get("page", "")
    view = View.of(session.settings())
    _show(inside_words(view), partial(inside_numbers, view, has), view.layers, inside_taking(view))
