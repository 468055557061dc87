"""A trace checks itself: every invariant that can break breaks with a message that names the field."""

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv
from lstm_viz import cells
from lstm_viz.cells import Role
from lstm_viz.trace import DIRECTIONS, LayerTrace

STEPS, UNITS = 5, 4
MODULES: dict[str, Callable[..., nn.RNNBase]] = {
    "lstm": nn.LSTM,
    "gru": nn.GRU,
    "rnn": nn.RNN,
    "rnn_relu": partial(nn.RNN, nonlinearity="relu"),
}
# Those that torch runs in both directions; `test_module` traces the others.
CELLS = {name: cell for name, cell in cells.CELLS.items() if name in MODULES}
each_cell = pytest.mark.parametrize("cell", CELLS)


def layer_of(cell, direction="forward", dtype=torch.float32, steps=STEPS):
    """A layer of a real run, from states that are not zero."""
    torch.manual_seed(1)
    module = MODULES[cell](3, UNITS, bidirectional=True, dtype=dtype)
    state = torch.rand(2, UNITS)
    trace = lv.trace(module, torch.randn(steps, 3), initial_state=(state, state) if cell == "lstm" else state)
    return trace.layers[DIRECTIONS.index(direction)]


def changed(layer, **fields):
    """The same layer with other fields; arrays named in `values` or `initial_state` replace those of that name."""
    for field in ("values", "initial_state"):
        if field in fields:
            fields[field] = {**getattr(layer, field), **fields[field]}
    return dataclasses.replace(layer, **fields)


def states_with_an_equation(cell):
    """The states that follow from other recorded quantities, which a trace can therefore recompute."""
    return [state.name for state in CELLS[cell].states if not state.weighted]


def test_each_state_of_a_gated_cell_has_an_equation_to_check():
    assert states_with_an_equation("lstm") == ["cell_state", "hidden_state"]
    assert states_with_an_equation("gru") == ["hidden_state"]


@each_cell
def test_arrays_are_attributes_items_and_read_only(cell):
    layer = layer_of(cell)
    assert layer.quantities == tuple(q.name for q in CELLS[cell].recorded)
    for name in layer.quantities:
        assert getattr(layer, name) is layer[name] is layer.values[name]
        with pytest.raises(ValueError, match="read-only"):
            layer[name][0, 0] = 0
        with pytest.raises(TypeError):
            layer.values[name] = layer[name]
    for name in layer.initial_state:
        with pytest.raises(ValueError, match="read-only"):
            layer.initial_state[name][0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        layer.index = 3


def test_unknown_names_say_what_there_is():
    layer = layer_of("gru")
    with pytest.raises(KeyError, match="'forget_gate' is not recorded for gru; it has reset_gate, update_gate"):
        layer["forget_gate"]
    with pytest.raises(AttributeError, match="LayerTrace has no 'forget_gate'; gru records reset_gate"):
        layer.forget_gate  # noqa: B018 -- reading it is the test
    trace = lv.trace(nn.GRU(3, 4), torch.zeros(5, 3))
    with pytest.raises(AttributeError, match=r"Trace has no 'reset_gate'; .*: trace\.layers\[0\]\.reset_gate$"):
        trace.reset_gate  # noqa: B018
    with pytest.raises(AttributeError, match=r"^Trace has no 'values'$"):
        trace.values  # noqa: B018


@each_cell
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_before_is_what_each_step_found(cell, direction):
    layer = layer_of(cell, direction)
    order = range(STEPS) if direction == "forward" else range(STEPS - 1, -1, -1)
    for name, found in layer.initial_state.items():
        for step in order:
            np.testing.assert_array_equal(layer.before(name)[step], found)
            found = layer[name][step]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"cell": "transformer"}, "^cell: 'transformer' is not known; known are lstm, gru, rnn, rnn_relu"),
        ({"direction": "sideways"}, "^direction: got 'sideways', expected one of forward, backward"),
        ({"index": -1}, "^index: got -1, expected a layer number"),
        ({"index": "0"}, "^index: got '0', expected a layer number"),
        ({"clamped": frozenset({"update_gate"})}, "^clamped: 'update_gate' is not a quantity of this cell"),
    ],
)
def test_wrong_facts_about_a_layer_are_named(fields, message):
    with pytest.raises(ValueError, match=message):
        changed(layer_of("lstm"), **fields)


ARRAYS = [(cell, "values", q.name) for cell in CELLS for q in CELLS[cell].recorded]
ARRAYS += [(cell, "initial_state", q.name) for cell in CELLS for q in CELLS[cell].states]
each_array = pytest.mark.parametrize(("cell", "field", "name"), ARRAYS, ids=[".".join(each) for each in ARRAYS])


