"""The shipped lessons ask questions whose answers are plain to see, in short paragraphs, and cover every claim."""

import math
import re
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from lstm_viz.claims import CLAIMS
from lstm_viz.lessons import Lesson, Question, asked, shipped
from lstm_viz.lessons.asking import right_options
from lstm_viz.lessons.covered import COVERED, NOT_COVERED, TAUGHT
from lstm_viz.lessons.references.reference import Curve, Place, Power
from lstm_viz.lessons.references.scale import Scale
from lstm_viz.lessons.references.values import curve_of, number_of, place_of
from lstm_viz.lessons.written import references_in
from lstm_viz.ui.views.view import View
from lstm_viz.words.alike import ALIKE

LESSONS = {name: lesson for name, lesson in shipped().items() if name[:1].isdigit()}
WORDS = 40
"""Most words of a paragraph: presenter mode shows one at a time."""
MARGIN = ALIKE
"""How far, as a share of its scale, a number lies from the bound of a range: nearer, an answer hangs on a decimal."""


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_lessons_are_of_a_length_to_be_taught(lesson: Lesson) -> None:
    assert 8 <= len(lesson.steps) <= 14
    assert lesson.minutes is not None
    assert 10 <= lesson.minutes <= 15
    asks = [step.question for step in lesson.steps if step.question]
    assert len(asks) >= 5
    assert len({question.kind for question in asks}) >= 2
    said = [(s.title, each) for s in lesson.steps for each in (*s.paragraphs, s.afterwards)]
    said += [(s.title, each) for s in lesson.steps if s.question for each in (s.question.prompt, s.question.hint)]
    assert {title: _words(each) for title, each in (("About", lesson.about), *said) if _words(each) > WORDS} == {}


def _words(markdown: str) -> int:
    """How many words are read: a formula and a number that is filled in are one each."""
    for said in references_in(markdown):
        markdown = markdown.replace("{" + said + "}", "0")
    return len(re.sub(r"\$[^$]*\$", "0", markdown).split())


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_question_has_one_answer_with_room_around_it(lesson: Lesson) -> None:
    close = {}
    for step in lesson.steps:
        if step.question is None:
            continue
        assert step.view is not None
        view, question = View.of(step.view.settings), step.question
        asked(question, view)
        if question.choices:
            assert len(right_options(question, view)) == 1, step.title
        close[step.title] = round(_room(question, view), 3)
    assert {title: room for title, room in close.items() if room < MARGIN} == {}


def _room(question: Question, view: View) -> float:
    """How far a question's numbers would have to move, as a share of their scale, for another answer to be right."""
    about, choices = question.about[0], question.choices
    if isinstance(about, Place):
        return _room_of_place(about, view)
    if choices is None:
        return 1.0
    values = [number_of(each, view) for each in question.about]  # type: ignore[arg-type]
    apart = partial(_apart, values[0].scale)
    if choices.rule == "ranges":
        if isinstance(about, Power):
            return 1.0  # arithmetic: the same tomorrow
        ends = [end for end in choices.ranges[right_options(question, view)[0]] if np.isfinite(end)]
        # A scale for all units may be far wider than what is asked of one: then the options are the measure.
        widths = [3 * apart(low, high) for low, high in choices.ranges if np.isfinite(low) and np.isfinite(high)]
        return min(apart(values[0].value, end) for end in ends) / min([1.0, *widths])
    if choices.rule == "against":
        gap = apart(values[0].value, values[1].value)
        if choices.words[right_options(question, view)[0]] == "same":
            return ALIKE + MARGIN - gap
        return gap - (ALIKE if "same" in choices.words else 0)
    best, second = sorted((each.value for each in values), reverse=choices.rule == "largest")[:2]
    return apart(best, second)


def _apart(scale: Scale, one: float, other: float) -> float:
    """How far apart two values are drawn, as a share of the whole scale."""
    return scale.distance(one, other) / (math.log10(scale.high / scale.low) if scale.log else scale.high - scale.low)


def _room_of_place(place: Place, view: View) -> float:
    assert len(place_of(place, view).places) == 1
    if place.what == "unit" or place.extreme == "put":
        return 1.0
    course = curve_of(Curve(place.said, place.measure), view)
    values, span = course.values, course.scale.high - course.scale.low
    if place.extreme in ("above", "below"):
        step = place_of(place, view).places[0]
        return min(abs(values[: step + 1] - place.mark)) / span
    moves = np.diff(values, prepend=0.0 if place.measure.name.endswith("state") else values[0])
    sizes = {"lowest": -values, "highest": values, "falls": -moves, "rises": moves, "moves": abs(moves)}[place.extreme]
    second, best = np.sort(sizes)[-2:]
    return float(best - second) / span


def test_every_claim_of_lecture_notes_has_its_place_in_a_lesson() -> None:
    assert set(COVERED) | set(NOT_COVERED) == {claim.name for claim in CLAIMS}
    assert not set(COVERED) & set(NOT_COVERED)
    for places in (*COVERED.values(), *TAUGHT.values()):
        for name, title in places:
            assert title in [step.title for step in LESSONS[name].steps], title


def test_lessons_are_numbered_and_use_most_pages() -> None:
    assert all(int(b[0]) == int(a[0]) + 1 for a, b in pairwise(LESSONS))
    pages = {step.view.page for lesson in LESSONS.values() for step in lesson.steps if step.view}
    assert pages >= {"gates_over_time", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru"}
    assert pages >= {"vanishing_gradient", "variant_lab"}
