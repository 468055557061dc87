"""A clamp holds what it says, where it says, in networks of several layers and directions; the rest follows from it."""

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv
from lstm_viz.cells import LSTM
from lstm_viz.trace import DIRECTIONS

STEPS, UNITS = 6, 3


def network(**options):
    torch.manual_seed(3)
    return nn.LSTM(2, UNITS, num_layers=2, bidirectional=True, **options), torch.randn(STEPS, 2)


def same(before, after, name, steps=slice(None)):
    return np.array_equal(before[name][steps], after[name][steps])


@given(
    name=st.sampled_from([q.name for q in LSTM.weighted]),
    index=st.sampled_from([0, 1]),
    direction=st.sampled_from(DIRECTIONS),
    step=st.integers(0, STEPS - 1),
    unit=st.integers(0, UNITS - 1),
    projection=st.sampled_from([0, 2]),
)
def test_a_clamp_changes_its_spot_and_only_what_reads_it(name, index, direction, step, unit, projection):
    module, inputs = network(proj_size=projection)
    value = 0.93
    clamp = lv.Clamp(name, value, units=unit, steps=step, layer=index, direction=direction)
    # A clamp on no unit takes the same way through the code, so that what should be the same is so to the last bit.
    idle = dataclasses.replace(clamp, units=[])
    state = (torch.rand(4, projection or UNITS), torch.rand(4, UNITS))
    before, after = (lv.trace(module, inputs, initial_state=state, clamp=each) for each in (idle, clamp))
    held = after.layer(index, direction)
    assert held[name][step, unit] == np.float32(value)
    assert held.clamped == {name}
    # A forward layer has read nothing of this step at the steps before it; a backward layer nothing at those after it.
    unread = slice(0, step) if direction == "forward" else slice(step + 1, None)
    for quantity in held.quantities:
        assert same(before.layer(index, direction), held, quantity, unread)
    other = DIRECTIONS[direction == "forward"]
    assert all(same(before.layer(index, other), after.layer(index, other), q) for q in held.quantities)
    for way in DIRECTIONS:
        assert same(before.layer(1 - index, way), after.layer(1 - index, way), "hidden_state") == (index == 1)


def test_a_forget_gate_held_open_and_an_input_gate_held_shut_keep_the_memory():
    module, inputs = network()
    state = (torch.zeros(4, UNITS), torch.randn(4, UNITS))
    clamps = [lv.Clamp("forget_gate", 1), lv.Clamp("input_gate", 0)]
    for k, layer in enumerate(lv.trace(module, inputs, initial_state=state, clamp=clamps).layers):
        np.testing.assert_array_equal(layer.cell_state, np.tile(state[1][k].numpy(), (STEPS, 1)))


def test_units_and_steps_may_be_an_index_several_or_a_slice():
    choices: tuple[Any, ...] = (1, [1], np.array([1]), slice(1, 2))
    for units in choices:
        mask = lv.Clamp("forget_gate", 1.0, units=units, steps=slice(4, 99)).mask(LSTM, STEPS, UNITS)
        assert np.argwhere(mask).tolist() == [[4, 1], [5, 1]]
    assert lv.Clamp("forget_gate", 1.0).mask(LSTM, STEPS, UNITS).all()
    assert not lv.Clamp("forget_gate", 1.0, units=[]).mask(LSTM, STEPS, UNITS).any()


@pytest.mark.parametrize(
    ("clamp", "error", "message"),
    [
        (lv.Clamp("forget_gate", 1.0, layer=2), ValueError, "no layer fits layer=2, direction=None; the module has l"),
        (lv.Clamp("forget_gate", 1.0, direction="up"), ValueError, "no layer fits layer=None, direction='up'; the m"),
        (
            lv.Clamp("forget_gate", 1.0, steps=0.5),  # type: ignore[arg-type]
            ValueError,
            r"time_step 0.5 is not a whole number",
        ),
        (lv.Clamp("forget_gate", 1.0, units=[True, False]), ValueError, r"unit \[True, False\] is not a whole number"),
        (lv.Clamp("forget_gate", 1.0, units=-1), ValueError, "unit -1 does not exist; there are 3"),
        (lv.Clamp("forget_gate", float("nan")), ValueError, "cannot be held at nan"),
        ("forget_gate", TypeError, r"expected lstm_viz.Clamp, such as Clamp\('forget_gate', 1.0\)"),
        ([("forget_gate", 1.0)], TypeError, r"clamp holds \('forget_gate', 1.0\); expected lstm_viz.Clamp"),
    ],
)
def test_what_cannot_be_held_says_why(clamp, error, message):
    module, inputs = network()
    with pytest.raises(error, match=message):
        lv.trace(module, inputs, clamp=clamp)


def test_a_plain_rnn_has_nothing_to_hold():
    with pytest.raises(ValueError, match="RNN has no gate 'hidden_state' to hold; it has none"):
        lv.trace(nn.RNN(2, 3), torch.zeros(4, 2), clamp=lv.Clamp("hidden_state", 0.0))
