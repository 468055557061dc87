"""A lesson file → a `Lesson`, and all that is wrong with the file, by line."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from lstm_viz.lessons.doing import read_do
from lstm_viz.lessons.filling import heavy_in, to_decimals
from lstm_viz.lessons.lesson import Do, Lesson, Point, Problem, Question, Step, ViewAt
from lstm_viz.lessons.lines import LESSON_KEYS, SEVERAL, Part, cut
from lstm_viz.lessons.links import read_view
from lstm_viz.lessons.questions import ASKING, read_quantities, read_question
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.grammar import Words, read_place
from lstm_viz.lessons.references.names import nearest, quantities
from lstm_viz.lessons.references.reference import StepAt, is_heavy
from lstm_viz.lessons.references.values import named_step, place_of
from lstm_viz.lessons.trying import tried
from lstm_viz.lessons.written import (
    LIMITS,
    LONGEST_TITLE,
    MOST_BYTES,
    MOST_HEAVY,
    MOST_PROBLEMS,
    MOST_REFERENCES,
    MOST_STEPS,
    references_in,
    tamed,
    wrong_in,
)
from lstm_viz.ui.settings.parts import OF_PAGES
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

HOLDS_SHOW_ON = "what_if"
"""The only page that shows what is held; elsewhere a view is without."""
DECIMALS = {"inside_the_cell": 3}
"""Pages that show results with more decimals than the others."""
PARTS = {name: code for code, title in OF_PAGES.items() for name in (code, code.replace("_", " "), title.lower())}
"""What parts of pages are called, in lower case → code name; quantities have names of their own."""

Found = TypeVar("Found")


def read_lesson(
    text: str, name: str = "", *, run: bool = True, heavy: bool = False
) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """A lesson, and what is wrong with its file.

    Parameters
    ----------
    text : the file's
    name : by which a link names it
    run : whether its references are tried in its views
    heavy : whether also those that take a moment

    Returns
    -------
    lesson : None where the file has no title or no steps, or is larger than a lesson can be
    problems : by line; a lesson with problems can be shown, without what is wrong
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        return None, (Problem(1, f"the file is too large. {LIMITS}"),)
    parts, problems = cut(text)
    head, *steps = parts
    if len(steps) > MOST_STEPS:
        return None, (Problem(steps[MOST_STEPS].line, f"the lesson has {len(steps):,} steps. {LIMITS}"),)
    if not steps:
        problems.append(Problem(head.line, "the lesson has no steps: each begins with a line such as “## A step”"))
    # Each takes a run of a network, so they are counted before any is tried.
    if sum(map(_references, steps)) > MOST_REFERENCES:
        return None, (Problem(1, f"too many references. {LIMITS}"),)
    about, minutes = _head(head, problems)
    read = [_Reader(part, problems, run, heavy).step() for part in steps]
    if sum(map(_heavy, read)) > MOST_HEAVY:
        return None, (Problem(1, f"too many references to errors or gradients. {LIMITS}"),)
    found = tuple(sorted(set(problems), key=lambda each: (each.line, each.sentence)))
    if len(found) > MOST_PROBLEMS:
        rest = Problem(found[MOST_PROBLEMS].line, f"and {len(found) - MOST_PROBLEMS:,} more from here on")
        found = (*found[:MOST_PROBLEMS], rest)
    if not head.title or not steps:
        return None, found
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    return Lesson(name, tamed(head.title, LONGEST_TITLE), tamed(about), minutes, tuple(read), digest), found


def _references(part: Part) -> int:
    """How many references a step has: what stands in braces, and what a key refers to."""
    written = [*(paragraph for paragraph, _ in part.paragraphs), *(value for _, value, _ in part.keys)]
    keys = sum(key in (*ASKING, "do", "point at") for key, _, _ in part.keys)
    return keys + sum(len(references_in(each)) for each in written)


def _heavy(step: Step) -> int:
    """How many of them take a moment, each time that the step is shown to somebody who is the first."""
    asked = 0 if step.question is None else sum(map(is_heavy, step.question.about))
    return asked + sum(map(heavy_in, (*step.paragraphs, step.afterwards)))


