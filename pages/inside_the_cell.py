"""Inside the cell: how exactly is this number computed at this step?"""

import streamlit as st

from lstm_viz.ui.inside import inside_view
from lstm_viz.ui.saved import save_and_open

st.title("Inside the cell", anchor=False)
inside_view()
save_and_open()
