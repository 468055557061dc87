"""The way through a lesson: back, on, any step; and between the browser, which keeps the marks, and the server."""

from typing import Any

import streamlit as st

from lstm_viz.lessons import Lesson
from lstm_viz.ui.bridge import components, session
from lstm_viz.ui.pages.lessons import answers, walk

_component = components.component("lesson")
KEY = "lv_lesson_way"
CLOSED = "lv_lesson_closed"
"""Whether the reader has just gone back to the list."""
_DONE = "lv_lesson_told"


def bar(lesson: Lesson, page: str) -> None:
    """Show the way through a lesson, within the fragment that shows the step."""

    def told() -> None:
        message = components.told(KEY, "told")
        answers.hear(lesson, message.get("kept"))
        # Each is done once, whatever runs the page anew.
        number = [message.get("sender"), message.get("number")]
        if st.session_state.get(_DONE) != number:
            st.session_state[_DONE] = number
            _do(lesson, page, message.get("act"))

    now = session.settings()
    step = walk.step_of(lesson, now.at)
    kept = answers.marks(lesson)
    data = {
        "digest": lesson.digest,
        "title": lesson.title,
        "at": now.at,
        "steps": [
            {"title": each.title, "over": str(k) in kept, "waits": bool(each.do or each.question)}
            for k, each in enumerate(lesson.steps, 1)
        ],
        "ready": step is None or not (step.do or step.question) or str(now.at) in kept,
        "said": _said(lesson, now.at),
        "heard": answers.heard(lesson),
        "marks": kept,
        "asMade": session.as_made() or step is None,
        "listed": page == "lessons",
        "address": session.address(),
    }
    _component(key=KEY, data=data, on_told_change=told)


def _said(lesson: Lesson, at: int) -> str:
    """What has become of the step, where that is something to say."""
    step, mark = walk.step_of(lesson, at), answers.mark(lesson, at)
    if step is None or not mark:
        return ""
    return "Done." if step.do and mark.get("done") else ""


def _do(lesson: Lesson, page: str, act: Any) -> None:
    match act:
        case ["go", int(at)]:
            _leave(lesson)
            walk.go(lesson, at, page)
        case ["reset"]:
            walk.start_over(lesson, page)
        case ["close"]:
            walk.close_lesson()
            st.session_state[CLOSED] = True
        case ["forget"]:
            answers.clear(lesson)
            walk.go(lesson, 1, page)


def _leave(lesson: Lesson) -> None:
    """A step that asks for nothing is done when it has been read."""
    at = session.settings().at
    step = walk.step_of(lesson, at)
    if step and not (step.do or step.question) and not answers.mark(lesson, at):
        answers.put(lesson, at, {"done": True})
