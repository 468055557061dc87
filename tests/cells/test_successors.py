"""The successors, each written plainly here as its paper prints it: values, gradients, all steps at once."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.cells import CELLS, LSTM, SUCCESSORS
from lstm_viz.engine import run_parallel, run_steps
from lstm_viz.module import CellModule, as_weights, parameter_shapes

Floats = np.ndarray[Any, np.dtype[np.float64]]
PARALLEL = [name for name, cell in CELLS.items() if cell.parallel]
each_successor = pytest.mark.parametrize("name", SUCCESSORS)


def sigmoid(a: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-a)))


def plain_min_gru(w: dict[str, Floats], xs: Floats, h: Floats) -> Floats:
    shown = []
    for x in xs:
        z, new = np.split(w["weight_ih_l0"] @ x + w["bias_ih_l0"], 2)
        h = (1 - sigmoid(z)) * h + sigmoid(z) * new
        shown.append(h)
    return np.array(shown)


def plain_min_lstm(w: dict[str, Floats], xs: Floats, h: Floats) -> Floats:
    shown = []
    for x in xs:
        f, i, new = np.split(w["weight_ih_l0"] @ x + w["bias_ih_l0"], 3)
        f, i = sigmoid(f), sigmoid(i)
        h = f / (f + i) * h + i / (f + i) * new
        shown.append(h)
    return np.array(shown)


def plain_slstm(w: dict[str, Floats], xs: Floats, h: Floats, shift: float = 0.0) -> Floats:
    """The xLSTM's authors' step: at the first, m is the input's exponent. `shift` is added to every m."""
    shown, c, n = [], 0 * h, 0 * h
    m: Floats | None = None
    for x in xs:
        sums = w["weight_ih_l0"] @ x + w["bias_ih_l0"] + w["weight_hh_l0"] @ h + w["bias_hh_l0"]
        i, f, z, o = np.split(sums, 4)
        before, m = m, i + shift if m is None else np.maximum(np.log(sigmoid(f)) + m, i) + shift
        keep = 0 * i if before is None else np.exp(np.log(sigmoid(f)) + before - m)
        enter = np.exp(i - m)
        c, n = keep * c + enter * np.tanh(z), keep * n + enter
        h = sigmoid(o) * c / n
        shown.append(h)
    return np.array(shown)


PLAIN: dict[str, Callable[..., Floats]] = {
    "min_gru": plain_min_gru,
    "min_lstm": plain_min_lstm,
    "slstm": plain_slstm,
}


def made(name: str, *, seed: int, steps: int = 9, size: float = 1.5) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    torch.manual_seed(seed)
    shapes = parameter_shapes(CELLS[name], 3, 4)
    tensors = {key: size * torch.randn(shape, dtype=torch.float64) for key, shape in shapes.items()}
    return tensors, torch.randn(steps, 3, dtype=torch.float64)


@each_successor
def test_values_and_gradients_are_those_of_the_paper_written_plainly(name: str) -> None:
    tensors, inputs = made(name, seed=1)
    plain = {key: tensor.numpy().copy() for key, tensor in tensors.items()}
    weights = as_weights(CELLS[name], {key: tensor.requires_grad_() for key, tensor in tensors.items()})
    values = run_steps(CELLS[name], weights, inputs)
    reference = PLAIN[name]
    np.testing.assert_allclose(
        values["hidden_state"].detach(), reference(plain, inputs.numpy(), np.zeros(4)), rtol=1e-12, atol=1e-14
    )
    (values["hidden_state"] ** 2).sum().backward()
    for key, tensor in tensors.items():
        assert tensor.grad is not None
        way = np.random.default_rng(2).standard_normal(tensor.shape)
        ends = [
            (reference(plain | {key: plain[key] + step * way}, inputs.numpy(), np.zeros(4)) ** 2).sum()
            for step in (1e-6, -1e-6)
        ]
        assert (tensor.grad.numpy() * way).sum() == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6), key


def test_what_the_slstm_shows_does_not_depend_on_its_stabiliser() -> None:
    tensors, inputs = made("slstm", seed=3, steps=40)
    plain = {key: tensor.numpy() for key, tensor in tensors.items()}
    expected = plain_slstm(plain, inputs.numpy(), np.zeros(4))
    np.testing.assert_allclose(plain_slstm(plain, inputs.numpy(), np.zeros(4), shift=0.7), expected, rtol=1e-9)
    values = run_steps(CELLS["slstm"], as_weights(CELLS["slstm"], tensors), inputs)
    torch.testing.assert_close(values["stabiliser"][0], values["input_sum"][0], rtol=0, atol=0)
    assert not values["forget_gate"][0].any()
    for gate in ("forget_gate", "input_gate"):
        assert values[gate].min() >= 0
        assert values[gate].max() == 1
    assert values["normaliser"].min() >= 1, "one of the two gates is 1 at every step"


