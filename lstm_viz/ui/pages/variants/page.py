"""Variant lab: which parts of the cell matter?"""

from dataclasses import replace

import streamlit as st

from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge import own, session
from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.pages.variants import lab
from lstm_viz.ui.pages.variants.fields import VariantsFields
from lstm_viz.ui.pages.variants.links import pages_of
from lstm_viz.ui.pages.variants.successors_page import choose_lab, show_successors
from lstm_viz.ui.pages.variants.taken import variants_taking
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets import controls, prose
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.records import show_records
from lstm_viz.ui.widgets.take_away import take_away
from lstm_viz.words.phrases import percent
from lstm_viz.words.variants import CLEAR


def show() -> None:
    """The whole page."""
    session.open_on(
        "variant_lab",
        VariantsFields,
        lambda: [["set", {"variant": lab.telling(_task())}]],
    )
    head(
        "Variant lab",
        "Leave one part of the LSTM out, or add one, train it again from the same start with the same budget, and see "
        "what that part was good for. After Greff et al. 2015, on tasks small enough to train at home. Or see what the "
        "cells that came after it gave up, and what for.",
    )
    own.not_here(
        "the lab compares cells that were all trained from the same starts on the same budget. To compare two of your "
        "own, train them as a race on Watch it learn."
    )
    live()
    if session.settings().lab == "parts":
        _what_it_shows()


def _task() -> str:
    """The chosen task, where variants were trained on it."""
    chosen = session.settings().memory_task
    return chosen if chosen in lab.tasks() else lab.tasks()[0]


def live() -> None:
    """One part changed: the chosen cell, all beside each other, where the forget gate starts. Or the successors."""
    settings = replace(session.settings(), memory_task=_task())
    if settings.lab == "successors":
        show_successors()
        return
    told = f"{TASKS[settings.memory_task].title} · {lab.definition(settings.variant).title}"
    with part("take_away"):
        take_away("variant_lab", lambda asked: variants_taking(settings.memory_task, settings.variant), [told])
    with part("choices"):
        choose_lab()
        _choices(settings.memory_task)
    with part("chosen_cell"):
        _chosen_cell(settings)
    with part("all_cells"):
        _all_cells(settings.memory_task)
    with part("forget_biases"):
        _forget_biases(settings.memory_task)


def _choices(task: str) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        controls.task_segments("memory_task", lab.tasks())
    with right:
        controls.menu(
            "variant",
            "Cell",
            {each.cell.name: each.cell.title for each in lab.every_cell(task)},
        )


def _chosen_cell(settings: Settings) -> None:
    task, cell = settings.memory_task, lab.definition(settings.variant)
    one, two = st.columns([2, 3], gap="medium")
    with one:
        st.header(cell.title, anchor=False)
        verdict, numbers = lab.lesson(task, settings.variant)
        prose.text(f"**{verdict}** {numbers}")
        prose.text(f"{cell.summary} ({cell.source}.)")
        if gone := lab.lost(cell):
            st.markdown(f"Without: {', '.join(gone).lower()}.")
        if pages := pages_of(settings, task, settings.variant):
            st.markdown("Look at its trained network: " + " · ".join(f"[{title}]({at})" for title, at in pages.items()))
    with two:
        show_charts("by_length", [lab.by_length(task, settings.variant)])
    # Some are longer than half a page is wide.
    for label, latex in lab.changed_equations(cell, settings.notation):
        st.caption(label)
        st.markdown(rf"$\displaystyle {latex}$")
    for note in cell.notes:
        st.caption(note)
    show_charts("against", [lab.against_lstm(task, settings.variant)])


def _all_cells(task: str) -> None:
    st.header("All of them", anchor=False)
    prose.text(
        f"{TASKS[task].question} Each cell was trained {lab.seeds(task)} times, from as many random starts (seeds). "
        f"The task counts as solved with {lab.criterion(task)}."
    )
    for sentence in lab.solved_by(task):
        st.markdown(sentence)
    with st.expander("What came of each, in a sentence"):
        st.markdown("\n".join(f"- {' '.join(lab.lesson(task, each.cell.name))}" for each in lab.every_cell(task)))
    show_records("variants", lab.table(task), "Every cell on this task: median over the seeds (smallest to largest)")
    st.caption(lab.budget(task))
    if task == "counting":
        prose.caption(
            "Longest n: the string aⁿbⁿ is judged right after every symbol for every n up to this one. 0 says that "
            "already the shortest, ab, goes wrong somewhere."
        )


def _forget_biases(task: str) -> None:
    st.header("Where the forget gate starts", anchor=False)
    prose.text(
        "Jozefowicz et al. 2015 found that starting the forget gate's bias at 1 closes the gap between the LSTM and "
        "the GRU. Here is the LSTM with 0, 1 and 5."
    )
    show_charts("biases", [lab.forget_biases(task)])


def _what_it_shows() -> None:
    with part("conclusions"), st.expander("What these small tasks can and cannot show"):
        prose.text(
            "- They can show what a part is needed for in principle. With coupled gates the memory is an average of "
            "candidates and stays between −1 and 1, so it cannot count on; with no forget gate it cannot be cleared; "
            "the Use layer as printed in Udacity's notes shows new content one step late.\n"
            "- They cannot confirm or refute the published ranking. Greff et al. trained 5,400 networks on speech, "
            "handwriting and music, tuned the settings of each variant, and found none significantly better than the "
            "standard LSTM, with the forget gate and the output activation the parts it can least do without. Here "
            "there are five seeds, one setting for all, a few hundred updates and sequences of tens of steps.\n"
            "- Greff et al. begin with an LSTM that has peepholes and take them away; here the LSTM has none, as in "
            "PyTorch, and peepholes are added.\n"
            "- Where ranges overlap, the order of two cells in the table means nothing by itself. The sentences "
            "compare seed by seed: one cell is called better where its median and its mean are, and it is with "
            f"{percent(CLEAR)} of the seeds or more. With five seeds that is a hint, no proof."
        )
