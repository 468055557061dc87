"""A part of `python -m benchmarks fuzz_lessons`: a damaged lesson is read or listed; it neither raises nor hangs."""

import random

import pytest

from benchmarks.fuzz_lessons import GOOD, damaged, tried
from lstm_viz.lessons import read_lesson
from lstm_viz.lessons.written import MOST_BYTES, MOST_STEPS

LONG = {
    "many places": "{the step where forget gate of " * 5000,
    "braces": "{" * MOST_BYTES,
    "dollars": "$" * MOST_BYTES,
    "backticks": "`$" * (MOST_BYTES // 2),
    "quotation marks": "Choose: " + '"' * 100_000,
    "brackets": "](" * 90_000,
    "HTML": "<a" * 90_000,
    "keys": "Point at: unit 3\n" * 11_000,
    "colons": "a:" * 90_000,
    "spaces": "Do:" + " " * 150_000 + "x",
    "headings": "## x\n" * MOST_STEPS,
    "words": "Draw: " + "of unit " * 20_000,
}


def test_damaged_lessons_are_read_or_listed() -> None:
    rng = random.Random(13)
    outcomes = {tried(damaged(rng), rng).outcome for _ in range(15)}
    assert outcomes <= set(GOOD)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_is_long_is_listed_and_does_not_hang(text: str) -> None:
    """Reading has no rule that takes more than the length of the text, so even a slow machine is done at once."""
    rng = random.Random(0)
    assert tried(f"# T\n## s\nView: ?\nQuestion: q\n{text}\n", rng).outcome in GOOD


def test_a_file_past_the_limits_is_refused_in_a_sentence() -> None:
    for text in ("# T\n" + "x" * MOST_BYTES, "# T\n" + "## s\n" * (MOST_STEPS + 1)):
        lesson, problems = read_lesson(text)
        assert lesson is None
        assert "A lesson has at most" in problems[0].sentence
