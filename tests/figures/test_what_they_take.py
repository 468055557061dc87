"""Every figure of a run takes a run, or a layer of one; labels are asked for where nothing else has them."""

from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.module import CellModule
from tests.analysis.examples import random_trace

OF_A_RUN: dict[str, dict[str, Any]] = {
    "cell_diagram": {"step": 3},
    "gate_heatmaps": {"units": [1, 0]},
    "memory_attention": {"step": 3},
    "memory_fading": {"source": 2},
    "memory_makeup": {"step": 3},
    "memory_map": {},
    "memory_size_map": {},
    "memory_stack": {"source": 2},
    "saturation": {},
    "unit_lines": {"unit": 1},
}
VALUES = np.linspace(0, 1, 10)


@pytest.mark.parametrize("name", OF_A_RUN)
def test_a_run_a_layer_of_it_and_a_layer_with_labels_are_drawn_alike(name: str) -> None:
    trace = random_trace(num_layers=2)
    draw, options = getattr(figures, name), OF_A_RUN[name]
    expected = draw(trace, layer=1, **options).to_json()
    assert draw(trace.layers[1], labels=trace.labels, **options).to_json() == expected
    assert draw(trace.layers[1], labels=trace, **options).to_json() == expected
    assert draw(trace.layers[1], **options).to_json() != draw(trace, **options).to_json()
    with pytest.raises(ValueError, match="there is no layer 2, forward; this trace has layer 0, forward; layer 1"):
        draw(trace, layer=2, **options)
    with pytest.raises(ValueError, match="labels: has 1 entries, the layer has 10 time steps; give one a step"):
        draw(trace, labels=["a"], **options)


@pytest.mark.parametrize("name", [name for name in OF_A_RUN if name.startswith("memory")])
def test_figures_of_a_memory_take_its_ledger_too(name: str) -> None:
    trace = random_trace()
    draw, options = getattr(figures, name), OF_A_RUN[name]
    ledger = lstm_viz.memory_ledger(trace.layers[0], units=[0])
    expected = draw(trace, **options).to_json()
    assert draw(ledger, trace, **options).to_json() == expected
    assert draw(ledger, trace.labels, **options).to_json() == expected


def test_a_layer_that_reads_backward_has_a_memory_too() -> None:
    trace = random_trace(bidirectional=True)
    layer = trace.layer(0, "backward")
    parts = lstm_viz.memory_ledger(layer, units=[1]).contributions[:, :, 0]
    options: dict[str, Any] = {"unit": 1, "direction": "backward"}
    drawn = figures.memory_map(trace, **options).data[0].z
    later = np.tril(np.ones_like(parts, dtype=bool), -1)  # read after the time: steps before it
    assert np.isnan(drawn.T[later]).all()
    np.testing.assert_allclose(drawn.T[~later], parts[~later], atol=5.1e-5)
    sizes = figures.memory_size_map(trace, direction="backward").data[0].z
    assert np.isnan(sizes).tolist() == np.isnan(drawn).tolist()
    np.testing.assert_allclose(figures.memory_makeup(trace, **options).data[0].y, parts[0], atol=1e-5)
    left = figures.memory_fading(trace, source=6, **options).data[0].y
    np.testing.assert_allclose(left[:7], parts[:7, 6])
    assert np.isnan(left[7:]).all()
    *bars, total = figures.memory_stack(trace, **options).data
    np.testing.assert_allclose(total.y, layer.cell_state[:, 1])
    assert bars[0].name == "from step 9 · one"


def test_a_trace_stands_for_its_labels_and_none_for_the_step_numbers() -> None:
    trace = random_trace()
    shares = np.stack([VALUES, 1 - VALUES], axis=1)
    split = split_output(trace.layers[0], np.ones(8))
    for draw in (
        lambda labels: figures.prediction(VALUES, labels, name="P"),
        lambda labels: figures.probabilities(shares, labels, ["a", "b"]),
        lambda labels: figures.next_symbols(shares, labels, ["a", "b"]),
        lambda labels: figures.forecast(VALUES, VALUES, labels),
        lambda labels: figures.prediction_split(split, labels),
    ):
        assert draw(trace).to_json() == draw(trace.labels).to_json()
        assert list(draw(None).layout.xaxis.ticktext) == [str(step) for step in range(10)]


