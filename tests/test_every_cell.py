"""Every module that takes a cell takes every cell, all there are and a made-up one; without bias and projected too."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.analysis.change.edits import compare
from lstm_viz.analysis.equations.cell_arithmetic import cell_arithmetic
from lstm_viz.analysis.equations.step_numbers import step_numbers
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights
from lstm_viz.analysis.gradients import gradients
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.analysis.ordering import orders_for, share_kept, unit_order
from lstm_viz.analysis.saturation import gate_saturation
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.cells.definition import POSITIVE
from lstm_viz.figures.style import THEMES
from lstm_viz.live_page.colours import SIGNED, cell_colours
from lstm_viz.module import CellModule
from lstm_viz.ui.pages.inside.sheet import cell_sheet
from lstm_viz.words import describe_edit, describe_quantity, describe_saturation, describe_unit
from tests.analysis.equations.test_wiring import MADE_UP

UNITS, STEPS = 5, 7
CASES: dict[str, Any] = {
    f"{name}{'' if bias else ' without bias'}": lambda kind=kind, bias=bias: kind(3, UNITS, bias=bias)
    for name, kind in (
        ("lstm", nn.LSTM),
        ("gru", nn.GRU),
        ("rnn", nn.RNN),
        ("rnn_relu", lambda *sizes, bias: nn.RNN(*sizes, nonlinearity="relu", bias=bias)),
    )
    for bias in (True, False)
}
CASES |= {
    f"lstm projected, bias {bias}": lambda bias=bias: nn.LSTM(3, UNITS, proj_size=2, bias=bias)
    for bias in (True, False)
}
CASES |= {name: lambda name=name: CellModule(name, 3, UNITS) for name in CELLS if name not in CASES}
RECTIFIED = replace(
    MADE_UP,
    name="rectified",
    quantities=(
        *MADE_UP.quantities[:-1],
        replace(
            MADE_UP["hidden_state"],
            compute=lambda now, before: now.relu(now.cell_state) * now.sigmoid(now.cell_state - before.hidden_state),
            range=POSITIVE,
        ),
    ),
)
OURS = {cell.name: cell for cell in (MADE_UP, RECTIFIED)}
CASES |= {name: lambda cell=cell: CellModule(cell, 3, UNITS) for name, cell in OURS.items()}


@pytest.fixture(params=CASES)
def module(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of each cell; made-up cells are known while it is used."""
    for name, cell in OURS.items():
        monkeypatch.setitem(CELLS, name, cell)
    torch.manual_seed(1)
    return CASES[request.param]()


@pytest.fixture
def trace(module: Any) -> lstm_viz.Trace:
    torch.manual_seed(2)
    return lstm_viz.trace(module, torch.randn(STEPS, 3))


def test_equations_and_their_page(module: Any, trace: lstm_viz.Trace) -> None:
    layer = trace.layers[0]
    weights, inputs = layer_weights(module, layer), layer_inputs(trace, layer)
    if layer.hidden_state.shape[1] != layer.units:
        with pytest.raises(ValueError, match="projection"):
            step_numbers(layer, weights, inputs)
        return
    numbers = step_numbers(layer, weights, inputs)
    sheet = cell_sheet(layer.definition, units=UNITS, has_bias=weights.has_bias)
    for line in numbers.lines:
        name = line.equation.quantity
        if name in layer.quantities:
            np.testing.assert_array_equal(numbers.values[name], layer[name].astype(np.float32))
    shown = {key for line in sheet["lines"] for key in (t[1] for t in line["stages"][0] if t[0] != "text")}
    for notation in NOTATIONS:
        assert shown <= set(sheet["symbols"][notation])
    cell_colours.cache_clear()
    colours = cell_colours(layer.cell, all_quantities=True)
    cell_colours.cache_clear()
    for theme in THEMES:
        assert set(colours[theme]["scales"]) == {SIGNED, *(quantity.name for quantity in layer.definition.quantities)}
        ends = colours[theme]["scales"][SIGNED]
        assert (ends[0][1], ends[-1][1]) == (THEMES[theme].negative, THEMES[theme].positive)


def test_lines_of_arithmetic(trace: lstm_viz.Trace) -> None:
    layer = trace.layers[0]
    for notation in NOTATIONS:
        for line in cell_arithmetic(layer, STEPS - 1, UNITS - 1, notation=notation):
            assert line.holds
            assert line.text.startswith(line.symbol)


def test_analyses(module: Any, trace: lstm_viz.Trace) -> None:
    layer = trace.layers[0]
    for order in orders_for(layer.definition):
        assert sorted(unit_order(layer, order)) == list(range(UNITS))
    assert [gate.gate for gate in gate_saturation(layer)] == [gate.name for gate in layer.definition.gates]
    kept = share_kept(layer)
    assert kept is None or kept.shape == (STEPS, UNITS)
    for gate in layer.definition.gates:
        assert hold_each_unit(module, trace.inputs, gate.name).shape == layer.hidden_state[:UNITS].shape
    if layer.definition.memory is None:
        return
    ledger = lstm_viz.memory_ledger(layer)
    parts = ledger.contributions.sum(axis=1) + ledger.initial
    np.testing.assert_allclose(parts, layer[layer.definition.memory.name], atol=1e-5)
    if layer.hidden_state.shape[1] == UNITS:
        split = split_output(layer, np.ones(UNITS), further=layer_weights(module, layer).parameters)
        assert split.total == pytest.approx(layer.hidden_state[-1].sum(), abs=1e-5)


def test_gradients(module: Any, trace: lstm_viz.Trace) -> None:
    if module.proj_size:
        with pytest.raises(ValueError, match="projection"):
            gradients(module, trace.inputs)
        return
    flow = gradients(module, trace.inputs)
    assert flow.values("hidden_state").shape == (STEPS, UNITS)


def test_sentences_and_figures(module: Any, trace: lstm_viz.Trace) -> None:
    layer = trace.layers[0]
    changed = trace.inputs.copy()
    changed[2] += 1
    other = lstm_viz.trace(module, changed)
    edit = compare(trace, other)
    assert describe_edit(edit)
    assert describe_unit(layer, 1, trace.labels)
    assert all(describe_quantity(layer, name, trace.labels) for name in layer.quantities)
    assert all(describe_saturation(layer.definition, gate) for gate in gate_saturation(layer))
    for figure in (
        figures.gate_heatmaps(trace),
        figures.unit_lines(trace, unit=1),
        figures.cell_diagram(layer, step=2, unit=1),
        figures.edit_effect(edit),
        figures.what_if(trace, other),
    ):
        assert figure.data
