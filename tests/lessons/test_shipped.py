"""The lessons that ship: each reads without a problem, asks what can be answered, and says one idea at a time."""

from dataclasses import replace

import pytest

from lstm_viz.lessons import Step, answered, asked, done, fill, read_lesson, shipped
from lstm_viz.lessons.filling import UNKNOWN
from lstm_viz.lessons.library import FOLDER, START
from lstm_viz.lessons.lines import spans
from lstm_viz.lessons.references.values import place_of
from lstm_viz.lessons.written import references_in
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
MOST_WORDS = 40
"""Of a paragraph: presenter mode shows one at a time."""


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_reads_without_a_problem(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    lesson, problems = read_lesson(text, name, heavy=True)
    assert not problems, [str(each) for each in problems]
    assert lesson == shipped()[name]
    assert lesson is not None
    assert lesson.minutes is not None
    for step in lesson.steps:
        told = [fill(each, _view(step)) for each in (*step.paragraphs, step.afterwards)]
        assert not [each for each in told if _words(each) > MOST_WORDS], step.title


def _words(text: str) -> int:
    """How many words are read; a formula is one."""
    return len("".join(piece if is_text else "x" for is_text, piece in spans(text)).split())


def _view(of: Step, **more: object) -> View:
    return View.of(replace(of.view.settings if of.view else Settings(), **more))  # type: ignore[arg-type]


def test_start_here_works_with_any_sentence() -> None:
    """Its steps between the first and the last experiment name no text, so that a reader's own sentence goes along."""
    start = shipped()[START]
    assert 8 <= len(start.steps) <= 12
    own = [step for step in start.steps if step.view is None or step.view.settings.text is None]
    assert len(own) >= 8
    for text in ("good", "I did not like it, but my friends loved it", "xyzzy ?!", "a " * 40):
        for step in own:
            view = _view(step, text=text)
            told = [fill(each, view) for each in (*step.paragraphs, step.afterwards)]
            assert not any(UNKNOWN in each and references_in(each) for each in told), step.title
            if step.question:
                asked(step.question, view)
                assert answered(step.question, view, 0)["said"]
            if step.do and step.do.place:
                assert done(step.do, view.settings, _view(step, text=text, step=_place(step, view)))


def _place(step: Step, view: View) -> int:
    assert step.do is not None
    assert step.do.place is not None
    return place_of(step.do.place, view).places[0]


def test_every_step_of_start_here_asks_for_one_thing() -> None:
    for step in shipped()[START].steps[:-1]:
        assert bool(step.do) != bool(step.question), step.title
