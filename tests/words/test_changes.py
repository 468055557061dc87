"""Sentences on an edit, and the numbers in them."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.trace import Trace
from lstm_viz.words import describe_edit

VOCABULARY = ["good", "bad", "film", "not", "a"]
texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=7)
torch.manual_seed(3)
MODULE: Any = torch.nn.LSTM(4, 6, bidirectional=True)
VECTORS = torch.randn(len(VOCABULARY), 4) * 2


def run(words: list[str]) -> Trace:
    return lstm_viz.trace(MODULE, VECTORS[[VOCABULARY.index(word) for word in words]], labels=words)


def edit(before: str, after: str, **options: Any) -> Edit:
    return compare(run(before.split()), run(after.split()), **options)


@given(texts, texts, st.sampled_from(["forward", "backward"]), st.sampled_from([0.02, 0.1, 0.3]))
def test_numbers_on_an_edit(before: list[str], after: list[str], direction: str, threshold: float) -> None:
    old, new = run(before), run(after)
    found = compare(old, new, direction=direction, threshold=threshold)
    sentence = describe_edit(found)
    assert sentence.endswith(".")
    layer = new.layer(0, direction)
    pairs = found.alignment.pairs
    sizes = np.abs(layer.hidden_state[pairs[:, 1]] - old.layer(0, direction).hidden_state[pairs[:, 0]])
    moved = re.search(r"moved (\d+) of 6 units by more than ([\d.]*\d)", sentence)
    if moved:
        assert (int(moved[1]), float(moved[2])) == ((sizes > threshold).any(axis=0).sum(), threshold)
    else:
        assert (sizes <= threshold).all()
    largest = re.search(r"the largest change is ([\d.]*\d), in unit (\d)", sentence)
    if largest:
        assert float(largest[1]) == pytest.approx(sizes.max(), abs=0.00501)
    steps_moved = pairs[:, 1][(sizes > threshold).any(axis=1)]
    start, stop = found.alignment.after_span
    felt = re.search(r"still felt (\d+) steps? (later, at the end|earlier, at the start)", sentence)
    if felt:
        assert felt[2] == ("later, at the end" if direction == "forward" else "earlier, at the start")
        assert steps_moved.max() == len(after) - 1 if direction == "forward" else steps_moved.min() == 0
        assert int(felt[1]) == (len(after) - stop if direction == "forward" else start)


@pytest.mark.parametrize(
    ("before", "after", "start"),
    [
        ("a good film", "a bad film", "Replacing “good” with “bad” at step 1 "),
        ("a film", "a good film", "Inserting “good” at step 1 "),
        ("a film", "a good bad film", "Inserting “good” and “bad” at steps 1–2 "),
        ("not a film", "a film", "Removing “not” from step 0 "),
        ("a a film", "good a bad film", "Replacing “a” with “good” and “bad” between steps 0 and 2 "),
        ("a film", "a film bad", "Adding “bad” at the end leaves the 2 steps before it as they were, and moves "),
        ("a", "a film", "Adding “film” at the end leaves the 1 step before it as it was, and moves "),
        ("a good film", "a good", "Removing “film” from step 2 leaves the 2 steps before it as they were."),
    ],
)
def test_what_was_edited_is_named(before: str, after: str, start: str) -> None:
    assert describe_edit(edit(before, after)).startswith(start)


def test_a_token_added_at_the_end_says_how_many_units_it_moves() -> None:
    layer = run(["a", "film", "bad"]).layers[0]
    moved = (np.abs(layer.hidden_state[2] - layer.hidden_state[1]) > 0.1).sum()
    assert f"moves {moved or 'none'} of 6 units by more than 0.1." in describe_edit(edit("a film", "a film bad"))


def test_equal_texts() -> None:
    assert describe_edit(edit("a film", "a film")) == "Nothing changed."
    held = lstm_viz.trace(MODULE, VECTORS[:3], clamp=lstm_viz.Clamp("input_gate", 1.0))
    free = lstm_viz.trace(MODULE, VECTORS[:3])
    assert re.fullmatch(
        r"The input is the same, but \d of 6 units moved by more than 0.1\.", describe_edit(compare(free, held))
    )
    assert re.fullmatch(
        r"The input is the same; the largest change is [\d.]+, in unit \d at step \d\.",
        describe_edit(compare(free, held, threshold=5)),
    )


def synthetic(moved: list[int], direction: str = "forward", at: int = 3, steps: int = 8) -> str:
    """Describe an edit at one step of eight that moved one unit of two at the given steps."""
    same = edit("a " * steps, "a " * steps).alignment
    alignment = type(same)(same.pairs, (at,), (at,), (at, at + 1), (at, at + 1))
    changes = np.zeros((steps, 2))
    changes[moved, 0] = 0.5
    labels = tuple("stuvwxyz"[:steps])
    return describe_edit(
        Edit(alignment, ("x",), ("y",), labels, "rnn", direction, {"hidden_state": changes}, changes[at], changes[:0])
    )


def test_how_far_a_change_travelled() -> None:
    subject = "Replacing “x” with “y” at step 3 moved 1 of 2 units by more than 0.1"
    assert synthetic([3]) == f"{subject}; one step later the change is over."
    assert synthetic([3, 4, 5]) == f"{subject}; the change is felt for 2 of the 4 steps that follow, up to “x”."
    assert synthetic([3, 7]) == f"{subject}; the change is still felt 4 steps later, at the end."
    assert synthetic([0, 3], "backward") == f"{subject}; the change is still felt 3 steps earlier, at the start."
    assert synthetic([7], at=7) == f"{subject.replace('3', '7')}."


@given(texts, texts, st.sampled_from(["forward", "backward"]))
def test_what_is_new_is_said_to_be_and_how_far_it_moves_the_state(
    before: list[str], after: list[str], direction: str
) -> None:
    new = run(after)
    found = compare(run(before), new, direction=direction)
    said = re.search(
        r"(?:is|are) new, with nothing to be compared with: .* by ([\d.]*\d) at most \(unit (\d)\)\.$",
        describe_edit(found),
    )
    fresh = sorted(set(range(len(after))) - set(found.alignment.pairs[:, 1].tolist()))
    assert bool(said) == bool(fresh)
    if said:
        layer = new.layer(0, direction)
        sizes = np.abs(layer.hidden_state - layer.before("hidden_state"))[fresh]
        assert float(said[1]) == pytest.approx(sizes.max(), abs=0.00501)
        assert sizes[:, int(said[2])].max() == sizes.max()
