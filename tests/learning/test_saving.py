"""A course is the same after it was saved and opened, and a file that is damaged or made up is refused."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load, save

import lstm_viz
from lstm_viz.learning import Course, Plan


def stopped(plan: Plan, update: int) -> Course:
    course = Course(plan)
    while course.update < update:
        course.advance(0)
    return course


def run(course: Course) -> Course:
    while course.advance(1.0):
        pass
    return course


# Of so many updates one is stopped between two rows of its history.
@pytest.mark.parametrize(("optimizer", "stop", "updates"), [("adam", 205, 400), ("sgd", 20, 30), ("rmsprop", 20, 30)])
def test_stopped_saved_opened_and_continued_gives_the_same_weights(optimizer: str, stop: int, updates: int) -> None:
    plan = Plan(task="adding", cell="rnn", units=2, length=3, optimizer=optimizer, updates=updates)
    course = stopped(plan, stop)
    course.set_rate(0.002)
    other = Course.opened(course.saved())
    for each in (course, other):
        run(each)
    assert other.update == updates
    assert other.followed == course.followed
    for name, part in course.states[updates].items():
        assert torch.equal(part, other.states[updates][name]), name
    for name, rows in vars(course.history).items():
        np.testing.assert_array_equal(rows, vars(other.history)[name])
    assert list(course.states) == list(other.states)
    assert torch.equal(other.rewound(12)._row.numbers, course.rewound(12)._row.numbers)


@pytest.mark.parametrize(("cell", "layers"), [("lstm", 2), ("slstm", 2), ("peepholes", 1), ("gru_reset_first", 1)])
def test_any_reader_of_files_finds_the_network(cell: str, layers: int, tmp_path: Path) -> None:
    course = stopped(Plan(task="adding", cell=cell, units=3, layers=layers, length=4, updates=5), 3)
    path = tmp_path / "trained.safetensors"
    path.write_bytes(course.saved())
    found = lstm_viz.read_model(path, cell=cell)
    ours, numbers = course.model(), np.array([[0.5, 0.0], [1.0, 1.0], [0.25, 1.0]])
    np.testing.assert_allclose(found.predictions(numbers), ours.predictions("0.5, 1*, 0.25*"), atol=1e-6)


def test_one_that_broke_down_still_says_so_after_it_was_opened() -> None:
    wild = Plan(task="adding", cell="rnn_relu", units=4, length=60, optimizer="sgd", learning_rate=10, clip=0)
    course = run(Course(wild))
    other = Course.opened(course.saved())
    assert other.finished
    assert other.problem == course.problem != ""


def changed(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A file with what its header says of the course changed."""
    (length,) = struct.unpack("<Q", content[:8])
    told = json.loads(content[8 : 8 + length])["__metadata__"]
    course = json.loads(told["course"])
    change(course)
    return save(load(content), told | {"course": json.dumps(course)})


def swapped(content: bytes, name: str, part: torch.Tensor) -> bytes:
    """A file with one of its tensors changed."""
    (length,) = struct.unpack("<Q", content[:8])
    return save(load(content) | {name: part}, json.loads(content[8 : 8 + length])["__metadata__"])


def test_damaged_and_made_up_files_are_refused_in_a_sentence() -> None:
    content = stopped(Plan(task="adding", units=2, length=4, updates=20), 6).saved()
    states = load(content)["course.states"]
    bad = {
        "no .safetensors": b"PK\x03\x04 something else",
        "no training": save({"weight": torch.zeros(2)}),
        "cut off": content[:2000],
        "does not fit": content[:-4],
        "version 9": changed(content, lambda told: told.update(version=9)),
        "units: got": changed(content, lambda told: told.update(plan="units-900")),
        "is not that of its plan": changed(content, lambda told: told.update(plan="units-3")),
        "update: got 21": changed(content, lambda told: told["here"].__setitem__(0, 21)),
        "kept: .* in order from 0 on": changed(content, lambda told: told["kept"][0].__setitem__(0, 9)),
        "lines: .* in order from 0 on": changed(content, lambda told: told["lines"].clear()),
        "lines: a list": changed(content, lambda told: told.update(lines=told["lines"][1:])),
        "got NaN": changed(content, lambda told: told["lines"][0].__setitem__(1, float("nan"))),
        "keeps 0 states": changed(content, lambda told: told.update(kept=[])),
        "cannot be read": changed(content, lambda told: told.pop("lines")),
        "broke: got": changed(content, lambda told: told.update(broke="<b>")),
        "not finite": swapped(content, "course.states", states.clone().fill_(torch.nan)),
        "are not those": swapped(content, "course.states", states[:-1]),
        "float64": swapped(content, "course.states", states.double()),
        "the file was changed": swapped(content, "head.bias", torch.tensor([7.0])),
    }
    for said, damaged in bad.items():
        with pytest.raises(
            ValueError, match={"float64": "are not those", "lines: a list": "in order from 0 on"}.get(said, said)
        ):
            Course.opened(damaged)


def test_whatever_byte_is_wrong_nothing_but_a_sentence_comes_of_it() -> None:
    content = stopped(Plan(task="counting", units=1, length=2, updates=20), 2).saved()
    rng = np.random.default_rng(0)
    for place in rng.integers(0, len(content), 60):
        damaged = bytearray(content)
        damaged[place] = rng.integers(0, 256)
        try:
            course = Course.opened(bytes(damaged))
        except ValueError:
            continue
        assert all(torch.isfinite(part).all() for part in course.states[max(course.states)].values())


@pytest.mark.parametrize("notes", [4, "&", [], None, {}])
def test_a_file_whose_notes_are_no_table_holds_no_training(notes: object) -> None:
    header = json.dumps({"__metadata__": notes}).encode()
    with pytest.raises(ValueError, match="holds weights but no training"):
        Course.opened(struct.pack("<Q", len(header)) + header)
