"""The fast path, the step-by-step path, a float64 reference and the module's own output all agree."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv
from lstm_viz.capture import cell_of, layers_of
from lstm_viz.engine import run_known, run_steps

TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-10}


@st.composite
def runs(draw):
    """A random module with a sequence and, sometimes, an initial state."""
    torch.manual_seed(draw(st.integers(0, 2**31)))
    kind = draw(st.sampled_from([nn.LSTM, nn.GRU, nn.RNN]))
    hidden = draw(st.integers(1, 6))
    options = {
        "num_layers": draw(st.integers(1, 3)),
        "bidirectional": draw(st.booleans()),
        "bias": draw(st.booleans()),
        "batch_first": draw(st.booleans()),
        "dtype": draw(st.sampled_from([torch.float32, torch.float64])),
    }
    if kind is nn.LSTM and hidden > 1:
        options["proj_size"] = draw(st.integers(0, hidden - 1))
    if kind is nn.RNN:
        options["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
    module = kind(draw(st.integers(1, 5)), hidden, **options)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(draw(st.sampled_from([0.5, 1.0, 2.0])))
    inputs = torch.randn(draw(st.integers(1, 12)), module.input_size, dtype=options["dtype"])
    state: torch.Tensor | tuple[torch.Tensor, torch.Tensor] | None = None
    if draw(st.booleans()):
        rows = module.num_layers * (1 + module.bidirectional)
        hidden_state = torch.randn(rows, module.proj_size or hidden, dtype=options["dtype"]).clamp(-1, 1)
        state = hidden_state
        if kind is nn.LSTM:
            state = (hidden_state, torch.randn(rows, hidden, dtype=options["dtype"]))
    return module, inputs, state


def last_layer(trace):
    """What the module returns: the last layer's hidden states, both directions side by side."""
    top = max(layer.index for layer in trace.layers)
    return np.concatenate([x.hidden_state for x in trace.layers if x.index == top], axis=1)


@given(runs())
def test_paths_agree_with_each_other_and_with_the_module(run):
    module, inputs, state = run
    tolerance = TOLERANCE[inputs.dtype]
    trace = lv.trace(module, inputs, initial_state=state)
    with torch.no_grad():
        output, final = module(inputs, state)
    np.testing.assert_allclose(last_layer(trace), output.numpy(), atol=tolerance)
    for row, layer in enumerate(trace.layers):
        end = -1 if layer.direction == "forward" else 0
        finals = dict(
            zip(("hidden_state", "cell_state"), final if isinstance(final, tuple) else (final,), strict=False)
        )
        for name, value in finals.items():
            scale = 1 + value[row].abs().max().item()
            np.testing.assert_allclose(layer[name][end], value[row].numpy(), atol=tolerance * scale)
    for name, layer, reference in zip_with_reference(module, trace):
        scale = 1 + np.abs(reference).max()
        np.testing.assert_allclose(layer[name], reference, atol=5 * tolerance * scale, err_msg=f"{layer.name} {name}")


def zip_with_reference(module, trace):
    """Each layer's arrays beside the step-by-step path in float64, fed with what the layer below showed."""
    cell = cell_of(module)
    below = torch.from_numpy(np.array(trace.inputs)).double()
    outputs = []
    for layer, weights in zip(trace.layers, layers_of(module), strict=True):
        backward = layer.direction == "backward"
        initial = {name: torch.from_numpy(np.array(x)).double() for name, x in layer.initial_state.items()}
        with torch.no_grad():
            run = run_steps(cell, weights.weights.to(torch.float64), below.flip(0) if backward else below, initial)
        values = {name: (x.flip(0) if backward else x).numpy() for name, x in run.items()}
        for name in layer.quantities:
            yield name, layer, values[name]
        outputs.append(torch.from_numpy(values["hidden_state"]))
        if len(outputs) == 1 + module.bidirectional:
            below, outputs = torch.cat(outputs, dim=1), []


