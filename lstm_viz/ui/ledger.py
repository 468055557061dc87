"""The memory ledger as a Streamlit component."""

from typing import Any

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.kinds import NUMBER_LIMIT
from lstm_viz.ui.ledger_view import LedgerView
from lstm_viz.ui.live import with_consequences
from lstm_viz.ui.modules import joined, style
from lstm_viz.ui.talk import last_message

KEY = "ledger"

_component = st.components.v2.component(
    "lstm_viz_ledger", js=joined("ledger.js"), css=style("style.css") + style("tasks.css") + style("ledger.css")
)


@st.fragment
def ledger() -> None:
    """The editor and the ledger of its text; a fragment, so that a key press runs only this."""
    message = last_message(KEY)
    view = LedgerView(session.settings())
    _component(key=KEY, data=view.message(message["edits"], message["number"]), on_message_change=_receive)
    session.announce_ignored()


def _receive() -> None:
    changes: dict[str, Any] = dict(last_message(KEY)["changes"])
    is_new = changes.pop("example", False) or "task" in changes
    changes = with_consequences(changes)
    if is_new:
        # The whole text read, and the step that most of the memory comes from.
        changes |= {"step": NUMBER_LIMIT, "source": NUMBER_LIMIT}
    session.change(**changes)
