"""Where in a lesson a reader is: the step on show, as its author made it or as the reader left it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from lstm_viz.lessons import Lesson, Step
from lstm_viz.ui.bridge import session
from lstm_viz.ui.pages.lessons.strip import OPEN
from lstm_viz.ui.settings.settings import DEFAULTS, Settings
from lstm_viz.ui.settings.shared import NAMED_BY

_HERE, _BEGAN, _LEFT, _TEXTS = "lv_lesson_here", "lv_lesson_began", "lv_lesson_left", "lv_lesson_texts"
_SAID = "lv_lesson_said"


def step_of(lesson: Lesson, at: int) -> Step | None:
    """A step, from 1; None for the lesson's end."""
    return lesson.steps[at - 1] if at <= len(lesson.steps) else None


def arrive(lesson: Lesson, page: str) -> str:
    """Put the step on show that the settings name, where it is not → a sentence where there is no such step."""
    now, last = session.settings(), len(lesson.steps)
    at, said = now.at, ""
    if at > last + 1:
        at, said = last, f"“{lesson.title}” has {last} steps, and no step {at}; this is the last."
    place = [lesson.digest, at]
    _lead_back(lesson, at, page)
    if not session.has_opened() or st.session_state.get(_on(page, _HERE)) != place:
        made = as_made(lesson, at)
        if session.names_no_view():
            # What the reader's link hides, it hides of the step that it names.
            made = replace(made, hide=tuple(dict.fromkeys((*made.hide, *now.hide))))
        _show(lesson, at, made, None if session.names_no_view() else replace(now, at=at), page)
        # Streamlit may run the page anew before anyone has read it.
        st.session_state[_on(page, _SAID)] = said
    elif at != now.at:
        session.do(["set", {"at": at}])
    return str(st.session_state.get(_on(page, _SAID), ""))


def go(lesson: Lesson, at: int, page: str) -> None:
    """Go to a step: as the reader left it, or else as its author made it."""
    at = max(1, min(at, len(lesson.steps) + 1))
    now = session.settings()
    here = now.at
    if at == here:
        return
    left: dict[str, Any] = st.session_state.setdefault(_LEFT, {})
    if session.as_made():
        left.pop(_name(lesson, here), None)
    else:
        left[_name(lesson, here)] = asdict(now)
    made = as_made(lesson, at)
    again = left.get(_name(lesson, at))
    _show(lesson, at, made, Settings(**again) if again else _with_own_text(made, now), page)


def start_over(lesson: Lesson, page: str) -> None:
    """Show the step as its author made it."""
    at = session.settings().at
    for kept in (_LEFT, _TEXTS):
        st.session_state.setdefault(kept, {}).pop(_name(lesson, at), None)
    _show(lesson, at, as_made(lesson, at), None, page)


def open_lesson(name: str, lesson: Lesson, at: int, page: str) -> None:
    """Open a lesson at a step."""
    session.open_step(replace(session.settings(), lesson=name, at=at))
    _show(lesson, at, as_made(lesson, at), None, page)


def close_lesson() -> None:
    """Go back to the list of lessons."""
    kept = {name: getattr(session.settings(), name) for name in session.OF_ALL_STEPS}
    session.open_step(Settings(**kept))
    st.session_state.pop(_on("lessons", _HERE), None)
    st.session_state.pop(OPEN, None)


def began(page: str) -> Settings:
    """The settings with which the step on a page was put on show."""
    kept: Mapping[str, Any] = st.session_state[_on(page, _BEGAN)]
    return Settings(**kept)


def as_made(lesson: Lesson, at: int) -> Settings:
    """A step's view as its author made it."""
    step, now = step_of(lesson, at), session.settings()
    view = step.view.settings if step and step.view else Settings()
    asked = {name: getattr(now, name) for name in session.OF_ALL_STEPS if getattr(now, name) != DEFAULTS[name]}
    return replace(view, lesson=now.lesson, at=at, **asked)


def asked_of(lesson: Lesson, at: int) -> Settings:
    """The settings of which a step asks: as its author made it, with the reader's own text where it names none."""
    made, text = as_made(lesson, at), st.session_state.get(_TEXTS, {}).get(_name(lesson, at))
    return replace(made, text=text) if made.text is None and text is not None else made


def _with_own_text(made: Settings, now: Settings) -> Settings:
    """A step that names no text goes on with the reader's own, on the same network."""
    same = all(getattr(made, name) == getattr(now, name) for name in ("task", *NAMED_BY.values()))
    return replace(made, text=now.text) if same and made.text is None and now.text is not None else made


def _show(lesson: Lesson, at: int, made: Settings, shown: Settings | None, page: str) -> None:
    st.session_state.pop(_on(page, _SAID), None)
    session.open_step(made, shown)
    st.session_state[_on(page, _HERE)] = [lesson.digest, at]
    st.session_state[_on(page, _BEGAN)] = asdict(shown or made)
    st.session_state.setdefault(_TEXTS, {}).setdefault(_name(lesson, at), (shown or made).text)
    _lead_back(lesson, at, page)


def _lead_back(lesson: Lesson, at: int, page: str) -> None:
    # At its end there is nothing to come back for.
    if at > len(lesson.steps):
        st.session_state.pop(OPEN, None)
    else:
        st.session_state[OPEN] = {"page": page, "title": lesson.title, "at": at}


def _name(lesson: Lesson, at: int) -> str:
    return f"{lesson.digest} {at}"


def _on(page: str, what: str) -> str:
    return f"{what}_{page}"