def test_an_edit_is_made_of_two_traces_and_gradients_of_one_network_need_no_name() -> None:
    before, after = random_trace(), random_trace(seed=1)
    by_hand = figures.edit_effect(lstm_viz.compare(before, after))
    assert figures.edit_effect(before, after).to_json() == by_hand.to_json()
    flow = lstm_viz.gradients(torch.nn.GRU(3, 4), torch.randn(12, 3))
    assert figures.gradients_by_distance(flow).data[0].name == "GRU, ∂L/∂h"
    assert figures.clipped_gradients(flow).data[0].name == "GRU"


def test_tensors_that_need_a_gradient_are_numbers() -> None:
    values: Any = torch.linspace(0, 1, 10, requires_grad=True)
    np.testing.assert_allclose(figures.prediction(values, name="P").data[0].y, VALUES, atol=1e-6)


@pytest.mark.parametrize("kind", ["projected", "rnn_sigmoid", "rnn_relu"])
def test_projections_and_every_plain_rnn_are_drawn(kind: str) -> None:
    torch.manual_seed(0)
    module: Any = torch.nn.LSTM(3, 8, proj_size=2) if kind == "projected" else CellModule(kind, 3, 8)
    inputs = torch.randn(10, 3)
    before = lstm_viz.trace(module, inputs)
    inputs[4] += 1
    after = lstm_viz.trace(module, inputs)
    size = before.layers[0].hidden_state.shape[1]
    assert figures.what_if(before, after).data[2].z.shape == (size, 10)
    effect = figures.edit_effect(before, after).data[-1]
    assert effect.z.shape == (size, 10)
    # A change has two sides, also that of a hidden state between 0 and 1.
    ends = [colour for place, colour in effect.colorscale if place in (0, 0.5, 1)]
    assert len(set(ends)) == 3
    assert effect.zmin == -effect.zmax
    assert figures.gate_heatmaps(before, units=[7, 1]).data[-1].z.shape == ((size, 10) if size == 2 else (2, 10))
    assert figures.cells_compared({"it": before}, {"it": VALUES}).data[-1].z.shape == (size, 10)
    lines = figures.unit_lines(before, unit=7).data
    assert len(lines) == (5 if kind == "projected" else 1)
    figures.cell_diagram(before, unit=7)
    if kind == "projected":
        assert figures.memory_map(before, unit=7).data[0].z.shape == (10, 10)
        assert len(figures.saturation(before).data) == 3
    else:
        panel = figures.unit_lines(before, unit=7).layout.annotations[0].text
        assert "Candidate and states" in panel, "a hidden state is no gate, whatever its range"


def test_runs_side_by_side_show_the_tokens_of_both() -> None:
    module: Any = torch.nn.LSTM(2, 3)
    inputs = torch.randn(5, 2)
    long = lstm_viz.trace(module, inputs, labels=list("abcde"))
    short = lstm_viz.trace(module, inputs[[0, 1, 3, 4]], labels=list("abde"))
    grown, shrunk = figures.what_if(short, long), figures.what_if(long, short)
    for figure, blank in ((grown, 0), (shrunk, 1)):
        empty = [np.isnan(heatmap.z).any(axis=0).tolist() for heatmap in figure.data]
        one_missing = [False, False, True, False, False]
        assert empty == [one_missing if k in (blank, 2) else [False] * 5 for k in range(3)]
        assert list(figure.layout.xaxis.ticktext) == list("abcde")
    assert shrunk.data[0].x[2:4] == ("before, step 2 · c", "step 2 · d")
