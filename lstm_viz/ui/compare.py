"""The comparison as a Streamlit component."""

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.comparison import Comparison
from lstm_viz.ui.live import last_message, with_consequences
from lstm_viz.ui.modules import joined, style

KEY = "compare"

_component = st.components.v2.component(
    "lstm_viz_compare",
    js=joined("compare.js"),
    css="".join(map(style, ("style.css", "tasks.css", "chart.css", "records.css"))),
)


@st.fragment
def compare_view() -> None:
    """The editor and what every cell did with its text; a fragment, so that a key press runs only this."""
    message = last_message(KEY)
    data = Comparison(session.settings()).message(message["edits"], message["number"])
    _component(key=KEY, data=data, on_message_change=_receive)


def _receive() -> None:
    session.change(**with_consequences(last_message(KEY)["changes"]))
