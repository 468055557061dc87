"""The numbers of the claims on attention, computed another way: networks run by hand, weights by one long product."""

import numpy as np
import pytest
import torch

from lstm_viz.claims.attention import a_mean
from lstm_viz.sources import shipped


def gates_by_hand(cell: str, text: str) -> dict[str, np.ndarray]:
    """What a counting network's gates are at every step, from its module's weights alone: (T, H) each."""
    model = shipped("counting", cell).model
    module = model.network.recurrent
    weights = {name: part.detach().double().numpy() for name, part in module.named_parameters()}
    units, rows = module.hidden_size, []
    hidden = memory = np.zeros(units)
    for inputs in torch.as_tensor(model.inputs(text)).double().numpy():
        given = weights["weight_ih_l0"] @ inputs + weights["bias_ih_l0"]
        own = weights["weight_hh_l0"] @ hidden + weights["bias_hh_l0"]
        if cell == "lstm":
            taken, kept, _, shown = 1 / (1 + np.exp(-(given + own).reshape(4, units)))
            memory = kept * memory + taken * np.tanh((given + own)[2 * units : 3 * units])
            hidden = shown * np.tanh(memory)
        else:
            reset, kept = 1 / (1 + np.exp(-(given + own)[: 2 * units].reshape(2, units)))
            new = np.tanh(given[2 * units :] + reset * own[2 * units :])
            taken, hidden = 1 - kept, kept * hidden + (1 - kept) * new
        rows.append((kept, taken))
    kept, taken = np.array(rows).transpose(1, 0, 2)
    return {"kept": kept, "taken": taken}


def test_the_lstm_s_weights_sum_to_a_count_and_the_gru_s_to_one() -> None:
    finding = a_mean()
    text, step, unit = (finding.settings[name] for name in ("text", "step", "unit"))
    found = gates_by_hand("lstm", text)
    weights = [float(found["taken"][j, unit] * found["kept"][j + 1 : step + 1, unit].prod()) for j in range(step + 1)]
    assert finding.numbers["top"] == pytest.approx(sum(weights), rel=1e-4)
    assert finding.verdict == "refined"
    found = gates_by_hand("gru", text)
    whole = [
        sum(found["taken"][j] * found["kept"][j + 1 : t + 1].prod(axis=0) for j in range(t + 1))
        + found["kept"][: t + 1].prod(axis=0)
        for t in range(len(text))
    ]
    assert np.abs(np.array(whole) - 1).max() < 1e-12
    assert finding.numbers["off"] < 1e-6
    _, gru = finding.chart.series
    np.testing.assert_allclose(gru.values, 1, atol=1e-6)
