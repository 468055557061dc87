"""The page that teaches the format: its example is a lesson without a problem, and all that it names can be read."""

import re
from pathlib import Path

import pytest

from lstm_viz.lessons import read_lesson
from lstm_viz.lessons.doing import CAN_BE, read_do
from lstm_viz.lessons.lines import KEYS
from lstm_viz.lessons.questions import read_question
from lstm_viz.lessons.references.grammar import EXAMPLES, read_any, read_curve, read_number, read_place
from lstm_viz.lessons.written import LIMITS
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

TEXT = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")


def rows(first: str) -> list[str]:
    """The code in the first column of a table, whose head begins so."""
    table = TEXT.split(f"| {first} |")[1].split("\n\n")[0]
    cells = [re.split(r"(?<!\\)\|", line)[1] for line in table.splitlines()[2:]]
    return [code.replace("\\|", "|") for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def test_the_example_is_a_lesson_and_uses_every_key_but_some_answers() -> None:
    example = re.findall(r"```markdown\n(.*?)```", TEXT, flags=re.DOTALL)[0]
    lesson, problems = read_lesson(example)
    assert not problems
    assert lesson is not None
    assert [each.question and each.question.kind for each in lesson.steps] == [None, "choose", "draw"]
    assert all(key.capitalize() + ":" in TEXT for key in KEYS)


def test_every_question_that_the_page_names_can_be_read() -> None:
    for line in rows("line"):
        key, _, value = line.partition(": ")
        assert read_question(key.lower(), value, "q", "", "").kind == key.lower()


@pytest.mark.parametrize(
    ("first", "read"), [("a number", read_number), ("a curve", read_curve), ("a place", read_place)]
)
def test_every_reference_that_the_page_names_can_be_read(first: str, read: object) -> None:
    found = rows(first)
    assert len(found) >= 4
    for said in found:
        whole = said.replace("…", "forget gate of unit 44")
        assert read(whole).said == whole  # type: ignore[operator]


def test_what_errors_name_can_be_read() -> None:
    for said in EXAMPLES:
        for read in (read_any, read_curve):
            try:
                assert read(said).said == said
                break
            except ValueError:
                continue
        else:
            raise AssertionError(said)


def test_every_action_can_be_read_and_stands_on_the_page() -> None:
    view = View.of(Settings(text="warm but not funny or so"))
    for said in CAN_BE:
        whole = said
        for short, full in {
            "where …": "where P(positive) falls most",
            "whose …": "whose cell state moves most",
        }.items():
            whole = whole.replace(short, full)
        assert read_do(whole, view, view.reading).said == whole
    assert re.findall(r"^- `(.*)`$", TEXT, flags=re.MULTILINE) == list(CAN_BE)


def test_the_limits_stand_on_the_page() -> None:
    assert LIMITS.removeprefix("A lesson").split(" and ")[0] in TEXT.replace("\n", " ")
