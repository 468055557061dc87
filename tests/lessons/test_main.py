"""`python -m lstm_viz.lessons check`: what is wrong by file and line, and on request what everything amounts to."""

from pathlib import Path

import pytest

from lstm_viz.lessons import fill, read_lesson
from lstm_viz.lessons.__main__ import main
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.ui.views.view import View

GOOD = """# A lesson
## A step
The gate is {forget gate of unit 3 at "but"}.
View: ?task=sentiment&text=warm+but+not&unit=3
Question: What?
Choose: P(positive) at the end: below 0.5 | above 0.5
"""


def test_files_are_checked_one_after_the_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, binary = (tmp_path / name for name in ("good.md", "bad.md", "binary.md"))
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD.replace("unit 3", "unit 300"), encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    assert main(["check", str(good)]) == 0
    assert "1 step, nothing wrong" in capsys.readouterr().out
    assert main(["check", str(good), str(bad), str(binary), str(tmp_path / "none.md")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0].rpartition("/")[2] for line in lines] == [
        "good.md",
        "bad.md:3",
        "binary.md:1",
        "none.md:1",
    ]
    assert "units run from 0 to 63" in lines[1]


def test_answers_are_printed_for_the_author(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "good.md"
    path.write_text(GOOD, encoding="utf-8")
    main(["check", "--answers", str(path)])
    printed = capsys.readouterr().out
    assert "P(positive) at the end = 0." in printed
    assert "right: “" in printed
    assert '{forget gate of unit 3 at "but"} = 0.' in printed


def test_a_view_through_training_is_of_its_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "untrained.md"
    path.write_text(GOOD.replace("&unit=3", "&unit=3&checkpoint=0"), encoding="utf-8")
    assert main(["check", "--answers", str(path)]) == 0
    printed = capsys.readouterr().out
    model = load_checkpoints("sentiment")[0]
    gate = model.trace("warm but not").layers[0].forget_gate[1, 3]
    assert f'{{forget gate of unit 3 at "but"}} = {gate:.2f}' in printed
    assert f"P(positive) at the end = {model.predict('warm but not')['positive']:.2f}" in printed
    path.write_text(GOOD.replace("&unit=3", "&unit=3&checkpoint=soon"), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert "untrained.md:4: in the link: checkpoint: 'soon' is not a whole number" in capsys.readouterr().out


def test_numbers_beside_inside_the_cell_have_its_decimals() -> None:
    lesson, problems = read_lesson(GOOD.replace("View: ?", "View: inside_the_cell?"))
    assert lesson is not None
    assert not problems
    step = lesson.steps[0]
    assert step.view is not None
    view = View.of(step.view.settings)
    assert fill(step.paragraphs[0], view) == f"The gate is {view.layer.forget_gate[1, 3]:.3f}."
    assert fill("{number of units to 3 decimals}, {P(positive) to 1 decimal}", view).startswith("64, 0.")
