"""Memory ledger: where did this memory come from, and how much is left?"""

from functools import partial

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.pages.ledger.message import LedgerNumbers, LedgerWords
from lstm_viz.ui.pages.ledger.taken import ledger_taking
from lstm_viz.ui.pages.ledger.view import ledger_numbers, ledger_words
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.head import head

# A ledger of the whole text says most, so a text that is chosen opens at its end.
_show = component("ledger", words=LedgerWords, numbers=LedgerNumbers, rules=Rules(opens_at_end=True))


def show() -> None:
    """The whole page."""
    head(
        "Memory ledger",
        "The memory of an LSTM or a GRU only ever **scales what it has** and **adds something new**. So at any time it "
        "is, exactly, a sum: what each earlier step put in, times the share that the gates have kept since. "
        "This is bookkeeping, not cause: later gates depend on earlier tokens too. "
        "What a change would *cause* is the question of [What if?](what_if).",
    )
    st.fragment(in_turn(live))()


def live() -> None:
    """The editor and the ledger of its text; for a fragment, so that a key press runs only this."""
    view = View.of(session.settings())
    _show(ledger_words(view), partial(ledger_numbers, view), view.layers, ledger_taking(view))