@given(runs())
def test_steps_are_differentiable_as_torch_is(run):
    module, inputs, _ = run
    if module.num_layers > 1 or module.bidirectional:
        return
    module, inputs = module.double(), inputs.double()
    ours, theirs = inputs.clone().requires_grad_(), inputs.clone().requires_grad_()
    run_steps(cell_of(module), layers_of(module)[0].weights, ours)["hidden_state"].square().sum().backward()
    module(theirs)[0].square().sum().backward()
    torch.testing.assert_close(ours.grad, theirs.grad, atol=1e-9, rtol=1e-7)


@given(runs(), st.data())
def test_a_clamp_at_the_recorded_value_changes_nothing(run, data):
    module, inputs, state = run
    trace = lv.trace(module, inputs, initial_state=state)
    names = [q.name for q in trace.cell.recorded if q.weighted and q.name != "hidden_state"]
    if not names:
        return
    layer = data.draw(st.sampled_from(trace.layers))
    name = data.draw(st.sampled_from(names))
    step, unit = data.draw(st.integers(0, len(trace) - 1)), data.draw(st.integers(0, layer.units - 1))
    value = float(layer[name][step, unit])
    clamp = lv.Clamp(name, value, units=unit, steps=step, layer=layer.index, direction=layer.direction)
    again = lv.trace(module, inputs, initial_state=state, clamp=clamp)
    for before, after in zip(trace.layers, again.layers, strict=True):
        for quantity in before.quantities:
            scale = 1 + np.abs(before[quantity]).max()
            np.testing.assert_allclose(before[quantity], after[quantity], atol=2e-5 * scale)


def test_a_clamp_acts_where_and_when_it_says_and_on_all_that_follows():
    torch.manual_seed(0)
    module, inputs = nn.LSTM(3, 8), torch.randn(12, 3)
    before = lv.trace(module, inputs).layers[0]
    clamp = lv.Clamp("forget_gate", 1.0, units=[3], steps=slice(4, 9))
    after = lv.trace(module, inputs, clamp=[clamp]).layers[0]
    assert (after.forget_gate[4:9, 3] == 1).all()
    np.testing.assert_allclose(after.cell_state[:4], before.cell_state[:4], atol=1e-6)
    assert np.abs(after.cell_state[4:, 3] - before.cell_state[4:, 3]).min() > 1e-4
    assert np.abs(after.hidden_state[6] - before.hidden_state[6]).max() > 1e-5
    assert after.clamped == {"forget_gate"}


@pytest.mark.parametrize(
    ("clamp", "message"),
    [
        (lv.Clamp("forget_gate", 1.5), "cannot be held at 1.5; it lies in 0 … 1"),
        (lv.Clamp("update_gate", 0.5), "LSTM has no 'update_gate' to hold; it has input_gate"),
        (lv.Clamp("squashed_cell_state", 0.5), "no 'squashed_cell_state'"),
        (lv.Clamp("forget_gate", 0.5, units=8), r"unit 8 does not exist; there are 8 \(0–7\)"),
        (lv.Clamp("forget_gate", 0.5, steps=[2, 5]), "time_step 5 does not exist; there are 5"),
    ],
)
def test_a_clamp_that_cannot_hold_says_why(clamp, message):
    with pytest.raises(ValueError, match=message):
        lv.trace(nn.LSTM(3, 8), torch.zeros(5, 3), clamp=clamp)


def test_the_last_of_two_clamps_holds():
    clamps = [lv.Clamp("input_gate", 0.2), lv.Clamp("input_gate", 0.7, units=1)]
    layer = lv.trace(nn.LSTM(3, 4), torch.zeros(5, 3), clamp=clamps).layers[0]
    np.testing.assert_allclose(layer.input_gate, np.tile([0.2, 0.7, 0.2, 0.2], (5, 1)), rtol=1e-6)


def test_dropout_is_left_out_and_said_so():
    module = nn.LSTM(3, 4, num_layers=2, dropout=0.5)
    inputs = torch.randn(6, 3)
    with pytest.warns(UserWarning, match="traced without dropout"):
        trace = lv.trace(module, inputs)
    assert "dropout 0.5" in trace.notes[0]
    assert module.training
    calm = copy.deepcopy(module).eval()
    with torch.no_grad():
        np.testing.assert_allclose(last_layer(trace), calm(inputs)[0].numpy(), atol=1e-6)