def named(field, name):
    """How messages name an array."""
    return f"^{name}: " if field == "values" else rf"^initial_state\.{name}: "


@each_array
def test_a_missing_array_is_named(cell, field, name):
    layer = layer_of(cell)
    arrays = {key: array for key, array in getattr(layer, field).items() if key != name}
    with pytest.raises(ValueError, match=named(field, name) + "is missing; expected "):
        dataclasses.replace(layer, **{field: arrays})


@pytest.mark.parametrize("field", ["values", "initial_state"])
@each_cell
def test_an_unexpected_array_is_named(cell, field):
    layer = layer_of(cell)
    with pytest.raises(ValueError, match=named(field, "colour") + "is not a quantity of this cell"):
        changed(layer, **{field: {"colour": layer.hidden_state}})


@each_array
@pytest.mark.parametrize("dtype", ["float16", "int64", "complex64", "bool", "object", "U3", ">f4"])
def test_a_wrong_dtype_is_named(cell, field, name, dtype):
    layer = layer_of(cell)
    array = np.abs(getattr(layer, field)[name]).astype(dtype)
    with pytest.raises(ValueError, match=named(field, name) + "dtype .*, expected float32 or float64"):
        changed(layer, **{field: {name: array}})


@each_array
def test_a_wrong_number_of_dimensions_is_named(cell, field, name):
    layer = layer_of(cell)
    array = getattr(layer, field)[name]
    for wrong in (array[None], array[0]):
        with pytest.raises(ValueError, match=named(field, name) + "shape .*, expected [12] dimension"):
            changed(layer, **{field: {name: wrong}})


@each_array
def test_a_wrong_size_is_named(cell, field, name):
    layer = layer_of(cell)
    array = getattr(layer, field)[name]
    first = CELLS[cell].recorded[0].name
    message = named(field, name) + r"shape \(.*\), expected \("
    # Every array is compared with the first one, so a wrong first one is found out by the second; and an LSTM's hidden
    # state may be narrower than the rest, but not than its initial state.
    if (cell, field, name) == ("lstm", "values", "hidden_state"):
        message = message.replace("^hidden_state", r"^(initial_state\.)?hidden_state")
    if (field, name) == ("values", first):
        others = [q.name for q in CELLS[cell].recorded[1:]]
        message = f"^{others[0]}: shape" if others else rf"^initial_state\.{name}: shape"
    with pytest.raises(ValueError, match=message):
        changed(layer, **{field: {name: array[..., :-1]}})
    if field == "values" and name != first:
        with pytest.raises(ValueError, match=message):
            changed(layer, values={name: array[:-1]})


@each_cell
def test_a_run_of_no_steps_is_refused(cell):
    layer = layer_of(cell)
    first = layer.quantities[0]
    with pytest.raises(ValueError, match=f"^{first}: has no time steps"):
        changed(layer, values={name: layer[name][:0] for name in layer.quantities})


@each_array
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_named(cell, field, name, wrong):
    layer = layer_of(cell)
    array = np.array(getattr(layer, field)[name])
    array[..., 2] = wrong
    with pytest.raises(ValueError, match=named(field, name) + f"{wrong} at .*unit 2 is not a finite number"):
        changed(layer, **{field: {name: array}})


BOUNDED = [(cell, q) for cell in CELLS for q in CELLS[cell].recorded if np.isfinite(q.range).any()]


