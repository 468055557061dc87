"""Every unit held in turn, side by side, is every unit held on its own."""

from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.cells import CELLS, Role
from lstm_viz.clamp import Clamp

MODULES: dict[str, Any] = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize("value", [0.0, 0.75])
def test_a_batch_of_runs_is_each_run(kind: str, value: float) -> None:
    module = MODULES[kind](3, 6).double()
    inputs = np.random.default_rng(0).normal(size=(7, 3))
    gates = [q.name for q in CELLS[kind].recorded if q.role in (Role.GATE, Role.CANDIDATE)]
    held = [Clamp(gates[0], 0.25, units=[1, 2], steps=slice(2, 5)), Clamp(gates[1], 1.0, steps=[0])]
    for gate in gates:
        shares: list[float] = []
        last = hold_each_unit(module, inputs, gate, value=value, clamp=held, progress=shares.append)
        assert shares == pytest.approx(np.arange(1, 8) / 7)
        for unit in range(6):
            alone = lstm_viz.trace(module, inputs, clamp=[*held, Clamp(gate, value, units=[unit])])
            np.testing.assert_allclose(last[unit], alone.layers[0].hidden_state[-1], atol=1e-12)


def test_projections_are_followed() -> None:
    module = torch.nn.LSTM(3, 6, proj_size=2)
    inputs = np.ones((4, 3), dtype=np.float32)
    alone = lstm_viz.trace(module, inputs, clamp=Clamp("input_gate", 0.0, units=[5]))
    last = hold_each_unit(module, inputs, "input_gate")
    assert last.shape == (6, 2)
    np.testing.assert_allclose(last[5], alone.layers[0].hidden_state[-1], atol=1e-6)


def test_what_cannot_be_held_is_refused() -> None:
    inputs = np.ones((4, 3), dtype=np.float32)
    with pytest.raises(ValueError, match="GRU has no 'forget_gate' to hold"):
        hold_each_unit(torch.nn.GRU(3, 6), inputs, "forget_gate")
    with pytest.raises(ValueError, match="cannot be held at 2"):
        hold_each_unit(torch.nn.GRU(3, 6), inputs, "reset_gate", value=2)
    with pytest.raises(ValueError, match="has 2 layers and directions"):
        hold_each_unit(torch.nn.LSTM(3, 6, num_layers=2), inputs, "input_gate")
