"""Notes, checked: is what my lecture notes say true?"""

import streamlit as st

from lstm_viz.ui.claims import CLAIMS
from lstm_viz.ui.notes import show_claim, summary

st.title("Notes, checked", anchor=False)
st.caption(
    "Claims as study notes make them, each put to the test when this page is built: a computation, its number, and a "
    "figure."
)
result = st.empty()
for number, claim in enumerate(CLAIMS, 1):
    show_claim(number, claim)
result.markdown(summary())
st.caption(
    "Checks on the trained sentiment network speak of that network and its examples; those on random networks of one "
    "seed. What follows from the equations (that f·c + i·g is the memory, that |h| ≤ o) holds for every LSTM."
)
