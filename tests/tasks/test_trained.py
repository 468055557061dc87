"""A file of a network that was trained here opens as what it was: every cell, its task, its answers, its card."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.torch import load, save

import lstm_viz as lv
from lstm_viz.files import read_file
from lstm_viz.learning import EXERCISES, Course, Plan
from lstm_viz.tasks.choosing import first_choices
from lstm_viz.tasks.trained import model_of
from lstm_viz.tasks.uploaded import uploaded_model
from lstm_viz.ui.views.card import card_rows, training_rows


def saved(**plan: Any) -> tuple[Course, bytes]:
    values: dict[str, Any] = {"task": "parity", "units": 2, "updates": 1, "length": 4} | plan
    course = Course(Plan(**values))
    course.advance(0)
    return course, course.saved()


@pytest.mark.parametrize("task", EXERCISES)
def test_it_is_the_same_model_with_its_predictions(task: str, tmp_path: Path) -> None:
    for cell in ("lstm", "gru", "rnn", "peepholes", "min_lstm", "slstm") if task == "parity" else ("lstm",):
        course, content = saved(task=task, cell=cell, layers=1 + (cell in ("lstm", "slstm")), length=0)
        path = tmp_path / "trained.safetensors"
        path.write_bytes(content)
        found, wanted = lv.read_model(path), course.model()
        for example in wanted.task.examples[:1]:
            assert found.predict(example.text) == wanted.predict(example.text), cell
        assert found.labels == wanted.labels
        assert found.cell == cell
        assert found.task.question == wanted.task.question
        if wanted.task.followers:
            text = wanted.task.examples[0].text
            np.testing.assert_array_equal(found.may_follow(text), wanted.may_follow(text))
        assert card_rows(found) == [
            (name, [line for line in lines if "http" not in line or "arxiv" in line])
            for name, lines in card_rows(wanted)
        ]
        assert training_rows(found)[0] == training_rows(wanted)[0]


@pytest.mark.parametrize("cell", ["lstm", "peepholes", "min_gru"])
def test_its_states_are_those_of_its_training(cell: str, tmp_path: Path) -> None:
    course = Course(Plan(task="parity", cell=cell, units=3, layers=2, updates=4, length=4))
    while course.advance():
        pass
    path = tmp_path / "trained.safetensors"
    path.write_bytes(course.saved())
    for step in course.states:
        found, wanted = lv.read_model(path, checkpoint=step), course.model(step)
        np.testing.assert_array_equal(found.predictions("0110"), wanted.predictions("0110"))
    with pytest.raises(ValueError, match=r"no state after 9 updates; it has 0, 1, 2, 3, 4"):
        lv.read_model(path, checkpoint=9)


def changed(content: bytes, **values: Any) -> bytes:
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])["__metadata__"]
    return save(load(content), header | {"card": json.dumps(json.loads(header["card"]) | values)})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"task": "sorting"}, "task"),
        ({"cell": "gru"}, "are not those of the GRU"),
        ({"cell": ["lstm"]}, "not the one that its card describes"),
        ({"vocabulary": ["a"]}, "its vocabulary has 1 symbols, and its embedding 3 rows"),
        ({"vocabulary": [1, 2, 3]}, "vocabulary"),
        ({"task": "counting"}, "it gives"),
        ({"scores": [{"name": "accuracy"}]}, "it has no 'value'"),
        ({"scores": [{}] * 1000}, "scores: has 1,000 entries"),
        ({"training_seconds": "long"}, "training_seconds"),
        ({"settings": None}, "settings"),
    ],
)
def test_a_card_that_does_not_fit_is_refused_in_a_sentence(values: dict[str, Any], said: str) -> None:
    _, content = saved()
    with pytest.raises(ValueError, match=said):
        model_of(read_file("made_up.safetensors", changed(content, **values)))


def test_what_a_card_says_is_shown_as_text_and_no_more_of_it_than_fits() -> None:
    _, content = saved()
    model = model_of(read_file("made_up.safetensors", changed(content, url="https://example.org", data="<b>" * 10_000)))
    assert model.card["url"] == ""
    assert len(model.card["data"]) <= 400


def test_a_choice_by_hand_is_one_as_of_any_other_file(tmp_path: Path) -> None:
    course, content = saved(task="adding", cell="peepholes", length=0)
    path = tmp_path / "trained.safetensors"
    path.write_bytes(content)
    numbers = np.array([[0.5, 0.0], [1.0, 1.0], [0.25, 1.0]])
    by_hand = lv.read_model(path, head="head", labels=["sum"])
    np.testing.assert_allclose(by_hand.predictions(numbers), course.model().predictions("0.5, 1*, 0.25*"), atol=1e-6)
    file = read_file("any.safetensors", content)
    assert uploaded_model(file, first_choices(file)).task.title == "any.safetensors"


def test_whatever_stands_in_a_header_the_file_is_read_or_refused() -> None:
    _, content = saved()
    rng = np.random.default_rng(1)
    length = int.from_bytes(content[:8], "little")
    for at in rng.integers(9, length, 60).tolist():
        damaged = content[:at] + bytes(rng.integers(32, 127, 3).tolist()) + content[at + 3 :]
        with suppress(ValueError):
            file = read_file("any.safetensors", damaged)
            assert uploaded_model(file, first_choices(file)).answers
