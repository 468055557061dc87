"""One step of a lesson: its text, its question or what there is to do, and beside it the real view."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import streamlit as st

from lstm_viz.lessons import Lesson, Step, answered, asked, done, fill, fill_is_heavy
from lstm_viz.ui.bridge import frame, session
from lstm_viz.ui.pages.lessons import answers, walk
from lstm_viz.ui.pages.lessons.bar import CLOSED, bar
from lstm_viz.ui.pages.lessons.ending import ending
from lstm_viz.ui.pages.lessons.revealing import shown_without_prediction
from lstm_viz.ui.pages.lessons.shown import show_meanwhile, show_view, show_way_out
from lstm_viz.ui.pages.lessons.strip import OPEN
from lstm_viz.ui.server import metrics
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets import prose
from lstm_viz.ui.widgets.prediction import prediction
from lstm_viz.ui.widgets.show_of_hands import heard, leave, show_of_hands

_REFUSED = "lv_lesson_refused"


def stage(lesson: Lesson, page: str) -> Callable[[], None]:
    """What shows the step that the settings name; a fragment, so that a key press or a prediction runs only this."""

    def part() -> None:
        if st.session_state.pop(CLOSED, False):
            # What stands above this is of the lesson that was on show.
            st.rerun()
        at = session.settings().at
        step = walk.step_of(lesson, at)
        # The terms of the step before are another step's.
        prose.begin()
        with st.container(key="lv_lesson_end" if step is None else "lv_lesson_stage"):
            if step is None:
                frame.stay(frame.Frame(closed=True))
                ending(lesson)
                with st.container(key="lv_lesson_bar"):
                    bar(lesson, page)
            else:
                _step(lesson, step, at, page)

    return st.fragment(in_turn(part))


def _step(lesson: Lesson, step: Step, at: int, page: str) -> None:
    view = View.of(session.settings()) if step.view else None
    if step.do and view and not answers.mark(lesson, at) and done(step.do, walk.began(page), view):
        answers.put(lesson, at, {"done": True})
    with st.container(key="lv_lesson_text"):
        # First, for what stands after more or less of a text is made anew with every step; lesson.css puts it below.
        with st.container(key="lv_lesson_bar"):
            bar(lesson, page)
        _text(step, view, bool(answers.mark(lesson, at)))
    if view is None:
        frame.stay(frame.Frame(closed=True))
        return
    with st.container(key="lv_lesson_view"):
        # Each in its place, so that a view stays where the next step shows more of it.
        above, below = st.container(key="lv_lesson_asking"), st.container()
        with above:
            open_question = step.question is not None and not _question(lesson, step, at)
        with below:
            # While the question is open, what would answer it is not on the page, nor sent to it.
            if open_question and step.question and step.question.kind != "find":
                show_meanwhile(step, View.of(walk.asked_of(lesson, at)))
            else:
                show_view(step, asking=open_question)
                show_way_out(step)


def _text(step: Step, view: View | None, over: bool) -> None:
    asked_for = step.question.single if step.question and not over else ()
    st.header(step.title, anchor=False)
    with _patience(any(map(fill_is_heavy, (*step.paragraphs, step.afterwards)))):
        for paragraph in step.paragraphs:
            _markdown(fill(paragraph, view, asked_for) if view else paragraph)
        if step.do:
            with st.container(key="lv_lesson_done" if over else "lv_lesson_do"):
                _markdown(f"**{_sentence(step.do.said)}**")
        if step.afterwards and over and view and not step.question:
            _markdown(fill(step.afterwards, view))


def _question(lesson: Lesson, step: Step, at: int) -> bool:
    """Ask, or show what came of the prediction → whether the answer may be seen."""
    question = step.question
    assert question is not None
    view = View.of(walk.asked_of(lesson, at))
    with _patience(question.heavy):
        try:
            put = asked(question, view)
        except ValueError as error:
            st.info(session.plain(f"The question of this step cannot be asked: {error}."))
            return True
    name = f"{lesson.digest} {at}"
    room = heard(name, put, partial(answered, question, view))
    if room == "revealed" and not answers.mark(lesson, at):
        _skip(lesson, at)
    mark = answers.mark(lesson, at)
    given, found = answers.predicted(mark, put), None
    if given is not None:
        try:
            with _patience(question.heavy):
                found = answered(question, view, given)
        except ValueError:
            given = None  # kept of a question that was another one then
    elif mark.get("skipped"):
        with _patience(question.heavy):
            found = shown_without_prediction(question, view, put)
    if found is None and question.kind == "find":
        given = _pointed_at(put["what"])
    if room:
        show_of_hands(name, put, room)
    # What a room has answered stands in the place of what one reader did.
    if room != "revealed" or given is not None:
        prediction("lv_lesson_prediction", put, given, found, partial(_submit, lesson, at, put))
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(session.plain(refused))
    _beside(lesson, step, at, view, over=found is not None, left=name if room == "revealed" else "")
    if not room and found is None and question.kind != "find":  # the view, in which it is found, is not on telephones
        show_of_hands(name, put, room)
    return found is not None


def _beside(lesson: Lesson, step: Step, at: int, view: View, *, over: bool, left: str) -> None:
    """What can be done about a question, and what is said after it; left: its name, to leave a room's answers to it."""
    assert step.question is not None
    if over:
        if step.afterwards:
            with _patience(fill_is_heavy(step.afterwards)):
                _markdown(fill(step.afterwards, view))
        label, act, about = ("Leave the results", leave, (left,)) if left else ("Try again", _again, (lesson, at))
        st.button(label, type="tertiary", on_click=act, args=about, key="lv_lesson_again")
        return
    with st.container(horizontal=True, key="lv_lesson_ways"):
        if step.question.hint:
            with st.popover("Hint", type="tertiary"):
                _markdown(step.question.hint)
        st.button(
            "Show me without a prediction", type="tertiary", on_click=_skip, args=(lesson, at), key="lv_lesson_skip"
        )


def _pointed_at(what: str) -> int:
    """The place in the view that is chosen now; where the step begins may be the answer."""
    return int(getattr(View.of(session.settings()), what))


def _submit(lesson: Lesson, at: int, put: dict[str, Any], given: Any) -> None:
    step = walk.step_of(lesson, at)
    assert step is not None
    assert step.question is not None
    try:
        answered(step.question, View.of(walk.asked_of(lesson, at)), given)
    except ValueError as error:
        metrics.refused("prediction")
        st.session_state[_REFUSED] = f"This cannot be taken for a prediction: {error}."
        return
    answers.put(lesson, at, answers.prediction_mark(put, given))


def _skip(lesson: Lesson, at: int) -> None:
    answers.put(lesson, at, {"skipped": True})


def _again(lesson: Lesson, at: int) -> None:
    answers.put(lesson, at, {})
    walk.start_over(lesson, st.session_state[OPEN]["page"])


def _markdown(text: str) -> None:
    """A lesson's own Markdown: nothing in it is read as HTML; terms say what they mean."""
    # Mathematics and code stay as they are written.
    if "$" in text or "`" in text:
        st.markdown(text)
    else:
        prose.text(text)


def _sentence(said: str) -> str:
    said = said.strip().rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."


def _patience(heavy: bool) -> AbstractContextManager[Any]:
    return st.spinner("Working it out …", show_time=False) if heavy else nullcontext()
