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
        (
            lv.Clamp("forget_gate", 1.0, units=[True, False]),
            ValueError,
            r"^clamp: 2 truth values for units, of which th",
        ),
        (
            lv.Clamp("forget_gate", 1.0, steps=np.ones(99, bool)),
            ValueError,
            r"^clamp: more truth values for time_steps",
        ),
        (lv.Clamp("forget_gate", 1.0, units=True), ValueError, r"unit True is not a whole number"),
        (lv.Clamp("hidden_state", 1.5), ValueError, r"^clamp: hidden_state cannot be held at 1.5; it lies in -1 … 1$"),
        (
            lv.Clamp("cell_state", float("inf")),
            ValueError,
            r"cell_state cannot be held at inf; expected a finite number",
        ),
        (
            lv.Clamp("squashed_cell_state", 0.0),
            ValueError,
            r"^clamp: LSTM has no 'squashed_cell_state' to hold; it has",
        ),
        (lv.Clamp("forget_gate", 1.0, units=-1), ValueError, "unit -1 does not exist; there are 3"),
        (lv.Clamp("forget_gate", float("nan")), ValueError, "cannot be held at nan"),
        (
            "forget_gate",
            TypeError,
            r"^clamp: got 'forget_gate'; expected lstm_viz.Clamp, such as Clamp\('forget_gate', 1.0\)",
        ),
        ([("forget_gate", 1.0)], TypeError, r"clamp holds \('forget_gate', 1.0\); expected lstm_viz.Clamp"),
    ],
)
def test_what_cannot_be_held_says_why(clamp, error, message):
    module, inputs = network()
    with pytest.raises(error, match=message):
        lv.trace(module, inputs, clamp=clamp)


@pytest.mark.parametrize("projection", [0, 2])
def test_a_hidden_state_that_is_held_is_what_the_next_step_and_the_layer_above_read(projection):
    module, inputs = network(proj_size=projection)
    mask = np.zeros(projection or UNITS, bool)
    mask[1] = True
    value = 3.0 if projection else -0.5
    clamp = lv.Clamp("hidden_state", value, units=mask, layer=0, steps=np.arange(STEPS) > 1)
    for layer, free in zip(lv.trace(module, inputs, clamp=clamp).layers, lv.trace(module, inputs).layers, strict=True):
        assert layer.clamped == ({"hidden_state"} if layer.index == 0 else set())
        if layer.index:
            assert np.abs(layer.hidden_state - free.hidden_state).max() > 1e-4
        else:
            np.testing.assert_array_equal(layer.hidden_state[2:, 1], np.float32(value))
            assert np.abs(layer.cell_state[1] - free.cell_state[1]).max() > (
                1e-6 if layer.direction == "backward" else -1
            )


@pytest.mark.parametrize(("kind", "value"), [("tanh", -1.0), ("relu", 40.0)])
def test_a_plain_rnn_is_held_at_its_state(kind, value):
    clamp = lv.Clamp("hidden_state", value, units=2, steps=[0, 3])
    layer = lv.trace(nn.RNN(2, 3, nonlinearity=kind), torch.randn(4, 2), clamp=clamp).layers[0]
    assert layer.hidden_state[[0, 3], 2].tolist() == [value, value]
    with pytest.raises(ValueError, match="hidden_state cannot be held at -3"):
        lv.trace(nn.RNN(2, 3, nonlinearity=kind), torch.randn(4, 2), clamp=lv.Clamp("hidden_state", -3))


def test_holding_each_units_state_in_turn_is_holding_it_alone():
    torch.manual_seed(0)
    for module, name in (
        (nn.LSTM(2, 4, proj_size=3), "hidden_state"),
        (nn.LSTM(2, 4), "cell_state"),
        (nn.GRU(2, 4), "hidden_state"),
    ):
        inputs = torch.randn(STEPS, 2)
        also = lv.Clamp(name, 0.25, units=0, steps=1)
        rows = lv.hold_each_unit(module, inputs, name, value=-0.5, clamp=also)
        assert len(rows) == (3 if module.proj_size else 4)
        for unit, row in enumerate(rows):
            alone = lv.trace(module, inputs, clamp=[also, lv.Clamp(name, -0.5, units=unit)])
            np.testing.assert_allclose(row, alone.layers[0].hidden_state[-1], atol=1e-6)


def test_a_memory_that_was_held_has_no_ledger():
    trace = lv.trace(nn.LSTM(2, 3), torch.randn(4, 2), clamp=lv.Clamp("cell_state", 2.5, units=1, steps=2))
    again = lv.LayerTrace(**{name: getattr(trace.layers[0], name) for name in trace.layers[0].__dataclass_fields__})
    assert again.cell_state[2, 1] == 2.5
    for ask in (lv.memory_ledger, lambda layer: lv.split_output(layer, np.ones(3))):
        with pytest.raises(ValueError, match=r"^layer: its cell_state was held at a value, which came from no step"):
            ask(trace.layers[0])
    shown = lv.trace(nn.LSTM(2, 3), torch.randn(4, 2), clamp=lv.Clamp("hidden_state", 0.0)).layers[0]
    assert lv.memory_ledger(shown).residual < 1e-6
