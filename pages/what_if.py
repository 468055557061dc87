"""What if?: what changes if I hold a gate open, shut it, or change one token?"""

import streamlit as st

from lstm_viz.ui.pages.what_if.page import what_if

st.title("What if?", anchor=False)
st.caption(
    "Hold a gate at a value, or change a token. The network then **runs again with that one thing changed**, and every "
    "later gate reacts: what differs is caused by the change. The run before it stays beside it for comparison."
)
what_if()
