"""Lessons: what shall I look at, in which order, and did I expect it? And Start here, a lesson without the list."""

import streamlit as st

from lstm_viz.lessons import Lesson
from lstm_viz.lessons.library import START
from lstm_viz.live_page.assets import text
from lstm_viz.ui.bridge import frame, session
from lstm_viz.ui.navigation import titled
from lstm_viz.ui.pages.lessons import walk
from lstm_viz.ui.pages.lessons.finding import named
from lstm_viz.ui.pages.lessons.listing import listing
from lstm_viz.ui.pages.lessons.stage import stage


def show() -> None:
    """The page Lessons: the list, or the lesson that the settings name."""
    name = session.settings().lesson
    lesson, said = named(name) if name else (None, "")
    if lesson is not None:
        _lesson(lesson, "lessons")
        return
    session.open_step(session.settings())
    frame.stay(frame.Frame())
    st.title("Lessons", anchor=False)
    if said:
        st.warning(said)
    listing()


def start_here() -> None:
    """The page Start here."""
    lesson, _ = named(START)
    assert lesson is not None
    # Its address needs no name: there is one lesson here.
    _lesson(lesson, "start_here")


def _lesson(lesson: Lesson, page: str) -> None:
    said = walk.arrive(lesson, page)
    st.html(f"<style>{text('core/lesson.css')}</style>")
    st.set_page_config(page_title=titled(lesson.title))
    with st.container(key="lv_lesson_title"):
        st.title(lesson.title, anchor=False)
    if said:
        st.warning(session.plain(said))
    stage(lesson, page)()
