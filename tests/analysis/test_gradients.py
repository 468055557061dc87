from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.analysis.gradients import followed, gradients, log10_norm, log10_norm_of_logs, step_bound
from lstm_viz.cells import CELLS, Cell, Quantity
from lstm_viz.engine import run_steps
from lstm_viz.module import CellModule

CORNERED = [name for name, cell in CELLS.items() if any(f in str(cell.expressions) for f in ("relu", "hard_sigmoid"))]
JOINED = [name for name, cell in CELLS.items() if 2 in cell.parameters.values()]
EPSILON = 1e-6


def make(cell: str, seed: int, inputs: int = 3, units: int = 4, scale: float = 2.0) -> CellModule:
    torch.manual_seed(seed)
    module = CellModule(cell, inputs, units).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(scale)
    return module


def weight(module: torch.nn.Module, name: str) -> torch.nn.Parameter:
    return dict(module.named_parameters())[name]


def loss(module: CellModule, inputs: torch.Tensor, weights: np.ndarray, moved: dict | None = None) -> float:
    """Return Σ weight · h_T; `moved`: quantity → (step, unit, value) to put there before the run goes on."""
    overrides = {}
    for name, (step, unit, value) in (moved or {}).items():
        mask = torch.zeros(len(inputs), module.hidden_size, dtype=torch.bool)
        mask[step, unit] = True
        overrides[name] = (mask, torch.full(mask.shape, value, dtype=torch.float64))
    with torch.no_grad():
        hidden = run_steps(module.cell, module.weights, inputs, overrides=overrides)["hidden_state"]
    return float(hidden[-1] @ torch.from_numpy(weights))


