"""A module of any cell: the same as torch's own where torch has one, and traced like them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz.cells import CELLS, VARIANTS
from lstm_viz.engine import run_steps
from lstm_viz.module import CellModule, as_weights, parameter_shapes


@pytest.mark.parametrize("torchs", [torch.nn.LSTM(3, 5), torch.nn.GRU(3, 5), torch.nn.RNN(3, 5)])
def test_with_torchs_weights_it_gives_torchs_output(torchs: torch.nn.RNNBase) -> None:
    ours = CellModule(type(torchs).__name__.lower(), 3, 5)
    ours.load_state_dict(torchs.state_dict())
    inputs = torch.randn(12, 3)
    with torch.no_grad():
        torch.testing.assert_close(ours(inputs)[0], torchs(inputs)[0])
        # In two parts, the second from where the first ended, and in a batch.
        first, state = ours(inputs[:7])
        torch.testing.assert_close(torch.cat([first, ours(inputs[7:], state)[0]]), torchs(inputs)[0])
        torch.testing.assert_close(ours(inputs.expand(2, -1, -1))[0][1], torchs(inputs)[0])


@pytest.mark.parametrize(("cell", "kind"), [("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU)])
def test_layers_and_directions_are_torchs(cell: str, kind: Any) -> None:
    torchs = kind(3, 5, num_layers=3, bidirectional=True)
    ours = CellModule(cell, 3, 5, num_layers=3, bidirectional=True)
    ours.load_state_dict(torchs.state_dict())
    inputs = torch.randn(12, 3)
    with torch.no_grad():
        torch.testing.assert_close(ours(inputs)[0], torchs(inputs)[0])
        _, last = ours(inputs)
        pair = tuple(last[name] for name in ("hidden_state", "cell_state") if name in last)
        again = torchs(inputs, pair if len(pair) > 1 else pair[0])[0]
        torch.testing.assert_close(ours(inputs, last)[0], again)
    traces = [lstm_viz.trace(module, inputs).layers for module in (ours, torchs)]
    for one, other in zip(*traces, strict=True):
        assert (one.index, one.direction) == (other.index, other.direction)
        for name in one.quantities:
            np.testing.assert_allclose(one[name], other[name], atol=1e-6)


def test_a_variants_own_weights_have_the_place_in_their_names_past_the_first_layer() -> None:
    names = [name for name, _ in CellModule("peepholes", 3, 5, 2, True).named_parameters() if "forget" in name]
    assert names == [f"forget_gate_peephole{place}" for place in ("", "_l0_reverse", "_l1", "_l1_reverse")]


def test_cells_of_other_libraries_by_hand() -> None:
    weights, inputs = weights_of("gru_reset_first"), torch.randn(2, 3)
    values = run("gru_reset_first", weights, inputs)
    before = values["hidden_state"][0]
    seen = weights["weight_ih_l0"][8:] @ inputs[1] + weights["bias_ih_l0"][8:]
    from_old = weights["candidate_recurrent"] @ (values["reset_gate"][1] * before)
    torch.testing.assert_close(values["candidate"][1], torch.tanh(seen + from_old))
    weights = weights_of("lstm_hard")
    values = run("lstm_hard", weights, 3 * torch.randn(30, 3))
    gates = torch.stack([values[gate.name] for gate in CELLS["lstm_hard"].gates])
    assert (gates == 0).any(), "quite shut"
    assert (gates == 1).any(), "quite open"
    values = run("lstm_relu", weights, inputs)
    assert values["candidate"].min() == 0
    torch.testing.assert_close(values["hidden_state"], values["output_gate"] * values["cell_state"].clamp(min=0))


@pytest.mark.parametrize("cell", CELLS)
def test_any_cell_is_traced_and_its_trace_survives_a_file(cell: str, tmp_path: Path) -> None:
    module, inputs = CellModule(cell, 3, 5), torch.randn(9, 3)
    trace = lstm_viz.trace(module, inputs)
    with torch.no_grad():
        shown = module(inputs)[0].numpy()
    # What is scanned adds up in another order, so its last digits differ.
    np.testing.assert_allclose(trace.layers[0].hidden_state, shown, atol=1e-6 if CELLS[cell].parallel else 0, rtol=0)
    trace.save(tmp_path / "run.npz")
    loaded = lstm_viz.load_trace(tmp_path / "run.npz").layers[0]
    assert loaded.cell == cell
    for name in loaded.quantities:
        np.testing.assert_array_equal(loaded[name], trace.layers[0][name])


@pytest.mark.parametrize("cell", VARIANTS)
def test_each_variant_differs_from_the_lstm_in_what_its_name_says(cell: str) -> None:
    lstm, variant = CELLS["lstm"], CELLS[cell]
    ours = {quantity.name for quantity in variant.quantities}
    lost = {quantity.name for quantity in lstm.quantities} - ours
    if cell.startswith("no_") and cell.endswith("_gate"):
        assert lost == {cell.removeprefix("no_")}
    assert ours <= {quantity.name for quantity in lstm.quantities} | {"use_layer"}
    sizes = {name: sum(np.prod(s) for s in parameter_shapes(CELLS[name], 3, 5).values()) for name in ("lstm", cell)}
    expected = {
        "no_input_gate": -1, "no_forget_gate": -1, "no_output_gate": -1, "coupled_gates": -1,
    }.get(cell, 0) * (3 * 5 + 5 * 5 + 10)  # fmt: skip
    expected += {"peepholes": 3 * 5, "full_gate_recurrence": 9 * 25, "use_layer": 25 + 5}.get(cell, 0)
    assert sizes[cell] - sizes["lstm"] == expected


def run(cell: str, weights: dict[str, torch.Tensor], inputs: torch.Tensor) -> dict[str, torch.Tensor]:
    return run_steps(CELLS[cell], as_weights(CELLS[cell], weights), inputs)


def weights_of(cell: str, inputs: int = 3, units: int = 4) -> dict[str, torch.Tensor]:
    return {name: torch.randn(shape) for name, shape in parameter_shapes(CELLS[cell], inputs, units).items()}


def test_without_their_own_weights_peepholes_and_gate_recurrence_are_the_lstm() -> None:
    inputs = torch.randn(8, 3)
    for cell in ("peepholes", "full_gate_recurrence"):
        weights = weights_of(cell)
        for name in CELLS[cell].parameters:
            weights[name].zero_()
        expected = run("lstm", weights, inputs)
        for name, values in run(cell, weights, inputs).items():
            torch.testing.assert_close(values, expected[name])


def test_peepholes_and_gate_recurrence_by_hand() -> None:
    inputs = torch.randn(2, 3)
    weights = weights_of("peepholes")
    values = run("peepholes", weights, inputs)
    sums = weights["weight_ih_l0"] @ inputs[1] + weights["weight_hh_l0"] @ values["hidden_state"][0]
    rows = (sums + weights["bias_ih_l0"] + weights["bias_hh_l0"]).chunk(4)
    for name, row, step in (("input_gate", 0, 0), ("forget_gate", 1, 0), ("output_gate", 3, 1)):
        expected = torch.sigmoid(rows[row] + weights[f"{name}_peephole"] * values["cell_state"][step])
        torch.testing.assert_close(values[name][1], expected)
    weights = weights_of("full_gate_recurrence")
    values = run("full_gate_recurrence", weights, inputs)
    sums = weights["weight_ih_l0"] @ inputs[1] + weights["weight_hh_l0"] @ values["hidden_state"][0]
    seen = sum(
        weights[f"forget_gate_from_{gate}"] @ values[gate][0] for gate in ("input_gate", "forget_gate", "output_gate")
    )
    total = (sums + weights["bias_ih_l0"] + weights["bias_hh_l0"]).chunk(4)[1] + seen
    torch.testing.assert_close(values["forget_gate"][1], torch.sigmoid(total))


def test_coupled_gates_share_out_what_the_memory_holds() -> None:
    values = run("coupled_gates", weights_of("coupled_gates"), torch.randn(30, 3))
    torch.testing.assert_close(values["input_gate"], 1 - values["forget_gate"])
    assert values["cell_state"].abs().max() <= 1


def test_the_use_layer_shows_new_content_one_step_late() -> None:
    weights, inputs = weights_of("use_layer"), torch.randn(2, 3)
    weights["weight_hh_l0"].zero_()
    values = run("use_layer", weights, inputs)
    kept = values["forget_gate"][1] * values["cell_state"][0]
    expected = torch.tanh(weights["use_weight"] @ kept + weights["use_bias"])
    torch.testing.assert_close(values["use_layer"][1], expected)
    torch.testing.assert_close(values["hidden_state"][1], values["output_gate"][1] * expected)
    # The first output knows nothing of the first candidate.
    torch.testing.assert_close(values["use_layer"][0], torch.tanh(weights["use_bias"]))


@pytest.mark.parametrize("cell", CELLS)
def test_networks_side_by_side_are_the_same_as_one_by_one(cell: str) -> None:
    several = [weights_of(cell) for _ in range(3)]
    inputs = torch.randn(6, 3, 2, 3)
    together = run(cell, {name: torch.stack([w[name] for w in several]) for name in several[0]}, inputs)
    for k, weights in enumerate(several):
        for name, values in run(cell, weights, inputs[:, k]).items():
            torch.testing.assert_close(together[name][:, k], values)


def test_an_unknown_cell_is_named_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="'lsmt' is not known; known are lstm, gru"):
        CellModule("lsmt", 3, 4)