def test_the_slstm_stays_finite_where_an_exponential_would_not() -> None:
    torch.manual_seed(4)
    module = CellModule("slstm", 2, 3)
    with torch.no_grad():
        for weight in module.parameters():
            weight.mul_(300)
    layer = lstm_viz.trace(module, 10 * torch.randn(200, 2)).layers[0]
    assert np.abs(layer["input_sum"]).max() > 1000
    assert np.isfinite(layer["hidden_state"]).all()


def test_cells_whose_weights_see_only_the_input_have_no_others() -> None:
    assert PARALLEL == ["min_gru", "min_lstm"]
    for name, cell in CELLS.items():
        assert cell.recurrent == (name not in PARALLEL)
    module = CellModule("min_lstm", 3, 4, 2, bidirectional=True)
    assert {name.split("_l")[0] for name, _ in module.named_parameters()} == {"weight_ih", "bias_ih"}
    assert module.weight_ih_l1.shape == (12, 8)


@given(
    name=st.sampled_from(PARALLEL),
    steps=st.integers(1, 70),
    batch=st.lists(st.integers(1, 3), max_size=2),
    given_a_state=st.booleans(),
    seed=st.integers(0, 2**31),
)
@settings(max_examples=40, deadline=None)
def test_all_steps_at_once_are_the_steps_in_turn(
    name: str, steps: int, batch: list[int], given_a_state: bool, seed: int
) -> None:
    cell, side_by_side = CELLS[name], len(batch) == 2
    torch.manual_seed(seed)
    shapes = parameter_shapes(cell, 2, 3)
    more = batch[:1] if side_by_side else []
    tensors = {
        key: torch.randn(*more, *shape, dtype=torch.float64, requires_grad=True) for key, shape in shapes.items()
    }
    inputs = torch.randn(steps, *batch, 2, dtype=torch.float64)
    initial = {"hidden_state": torch.randn(*batch, 3, dtype=torch.float64)} if given_a_state else None
    found = []
    for run in (run_steps, run_parallel):
        values = run(cell, as_weights(cell, tensors), inputs, initial)
        loss = torch.stack([(value**2).mean() for value in values.values()]).sum()
        found.append((values, torch.autograd.grad(loss, list(tensors.values()))))
    for quantity in cell.recorded:
        torch.testing.assert_close(found[0][0][quantity.name], found[1][0][quantity.name])
    torch.testing.assert_close(found[0][1], found[1][1])


@pytest.mark.parametrize("name", PARALLEL)
def test_all_steps_at_once_are_exact_enough_at_a_thousand_steps(name: str) -> None:
    tensors, inputs = made(name, seed=5, steps=1500, size=3)
    cell = CELLS[name]
    exact = run_steps(cell, as_weights(cell, tensors), inputs)["hidden_state"]
    single = as_weights(cell, {key: tensor.float() for key, tensor in tensors.items()})
    found = run_parallel(cell, single, inputs.float())["hidden_state"].double()
    torch.testing.assert_close(found, exact, rtol=1e-5, atol=1e-5)


def test_a_cell_that_waits_for_the_step_before_is_not_run_at_once() -> None:
    weights = CellModule("lstm", 2, 3).weights
    with pytest.raises(ValueError, match="LSTM waits for the step before"):
        run_parallel(LSTM, weights, torch.zeros(4, 2))


@each_successor
def test_modules_of_several_layers_and_directions_are_traced_as_they_run(name: str) -> None:
    torch.manual_seed(6)
    module = CellModule(name, 3, 4, 2, bidirectional=True)
    inputs = torch.randn(6, 3)
    shown, last = module(inputs)
    layers = lstm_viz.trace(module, inputs).layers
    np.testing.assert_allclose(
        np.concatenate([layer.hidden_state for layer in layers[2:]], axis=1), shown.detach(), atol=1e-6
    )
    # A run goes on where another one left off.
    forward = CellModule(name, 3, 4)
    first, between = forward(inputs[:4])
    rest, _ = forward(inputs[4:], between)
    torch.testing.assert_close(torch.cat([first, rest]), forward(inputs)[0])
    assert set(last) == {state.name for state in CELLS[name].states}
