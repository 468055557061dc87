"""Ten thousand damaged lessons: each is read, what is wrong is listed, and what is left is asked and answered."""

import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from benchmarks.report import Line, Section
from lstm_viz.lessons import Lesson, answered, asked, done, fill, read_lesson
from lstm_viz.lessons.doing import CAN_BE
from lstm_viz.lessons.library import FOLDER
from lstm_viz.lessons.lines import KEYS
from lstm_viz.lessons.references.grammar import EXAMPLES
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

FILES = 10_000
PATIENCE = 20.0
"""Seconds after which a lesson is given up, and counted as one that hangs."""
STEPS = 3
"""Steps of a shipped lesson that are damaged at a time."""

SCRAPS = (
    *(f"{key.capitalize()}:" for key in KEYS),
    *EXAMPLES,
    *CAN_BE,
    "# ", "## ", "### x", "{", "}", "{{{{", '"', "“", "$", "$$", "`", "|", ";", ":", "×", "among", "against", "at",
    "of unit", "the step where", "the unit whose", "in the GRU", "without the holds", "(2nd)", "(0th)", "P(", "P()",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](y)", "[x](javascript:alert(1))",
    "999999999999999999999", "-1", "−0.5", "1e308", "nan", "\x00", "\u202e", "\ud800", "\r", "\u2028", "🙂", "א",
    "a" * 5000, "(" * 500, "{forget gate of " * 100, "the step where " * 60, "View: ?text_packed=eNoDAAAAAAE",
    "View: your_model", "View: ?task=adding&length=2000", "View: vanishing_gradient?length=1000",
    "View: what_if?clamps=forget_gate%201~input_gate%200%20u3%20t1-9", "View: ?task=yours&upload=x",
    "View: https://[::1", "View: ?" + "&".join(f"a{k}=1" for k in range(300)),
)  # fmt: skip
"""What is thrown into a lesson."""
GOOD = ("read", "listed")
"""What may come of a lesson."""
PREDICTIONS: tuple[object, ...] = (
    0,
    1,
    -1,
    10**9,
    0.5,
    float("nan"),
    None,
    True,
    "x",
    [],
    [0.5],
    [None, 0.1],
    {},
    [0.5] * 10,
    [1e300] * 12,
)
"""What is given as a prediction."""


@dataclass(frozen=True)
class Tried:
    """What came of a lesson: "read", "listed" with its problems, or what went wrong."""

    outcome: str
    seconds: float


def damaged(rng: random.Random) -> str:
    """A few steps of a shipped lesson, damaged in one to eight places."""
    paths = sorted(FOLDER.glob("*.md"))
    head, *steps = rng.choice(paths).read_text(encoding="utf-8").split("\n## ")
    text = "\n## ".join([head, *rng.sample(steps, min(STEPS, len(steps)))])
    for _ in range(rng.randint(1, 8)):
        text = rng.choice(DAMAGE)(text, rng)
    return text


def _scrap(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(("", " ", "\n")) + rng.choice(SCRAPS) + rng.choice(("", " ", "\n")) + text[at:]


def _cut(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.randint(1, 40) :]


def _line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    if rng.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(one, lines[other])
    return "\n".join(lines)


def _word(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    one, other = rng.randrange(len(words)), rng.randrange(len(words))
    words[one] = rng.choice((words[other], rng.choice(SCRAPS), ""))
    return " ".join(words)


def _letter(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x2000, 0x2100)))) + text[at + 1 :]


DAMAGE = (_scrap, _scrap, _cut, _line, _word, _word, _letter)


def tried(text: str, rng: random.Random) -> Tried:
    """Read a lesson, and do with it what a page does; only a sentence may come of what is wrong."""
    begun = time.perf_counter()
    try:
        with within(PATIENCE):
            lesson, problems = read_lesson(text)
            if any("\n" in each.sentence or len(each.sentence) > 1500 for each in problems):
                raise AssertionError(f"a problem that is no sentence: {problems}"[:300])
            if lesson is not None:
                used(lesson, rng)
        outcome = "listed" if problems else "read"
    except BaseException as error:
        outcome = f"{type(error).__name__}: {str(error)[:200]}"
    return Tried(outcome, time.perf_counter() - begun)


def used(lesson: Lesson, rng: random.Random) -> None:
    """Show every step, and answer its question with nonsense."""
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
                answered(question, view, rng.choice(PREDICTIONS))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """TimeoutError where what is done takes longer."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def measure(files: int = FILES, seed: int = 0) -> Section:
    """Try so many damaged lessons."""
    rng = random.Random(seed)
    found = [tried(damaged(rng), rng) for _ in range(files)]
    wrong = [each.outcome for each in found if each.outcome not in GOOD]
    rows = [
        Line((outcome, f"{sum(each.outcome == outcome for each in found):,}"))
        for outcome in (*GOOD, *sorted(set(wrong))[:10])
    ]
    return Section(
        "Damaged lessons",
        f"{files:,} lessons, made of {STEPS} steps of a shipped one, with words, lines and letters cut, exchanged and "
        "put in. Each is read, with everything tried in its views, and then shown and answered with nonsense. Nothing "
        "but a sentence by line may come of what is wrong.",
        ("what came of it", "lessons"),
        [
            *rows,
            Line(("anything else", f"{len(wrong):,}"), len(wrong), 0),
            Line(("slowest", f"{max(each.seconds for each in found):.2f} s")),
        ],
    )
