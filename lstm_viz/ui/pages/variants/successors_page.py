"""What the successors gave up: the part of the lab about the cells of 2024."""

import streamlit as st

from lstm_viz.cells import SUCCESSORS
from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.pages.variants import lab, successors
from lstm_viz.ui.pages.variants.taken import successors_taking
from lstm_viz.ui.widgets import controls, prose
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.records import show_records
from lstm_viz.ui.widgets.take_away import take_away


def show_successors() -> None:
    """Accuracy by length, the table, what can be parallel, and the trade in a paragraph."""
    task = session.settings().memory_task
    with part("take_away"):
        told = f"The successors · {TASKS[task].title}"
        take_away("variant_lab", lambda asked: successors_taking(task), [told])
    with part("choices"):
        choose_lab()
        controls.task_segments("memory_task", successors.tasks())
    with part("successors"):
        _by_length(task)
    with part("parallel"):
        _parallel()
    with part("conclusions"):
        st.header("What was given up, what was gained", anchor=False)
        prose.text(successors.gained())


def choose_lab() -> None:
    """What the LSTM is held against."""
    controls.segments("lab", "What is compared", {"parts": "One part changed", "successors": "The successors"})


def _by_length(task: str) -> None:
    st.header("What the successors gave up", anchor=False)
    prose.text(f"The networks are asked: {TASKS[task].question} {RULE[task]} **{successors.verdict(task)}**")
    prose.caption("\n".join(f"- **{cell.title}.** {cell.summary} ({cell.source}.)" for cell in SUCCESSORS.values()))
    st.caption(
        f"{successors.SCORE[task]}, by length. Each cell was trained {lab.seeds(task)} times, from as many random "
        f"starts (seeds), all with one budget, on the same data. {CAPTION[task]}"
    )
    show_charts("successors", successors.by_length(task), columns=3)
    if task == "parity":
        prose.text(successors.theory())
    show_records("successors_table", successors.table(session.settings(), task), HEADS[task])


RULE = {
    "parity": "A 0 changes nothing, every 1 turns the answer over.",
    "counting": "A string aⁿbⁿ is n times a, then n times b, so the as must be counted.",
    "adding": "All others are to be passed over.",
}
"""What a task takes, in a sentence."""
CAPTION = {
    "parity": "Guessing is right half of the time. Lines are medians over the seeds, bands reach from the best to the "
    "worst.",
    "counting": "A seed is right up to n if it judges every string up to that n right after every symbol; a longest n "
    "of 0 says that already ab goes wrong.",
    "adding": "Lines are medians over the seeds, bands reach from the best to the worst.",
}
HEADS = {
    "parity": "Share of strings whose parity is right at the end: median over the seeds (smallest to largest)",
    "counting": "Seeds that judge every string aⁿbⁿ right, for every n up to this one",
    "adding": "Mean squared error: median over the seeds (smallest to largest)",
}


def _parallel() -> None:
    st.header("What can be trained on in parallel", anchor=False)
    prose.text(successors.parallel())
    show_charts("times", [successors.times()])
    caption = f"A training step, as a multiple of that of {successors.BASE}"
    with st.expander("Every cell and length"):
        show_records("times_table", successors.times_table(), caption)
    st.caption(successors.measured_on())
