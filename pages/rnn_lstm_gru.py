"""RNN, LSTM, GRU: same input, three cells: who remembers?"""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.pages.cells_compared.lengths import LENGTHS, Lengths, made_tasks
from lstm_viz.ui.pages.cells_compared.page import compare_view
from lstm_viz.ui.widgets import controls
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.long_work import long_work

st.title("RNN, LSTM, GRU", anchor=False)
st.caption(
    "The same text goes through three networks that differ in their cell and were trained alike. See what each says "
    "after every step, and where they part. For Adding and Counting, a variant of the LSTM, trained on the variant "
    "lab’s budget, can go beside them."
)
compare_view()

tasks = [task for task in made_tasks() if Lengths(task, session.settings()).cells]
if tasks:
    st.subheader("How long can each remember?", anchor=False)
    st.markdown(
        "Two tasks are nothing but memory: adding two marked numbers that came long ago, and counting a's to match "
        "them with b's. Make the sequence longer, beyond what the networks were trained on, and see which cell "
        "breaks first."
    )
    left, right = st.columns([1, 2], gap="medium")
    with left:
        controls.task_segments("memory_task", tasks)
    with right:
        controls.slider("length", "Time steps", 10, LENGTHS[-1], 10)
    asked = session.settings().memory_task
    lengths = Lengths(asked if asked in tasks else tasks[0], session.settings())
    missing = [cell for cell in ("lstm", "gru", "rnn") if cell not in lengths.cells]
    if missing:
        st.info(f"There is no {' or '.join(missing)} for this task; there is {', '.join(lengths.cells)}.")
    long_work(
        lengths.work,
        lambda found: show_charts("lengths", [lengths.over_time(found), lengths.by_length(found)], columns=2),
    )

with st.expander("What one may not conclude"):
    st.markdown(
        "These are single small networks, one for each cell, the best of a few seeds at most. On short texts the three "
        "often score alike; which of two close scores is higher may change with the seed. The variant lab shows how "
        "much."
    )
