"""Notes, checked: is what my lecture notes say true?"""

import streamlit as st

from lstm_viz.ui.pages.notes.page import WORK, show_claims
from lstm_viz.ui.widgets.long_work import long_work

st.title("Notes, checked", anchor=False)
st.caption(
    "Claims as study notes make them, each put to the test when this page is built: a computation, its number, and a "
    "figure."
)
long_work(WORK, show_claims)
st.caption(
    "Checks on the trained sentiment network speak of that network and its examples; those on random networks of one "
    "seed. What follows from the equations (that f·c + i·g is the memory, that |h| ≤ o) holds for every LSTM."
)
