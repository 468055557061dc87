"""Saturation is a count of values past two thresholds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.saturation import GateSaturation, gate_saturation
from tests.analysis.examples import KINDS, random_trace


@given(st.sampled_from(list(KINDS)), st.integers(1, 30), st.integers(1, 9), st.integers(0, 99))
def test_shares_are_counts_of_values(kind: str, steps: int, units: int, seed: int) -> None:
    layer = random_trace(kind, steps, units, seed).layers[0]
    found = gate_saturation(layer)
    assert [gate.gate for gate in found] == [gate.name for gate in layer.definition.gates]
    for gate in found:
        values = layer[gate.gate]
        assert gate.steps == steps
        for unit in range(units):
            assert round(gate.shut[unit] * steps) == sum(value < 0.1 for value in values[:, unit])
            assert round(gate.open[unit] * steps) == sum(value > 0.9 for value in values[:, unit])
        assert np.isclose(gate.shut_share * values.size, np.sum(values < 0.1))
        assert np.isclose(gate.open_share * values.size, np.sum(values > 0.9))


def test_mostly_means_more_than_half_and_the_longest_comes_first() -> None:
    gate = GateSaturation("input_gate", 10, shut=np.array([0.5, 0.6, 0.9, 0.0]), open=np.array([0.5, 0.0, 0.1, 1.0]))
    assert gate.mostly_shut.tolist() == [2, 1]
    assert gate.mostly_open.tolist() == [3]
