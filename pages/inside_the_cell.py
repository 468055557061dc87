"""Inside the cell: how exactly is this number computed at this step?"""

import streamlit as st

from lstm_viz.ui.pages.inside.page import inside_view

st.title("Inside the cell", anchor=False)
inside_view()
