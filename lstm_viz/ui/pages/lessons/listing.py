"""The list of lessons, and the ways to open another: a file, or an address where the deployer allows any."""

import re
from typing import Any

import streamlit as st

from lstm_viz.lessons import Lesson, shipped
from lstm_viz.lessons.library import START, text_of
from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.components import component, told
from lstm_viz.ui.pages.lessons import fetching, walk
from lstm_viz.ui.pages.lessons.fields import LONGEST_NAME
from lstm_viz.ui.pages.lessons.finding import fetched, listed, named, opened

_component = component("lesson_list")
_KEY, _DROP, _PROBLEMS, _ADDRESS = "lv_lesson_list", "lv_lesson_file", "lv_lesson_problems", "lv_lesson_address"
_MARKUP = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)")


def listing() -> None:
    """Show the list and the ways to open a lesson."""
    st.caption(
        "Each step shows a live view and asks what you expect before it shows what happens. What you predict stays in "
        "this browser."
    )
    lessons = {name: each for name, each in shipped().items() if name != START}
    data = [_entry(name, each) for name, each in lessons.items()]
    _component(key=_KEY, data={"lessons": data, "address": session.address()}, on_open_change=_open)
    st.header("A lesson of your own", anchor=False)
    st.caption(
        "A lesson is a Markdown file: a title, steps, a link to a view for each, and questions whose answers the app "
        "works out. Your students open it here, or where you have it on the web."
    )
    pattern = next(iter(lessons))
    st.download_button(
        f"Save “{lessons[pattern].title}” as a file, for a pattern",
        # Not made when it is asked for: after a while without a network nobody knows any more what was to be made.
        text_of(pattern),
        f"{pattern}.md",
        "text/markdown",
        on_click="ignore",
        key="lv_lesson_pattern",
    )
    # Above the file's name, as below it nobody would see them without scrolling.
    if problems := st.session_state.get(_PROBLEMS):
        st.error(problems["said"])
        if name := problems["name"]:
            st.button("Open it all the same", on_click=_open_own, args=(name,))
    st.file_uploader(
        "Open a lesson, a file that ends in .md",
        ["md", "markdown", "txt"],
        key=_DROP,
        on_change=_take,
        max_upload_size=1,
    )
    if hosts := fetching.hosts():
        st.text_input(f"Or its address, on {', '.join(hosts)}", key=_ADDRESS, on_change=_fetch, max_chars=LONGEST_NAME)


def _entry(name: str, lesson: Lesson) -> dict[str, Any]:
    about = _MARKUP.sub(lambda found: found[1] or "", lesson.about)
    return {
        "name": name,
        "title": lesson.title,
        "about": about,
        "minutes": lesson.minutes,
        "steps": len(lesson.steps),
        "digest": lesson.digest,
    }


def _open() -> None:
    wanted = told(_KEY, "open", {"name": "", "at": 1})
    lesson, _ = named(wanted["name"])
    if lesson is not None:
        at = wanted["at"] if 1 <= wanted["at"] <= len(lesson.steps) else 1
        walk.open_lesson(wanted["name"], lesson, at, "lessons")


def _take() -> None:
    file = st.session_state.get(_DROP)
    if file is None:
        return
    lesson, problems = opened(file.getvalue())
    st.session_state.pop(_PROBLEMS, None)
    if problems:
        said = f"{session.plain(file.name)} is {'not quite' if lesson else 'not'} a lesson yet:"
        st.session_state[_PROBLEMS] = {"said": "\n".join([said, *listed(problems)]), "name": lesson and lesson.name}
    elif lesson is not None:
        walk.open_lesson(lesson.name, lesson, 1, "lessons")


def _open_own(name: str) -> None:
    lesson, _ = named(name)
    st.session_state.pop(_PROBLEMS, None)
    if lesson is not None:
        walk.open_lesson(name, lesson, 1, "lessons")


def _fetch() -> None:
    address = str(st.session_state.get(_ADDRESS) or "").strip()
    if not address:
        return
    lesson, said = fetched(address)
    if lesson is None:
        st.session_state[_PROBLEMS] = {"said": said, "name": None}
    else:
        walk.open_lesson(address, lesson, 1, "lessons")
