"""Gates over time, the home page: what do the gates do, as I edit this sequence?"""

import streamlit as st

from lstm_viz.ui.pages.gates.page import live_view

st.title("Gates over time", anchor=False)
st.caption(
    "A trained network reads a sequence step by step. At each step, gates decide how much old memory stays, how much "
    "new content enters and how much is shown."
)
live_view()
