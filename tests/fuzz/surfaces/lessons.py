"""Lessons, damaged: what is wrong is listed, and what is left is shown, asked and answered with nonsense."""

import random
from contextlib import suppress
from typing import Any

from lstm_viz.lessons import Lesson, answered, asked, done, fill, read_lesson
from lstm_viz.lessons.doing import CAN_BE
from lstm_viz.lessons.library import FOLDER
from lstm_viz.lessons.lines import KEYS
from lstm_viz.lessons.references import grammar
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.fuzz.mutations import SCRAPS, changed_text, damaged_text, strange
from tests.fuzz.surface import Case, Surface
from tests.web.texts import nasty_text

STEPS = 3
"""Steps of a shipped lesson that are damaged at a time."""
PIECES = (
    *(f"{key.capitalize()}:" for key in KEYS), *grammar.EXAMPLES, *CAN_BE,
    "# ", "## ", "### x", "{", "}", "{{{{", "$$", "×", "among", "against", "at",
    "of unit", "the step where", "the unit whose", "in the GRU", "without the holds", "(2nd)", "(0th)", "P(", "P()",
    "![x](y)", "a" * 5000, "{forget gate of " * 100, "the step where " * 60, "View: ?text_packed=eNoDAAAAAAE",
    "View: your_model", "View: ?task=adding&length=2000", "View: vanishing_gradient?length=1000",
    "View: what_if?clamps=forget_gate%201~input_gate%200%20u3%20t1-9", "View: ?task=yours&upload=x",
    "View: https://[::1", "View: ?" + "&".join(f"a{k}=1" for k in range(300)), *SCRAPS,
)  # fmt: skip
"""What is thrown into a lesson."""
PREDICTIONS: tuple[Any, ...] = (
    *(0, 1, -1, 10**9, 10**400, 0.5, float("nan"), None, True, "x", [], [0.5], [None, 0.1], {}, [0.5] * 10),
    [1e300] * 12,
)
"""What is given as a prediction."""
LONGEST = 1500
"""Characters of what is said of one line."""


class Lessons(Surface):
    """See the module."""

    title = "lessons"

    def begin(self) -> None:
        """Those that ship."""
        for path in sorted(FOLDER.glob("*.md")):
            self.attempt([path.read_text(encoding="utf-8"), 0])

    def case(self, draw: random.Random) -> Case:
        """A few steps of a shipped lesson, damaged in one to eight places."""
        head, *steps = draw.choice(sorted(FOLDER.glob("*.md"))).read_text(encoding="utf-8").split("\n## ")
        text = "\n## ".join([head, *draw.sample(steps, min(STEPS, len(steps)))])
        for _ in range(draw.randint(1, 8)):
            text = changed_text(text, draw, PIECES)
        return Case("a lesson, damaged", [text, draw.randrange(len(PREDICTIONS))])

    def attempt(self, given: Any) -> str:
        """Read it, and do with it what a page does."""
        text, prediction = given
        lesson, problems = read_lesson(text)
        for each in problems:
            if "\n" in each.sentence or len(each.sentence) > LONGEST:
                raise AssertionError(f"no sentence: {each.sentence!r:.300}")
        if lesson is not None:
            _used(lesson, PREDICTIONS[prediction])
        return problems[0].sentence if problems else ""


def _used(lesson: Lesson, prediction: Any) -> None:
    for step in lesson.steps:
        settings = step.view.settings if step.view else Settings()
        view = View.of(settings)
        for text in (*step.paragraphs, step.afterwards):
            fill(text, view)
        if step.do:
            done(step.do, settings, view)
        if (question := step.question) and not question.heavy:
            with suppress(ValueError):
                asked(question, view)
            with suppress(ValueError):
                answered(question, view, prediction)


TEXT = "?text=but+not+a+good+film+but+not"
"""The view in which a reference is looked for."""
RULES = {
    "number": grammar.read_number,
    "curve": grammar.read_curve,
    "place": grammar.read_place,
    "step": grammar.read_step,
    "any": grammar.read_any,
}
WORDS = " ".join(grammar.EXAMPLES).split()


class References(Surface):
    """What a question refers to: read, and found in a view."""

    title = "question references"

    def begin(self) -> None:
        """One of each."""
        for example in grammar.EXAMPLES:
            with suppress(ValueError):
                self.attempt(["any", example])

    def case(self, draw: random.Random) -> Case:
        """Words in any order, or an example, damaged."""
        text = " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 12)))
        if draw.random() < 0.7:
            text = damaged_text(draw.choice(grammar.EXAMPLES), draw, (*grammar.EXAMPLES, *WORDS, *SCRAPS))
        if draw.random() < 0.1:
            text = draw.choice(
                (nasty_text(draw), str(strange(draw))[:20_000], "the step where " * draw.choice((5, 5000)))
            )
        if draw.random() < 0.15:
            return Case("an example", ["any", draw.choice(grammar.EXAMPLES)])
        rule = draw.choice(list(RULES))
        return Case("anything" if rule == "any" else f"a {rule}", [rule, text])

    def attempt(self, given: Any) -> str:
        """Read it; a place or a number that is understood is put into a lesson, which looks for it."""
        rule, text = given
        try:
            RULES[rule](text)
        except ValueError as error:
            return str(error)
        line = " ".join(text.split())
        used = f"Point at: {line}" if rule in ("place", "step") or text.startswith("the step") else f"It is {{{line}}}."
        lesson, problems = read_lesson(f"# T\n\n## s\nView: {TEXT}\n{used}\n")
        if lesson is not None:
            _used(lesson, 0)
        return problems[0].sentence if problems else ""
