"""The memory ledger as a Streamlit component."""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import Changes, change_settings, component
from lstm_viz.ui.pages.ledger.view import LedgerView
from lstm_viz.ui.settings.kinds import NUMBER_LIMIT


def _receive(changes: Changes) -> None:
    change_settings(changes)
    if "example" in changes or "task" in changes:
        # The whole text read, and the step that most of the memory comes from.
        session.change(step=NUMBER_LIMIT, source=NUMBER_LIMIT)


_show = component("ledger", receive=_receive)


@st.fragment
def ledger() -> None:
    """The editor and the ledger of its text; a fragment, so that a key press runs only this."""
    _show(LedgerView(session.settings()).message)