@pytest.mark.parametrize("given_inputs", [torch.zeros(4, 3), np.zeros((4, 3)), [[0, 0, 0]] * 4])
def test_inputs_may_be_tensors_arrays_or_lists(given_inputs):
    assert len(lv.trace(nn.LSTM(3, 2), given_inputs)) == 4


@pytest.mark.parametrize(
    ("module", "inputs", "error", "message"),
    [
        (
            nn.Linear(3, 4),
            torch.zeros(5, 3),
            TypeError,
            r"cannot trace a Linear; expected .*GRU or RNN; there is none in it$",
        ),
        (nn.LSTM(3, 4), torch.zeros(5, 2, 4), ValueError, r"inputs has shape \(5, 2, 4\); expected \(T, B, 3\)"),
        (nn.LSTM(3, 4, batch_first=True), torch.zeros(2, 0, 3), ValueError, r"\(2, 0, 3\); expected \(B, T, 3\)"),
        (
            nn.LSTM(3, 4),
            [torch.zeros(5, 3), torch.zeros(2, 4)],
            ValueError,
            r"^inputs\[1\] has shape \(2, 4\); expected",
        ),
        (nn.LSTM(3, 4), torch.zeros(5, 1, 1, 3), ValueError, r"shape \(5, 1, 1, 3\); expected \(T, 3\)"),
        (nn.LSTM(3, 4), torch.zeros(5, 4), ValueError, r"shape \(5, 4\); expected \(T, 3\)"),
        (nn.LSTM(3, 4), torch.zeros(0, 3), ValueError, "at least one time step"),
        (nn.LSTM(3, 4), [[0.0, 1.0, float("nan")]], ValueError, r"inputs\[0, 2\] is nan; expected finite"),
        (nn.LSTM(3, 4), [[0.0, 1.0], [2.0]], TypeError, "cannot be read as a"),
        (nn.LSTM(3, 4), "text", TypeError, "cannot be read as a"),
        (nn.LSTM(3, 4).half(), torch.zeros(5, 3), TypeError, r"use module.float\(\)"),
        (nn.LSTM(3, 4), nn.utils.rnn.pack_sequence([torch.zeros(5, 2)]), ValueError, r"packed .* \(5, 2\); .*\(T, 3\)"),
    ],
)
def test_wrong_input_says_what_was_expected(module, inputs, error, message):
    with pytest.raises(error, match=message):
        lv.trace(module, inputs)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (torch.zeros(1, 4), r"has 1 part\(s\); LSTM expects the pair"),
        ((torch.zeros(1, 4), torch.zeros(1, 5)), r"cell_state has shape \(1, 5\), expected \(1, 4\)"),
    ],
)
def test_a_wrong_initial_state_says_what_was_expected(state, message):
    with pytest.raises(ValueError, match=message):
        lv.trace(nn.LSTM(3, 4), torch.zeros(5, 3), initial_state=state)


def test_the_module_is_not_changed():
    module = nn.LSTM(3, 4)
    before = copy.deepcopy(module.state_dict())
    trace = lv.trace(module, torch.zeros(5, 3))
    assert all(torch.equal(x, before[name]) for name, x in module.state_dict().items())
    with pytest.raises(ValueError, match="read-only"):
        trace.layers[0].forget_gate[0, 0] = 1


def test_a_run_whose_rounding_breaks_its_equations_is_traced_step_by_step(monkeypatch):
    torch.manual_seed(0)
    module, inputs = nn.GRU(3, 6, num_layers=2, bidirectional=True), torch.randn(9, 3)
    expected = lv.trace(module, inputs)

    def rounded(*arguments):
        values = run_known(*arguments)
        return values | {"update_gate": values["update_gate"].round(decimals=1)}

    monkeypatch.setattr("lstm_viz.capture.passes.run_known", rounded)
    found = lv.trace(module, inputs)
    for before, after in zip(expected.layers, found.layers, strict=True):
        for name in before.quantities:
            np.testing.assert_allclose(after[name], before[name], atol=1e-5)
