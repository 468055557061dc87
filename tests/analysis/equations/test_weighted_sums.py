"""Weighted sums come apart into their terms, and the terms make the recorded gates."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.equations.step_numbers import step_numbers
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights, weighted_sums
from lstm_viz.cells.expression import Sum, expression_of
from tests.analysis.examples import KINDS

modules = st.tuples(
    st.sampled_from(list(KINDS)), st.integers(1, 6), st.integers(1, 3), st.booleans(), st.booleans(), st.integers(0, 99)
)


def made(kind: str, units: int, layers: int, both: bool, bias: bool, seed: int) -> tuple[Any, lstm_viz.Trace]:
    torch.manual_seed(seed)
    module: Any = KINDS[kind](4, units, num_layers=layers, bidirectional=both, bias=bias).double()
    return module, lstm_viz.trace(module, torch.randn(7, 4, dtype=torch.float64))


def sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-values))


@given(modules)
def test_the_parts_add_up_to_the_recorded_gates(case: tuple[str, int, int, bool, bool, int]) -> None:
    module, trace = made(*case)
    for layer in trace.layers:
        weights = layer_weights(module, layer)
        parts = weighted_sums(weights, layer, layer_inputs(trace, layer))
        assert list(parts) == [quantity.name for quantity in layer.definition.weighted]
        for quantity in layer.definition.weighted:
            each = parts[quantity.name]
            assert (each.bias is not None) == case[4]
            assert each.from_hidden is not None
            total: Any = each.from_input + each.from_hidden + (0 if each.bias is None else each.bias)
            if isinstance(getattr(expression_of(layer.definition, quantity.name), "argument", None), Sum):
                # The GRU's reset gate acts on a part of the sum.
                input_bias = 0 if each.input_bias is None else each.input_bias
                hidden_bias = 0 if each.hidden_bias is None else each.hidden_bias
                total = each.from_input + input_bias + layer.reset_gate * (each.from_hidden + hidden_bias)
            function = sigmoid if quantity.range.is_share else np.tanh
            np.testing.assert_allclose(function(total), layer[quantity.name], atol=1e-12)


@given(modules)
def test_numbers_are_the_traces(case: tuple[str, int, int, bool, bool, int]) -> None:
    module, trace = made(*case)
    layer = trace.layers[-1]
    numbers = step_numbers(layer, layer_weights(module, layer), layer_inputs(trace, layer))
    for name in layer.quantities:
        np.testing.assert_array_equal(numbers.values[name], layer[name].astype(np.float32))
    for name in layer.initial_state:
        np.testing.assert_array_equal(numbers.values[f"{name}-"], layer.before(name).astype(np.float32))
    for line in numbers.lines:
        if line.equation.quantity not in layer.quantities:
            np.testing.assert_allclose(
                numbers.values[line.equation.quantity], np.tanh(layer.cell_state), rtol=1e-6, atol=1e-7
            )


def test_a_layer_with_a_projection_says_why_it_cannot_be_told_unit_by_unit() -> None:
    module = torch.nn.LSTM(3, 6, proj_size=2)
    trace = lstm_viz.trace(module, torch.zeros(2, 3))
    with pytest.raises(ValueError, match="projection"):
        step_numbers(trace.layers[0], layer_weights(module, trace.layers[0]), trace.inputs)
