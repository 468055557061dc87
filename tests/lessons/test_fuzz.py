"""Lessons past all bounds: each is read or listed; none hangs. Damaged ones are in `tests/fuzz`."""

import pytest

from lstm_viz.lessons import read_lesson
from lstm_viz.lessons.quoting import MOST
from lstm_viz.lessons.written import MOST_BYTES, MOST_HEAVY, MOST_REFERENCES, MOST_STEPS
from tests.fuzz.surfaces.lessons import Lessons

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
    "spaces in a heading": "## a" + " " * 150_000 + "b",
}
QUOTED = {
    "a scheme": "View: " + "a" * 5000 + ":x",
    "a page": "View: " + "a" * 5000,
    "a setting": f"View: ?{'b' * 5000}={'c' * 5000}&step={'d' * 5000}&clamps={'e' * 5000}",
    "a stage": "View: inside_the_cell\nDo: choose stage " + "x" * 5000,
    "a token": "View: ?text=" + "x" * 3000 + '\nPoint at: token "but"',
    "a text's token": "View: ?text=" + "x" * 3000 + '\nText with {forget gate at "but"}',
    "options": f"View: ?\nChoose: forget gate of unit 3 at step 0: {'y' * 3000}, below 2 | {'z' * 3000}, below 3",
    "a part": "View: ?\nShow: " + "x" * 5000,
    "a quantity": "View: ?\nMeanwhile: " + "x" * 5000 + "\nClick: the unit whose cell state moves most",
    "a reference": "View: ?\n\n{" + "the step where " * 20 + "}",
    "minutes": "Minutes: 000001" + "0" * 5000,
}
"""Long things, of which a sentence on what is wrong names the beginning."""


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_is_long_is_listed_and_does_not_hang(text: str) -> None:
    """Reading has no rule that takes more than the length of the text, so even a slow machine is done at once."""
    Lessons().attempt([f"# T\n## s\nView: ?\nQuestion: q\n{text}\n", 0])


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED)
def test_what_is_wrong_is_quoted_by_its_beginning(text: str) -> None:
    head, step = (text, "") if text.startswith("Minutes") else ("", text)
    _, problems = read_lesson(f"# T\n{head}\n## s\n{step}\n")
    assert problems
    for each in problems:
        assert max(map(len, each.sentence.split())) <= MOST + 10, each.sentence
        assert len(each.sentence) < 1000


def test_more_than_a_server_can_try_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_viz.lessons.read.tried", lambda *given, **more: pytest.fail("it was tried"))
    many = " ".join(f"{{forget gate of unit 3 at step {k}}}" for k in range(MOST_REFERENCES + 1))
    points = "Point at: the step where forget gate of unit 3 is lowest\n" * (MOST_REFERENCES + 1)
    for text in (many, points):
        lesson, problems = read_lesson(f"# T\n## s\nView: ?\n{text}\n")
        assert lesson is None
        assert "too many references" in problems[0].sentence


def test_what_takes_a_moment_is_there_a_few_times() -> None:
    many = " ".join(f"{{error of the GRU at length {k}}}" for k in range(100, 101 + MOST_HEAVY))
    lesson, problems = read_lesson(f"# T\n## s\nView: rnn_lstm_gru?task=adding\n\n{many}\n")
    assert lesson is None
    assert "too many references to errors" in problems[0].sentence


def test_no_image_is_fetched_whatever_markdown_takes_for_code() -> None:
    image = "![x](https://elsewhere.example/x.png)"
    keys = "".join(f"{key}: {image}\n" for key in ("Do", "Question", "Hint", "Afterwards")).replace(
        ": !", ": type a word | !"
    )
    lesson, problems = read_lesson(
        f"# T {image}\n\n{image}\n\n## s {image}\nView: ?\nClick: the unit whose cell state moves most\n{keys}"
        f"\n\\$ {image} \\$\n\n`` ` {image} ` ``\n"
    )
    assert lesson is not None
    assert "images are not shown" in " ".join(each.sentence for each in problems)
    assert "![" not in repr(lesson)


def test_a_file_past_the_limits_is_refused_in_a_sentence() -> None:
    for text in ("# T\n" + "x" * MOST_BYTES, "# T\n" + "## s\n" * (MOST_STEPS + 1)):
        lesson, problems = read_lesson(text)
        assert lesson is None
        assert "A lesson has at most" in problems[0].sentence
