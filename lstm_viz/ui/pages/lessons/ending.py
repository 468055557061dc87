"""The end of a lesson: what was predicted and what was so, and the same as a file to hand in."""

import re

import streamlit as st

from lstm_viz.lessons import Lesson
from lstm_viz.ui.bridge.session import plain
from lstm_viz.ui.pages.lessons.hand_in import hand_in
from lstm_viz.ui.pages.lessons.picture import as_image
from lstm_viz.ui.pages.lessons.results import Result, counted, results

_NAME = "lv_lesson_name"


def ending(lesson: Lesson) -> None:
    """Show the end."""
    st.header("The end: what you predicted, and what was so", anchor=False)
    with st.spinner("Working it out …", show_time=False):
        found = results(lesson)
    st.markdown(counted(lesson, found))
    for result in found:
        _show(result)
    if any(each.predicted for each in found):
        st.text_input("Your name, if the file is to have it", key=_NAME, max_chars=100)
        content = hand_in(lesson, found, st.session_state.get(_NAME, ""))
        name = re.sub(r"\W+", "-", lesson.title.lower()).strip("-") + "-predictions.html"
        st.download_button("Save to hand in", content, name, "text/html", on_click="ignore", key="lv_lesson_hand_in")
        st.caption("One file, which any browser opens. The name is in it and nowhere else.")


def _show(result: Result) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(f'{result.at}. {result.title}')}**")
        if result.asked:
            st.markdown(result.asked)
        if not result.so:
            st.caption("Not answered yet.")
        elif result.picture:
            st.caption("Solid: as it was. Dashed: as you drew it." if result.predicted else "Not predicted. As it was:")
            st.html(as_image(result.picture))
        else:
            st.markdown(f"You predicted: **{plain(result.predicted) or 'nothing'}**. It was: **{plain(result.so)}**.")
        if result.said:
            st.caption(plain(result.said))
