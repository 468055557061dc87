"""Memory ledger: where did this memory come from, and how much is left?"""

import streamlit as st

from lstm_viz.ui.pages.ledger.page import ledger

st.title("Memory ledger", anchor=False)
st.caption(
    "A memory only ever **scales what it has** and **adds something new**. So at any time it is, exactly, a sum: what "
    "each earlier step put in, times the share that the gates have kept since. "
    "This is bookkeeping, not cause: later gates depend on earlier tokens too. "
    "What a change would *cause* is the question of [What if?](what_if)."
)
ledger()