def _title(part: Part) -> list[Problem]:
    long = len(part.title) > LONGEST_TITLE
    said = f"a heading of {len(part.title):,} characters; the limit is {LONGEST_TITLE}"
    return [Problem(part.line, said)] if long else []


def _head(head: Part, problems: list[Problem]) -> tuple[str, int | None]:
    """What the lesson is about, and its minutes."""
    minutes = None
    for key, value, line in head.keys:
        if key not in LESSON_KEYS:
            problems.append(Problem(line, f"“{key.capitalize()}” belongs to a step, below a ## heading"))
        elif not value.isdecimal() or len(value) > 3 or not 1 <= int(value) <= 600:
            problems.append(Problem(line, f"“{short(value)}” is not a number of minutes, from 1 to 600"))
        else:
            minutes = int(value)
    for paragraph, line in [(head.title, head.line), *head.paragraphs]:
        problems += [Problem(line, said) for said in wrong_in(paragraph)]
    problems += _title(head)
    return "\n\n".join(paragraph for paragraph, _ in head.paragraphs), minutes


class _Reader:
    """One step being read: its keys by name, and where to say what is wrong."""

    def __init__(self, part: Part, problems: list[Problem], run: bool, heavy: bool):
        self.part, self.problems, self.run, self.heavy = part, problems, run, heavy
        self.keys: dict[str, tuple[str, int]] = {}
        for key, value, line in part.keys:
            if key in LESSON_KEYS:
                self.say(line, f"“{key.capitalize()}” belongs to the lesson, above its first step")
            elif not value:
                self.say(line, f"nothing follows “{key.capitalize()}:”")
            elif key in self.keys and key not in SEVERAL:
                self.say(line, f"“{key.capitalize()}” stands twice in this step; the first one counts")
            else:
                self.keys.setdefault(key, (value, line))
                for said in wrong_in(value) if key not in ("view",) else ():
                    self.say(line, said)

    def say(self, line: int, sentence: str) -> None:
        """Note what is wrong."""
        self.problems.append(Problem(line, sentence))

    def value(self, key: str) -> str:
        """What a key says; "" where the step has no such key."""
        return self.keys.get(key, ("", 0))[0]

    def line(self, key: str) -> int:
        """Where that is."""
        return self.keys.get(key, ("", self.part.line))[1]

    def attempt(self, line: int, read: Callable[[], Found]) -> Found | None:
        """What is read, or None, with what is wrong noted."""
        try:
            return read()
        except ValueError as error:
            self.say(line, str(error))
            return None

    def step(self) -> Step:
        """The step, without what is wrong in it."""
        if not self.part.title:
            self.say(self.part.line, "a step has a heading: a few words after ##")
        self.problems += _title(self.part)
        for paragraph, line in [(self.part.title, self.part.line), *self.part.paragraphs]:
            for said in wrong_in(paragraph):
                self.say(line, said)
        at = self.view()
        view = View.of(at.settings if at else Settings())
        if self.value("afterwards") and "question" not in self.keys and "do" not in self.keys:
            self.say(self.line("afterwards"), "Afterwards follows an answer or an action: add a Question or a Do")
        step = Step(
            tamed(self.part.title, LONGEST_TITLE),
            tuple(self.precise(paragraph, at) for paragraph, _ in self.part.paragraphs),
            at,
            self.attempt(self.line("show"), lambda: read_parts(self.value("show"))) or (),
            self.points(view),
            self.do(view),
            self.question(at),
            self.precise(self.value("afterwards"), at),
            self.part.line,
        )
        if self.run:
            for key, said in tried(step, view, heavy=self.heavy):
                self.say(self.where(key), said)
        return step

    def precise(self, text: str, at: ViewAt | None) -> str:
        """A text as it is shown: its numbers have as many decimals as those of the page beside it."""
        text = tamed(text)
        return to_decimals(text, DECIMALS[at.page]) if at and at.page in DECIMALS else text

    def where(self, key: str) -> int:
        """The line of a key, of what asks (“asked”), or of a paragraph, by its number."""
        if key.isdecimal():
            return self.part.paragraphs[int(key)][1]
        return self.line(next((each for each in ASKING if each in self.keys), key) if key == "asked" else key)

    def view(self) -> ViewAt | None:
        """The step's view."""
        if "view" not in self.keys:
            return None
        found, wrong = read_view(self.value("view"))
        for said in wrong:
            self.say(self.line("view"), said)
        if found is None or found.page == HOLDS_SHOW_ON:
            return found
        return replace(found, settings=replace(found.settings, clamps=""))

    def points(self, view: View) -> tuple[Point, ...]:
        """What is lit up."""
        given = [(value, line) for key, value, line in self.part.keys if key == "point at" and value]
        found = [self.attempt(line, lambda value=value: read_point(value, view)) for value, line in given]  # type: ignore[misc]
        return tuple(each for each in found if each)

    def do(self, view: View) -> Do | None:
        """What is to be done."""
        if "do" not in self.keys:
            return None
        return self.attempt(self.line("do"), lambda: read_do(tamed(self.value("do")), view, view.reading))

    def question(self, at: ViewAt | None) -> Question | None:
        """What is asked."""
        asking = [key for key in ASKING if key in self.keys]
        if not asking:
            if "question" in self.keys:
                names = ", ".join(f"{key.capitalize()}:" for key in ASKING)
                self.say(self.line("question"), f"say how it is answered, in a line of its own, one of: {names}")
            for key in ("meanwhile", "hint"):
                if key in self.keys and "question" not in self.keys:
                    self.say(self.line(key), f"“{key.capitalize()}” belongs to a question, and this step has none")
            return None
        for key in asking[1:]:
            self.say(self.line(key), f"a step asks one question: “{asking[0].capitalize()}” is there already")
        kind = asking[0]
        if "question" not in self.keys:
            self.say(self.line(kind), "what is asked is missing: a line “Question: …”")
        if at is None:
            self.say(self.line(kind), "a question is about the step’s view: add a line “View: …”")
            return None
        given = tamed(self.value("question")), self.value("meanwhile"), tamed(self.value("hint"))
        return self.attempt(self.line(kind), lambda: read_question(kind, self.value(kind), *given))


