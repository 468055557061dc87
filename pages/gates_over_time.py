"""Gates over time, the home page: what do the gates do, as I edit this sequence?"""

import streamlit as st

from lstm_viz.ui.live import live_view

st.title("Gates over time")
live_view()