@pytest.mark.parametrize(("cell", "quantity"), BOUNDED, ids=[f"{cell}-{q.name}" for cell, q in BOUNDED])
@settings(max_examples=1 + 500 // len(BOUNDED))  # which all share
@given(step=st.integers(0, STEPS - 1), unit=st.integers(0, UNITS - 1), past=st.floats(1e-4, 1e6), up=st.booleans())
def test_a_value_out_of_range_is_named_with_its_place(cell, quantity, step, unit, past, up):
    layer = layer_of(cell)
    array = np.array(layer[quantity.name])
    low, high = quantity.range
    array[step, unit] = high + past if up and np.isfinite(high) else low - past
    with pytest.raises(ValueError, match=f"^{quantity.name}: .* at time_step {step}, unit {unit} is not a finite"):
        changed(layer, values={quantity.name: array})


EQUATIONS = [(cell, name) for cell in CELLS for name in states_with_an_equation(cell)]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("cell", "name"), EQUATIONS, ids=["-".join(each) for each in EQUATIONS])
@settings(max_examples=1 + 300 // len(EQUATIONS))  # which all share
@given(
    step=st.integers(0, STEPS - 1),
    unit=st.integers(0, UNITS - 1),
    times=st.floats(1.1, 100),
    direction=st.sampled_from(DIRECTIONS),
)
def test_a_state_that_breaks_its_equation_is_named_with_its_place(cell, name, dtype, step, unit, times, direction):
    layer = layer_of(cell, direction, dtype)
    array = np.array(layer[name])
    tolerance = {torch.float32: 1e-4, torch.float64: 1e-9}[dtype] * (1 + np.abs(array).max())
    # Towards 0, so that the value stays in range.
    array[step, unit] -= np.copysign(2 * tolerance * times, array[step, unit])
    with pytest.raises(ValueError, match=f"^{name}: breaks its equation at time_step ") as caught:
        changed(layer, values={name: array})
    # The state after it was computed from it, and can be further off than it is.
    found_step, found_unit = map(int, re.findall(r"time_step (\d+), unit (\d+)", str(caught.value))[0])
    after = step + (1 if direction == "forward" else -1)
    assert found_step in (step, after)
    assert found_unit == unit


def by_the_books(layer):
    """What the states of a gated cell should be, written out from the papers rather than read from the definitions."""
    if layer.cell == "gru":
        z, n = layer.update_gate, layer.candidate
        return {"hidden_state": z * layer.before("hidden_state") + (1 - z) * n}
    cell_state = layer.forget_gate * layer.before("cell_state") + layer.input_gate * layer.candidate
    return {"cell_state": cell_state, "hidden_state": layer.output_gate * np.tanh(layer.cell_state)}


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@given(data=st.data(), by=st.floats(0.05, 0.4))
def test_a_gate_that_does_not_fit_breaks_the_equation_of_a_state(cell, data, by):
    layer = layer_of(cell)
    gates = [q.name for q in CELLS[cell].recorded if q.role is not Role.STATE]
    name = data.draw(st.sampled_from(gates))
    step, unit = data.draw(st.integers(0, STEPS - 1)), data.draw(st.integers(0, UNITS - 1))
    array = np.array(layer[name])
    array[step, unit] += by if array[step, unit] < 0.5 else -by
    pretended = changed(layer, values={name: array}, clamped=frozenset(layer.quantities))
    off = {state: np.abs(value - layer[state])[step, unit] for state, value in by_the_books(pretended).items()}
    broken = [state for state, distance in off.items() if distance > 2e-3]
    if broken:
        with pytest.raises(ValueError, match=f"^{broken[0]}: breaks its equation at time_step {step}, unit {unit}: "):
            changed(layer, values={name: array})
    elif max(off.values()) < 1e-5:  # such as the GRU's reset gate, which acts inside a weighted sum
        changed(layer, values={name: array})


def test_a_clamped_quantity_is_excused_and_nothing_else():
    layer = layer_of("lstm")
    cell_state = np.array(layer.cell_state)
    cell_state[-1] += 0.1
    with pytest.raises(ValueError, match=r"^hidden_state: breaks its equation"):
        changed(layer, values={"cell_state": cell_state}, clamped=frozenset({"cell_state"}))


def test_a_state_may_start_out_of_range_and_come_back():
    for cell in ("gru", "rnn"):
        trace = lv.trace(MODULES[cell](3, UNITS), torch.randn(STEPS, 3), initial_state=torch.full((1, UNITS), 7.0))
        assert trace.layers[0].initial_state["hidden_state"].max() == 7
    with pytest.raises(ValueError, match=r"^hidden_state: 8.* is not a finite number in -1 … 7"):
        changed(
            lv.trace(nn.GRU(3, UNITS), torch.randn(STEPS, 3), initial_state=torch.full((1, UNITS), 7.0)).layers[0],
            values={"hidden_state": np.full((STEPS, UNITS), 8.0, np.float32)},
        )


def test_a_projected_state_may_pass_one():
    module = nn.LSTM(3, UNITS, proj_size=2)
    with torch.no_grad():
        module.all_weights[0][-1].fill_(20)
    layer = lv.trace(module, torch.randn(STEPS, 3)).layers[0]
    assert np.abs(layer.hidden_state).max() > 1
    assert layer.hidden_state.shape == (STEPS, 2)


def test_huge_but_finite_values_are_no_fault():
    values = {"hidden_state": np.full((3, 2), 3e38, np.float32)}
    layer = LayerTrace("rnn_relu", 0, "forward", values, {"hidden_state": np.zeros(2, np.float32)})
    assert layer.hidden_state.max() == np.float32(3e38)


@each_cell
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies_hold_the_same_and_are_read_only(cell, copied):
    trace = lv.trace(MODULES[cell](3, UNITS), torch.randn(STEPS, 3), labels="abcde")
    assert trace.cell is CELLS[cell]
    again = copied(trace)
    assert again.labels == trace.labels
    for copies in (again.layers, tuple(map(copied, trace.layers))):
        for before, after in zip(trace.layers, copies, strict=True):
            assert (after.name, after.cell, after.clamped) == (before.name, before.cell, before.clamped)
            for name in before.quantities:
                np.testing.assert_array_equal(after[name], before[name])
                assert not after[name].flags.writeable


def trace_of(**fields):
    """A trace of two layers in two directions, with some fields replaced."""
    torch.manual_seed(2)
    return dataclasses.replace(lv.trace(nn.GRU(3, UNITS, 2, bidirectional=True), torch.randn(STEPS, 3)), **fields)


SHORT = lv.trace(nn.GRU(3, UNITS), torch.zeros(STEPS - 1, 3)).layers[0]
OTHER = lv.trace(nn.RNN(3, UNITS), torch.zeros(STEPS, 3)).layers[0]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"layers": ()}, "^layers: is empty"),
        ({"layers": (*trace_of().layers[:1], dataclasses.replace(SHORT, index=1))}, "^layers: layer 1, forward has 4"),
        ({"layers": trace_of().layers[:1] * 2}, "^layers: layer 0, forward is given twice"),
        ({"layers": (trace_of().layers[1], OTHER)}, "^layers: layer 0, forward is a rnn, layer 0, backward a gru"),
        ({"labels": ("a",) * 4}, "^labels: has 4 entries, the layers have 5 time steps"),
        ({"labels": ("a",) * 6}, "^labels: has 6 entries"),
        ({"inputs": np.zeros((4, 3), np.float32)}, "^inputs: has 4 time steps, the layers have 5"),
        ({"inputs": np.zeros(5, np.float32)}, r"^inputs: shape \(5,\), expected 2 dimension"),
        ({"inputs": np.zeros((5, 3), int)}, "^inputs: dtype int64"),
    ],
)
def test_wrong_parts_of_a_trace_are_named(fields, message):
    with pytest.raises(ValueError, match=message):
        trace_of(**fields)


