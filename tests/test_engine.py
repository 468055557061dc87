"""The two ways through a definition, where `test_capture` does not reach: long runs, batches, and the scan alone."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv
from lstm_viz.capture import cell_of, layers_of
from lstm_viz.cells import CELLS
from lstm_viz.engine import run_known, run_steps, scan, zero_state


@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 2**31))
def test_the_scan_is_the_recurrence(steps, units, seed):
    torch.manual_seed(seed)
    keep, add, initial = torch.rand(steps, units), torch.randn(steps, units), torch.randn(units)
    given_keep, given_add = keep.clone(), add.clone()
    values, value = scan(keep, add, initial), initial
    for step in range(steps):
        value = keep[step] * value + add[step]
        torch.testing.assert_close(values[step], value, rtol=0, atol=1e-6)
    assert torch.equal(keep, given_keep)
    assert torch.equal(add, given_add)


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.RNN])
def test_long_runs_agree_with_the_module_and_with_double_precision(kind):
    module, inputs = kind(2, 8), torch.randn(5000, 2)
    layer = lv.trace(module, inputs).layers[0]
    with torch.no_grad():
        np.testing.assert_allclose(layer.hidden_state, module(inputs)[0].numpy(), atol=1e-5)
        exact = run_steps(cell_of(module), layers_of(module)[0].weights.to(torch.float64), inputs.double())
    for name in layer.quantities:
        np.testing.assert_allclose(layer[name], exact[name].numpy(), atol=1e-4, err_msg=name)


def test_a_memory_that_adds_up_for_thousands_of_steps_stays_exact_enough():
    module, steps = nn.LSTM(1, 2), 5000
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.zero_()
        input_weights, _, bias, _ = module.all_weights[0]
        bias.copy_(torch.tensor([20.0] * 4 + [0.0] * 2 + [20.0] * 2))  # the gates open, all of the memory shown
        input_weights[4:6] = 0.1
    inputs = torch.ones(steps, 1)
    inputs[steps // 2 :] = -1
    cell_state = lv.trace(module, inputs).layers[0].cell_state
    assert np.abs(cell_state).max() == pytest.approx(steps / 2 * np.tanh(0.1), rel=1e-4)
    np.testing.assert_allclose(cell_state[-1], 0, atol=1e-2)


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.RNN])
def test_a_batch_runs_as_each_of_its_sequences_does(kind):
    module, inputs = kind(2, 4), torch.randn(6, 3, 2)
    weights, cell = layers_of(module)[0].weights, cell_of(module)
    with torch.no_grad():
        together = run_steps(cell, weights, inputs)
        for k in range(3):
            for name, values in run_steps(cell, weights, inputs[:, k]).items():
                torch.testing.assert_close(together[name][:, k], values)


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.RNN])
@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (False, False)])
def test_either_bias_may_be_missing(kind, first, second):
    module, inputs = kind(2, 4), torch.randn(6, 2)
    weights, cell = layers_of(module)[0].weights, cell_of(module)
    object.__setattr__(weights, "input_bias", weights.input_bias if first else None)
    object.__setattr__(weights, "hidden_bias", weights.hidden_bias if second else None)
    with torch.no_grad():
        steps = run_steps(cell, weights, inputs)
        known = run_known(cell, weights, inputs, steps["hidden_state"], zero_state(cell, weights))
    assert (weights.bias is None) == (not first and not second)
    for name in steps:
        torch.testing.assert_close(known[name], steps[name])


def test_overrides_hold_and_what_follows_is_computed_from_them():
    cell, module, inputs = CELLS["gru"], nn.GRU(2, 4), torch.randn(6, 2)
    mask = torch.zeros(6, 4, dtype=torch.bool)
    mask[2] = True
    with torch.no_grad():
        values = run_steps(
            cell, layers_of(module)[0].weights, inputs, overrides={"update_gate": (mask, torch.ones(6, 4))}
        )
    assert torch.equal(values["hidden_state"][2], values["hidden_state"][1])
    assert not torch.equal(values["hidden_state"][3], values["hidden_state"][2])
