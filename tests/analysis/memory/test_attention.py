"""The ledger as attention: weights against an independent slow loop, for every cell with a memory."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.memory.attention import always_mean, largest_share, only_fades
from lstm_viz.cells import CELLS
from lstm_viz.cells.weighing import share_of, weighing
from lstm_viz.trace import LayerTrace
from tests.analysis.equations.test_wiring import MADE_UP
from tests.analysis.examples import random_trace

WITH_MEMORY = [name for name, cell in CELLS.items() if cell.memory]
MEANS = {"slstm", "min_gru", "min_lstm", "gru", "gru_reset_first", "gru_hard", "gru_reset_first_hard", "coupled_gates"}
"""Cells whose weights and what is left of the start always make 1."""


def slowly(layer: LayerTrace, step: int, unit: int) -> tuple[list[float], list[float], float, float]:
    """Weights, contents, what is left of the start, and the memory: one step and one product at a time, in float64.

    No function of the package but the definition's: the share is what is added to a candidate of 1, less that to 0.
    """
    cell, memory = layer.definition, layer.definition.memory
    assert memory is not None
    assert memory.keep is not None
    assert memory.add is not None
    order = list(range(len(layer)))
    if layer.direction == "backward":
        order.reverse()
    norm = next((q for q in cell.states if q.keep is not None and q is not memory), None)

    def now(j: int, **instead: float) -> Any:
        values = {name: float(layer[name][j, unit]) for name in layer.quantities if layer[name].shape[1] > unit}
        return SimpleNamespace(**values | instead)

    weights, contents = [0.0] * len(layer), [0.0] * len(layer)
    left, value = 1.0, float(layer.initial_state[memory.name][unit])
    below = float(layer.initial_state[norm.name][unit]) if norm else 1.0
    first = below
    for j in order[: order.index(step) + 1]:
        keep = float(memory.keep(now(j)))
        share = float(memory.add(now(j, candidate=1.0)) - memory.add(now(j, candidate=0.0)))
        for k in range(len(layer)):
            weights[k] *= keep
        weights[j], contents[j] = share, now(j).candidate
        left *= keep
        value = keep * value + share * contents[j]
        below = keep * below + share if norm else 1.0
    return [weight / below for weight in weights], contents, left * first / below, value / below


@pytest.mark.parametrize("cell", WITH_MEMORY)
def test_weights_times_contents_are_the_ledger(cell: str) -> None:
    @settings(max_examples=6, deadline=None)
    @given(st.integers(1, 14), st.integers(0, 10**6), st.data())
    def check(steps: int, seed: int, data: st.DataObject) -> None:
        layer = random_trace(cell, steps=steps, units=3, seed=seed).layers[0]
        step, unit = data.draw(st.integers(0, steps - 1)), data.draw(st.integers(0, 2))
        found = lstm_viz.memory_attention(layer, step=step, units=[2, unit])
        weights, contents, initial, shown = slowly(layer, step, unit)
        np.testing.assert_allclose(found.weights[:, 1], weights, atol=1e-6)
        np.testing.assert_allclose(found.contents[: step + 1, 1], contents[: step + 1], atol=1e-6)
        assert found.initial[1] == pytest.approx(initial, abs=1e-6)
        assert found.shown[1] == pytest.approx(shown, abs=1e-5, rel=1e-5)
        parts = found.weights * found.contents
        np.testing.assert_allclose(parts.sum(axis=0) + found.start, found.shown, atol=1e-5, rtol=1e-5)
        ledger = lstm_viz.memory_ledger(layer, units=[2, unit])
        norm = weighing(layer.definition).normaliser  # type: ignore[union-attr]
        by = layer[norm.name][step, [2, unit]] if norm else 1.0
        np.testing.assert_allclose(parts * by, ledger.contributions[step], atol=1e-6)
        if cell in MEANS or norm:
            np.testing.assert_allclose(found.total + found.initial, 1, atol=1e-6)
            assert found.is_mean.all()
        assert not found.weights[step + 1 :].any()
        assert np.abs(found.weights[:, 1]).max() <= largest_share(layer, unit) + 1e-9

    check()


def test_layers_that_read_backward_and_start_somewhere() -> None:
    torch.manual_seed(4)
    module = torch.nn.GRU(3, 4, bidirectional=True)
    trace = lstm_viz.trace(module, torch.randn(9, 3), initial_state=torch.randn(2, 4))
    for layer in trace.layers:
        for step in (0, 4, 8):
            found = lstm_viz.memory_attention(layer, step=step)
            for unit in range(4):
                weights, contents, initial, shown = slowly(layer, step, unit)
                np.testing.assert_allclose(found.weights[:, unit], weights, atol=1e-6)
                assert found.initial[unit] == pytest.approx(initial, abs=1e-6)
                whole = float((found.weights[:, unit] * found.contents[:, unit]).sum() + found.start[unit])
                assert whole == pytest.approx(shown, abs=1e-6)
                np.testing.assert_allclose(
                    found.contents[:, unit][found.weights[:, unit] != 0],
                    [content for content, weight in zip(contents, weights, strict=True) if weight],
                    atol=1e-6,
                )
    assert lstm_viz.memory_attention(trace.layers[1]).step == 0, "the last that it reads"


def test_held_gates_have_their_weights_too() -> None:
    torch.manual_seed(4)
    module, inputs = torch.nn.LSTM(3, 4), torch.randn(9, 3)
    held = [lstm_viz.Clamp("forget_gate", 1.0), lstm_viz.Clamp("input_gate", 0.5, units=[1])]
    layer = lstm_viz.trace(module, inputs, clamp=held).layers[0]
    found = lstm_viz.memory_attention(layer)
    np.testing.assert_allclose(found.weights[:, 1], 0.5)
    np.testing.assert_allclose(found.total, layer.input_gate.sum(axis=0), rtol=1e-5)
    assert not found.is_mean.any(), "nothing is forgotten, so the weights grow past 1"


def test_counting_needs_weights_that_sum_to_more_than_one() -> None:
    layer = lstm_viz.load_model("counting").trace("a" * 12).layers[0]
    totals = np.array([lstm_viz.memory_attention(layer, step=step).total for step in range(12)])
    unit = int(totals[-1].argmax())
    assert totals[-1, unit] > 5
    assert (np.diff(totals[:, unit]) > 0.3).all(), "each further letter adds to the sum"


def test_the_share_is_read_from_the_definition() -> None:
    assert {name for name, cell in CELLS.items() if always_mean(cell)} == MEANS
    assert weighing(CELLS["slstm"]).normaliser.name == "normaliser"  # type: ignore[union-attr]
    for name in WITH_MEMORY:
        assert weighing(CELLS[name]).candidate.name == "candidate", name  # type: ignore[union-attr]
        assert only_fades(CELLS[name]), name
    assert repr(share_of(CELLS["no_input_gate"])) == "Constant(value=1.0)"
    assert weighing(CELLS["rnn"]) is None
    assert not only_fades(CELLS["rnn"])
    memory = MADE_UP["cell_state"]
    squared = replace(memory, add=lambda now: now.candidate * now.candidate)
    grows = replace(memory, keep=lambda now: 2 * now.output_gate)
    for changed, candidate, fades in ((memory, "candidate", True), (squared, None, True), (grows, "candidate", False)):
        quantities = tuple(changed if q.name == changed.name else q for q in MADE_UP.quantities)
        cell = replace(MADE_UP, quantities=quantities)
        found = weighing(cell)
        assert (found.candidate and found.candidate.name) == candidate  # type: ignore[union-attr]
        assert only_fades(cell) is fades
        values = SimpleNamespace(candidate=0.5, output_gate=0.25)
        assert found.share(values) * found.content(values) == changed.add(values)  # type: ignore[union-attr,misc]


def test_what_cannot_be_is_said() -> None:
    layer = random_trace("lstm", steps=5).layers[0]
    with pytest.raises(ValueError, match=re.escape("step: 5 does not exist; there are 5 (0–4)")):
        lstm_viz.memory_attention(layer, step=5)
    with pytest.raises(ValueError, match="The RNN has no ledger"):
        lstm_viz.memory_attention(random_trace("rnn").layers[0])
    clamped = lstm_viz.trace(torch.nn.LSTM(3, 2), torch.ones(3, 3), clamp=[lstm_viz.Clamp("cell_state", 1.0)]).layers[0]
    with pytest.raises(ValueError, match="its cell_state was held"):
        lstm_viz.memory_attention(clamped)
