"""A run with clamps is the cell run by hand with those values, and obeys everything but the clamped gate's equation."""

from typing import Any

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv
from lstm_viz.cells import CELLS, Role
from lstm_viz.trace import LayerTrace

CELL_MODULES: dict[str, Any] = {"lstm": nn.LSTM, "gru": nn.GRU}
STEPS, INPUTS = 6, 2


def held_names(kind: str) -> list[str]:
    return [q.name for q in CELLS[kind].recorded if q.role in (Role.GATE, Role.CANDIDATE)]


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def lstm_by_hand(module: Any, x: np.ndarray, name: str, mask: np.ndarray, value: float) -> dict[str, np.ndarray]:
    weights = {key: part.detach().numpy() for key, part in module.named_parameters()}
    h = c = np.zeros(module.hidden_size)
    rows: dict[str, list[np.ndarray]] = {name: [] for name in ("input_gate", "forget_gate", "candidate", "output_gate")}
    states: dict[str, list[np.ndarray]] = {"cell_state": [], "hidden_state": []}
    for t in range(len(x)):
        z = weights["weight_ih_l0"] @ x[t] + weights["bias_ih_l0"] + weights["weight_hh_l0"] @ h + weights["bias_hh_l0"]
        now = dict(zip(rows, np.split(z, 4), strict=True))
        now = {key: np.tanh(part) if key == "candidate" else sigmoid(part) for key, part in now.items()}
        if name in now:
            now[name] = np.where(mask[t], value, now[name])
        c = now["forget_gate"] * c + now["input_gate"] * now["candidate"]
        c = np.where(mask[t], value, c) if name == "cell_state" else c
        h = now["output_gate"] * np.tanh(c)
        h = np.where(mask[t], value, h) if name == "hidden_state" else h
        for key, part in now.items():
            rows[key].append(part)
        states["cell_state"].append(c)
        states["hidden_state"].append(h)
    return {key: np.array(part) for key, part in (rows | states).items()}


def gru_by_hand(module: Any, x: np.ndarray, name: str, mask: np.ndarray, value: float) -> dict[str, np.ndarray]:
    weights = {key: part.detach().numpy() for key, part in module.named_parameters()}
    h = np.zeros(module.hidden_size)
    found: dict[str, list[np.ndarray]] = {"reset_gate": [], "update_gate": [], "candidate": [], "hidden_state": []}
    for t in range(len(x)):
        given_ = np.split(weights["weight_ih_l0"] @ x[t] + weights["bias_ih_l0"], 3)
        own = np.split(weights["weight_hh_l0"] @ h + weights["bias_hh_l0"], 3)

        def held(quantity: str, values: np.ndarray, t: int = t) -> np.ndarray:
            return np.where(mask[t], value, values) if quantity == name else values

        r = held("reset_gate", sigmoid(given_[0] + own[0]))
        z = held("update_gate", sigmoid(given_[1] + own[1]))
        n = held("candidate", np.tanh(given_[2] + r * own[2]))
        h = held("hidden_state", z * h + (1 - z) * n)
        for key, part in zip(found, (r, z, n, h), strict=True):
            found[key].append(part)
    return {key: np.array(part) for key, part in found.items()}


BY_HAND = {"lstm": lstm_by_hand, "gru": gru_by_hand}


@settings(max_examples=60)
@given(st.data(), st.sampled_from(sorted(BY_HAND)), st.integers(0, 999), st.floats(0, 1))
def test_a_clamp_is_the_cell_run_by_hand(data: st.DataObject, kind: str, seed: int, value: float) -> None:
    torch.manual_seed(seed)
    module = CELL_MODULES[kind](INPUTS, 4).double()
    inputs = torch.randn(STEPS, INPUTS, dtype=torch.float64)
    name = data.draw(st.sampled_from([q.name for q in CELLS[kind].recorded]))
    value = 7 * value - 3 if name == "cell_state" else value
    units = data.draw(st.lists(st.integers(0, 3), min_size=1, unique=True))
    steps = data.draw(st.lists(st.integers(0, STEPS - 1), min_size=1, unique=True))
    clamp = lv.Clamp(name, value, units=units, steps=steps)
    mask = np.zeros((STEPS, 4), dtype=bool)
    mask[np.ix_(steps, units)] = True
    layer = lv.trace(module, inputs, clamp=clamp).layers[0]
    for quantity, expected in BY_HAND[kind](module, inputs.numpy(), name, mask, value).items():
        np.testing.assert_allclose(layer[quantity], expected, rtol=0, atol=1e-12)


@settings(max_examples=30)
@given(st.sampled_from(sorted(CELL_MODULES)), st.integers(0, 999), st.floats(0, 1), st.data())
def test_a_clamped_trace_obeys_all_equations_but_the_clamped_gates(
    kind: str, seed: int, value: float, data: st.DataObject
) -> None:
    """The states follow from the gates as recorded: told that nothing was held, the trace still passes its checks."""
    torch.manual_seed(seed)
    name = data.draw(st.sampled_from(held_names(kind)))
    layer = lv.trace(
        CELL_MODULES[kind](INPUTS, 4), torch.randn(STEPS, INPUTS), clamp=lv.Clamp(name, value, steps=2)
    ).layers[0]
    assert layer.clamped == {name}
    LayerTrace(layer.cell, layer.index, layer.direction, layer.values, layer.initial_state)
    ledger = lv.memory_ledger(layer)
    assert ledger.residual < 1e-5
