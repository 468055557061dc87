"""What a reader has predicted, skipped and done: kept by the browser, told to the server, and by it to nobody.

A mark is a dictionary: what was `predicted`, of which question (its `asked`, a digest); or `skipped`; or `done`.
"""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_viz.lessons import Lesson
from lstm_viz.live_page.lasting import digest

Mark = dict[str, Any]
MARKS = ("predicted", "asked", "skipped", "done")
LARGEST = 8_000
"""Most characters that a mark takes, as JSON."""
_MARKS, _HEARD = "lv_lesson_marks", "lv_lesson_heard"


def marks(lesson: Lesson) -> dict[str, Mark]:
    """Step, from 1, as text → what is kept of it."""
    kept: dict[str, dict[str, Mark]] = st.session_state.setdefault(_MARKS, {})
    return kept.setdefault(lesson.digest, {})


def mark(lesson: Lesson, at: int) -> Mark:
    """What is kept of a step; nothing where nothing is."""
    return marks(lesson).get(str(at), {})


def put(lesson: Lesson, at: int, new: Mark) -> None:
    """Keep something of a step in place of what there was; nothing clears it."""
    if new:
        marks(lesson)[str(at)] = new
    else:
        marks(lesson).pop(str(at), None)


def clear(lesson: Lesson) -> None:
    """Forget all of a lesson."""
    marks(lesson).clear()


def heard(lesson: Lesson) -> bool:
    """Whether the browser has told what it keeps of a lesson."""
    return lesson.digest in st.session_state.setdefault(_HEARD, [])


def hear(lesson: Lesson, told: Any) -> None:
    """Take over what the browser keeps, where nothing newer is known and it makes sense."""
    if heard(lesson):
        return
    st.session_state[_HEARD].append(lesson.digest)
    if not isinstance(told, Mapping):
        return
    for at in map(str, range(1, len(lesson.steps) + 1)):
        if at not in marks(lesson) and (found := _read(told.get(at))):
            marks(lesson)[at] = found


def predicted(mark: Mark, asked: Mapping[str, Any]) -> Any:
    """What was predicted of a question as it is asked now; None for nothing, or for another question."""
    return mark.get("predicted") if mark.get("asked") == digest(asked) else None


def prediction_mark(asked: Mapping[str, Any], prediction: Any) -> Mark:
    """What is kept of a prediction."""
    return {"predicted": prediction, "asked": digest(asked)}


def _read(told: Any) -> Mark:
    try:
        if not isinstance(told, Mapping) or len(json.dumps(dict(told))) > LARGEST:
            return {}
    except (TypeError, ValueError):
        return {}
    return {name: told[name] for name in MARKS if name in told}
