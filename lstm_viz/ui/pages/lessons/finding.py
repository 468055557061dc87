"""Which lesson an address names: one that ships, one that the reader has opened, or one on a host that is allowed."""

from functools import lru_cache

import streamlit as st

from lstm_viz.lessons import Lesson, Problem, read_lesson, shipped
from lstm_viz.ui.bridge.session import plain
from lstm_viz.ui.pages.lessons import fetching
from lstm_viz.ui.server import metrics

FROM_FILE = "file-"
"""What the name of a lesson from a reader's own file begins with."""
_OWN = "lv_lessons_own"

Read = tuple[Lesson | None, tuple[Problem, ...]]


def named(name: str) -> tuple[Lesson | None, str]:
    """The lesson of a name, or a sentence, Markdown, on why there is none."""
    if name in shipped():
        return shipped()[name], ""
    if (text := _own().get(name)) is not None:
        return read(text, name)[0], ""
    if name.startswith(FROM_FILE):
        return None, "This link leads to a lesson from a file. Open that file here, and the lesson goes on."
    if name.startswith("https://") and fetching.hosts():
        return fetched(name)
    return None, f"There is no lesson “{plain(name)}”. These are the lessons that there are."


def fetched(address: str) -> tuple[Lesson | None, str]:
    """The lesson at an address, or a sentence on why it cannot be shown."""
    try:
        text = fetching.fetch(address)
    except ValueError as error:
        metrics.refused("lesson")
        return None, plain(str(error))
    lesson, problems = read(text, address)
    if lesson is None:
        return None, "\n".join(["What is at that address is no lesson:", *listed(problems)])
    _own()[address] = text
    return lesson, ""


def opened(content: bytes) -> Read:
    """A lesson from a reader's own file, kept for this session where it is one; and what is wrong with it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (Problem(1, "the file is not text in UTF-8; save it as such, and open it again"),)
    lesson, problems = read(text)
    if lesson is None:
        return None, problems
    name = FROM_FILE + lesson.digest
    _own()[name] = text
    return read(text, name)


def listed(problems: tuple[Problem, ...]) -> list[str]:
    """Problems as a list in Markdown."""
    return [f"- Line {each.line}: {plain(each.sentence)}" for each in problems]


@lru_cache(maxsize=32)
def read(text: str, name: str = "") -> Read:
    """A lesson as `read_lesson` gives it; what it says follows from the text alone."""
    return read_lesson(text, name)


def _own() -> dict[str, str]:
    """Name → text, of the lessons that the reader has opened in this session."""
    own: dict[str, str] = st.session_state.setdefault(_OWN, {})
    return own
