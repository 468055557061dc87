"""Clamps as text: whatever is read is valid, whatever is written is read again, and what does not apply says why."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.cells import GRU, LSTM, RNN
from lstm_viz.ui.settings.holds import (
    FURTHEST,
    MOST,
    Hold,
    held_mask,
    parse,
    read_ranges,
    read_value,
    resolve,
    resolve_all,
    write,
)
from lstm_viz.ui.settings.kinds import Clamps
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings
from tests.analysis.examples import random_trace

LAYER = random_trace(steps=10, units=8).layers[0]

ranges = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4).map(
    lambda pairs: read_ranges(",".join(f"{a}-{b}" for a, b in pairs)) or ()
)
holds = st.builds(
    Hold,
    st.sampled_from(["forget_gate", "input_gate", "candidate", "update_gate"]),
    st.none() | st.floats(-2, 2).map(lambda value: read_value(str(value))),
    ranges,
    ranges,
)


@given(st.lists(holds, max_size=6, unique=True))
def test_what_is_written_is_read_again(given_: list[Hold]) -> None:
    assert parse(write(given_)) == (tuple(given_), "")


@given(st.lists(holds, max_size=MOST, unique=True))
def test_a_link_carries_clamps(given_: list[Hold]) -> None:
    view = Settings(clamps=write(given_), step=3)
    assert from_query(to_query(view)) == (view, ())


@given(st.text(max_size=80) | st.text(alphabet="forget_gate 01u3t4-9~,.mean", max_size=60))
def test_any_text_gives_valid_clamps_and_a_reason(text: str) -> None:
    found, problem = parse(text)
    assert parse(write(found)) == (found, "")
    assert isinstance(problem, str)
    assert Clamps().nearest(text, "")[0] == write(found)


@pytest.mark.parametrize(
    "text",
    [
        "forget_gate 1 u3.5-8 t4-9",
        "forget_gate=1, u3,5-8 t4-9",
        " forget_gate  1.0  u3, 5-8  t9-4 ",
        "forget_gate 1 u3,5,6-8,7 t4-6,7-9;",
    ],
)
def test_reading_forgives(text: str) -> None:
    assert parse(text) == ((Hold("forget_gate", 1.0, ((3, 3), (5, 8)), ((4, 9),)),), "")


@pytest.mark.parametrize(
    "text", ["x 1", "forget_gate", "forget_gate nan", "forget_gate 1 q3", "forget_gate inf", "squashed_cell_state 0"]
)
def test_what_cannot_be_read_is_named(text: str) -> None:
    found, problem = parse(f"input_gate 0~{text}")
    assert found == (Hold("input_gate", 0.0),)
    assert problem.startswith(repr(text))
    _, ignored = from_query({"clamps": text})
    assert ignored[0].startswith("clamps: ")


def test_states_are_held_like_gates_and_a_memory_at_any_number() -> None:
    held = resolve(Hold("cell_state", -7.5, ((2, 2),)), LAYER)
    assert [(clamp.quantity, clamp.value, clamp.units) for clamp in held.clamps] == [("cell_state", -7.5, (2,))]
    layer = random_trace("lstm", steps=4, units=8, proj_size=3).layers[0]
    held = resolve(Hold("hidden_state", 2.0), layer)
    assert held.clamps[0].units == (0, 1, 2), "as many as it shows, and without bounds"
    assert held_mask([held], "hidden_state", layer).shape == (4, 3)


def test_too_many_are_cut_and_said_so() -> None:
    found, problem = parse("~".join(f"input_gate 0 u{k}" for k in range(MOST + 5)))
    assert len(found) == MOST
    assert problem == f"{MOST + 5} clamps were given, and only the first {MOST} were kept"


@pytest.mark.parametrize(
    ("hold", "cell", "note"),
    [
        (Hold("update_gate", 1.0), LSTM, "the LSTM has no update gate; it has input gate, forget gate"),
        (Hold("forget_gate", 1.0), GRU, "the GRU has no forget gate; it has reset gate, update gate, candidate"),
        (Hold("forget_gate", 1.0), RNN, "the RNN has no forget gate; it has hidden state"),
        (Hold("forget_gate", 1.5), LSTM, "1.5 is outside its range, 0 to 1"),
        (Hold("candidate", -1.5), LSTM, "−1.5 is outside its range, −1 to 1"),
        (Hold("hidden_state", 2.0), RNN, "2 is outside its range, −1 to 1"),
        (Hold("forget_gate", 1.0, (), ((10, 12),)), LSTM, "there is no such step now: steps run from 0 to 9"),
        (Hold("forget_gate", 1.0, ((8, 8),)), LSTM, "there is no such unit now: units run from 0 to 7"),
        (Hold("forget_gate", 1.0, ((FURTHEST, FURTHEST),)), LSTM, "there is no such unit now"),
    ],
)
def test_what_does_not_apply_is_kept_inactive_with_the_reason(hold: Hold, cell: Any, note: str) -> None:
    found = resolve(hold, random_trace(cell.name, steps=10, units=8).layers[0])
    assert not found.active
    assert found.hold == hold
    assert found.note.startswith(note)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["forget_gate", "input_gate"]),
            st.sampled_from([0.0, 0.5, None]),
            st.sampled_from([(), ((2, 3),), ((3, 6),), ((9, 9),)]),
            st.sampled_from([(), ((0, 4),), ((3, 3),)]),
        ),
        max_size=5,
        unique=True,
    )
)
def test_what_a_later_one_overrides_is_said_to_be_and_holds_nothing(given: list[tuple[Any, ...]]) -> None:
    holds = [Hold(*each) for each in given]
    found, alone = resolve_all(holds, LAYER), [resolve(hold, LAYER) for hold in holds]
    for k, (each, one) in enumerate(zip(found, alone, strict=True)):
        own = held_mask([one], one.hold.quantity, LAYER)
        taken = own & held_mask(alone[k + 1 :], one.hold.quantity, LAYER)
        assert each.active == bool((own & ~taken).any())
        assert ("overridden by a later one" in each.note) == (one.active and not each.active)
        assert ("a later one overrides it" in each.note) == (each.active and bool(taken.any()))
    for gate in ("forget_gate", "input_gate"):
        np.testing.assert_array_equal(held_mask(found, gate, LAYER), held_mask(alone, gate, LAYER))


def test_what_applies_in_part_holds_there_and_says_so() -> None:
    found = resolve(Hold("forget_gate", 0.5, ((6, 9),), ((0, 900_000),)), LAYER)
    assert found.active
    assert found.note == "units past 7 and steps past 9 do not exist now"
    mask = held_mask([found], "forget_gate", LAYER)
    assert mask[:, 6:].all()
    assert not mask[:, :6].any()


def test_frozen_at_the_mean_is_each_units_own() -> None:
    found = resolve(Hold("forget_gate", None, ((2, 3),), ((4, 4),)), LAYER)
    assert [clamp.value for clamp in found.clamps] == pytest.approx(LAYER.forget_gate[:, 2:4].mean(axis=0), abs=1e-6)
    assert np.argwhere(held_mask([found], "forget_gate", LAYER)).tolist() == [[4, 2], [4, 3]]
