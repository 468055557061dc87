"""On other pages: the way back to the lesson that is open, and once on the home page the way to Start here."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.components import component
from lstm_viz.ui.navigation import LESSON_PAGES

OPEN = "lv_lesson_open"
"""Where it is kept which lesson is open: its page, its title and the step."""
_offer = component("offer")


def strip(page: str) -> None:
    """Show the way back, where a lesson is open and this is another page.

    Parameters
    ----------
    page : its address
    """
    lesson: Mapping[str, Any] | None = st.session_state.get(OPEN)
    settings = session.settings()
    if lesson is None or page in LESSON_PAGES or settings.embed or settings.present:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="lv_lesson_strip"):
        title = f"Back to “{lesson['title']}”, step {lesson['at']}"
        st.page_link(f"pages/{lesson['page']}.py", label=session.plain(title), icon=":material/arrow_back:")
        st.button("Leave the lesson", type="tertiary", on_click=_leave, key="lv_lesson_leave")


def _leave() -> None:
    st.session_state.pop(OPEN, None)


def offer() -> None:
    """Offer Start here, in one line that the reader can put away for good; not to those whom a link led here."""
    settings = session.settings()
    if session.names_no_view() and OPEN not in st.session_state and not settings.embed and not settings.present:
        _offer(key="lv_offer", data={"address": "start_here"})