@settings(max_examples=80)
@given(st.sampled_from(sorted(CELLS)), st.integers(0, 10_000), st.data())
def test_gradients_agree_with_finite_differences(cell: str, seed: int, data: st.DataObject) -> None:
    module = make(cell, seed)
    inputs = torch.randn(7, 3, dtype=torch.float64)
    weights = torch.randn(4, dtype=torch.float64).numpy()
    found = gradients(module, inputs.numpy(), weights)
    step, unit = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 3))
    for state in module.cell.carried:
        at = found.layer[state.name][step, unit]
        ends = [loss(module, inputs, weights, {state.name: (step, unit, at + sign * EPSILON)}) for sign in (-1.0, 1.0)]
        difference = (ends[1] - ends[0]) / (2 * EPSILON)
        here = loss(module, inputs, weights, {state.name: (step, unit, at)})
        # Finite differences themselves are only this good; across a corner of ReLU they are not good at all.
        corner = cell in CORNERED and abs(ends[1] - 2 * here + ends[0]) > 1e-4 * EPSILON
        if not corner and (cell != "rnn_relu" or abs(at) > 1e-3):
            assert found.values(state.name)[step, unit] == pytest.approx(difference, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn", "peepholes", "coupled_gates", *JOINED])
def test_gradients_agree_with_autograd_through_every_step(cell: str) -> None:
    module = make(cell, 1)
    inputs = torch.randn(40, 3, dtype=torch.float64)
    states = [state.name for state in module.cell.carried]
    nudges = {name: torch.zeros(40, 4, dtype=torch.float64, requires_grad=True) for name in states}
    before = {name: torch.zeros(4, dtype=torch.float64) for name in states}
    for t in range(40):
        values = run_steps(
            _nudged(module, {n: nudges[n][t] for n in states}), module.weights, inputs[t : t + 1], before
        )
        before = {name: values[name][-1] for name in states}
    before["hidden_state"].sum().backward()
    found = gradients(module, inputs.numpy(), np.ones(4))
    for name in states:
        expected = nudges[name].grad
        assert expected is not None
        np.testing.assert_allclose(found.values(name), expected.numpy(), rtol=1e-9, atol=1e-14)


def _nudged(module: CellModule, nudges: dict[str, torch.Tensor]) -> Cell:
    """Return the module's cell with something added to each state as soon as it is computed."""

    def nudge(quantity: Quantity) -> Quantity:
        if quantity.name not in nudges:
            return quantity
        return replace(quantity, compute=lambda now, b: quantity.compute(now, b) + nudges[quantity.name])

    return replace(module.cell, quantities=tuple(map(nudge, module.cell.quantities)))


@settings(max_examples=30)
@given(st.sampled_from(["rnn", "rnn_relu", "rnn_sigmoid"]), st.integers(0, 10_000), st.floats(0.1, 6))
def test_no_step_of_a_plain_rnn_beats_the_bound(cell: str, seed: int, scale: float) -> None:
    module = make(cell, seed, scale=scale)
    found = gradients(module, torch.randn(60, 3, dtype=torch.float64).numpy())
    logs = found.log10("hidden_state")
    bound = step_bound(module)
    assert bound is not None
    assert logs[-1] == pytest.approx(0, abs=1e-12)
    distance = np.arange(59, -1, -1)
    assert (logs <= distance * np.log10(bound) + 1e-9).all()
    # Row by row too: what one step does to the size of the gradient.
    alive = np.isfinite(logs)
    assert (-np.diff(logs[alive]) <= np.log10(bound) + 1e-9).all()


def test_what_no_float_holds_is_carried_in_the_exponent() -> None:
    for slope, sign in ((0.25, -1), (3.0, 1)):
        module = CellModule("rnn_relu", 1, 2).double()
        with torch.no_grad():
            for parameter in module.parameters():
                parameter.zero_()
            weight(module, "weight_hh_l0").copy_(slope * torch.eye(2))
            # Just enough input to keep every unit active while the state stays small.
            weight(module, "bias_ih_l0").fill_(1e-300)
        found = gradients(module, np.zeros((600, 1)))
        expected = np.arange(599, -1, -1) * np.log10(slope)
        np.testing.assert_allclose(found.log10("hidden_state"), expected, atol=1e-9)
        assert sign * found.log10("hidden_state")[0] > 280


def test_the_memory_path_is_the_product_of_the_forget_gates() -> None:
    module = make("lstm", 3)
    inputs = torch.randn(30, 3, dtype=torch.float64).numpy()
    found = gradients(module, inputs)
    assert found.memory_path is not None
    last = found.values("cell_state")[-1]
    for t in (0, 10, 29):
        product = found.layer.forget_gate[t + 1 :].prod(axis=0)
        np.testing.assert_allclose(10 ** found.memory_path[t], np.abs(last * product), rtol=1e-9)
    # With no recurrence there is no other path, so the whole gradient is that product.
    with torch.no_grad():
        weight(module, "weight_hh_l0").zero_()
    alone = gradients(module, inputs)
    assert alone.memory_path is not None
    np.testing.assert_allclose(alone.log10("cell_state")[:-1], log10_norm_of_logs(alone.memory_path)[:-1], atol=1e-9)


def test_the_weight_gradient_is_torchs() -> None:
    for module in (torch.nn.LSTM(3, 5), torch.nn.GRU(3, 5), torch.nn.RNN(3, 5)):
        module = module.double()
        inputs = torch.randn(25, 3, dtype=torch.float64)
        end = module(inputs)[0][-1].sum()
        (expected,) = torch.autograd.grad(end, weight(module, "weight_hh_l0"))
        found = gradients(module, inputs.numpy(), np.ones(5)).weight_norm
        assert 10**found == pytest.approx(float(expected.norm()), rel=1e-9)


@pytest.mark.parametrize("cell", JOINED)
def test_the_weight_gradient_counts_further_matrices(cell: str) -> None:
    module = make(cell, 5)
    inputs = torch.randn(25, 3, dtype=torch.float64)
    end = module(inputs)[0][-1].sum()
    names = ["weight_hh_l0", *(name for name, dimensions in module.cell.parameters.items() if dimensions == 2)]
    parts = torch.autograd.grad(end, [weight(module, name) for name in names])
    found = gradients(module, inputs.numpy(), np.ones(4)).weight_norm
    assert 10**found == pytest.approx(float(torch.cat([part.flatten() for part in parts]).norm()), rel=1e-9)


def test_norms_of_what_squares_would_lose() -> None:
    rows = np.array([[3e-200, 4e-200], [3e200, 4e200], [0.0, 0.0]])
    np.testing.assert_allclose(log10_norm(rows), [np.log10(5) - 200, np.log10(5) + 200, -np.inf])
    with np.errstate(divide="ignore"):
        logs = np.log10(rows)
    np.testing.assert_allclose(log10_norm_of_logs(logs), log10_norm(rows))


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (torch.nn.LSTM(3, 4, num_layers=2), "one layer"),
        (torch.nn.GRU(3, 4, bidirectional=True), "one direction"),
        (torch.nn.LSTM(3, 4, proj_size=2), "without a projection"),
    ],
)
def test_what_it_does_not_take_it_says(module: torch.nn.Module, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        gradients(module, np.zeros((5, 3)))
    with pytest.raises(ValueError, match=r"output_weights: shape \(2,\)"):
        gradients(torch.nn.RNN(3, 4), np.zeros((5, 3)), np.zeros(2))


def test_gated_cells_have_no_such_bound() -> None:
    assert step_bound(torch.nn.LSTM(2, 3)) is None
    rnn = torch.nn.RNN(2, 3)
    largest = torch.linalg.svdvals(weight(rnn, "weight_hh_l0").detach())[0]
    assert step_bound(rnn) == pytest.approx(float(largest), rel=1e-5)


def test_on_the_way_back_it_is_told_how_far_it_is_and_can_be_ended() -> None:
    torch.manual_seed(0)
    module, inputs, told = torch.nn.LSTM(3, 4), torch.randn(100, 3).numpy(), list[float]()
    found = followed(module, inputs, tell=told.append)
    assert told == sorted(told)
    assert (told[0], max(told)) == (0.0, 1.0)
    assert max(np.diff(told)) < 0.1, "in pieces of a few steps"
    expected = gradients(module, inputs)
    for state in ("cell_state", "hidden_state"):
        np.testing.assert_array_equal(found.log10(state), expected.log10(state))

    class Ended(Exception):
        pass

    def end(share: float) -> None:
        if share > 0.5:
            raise Ended

    with pytest.raises(Ended):
        followed(module, inputs, tell=end)
