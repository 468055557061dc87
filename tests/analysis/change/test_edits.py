"""What an edit changed, against the traces themselves."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.trace import Trace
from tests.analysis.examples import KINDS, random_trace

VOCABULARY = ["good", "bad", "film", "not", "a"]


def network(kind: str = "lstm", **options: Any) -> Any:
    """Return a function from words to a trace, with one input vector a word."""
    torch.manual_seed(1)
    module: Any = KINDS[kind](4, 6, **options)
    vectors = torch.randn(len(VOCABULARY), 4) * 2

    def trace(words: list[str]) -> Trace:
        return lstm_viz.trace(module, vectors[[VOCABULARY.index(word) for word in words]], labels=words)

    return trace


texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8)


@given(texts, texts, st.sampled_from(list(KINDS)))
def test_changes_are_differences_of_corresponding_steps(before: list[str], after: list[str], kind: str) -> None:
    trace = network(kind)
    old, new = trace(before), trace(after)
    edit = compare(old, new)
    for name, change in edit.changes.items():
        for row, (i, j) in enumerate(edit.alignment.pairs):
            np.testing.assert_array_equal(change[row], new.layers[0][name][j] - old.layers[0][name][i])
        np.testing.assert_allclose(edit.largest(name), np.abs(change).max(axis=1))
        np.testing.assert_allclose(edit.mean(name), np.abs(change).mean(axis=1), rtol=1e-5)
    moved = np.abs(edit.changes["hidden_state"]) > 0.1
    assert edit.moved.tolist() == moved.any(axis=0).tolist()
    assert edit.moved_steps.tolist() == edit.steps[moved.any(axis=1)].tolist()
    assert 0 <= edit.reach <= edit.room


@given(texts, texts)
def test_a_forward_layer_does_not_change_before_the_edit_nor_a_backward_one_after_it(
    before: list[str], after: list[str]
) -> None:
    trace = network(bidirectional=True)
    old, new = trace(before), trace(after)
    forward, backward = compare(old, new), compare(old, new, direction="backward")
    start, stop = forward.alignment.after_span
    assert forward.first_moved is None or forward.first_moved >= start
    assert backward.first_moved is None or backward.first_moved < stop
    assert np.abs(forward.changes["hidden_state"][forward.steps < start]).max(initial=0) < 1e-6
    assert np.abs(backward.changes["hidden_state"][backward.steps >= stop]).max(initial=0) < 1e-6


@given(texts)
def test_equal_traces_show_no_change(words: list[str]) -> None:
    trace = network()
    edit = compare(trace(words), trace(words))
    assert (edit.kind, edit.removed, edit.inserted) == ("same", (), ())
    assert (edit.first_moved, edit.last_moved, edit.reach) == (None, None, 0)
    assert not edit.moved.any()


def test_kinds_and_tokens() -> None:
    trace = network()
    short, long, other = trace(["a", "film"]), trace(["a", "good", "film"]), trace(["a", "bad", "film"])
    assert (compare(short, long).kind, compare(short, long).inserted) == ("inserted", ("good",))
    assert (compare(long, short).kind, compare(long, short).removed) == ("removed", ("good",))
    edit = compare(long, other)
    assert (edit.kind, edit.removed, edit.inserted) == ("replaced", ("good",), ("bad",))


def test_a_changed_number_with_the_same_label_is_an_edit() -> None:
    module = torch.nn.LSTM(1, 4)
    before, after = torch.zeros(5, 1), torch.zeros(5, 1)
    after[2] = 3
    edit = compare(lstm_viz.trace(module, before), lstm_viz.trace(module, after))
    assert (edit.kind, edit.inserted, edit.alignment.after_span) == ("replaced", ("2",), (2, 3))


@pytest.mark.parametrize(
    ("direction", "moved", "reach", "room"), [("forward", [3, 4, 5], 2, 6), ("backward", [1, 2, 3], 2, 3)]
)
def test_reach_counts_steps_past_the_edit(direction: str, moved: list[int], reach: int, room: int) -> None:
    """Ten steps, the token at step 3 replaced, and a change that lasts two steps more."""
    trace = random_trace("rnn", steps=10, units=2)
    alignment = compare(trace, trace).alignment
    edited = type(alignment)(alignment.pairs, (3,), (3,), (3, 4), (3, 4))
    changes = np.zeros((10, 2))
    changes[moved, 0] = 0.5
    edit = Edit(
        edited, ("x",), ("y",), trace.labels, "rnn", direction, {"hidden_state": changes}, changes[3], changes[:0]
    )
    assert (edit.reach, edit.room) == (reach, room)
    assert (edit.first_moved, edit.last_moved) == ((3, 5) if direction == "forward" else (3, 1))
    assert edit.moved.tolist() == [True, False]


def test_the_threshold_decides_what_counts() -> None:
    trace = network()
    old, new = trace(["a", "good", "film"]), trace(["a", "bad", "film"])
    largest = compare(old, new).largest("hidden_state").max()
    assert compare(old, new, threshold=float(largest)).first_moved is None
    assert compare(old, new, threshold=float(largest) * 0.99).first_moved is not None


def test_different_networks_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="lstm with 8 units and gru with 8 cannot be compared"):
        compare(random_trace(), random_trace("gru"))