def test_layers_stand_in_torchs_order_and_are_found_by_number():
    trace = trace_of()
    assert [layer.name for layer in trace.layers] == [f"layer {k}, {d}" for k in (0, 1) for d in DIRECTIONS]
    assert trace.layer(1, "backward") is trace.layers[3]
    with pytest.raises(ValueError, match="there is no layer 2, forward; this trace has layer 0, forward; layer 0, b"):
        trace.layer(2)


def test_a_trace_prints_what_it_holds_rather_than_every_number():
    trace = lv.trace(nn.LSTM(3, UNITS), torch.zeros(STEPS, 3))
    assert repr(trace) == "Trace(5 steps, inputs (5, 3), LayerTrace(lstm, layer 0, forward: 5 steps × 4 units))"


def test_labels_are_texts_and_the_step_numbers_where_none_are_given():
    assert trace_of().labels == ("0", "1", "2", "3", "4")
    assert trace_of(labels=[3, 1, 4, 1, 5]).labels == ("3", "1", "4", "1", "5")
    assert lv.trace(nn.GRU(3, 2), torch.zeros(2, 3), labels=np.array(["a", "b"])).labels == ("a", "b")
    assert len(trace_of()) == STEPS


def test_a_trace_stays_as_it_is_when_the_inputs_change():
    inputs, state = torch.zeros(STEPS, 3), torch.zeros(1, UNITS)
    trace = lv.trace(nn.GRU(3, UNITS), inputs, initial_state=state)
    inputs.fill_(1)
    state.fill_(1)
    assert not trace.inputs.any()
    assert not trace.layers[0].initial_state["hidden_state"].any()


def test_the_frame_has_one_row_a_number():
    trace = trace_of(labels="hello")
    frame = trace.to_frame()
    assert list(frame.columns) == ["layer", "direction", "time_step", "token", "unit", "quantity", "value"]
    assert len(frame) == sum(array.size for layer in trace.layers for array in layer.values.values())
    assert not frame.drop(columns=["token", "value"]).duplicated().any()
    keys = ["layer", "direction", "quantity", "time_step", "unit"]
    values = frame.set_index(keys)["value"].sort_index()
    for layer in trace.layers:
        for name in layer.quantities:
            column = values.loc[(layer.index, layer.direction, name)]
            np.testing.assert_array_equal(column.to_numpy().reshape(layer[name].shape), layer[name])
    assert list(frame.groupby("time_step")["token"].unique().map(list)) == [["h"], ["e"], ["l"], ["l"], ["o"]]


def test_the_frame_of_a_projected_layer_has_fewer_hidden_units():
    frame = lv.trace(nn.LSTM(3, UNITS, proj_size=2), torch.zeros(STEPS, 3)).to_frame()
    counts = frame.groupby("quantity")["unit"].nunique()
    assert counts["hidden_state"] == 2
    assert counts["cell_state"] == UNITS
