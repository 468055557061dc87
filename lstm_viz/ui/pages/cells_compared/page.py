"""RNN, LSTM, GRU: same input, three cells: who remembers?"""

from functools import partial

import streamlit as st

from lstm_viz.sources import cells_together, lab_variants
from lstm_viz.tasks.made import MADE
from lstm_viz.ui.bridge import own, session
from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, telling_example, views_of
from lstm_viz.ui.pages.cells_compared.lengths import Lengths
from lstm_viz.ui.pages.cells_compared.message import ComparisonNumbers, ComparisonWords
from lstm_viz.ui.pages.cells_compared.taken import comparison_taking
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.settings.shared import NAMED_BY
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.chosen import lacks_own, siblings_of
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets import controls, prose
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.long_work import long_work
from lstm_viz.words.alike import ALIKE

_show = component("cells_compared", words=ComparisonWords, numbers=ComparisonNumbers)
_DRAWN = "lv_comparison_drawn"


def show() -> None:
    """The whole page."""
    if session.settings().task not in NAMED_BY:
        session.open_on_text("rnn_lstm_gru", _best_case)
    head(
        "RNN, LSTM, GRU",
        "The same text goes through three networks that differ in their cell and were trained alike. See what each "
        "says after every step, and where they part. For Adding and Counting, a variant of the LSTM, trained on the "
        "variant lab’s budget, can go beside them.",
    )
    live()
    with part("conclusions"), st.expander("What one may not conclude"):
        st.markdown(
            "These are single small networks, one for each cell, the best of a few seeds at most. On short texts the "
            "three often score alike; which of two close scores is higher may change with the seed. The variant lab "
            f"shows how much. Probabilities up to {ALIKE:g} apart are called about the same: an eye does not put such "
            "lines of the chart in order."
        )


def live() -> None:
    """The networks side by side on one text, and how long each remembers."""
    settings = session.settings()
    if missing := own.missing():
        own.ask_for(missing)
    elif _alone(settings):
        _only_one()
    else:
        _compared()
    with part("lengths"):
        _remembering()


def _alone(settings: Settings) -> bool:
    """Whether the network on show is the reader's own, with no other and no state of its own to set beside it."""
    if settings.task not in NAMED_BY:
        return False
    there = siblings_of(settings, settings.task, ()).values()
    return lacks_own(settings) or (len(there) < 2 and all(each.states is None for each in there))


def _only_one() -> None:
    """For a reader's own network, which has no others beside it."""
    st.info(
        "Your model is one network, and there is none with another cell, trained alike, to set beside it. Choose a "
        "task of the app’s own to compare the three; your model stays open."
    )
    with st.columns([1, 2])[0]:
        controls.task_menu()


def _compared() -> None:
    # What follows the live part also depends on the variant beside the three cells.
    st.session_state[_DRAWN] = session.settings().cell
    _text()


@st.fragment
@in_turn
def _text() -> None:
    """The editor and what every cell did with its text; a fragment, so that a key press runs only this."""
    settings = session.settings()
    if settings.cell != st.session_state[_DRAWN] or _alone(settings):
        st.rerun()
    view = View.of(settings)
    task = view.source.task.name
    # What follows keeps its place, whether the task has variants or not.
    with part("choices"):
        if lab_variants(task):
            with st.columns([1, 2])[0]:
                controls.variant_menu(task)
        elif task in NAMED_BY and len(siblings_of(settings, task, ())) < 2:
            prose.caption("To see another cell beside it, train both as a race on [Watch it learn](watch_it_learn).")
    here = Comparison(views_of(settings, task))
    _show(here.words(view), partial(here.numbers, view), here.layers, comparison_taking(view, here))


def _best_case() -> str:
    """The example on which there is most to see."""
    settings = session.settings()
    task = View.of(settings).source.task.name
    return telling_example(siblings_of(settings, task, cells_together(task, settings.cell)))


def _remembering() -> None:
    """How long each cell can remember, on a task that is nothing but memory."""
    settings = session.settings()
    st.header("How long can each remember?", anchor=False)
    st.markdown(
        "Three tasks are nothing but memory: adding two marked numbers that came long ago, counting a's to match them "
        "with b's, and telling whether the ones so far are odd. Make the sequence longer, beyond what the networks "
        "were trained on, and see which cell breaks first."
    )
    left, right = st.columns([1, 2], gap="medium")
    with left:
        controls.task_segments("memory_task", sorted(MADE))
    with right:
        controls.slider("length", "Time steps")
    cells = cells_together(settings.memory_task, settings.cell)
    lengths = Lengths(siblings_of(settings, settings.memory_task, cells), settings.length, settings.seed)
    long_work(
        lengths.work,
        lambda found: show_charts("lengths", [lengths.over_time(found), lengths.by_length(found)], columns=2),
    )