def read_parts(text: str) -> tuple[str, ...]:
    """Quantities and parts of a page by code name, from their names with commas between."""
    found: list[str] = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        name = each.lower().removeprefix("the ")
        if name in PARTS:
            found.append(PARTS[name])
            continue
        try:
            found += read_quantities(each)
        except ValueError:
            like = nearest(name, {**quantities(), **PARTS})
            hint = f"; did you mean “{like}”?" if like else ""
            raise ValueError(f"“{short(each)}” is neither a quantity nor a part of a page{hint}") from None
    return tuple(dict.fromkeys(found))


def read_point(text: str, view: View) -> Point:
    """What is pointed at; a token of the view's text by where it stands. ValueError says what there is not."""
    words = Words(text)
    if words.take("unit"):
        unit = words.whole("unit")
        if unit >= view.source.units:
            raise ValueError(f"there is no unit {unit}; units run from 0 to {view.source.units - 1}")
        return Point("unit", unit)
    if (
        words.begins_place()
        or words.next[:1] in ('"', "“")
        or words.next.lower() in ("token", "step", "end", "start", "last")
    ):
        if words.begins_place():
            return _found_point(text, view)
        step = words.step(0)
        assert isinstance(step, StepAt)
        if words.more:
            raise words.lost()
        labels = tuple(view.source.task.reader.show(token) for token in view.reading.tokens)
        return Point("step", named_step(step, labels, view.reading.tokens))
    name = read_parts(text)[0]
    return Point("quantity" if name in quantities().values() else "part", name)


def _found_point(text: str, view: View) -> Point:
    found = place_of(read_place(text), view)
    return Point(found.what, found.places[0])  # type: ignore[arg-type]
