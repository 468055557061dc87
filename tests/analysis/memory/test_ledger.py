"""A ledger's parts sum to the memory, and their split to the output: random modules, lengths and initial states."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.equations.weighted_sums import layer_weights
from lstm_viz.analysis.memory.ledger import LIMIT, by_column, half_life, memory_ledger, memory_sizes
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.cells import CELLS
from lstm_viz.module import CellModule
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.words.ledger import describe_fading, describe_makeup, describe_sizes
from tests.analysis.examples import random_trace

MEMORIES = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


@st.composite
def runs(draw: st.DrawFn) -> Trace:
    """Double precision, one or two directions, any initial state, and sometimes a clamp."""
    kind = draw(st.sampled_from(sorted(MEMORIES)))
    steps, units, directions = draw(st.integers(1, 30)), draw(st.integers(1, 9)), draw(st.integers(1, 2))
    torch.manual_seed(draw(st.integers(0, 10_000)))
    module: Any = MEMORIES[kind](3, units, bidirectional=directions == 2).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(draw(st.sampled_from([0.3, 1.0, 4.0])))
    state = 3 * torch.randn(directions, units, dtype=torch.float64)
    initial: Any = (torch.tanh(state), state) if kind == "lstm" else torch.tanh(state)
    gate = "forget_gate" if kind == "lstm" else "update_gate"
    clamp = [lstm_viz.Clamp(gate, draw(st.floats(0, 1)), steps=0)] if draw(st.booleans()) else []
    inputs = torch.randn(steps, 3, dtype=torch.float64)
    return lstm_viz.trace(module, inputs, initial_state=initial, clamp=clamp)


@settings(max_examples=60)
@given(runs())
def test_the_parts_sum_to_the_memory(trace: Trace) -> None:
    for layer in trace.layers:
        ledger = memory_ledger(layer)
        total = ledger.contributions.sum(axis=1) + ledger.initial
        np.testing.assert_allclose(total, layer[ledger.memory.name], rtol=0, atol=1e-10)
        assert ledger.residual <= 1e-10


@settings(max_examples=60)
@given(runs(), st.integers(0, 10_000), st.sampled_from([None, False, True]))
def test_the_split_sums_to_the_output(trace: Trace, seed: int, newest_first: bool | None) -> None:
    generator = np.random.default_rng(seed)
    for layer in trace.layers:
        weights, bias = generator.normal(size=layer.units), float(generator.normal())
        step = int(generator.integers(len(layer)))
        split = split_output(layer, weights, bias, step=step, newest_first=newest_first)
        assert split.total == pytest.approx(layer.hidden_state[step] @ weights + bias, abs=1e-10)
        unread = slice(step + 1, None) if layer.direction == "forward" else slice(0, step)
        assert not split.parts[unread].any()


WITH_MEMORY = [name for name, cell in CELLS.items() if cell.memory]


@settings(max_examples=60)
@given(
    st.sampled_from(WITH_MEMORY), st.integers(1, 25), st.integers(1, 7), st.integers(0, 10_000), st.sampled_from([1, 4])
)
def test_the_output_of_every_cell_with_a_memory_can_be_split(
    kind: str, steps: int, units: int, seed: int, size: float
) -> None:
    generator = torch.Generator().manual_seed(seed)
    module = CellModule(kind, 3, units).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(size * torch.randn(parameter.shape, generator=generator, dtype=torch.float64))
    cell = CELLS[kind]
    start: Any = tuple(torch.tanh(torch.randn(1, units, generator=generator).double()) for _ in cell.states)
    inputs = torch.randn(steps, 3, generator=generator, dtype=torch.float64)
    layer = lstm_viz.trace(module, inputs, initial_state=start).layers[0]
    weights, bias = np.random.default_rng(seed).normal(size=units), 0.7
    step = seed % steps
    further = layer_weights(module, layer).parameters
    ledger = memory_ledger(layer)
    np.testing.assert_allclose(
        ledger.contributions.sum(axis=1) + ledger.initial, layer[ledger.memory.name], rtol=0, atol=1e-10 * size**2
    )
    for newest_first in (None, False, True):
        split = split_output(layer, weights, bias, step=step, newest_first=newest_first, further=further)
        expected = layer.hidden_state[step] @ weights + bias
        # Near the corner of ReLU a chord between two ends that nearly meet misses it, by at most the ends' distance.
        corner = any("relu" in str(cell.expressions[each.name]) for each in cell.after_memory)
        assert split.total == pytest.approx(expected, abs=1e-4 if corner else 1e-10)
        assert split.bias == bias
        assert not split.parts[step + 1 :].any()


def test_the_use_layers_output_is_split_by_what_the_step_found() -> None:
    torch.manual_seed(4)
    module = CellModule("use_layer", 3, 5).double()
    layer = lstm_viz.trace(module, torch.randn(9, 3, dtype=torch.float64)).layers[0]
    further, weights, step = layer_weights(module, layer).parameters, np.linspace(-1, 1, 5), 6
    split = split_output(layer, weights, 0.3, step=step, further=further)
    left = memory_ledger(layer).contributions[step - 1, :step]
    argument = further["use_bias"] + (layer.forget_gate[step] * left) @ further["use_weight"].T
    sums = argument - further["use_bias"]
    empty, full = np.tanh(further["use_bias"]), np.tanh(further["use_bias"] + sums.sum(axis=0))
    shares = sums * (full - empty) / sums.sum(axis=0) * layer.output_gate[step]
    np.testing.assert_allclose(split.parts[:step], shares @ weights, atol=1e-9)
    assert split.parts[step] == pytest.approx(0, abs=1e-12), "new content is shown one step late"
    assert split.empty == pytest.approx(empty * layer.output_gate[step] @ weights)
    with pytest.raises(ValueError, match=r"weights stand between memory and output.*give 'use_weight' as further"):
        split_output(layer, weights)


def by_definition(layer: LayerTrace, keep: np.ndarray, add: np.ndarray) -> np.ndarray:
    """The formula as it is written: (∏_{k>j} keep_k) · add_j."""
    steps = len(layer)
    parts = np.zeros((steps, steps, layer.units))
    for t in range(steps):
        for j in range(t + 1):
            parts[t, j] = add[j] * np.prod(keep[j + 1 : t + 1], axis=0)
    return parts


def test_a_ledger_is_what_the_formula_says() -> None:
    lstm, gru = random_trace("lstm").layers[0], random_trace("gru").layers[0]
    parts = by_definition(lstm, lstm.forget_gate, lstm.input_gate * lstm.candidate)
    np.testing.assert_allclose(memory_ledger(lstm).contributions, parts, atol=1e-6)
    parts = by_definition(gru, gru.update_gate, (1 - gru.update_gate) * gru.candidate)
    np.testing.assert_allclose(memory_ledger(gru).contributions, parts, atol=1e-6)


def test_backward_layers_read_from_the_end() -> None:
    layer = random_trace(bidirectional=True).layers[1]
    parts = memory_ledger(layer).contributions
    assert not np.tril(parts.sum(axis=2), -1).any(), "at step t, nothing before t has been read"
    kept = parts[0, -1] / parts[-1, -1]
    np.testing.assert_allclose(kept, np.prod(layer.forget_gate[:-1], axis=0), rtol=1e-4)


def test_some_units_are_those_of_the_whole() -> None:
    layer = random_trace().layers[0]
    whole, some = memory_ledger(layer), memory_ledger(layer, units=[6, 2])
    np.testing.assert_array_equal(some.contributions, whole.contributions[:, :, [6, 2]])
    np.testing.assert_array_equal(some.initial, whole.initial[:, [6, 2]])


def test_mean_sizes_are_those_of_the_ledger() -> None:
    for kind in MEMORIES:
        layer = random_trace(kind, bidirectional=True).layers[1]
        ledger, (sizes, initial) = memory_ledger(layer), memory_sizes(layer)
        np.testing.assert_allclose(sizes, np.abs(ledger.contributions).mean(axis=2), atol=1e-7)
        np.testing.assert_allclose(initial, np.abs(ledger.initial).mean(axis=1), atol=1e-7)


def test_a_plain_rnn_has_none_and_is_told_why() -> None:
    for nonlinearity in ("tanh", "relu"):
        layer = random_trace("rnn", nonlinearity=nonlinearity).layers[0]
        for function in (memory_ledger, memory_sizes, lambda each: split_output(each, np.ones(8))):
            with pytest.raises(ValueError, match=r"has no ledger: at every step its whole state goes through a weight"):
                function(layer)


def test_too_large_a_ledger_is_refused_with_a_way_to_ask_for_less() -> None:
    layer = random_trace(steps=3000, units=10).layers[0]
    with pytest.raises(
        ValueError, match=r"3,000 steps and 10 units would take 360 MB, more than 256 MB; ask for at most 7"
    ):
        memory_ledger(layer)
    assert memory_ledger(layer, units=range(7)).contributions.nbytes <= LIMIT
    long = random_trace(steps=9000, units=1).layers[0]
    with pytest.raises(ValueError, match=r"trace at most 8,000 steps"):
        memory_ledger(long)


@pytest.mark.parametrize("units", [[], [8], [-1], [0.5], [[0]]])
def test_units_that_do_not_exist_are_named(units: Any) -> None:
    with pytest.raises(ValueError, match=r"^units: "):
        memory_ledger(random_trace().layers[0], units=units)


def test_a_split_refuses_what_it_cannot_split() -> None:
    layer = random_trace().layers[0]
    with pytest.raises(ValueError, match="step: 10 does not exist; there are 10"):
        split_output(layer, np.ones(8), step=10)
    with pytest.raises(ValueError, match=r"weights: shape \(3,\), expected \(8,\)"):
        split_output(layer, np.ones(3))
    projected = random_trace(proj_size=2).layers[0]
    with pytest.raises(ValueError, match="a projection, which a trace does not record"):
        split_output(projected, np.ones(8))


def test_the_order_of_adding_matters_for_an_lstm_and_not_for_a_gru() -> None:
    for kind, matters in (("lstm", True), ("gru", False)):
        layer, weights = random_trace(kind).layers[0], np.linspace(-1, 1, 8)
        shared, oldest, newest = (split_output(layer, weights, newest_first=way).parts for way in (None, False, True))
        assert bool(np.abs(oldest - newest).max() > 1e-6) == matters
        assert bool(np.abs(shared - oldest).max() > 1e-6) == matters


@settings(max_examples=40)
@given(st.integers(1, 12), st.integers(0, 10_000), st.sampled_from([0.01, 1.0, 30.0]))
def test_shares_are_of_no_order_and_have_the_sign_of_what_is_left(units: int, seed: int, size: float) -> None:
    """By the formula, step by step and unit by unit; parts that cancel exactly are shared too."""
    chance = np.random.default_rng(seed)
    steps, order = int(chance.integers(1, 9)), {"forget_gate": None, "output_gate": None}
    gates = {name: chance.uniform(size=(steps, units)) for name in order}
    added = size * chance.normal(size=(steps, units))
    if steps > 1:
        added[-1, 0] = -_left(gates["forget_gate"], added)[:-1, 0].sum()  # this unit’s memory ends empty
    weights = chance.normal(size=units)
    shares = split_output(_layer(added, **gates), weights).parts
    left = _left(gates["forget_gate"], added)
    memory = left.sum(axis=0)
    slopes = np.divide(np.tanh(memory), memory, out=np.ones(units), where=np.abs(memory) > 1e-7)
    each = left * slopes * gates["output_gate"][-1] * weights
    np.testing.assert_allclose(shares, each.sum(axis=1), atol=1e-8 * max(1, size))
    one = weights * (np.arange(units) == units - 1)
    mine = split_output(_layer(added, **gates), one).parts
    assert (np.sign(mine) == np.sign(left[:, -1] * one[-1])).all()
    # The parts change places: what is left of each is put in at another step, and each takes its share along.
    places = chance.permutation(steps)
    kept = np.cumprod(gates["forget_gate"][::-1], axis=0)[::-1] / gates["forget_gate"]
    swapped = split_output(_layer(left[places] / kept, **gates), weights).parts
    np.testing.assert_allclose(swapped, shares[places], atol=1e-7 * max(1, size))


def _left(forget_gate: np.ndarray, added: np.ndarray) -> np.ndarray:
    """What is left at the end of what each step put in, (T, H)."""
    return np.array([added[j] * np.prod(forget_gate[j + 1 :], axis=0) for j in range(len(added))])


def _layer(added: np.ndarray, **gates: np.ndarray) -> LayerTrace:
    """A layer whose memory is put together by hand, through an LSTM that has no bounds on what comes in."""
    memory = np.zeros(added.shape[1])
    memories = [memory := gate * memory + more for gate, more in zip(gates["forget_gate"], added, strict=True)]
    states = {"cell_state": np.array(memories), "hidden_state": gates["output_gate"] * np.tanh(memories)}
    values = {"input_gate": np.ones_like(added), "candidate": added, **gates, **states}
    start = {name: np.zeros(added.shape[1]) for name in states}
    return LayerTrace(cell="no_input_activation", index=0, direction="forward", values=values, initial_state=start)


@pytest.mark.parametrize(
    ("course", "expected"),
    [([1, 0.6, 0.5], 2), ([-1, -0.4], 1), ([1, 0.9], None), ([0, 0], None), ([2.0], None)],
)
def test_half_lives(course: list[float], expected: int | None) -> None:
    assert half_life(np.array(course)) == expected


def test_columns_keep_the_sum() -> None:
    layer = random_trace(steps=7, units=2).layers[0]
    parts = memory_ledger(layer).contributions[:, :, 0]
    edges = np.array([0, 3, 6, 7])
    merged = by_column(parts, edges)
    assert merged.shape == (3, 3)
    assert np.isnan(merged[np.triu_indices(3, 1)]).all()
    expected = [layer.cell_state[a:b, 0].mean() for a, b in ((0, 3), (3, 6), (6, 7))]
    np.testing.assert_allclose(np.nansum(merged, axis=1), expected, atol=1e-6)


def test_sentences_say_what_is_in_the_numbers() -> None:
    labels = ["not", "a", "good", "film"]
    assert describe_makeup(np.array([-0.5, 0.0, 0.25, 0]), 0.0, labels, 2, "unit 3’s cell state") == (
        "At “good”, unit 3’s cell state is −0.25: “not” (−0.50) lowers it; “good” (0.25) raises it."
    )
    many = describe_makeup(np.array([-0.9, 0.02, 0.1, 0.05]), 0.01, labels, 3, "it")
    assert many == (
        "At “film”, it is −0.72: “not” (−0.90) lowers it; “good” (0.10), “film” (0.05) and “a” (0.02) raise it; 0.01 "
        "of it is left of the initial state."
    )
    assert describe_makeup(np.array([0.3, 0.2, 0.1, 0.05]), 0.0, labels, 3, "it").endswith(
        "Most of it comes from “not” (0.30), “a” (0.20) and “good” (0.10); the one other part makes 0.05."
    )
    assert describe_makeup(np.array([0.3, 0.2, 0.1, -0.5, 0.4]), 0.0, [*labels, "yes"], 3, "it").endswith(
        "it is 0.50: 4 steps raise it by 1.00, most of all “yes” (0.40); “film” (−0.50) lowers it."
    )
    assert (
        describe_makeup(np.zeros(4), 0.0, labels, 3, "it")
        == "At “film”, it is 0.00; no step’s part of it reaches 0.01."
    )
    assert describe_sizes(np.array([3.0, 0, 1, 0]), labels, 2).endswith("holds most of “not” (75%) and “good” (25%).")
    assert describe_sizes(np.zeros(4), labels, 2) == "At “good”, the memory of every unit is empty."
    assert describe_fading(np.array([0.8, 0.3, 0.2]), labels, 1) == (
        "“a” puts in 0.80. Half of it is gone after 1 step, at “good”; at the end 0.20 is left (25%)."
    )
    assert describe_fading(np.array([0.8]), labels, 3) == "“film” puts in 0.80, at the last step that is read."
    assert "More than half of it is still there at the end: 0.50" in describe_fading(np.array([0.8, 0.5]), labels, 2)
