"""A trace is what the module itself computes, or says in a sentence why it cannot be."""

import copy
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize, prune

import lstm_viz as lv
from lstm_viz.module import CellModule
from lstm_viz.trace import top_layers

INPUTS = torch.randn(7, 3, generator=torch.Generator().manual_seed(5))


def shown(trace: lv.Trace) -> np.ndarray:
    return np.concatenate([layer.hidden_state for layer in top_layers(trace.layers)], axis=1)


def says(module: Any, state: Any = None) -> np.ndarray:
    """What the module itself gives, as a user would ask it."""
    with torch.no_grad():
        output = module(INPUTS) if state is None else module(INPUTS, state)
    return np.asarray(output[0])


class Doubled(nn.LSTM):
    def forward(self, inputs: Any, hx: Any = None) -> Any:
        return super().forward(2 * inputs, hx)


class Renamed(nn.LSTM):
    pass


class OnlyHidden(nn.GRU):
    def forward(self, inputs: Any, hx: Any = None) -> Any:
        return super().forward(inputs, hx)[0]


class Told(nn.RNN):
    def forward(self, inputs: Any, lengths: Any, hx: Any = None) -> Any:  # type: ignore[override]
        return super().forward(inputs, hx)


class Counted(nn.LSTM):
    def forward(self, inputs: Any, hx: Any = None) -> Any:
        return super().forward(inputs, hx)[1]


def with_pre_hook() -> nn.Module:
    module = nn.LSTM(3, 4)
    module.register_forward_pre_hook(lambda module, arguments: (arguments[0] + 1, *arguments[1:]))
    return module


def with_hook() -> nn.Module:
    module = nn.GRU(3, 4)
    module.register_forward_hook(lambda module, arguments, output: (output[0] * 0.5, output[1]))
    return module


def with_instance_forward() -> nn.Module:
    module = nn.LSTM(3, 4)
    own = module.forward
    module.forward = lambda inputs, hx=None: own(inputs + 1, hx)  # type: ignore[method-assign]
    return module


@pytest.mark.parametrize(
    ("make", "does"),
    [
        (lambda: Doubled(3, 4, num_layers=2, bidirectional=True), "a forward of its own"),
        (with_pre_hook, "forward pre-hooks"),
        (with_hook, "forward hooks"),
        (with_instance_forward, "a forward of its own"),
    ],
)
@pytest.mark.parametrize("clamp", [(), lv.Clamp("candidate", 0.5)])
def test_a_module_whose_output_is_not_what_its_weights_give_is_refused(
    make: Callable[[], nn.Module], does: str, clamp: Any
) -> None:
    message = rf"^module: it has {does}, and its own output differs .* by up to 0\.\d+, .*trace a plain torch\.nn\."
    for use in (lambda module: lv.trace(module, INPUTS, clamp=clamp), lambda module: lv.gradients(module, INPUTS)):
        with pytest.raises(ValueError, match=message + "|takes one layer in one direction"):
            use(make())


def test_hooks_that_change_nothing_are_no_reason_to_refuse() -> None:
    module, seen = nn.LSTM(3, 4), []
    module.register_forward_hook(lambda module, arguments, output: seen.append(output[0]))
    np.testing.assert_allclose(shown(lv.trace(module, INPUTS)), says(module), atol=1e-6)
    assert len(seen) == 2, "once for the trace, once for the module itself"


@pytest.mark.parametrize("kind", [Renamed, OnlyHidden])
def test_a_subclass_that_computes_what_torch_does_is_traced(kind: Any) -> None:
    module = kind(3, 4)
    output = module(INPUTS)
    output = output[0] if isinstance(output, tuple) else output
    np.testing.assert_allclose(shown(lv.trace(module, INPUTS)), output.detach(), atol=1e-6)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (
            Told(3, 4),
            r"its own forward cannot be called with inputs \(T, I\) .*missing 1 required positional .*lengths",
        ),
        (Counted(3, 4), r"gives a Tensor of shape \(1, 4\) where torch's own gives hidden states of shape \(7, 4\)"),
    ],
)
def test_a_forward_that_cannot_be_compared_is_refused(module: nn.Module, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lv.trace(module, INPUTS)


def weight_normed() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        module = nn.utils.weight_norm(nn.LSTM(3, 4), "weight_hh_l0")
    module(INPUTS)
    return module


def pruned() -> Any:
    module = nn.LSTM(3, 4)
    prune.l1_unstructured(module, "weight_hh_l0", amount=0.5)
    module(INPUTS)
    return module


def parametrized() -> Any:
    module = nn.GRU(3, 4, num_layers=2)
    parametrizations.weight_norm(module, "weight_hh_l0")
    return module


class Half(nn.Module):
    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        return weight / 2


def halved() -> Any:
    module = nn.LSTM(3, 4, proj_size=2)
    parametrize.register_parametrization(module, "weight_ih_l0", Half())
    return module


def spectral() -> Any:
    return parametrizations.spectral_norm(nn.RNN(3, 4, nonlinearity="relu"), "weight_hh_l0")


@pytest.mark.parametrize("make", [weight_normed, pruned, parametrized, halved, spectral])
@pytest.mark.parametrize("train", [True, False])
def test_weights_that_are_computed_are_those_of_the_moment(make: Callable[[], Any], train: bool) -> None:
    module = make().train(train)
    rows = module.num_layers
    state: Any = torch.rand(rows, module.proj_size or 4)
    if isinstance(module, nn.LSTM):
        state = (state, torch.rand(rows, 4))
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if "weight" in name:
                parameter.mul_(3)
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    random = torch.get_rng_state()
    traced = lv.trace(module, INPUTS, initial_state=state)
    assert torch.equal(torch.get_rng_state(), random)
    assert module.training == train
    assert all(torch.equal(tensor, before[name]) for name, tensor in module.state_dict().items())
    module.eval()
    np.testing.assert_allclose(shown(traced), says(module, state), atol=1e-5)


def test_gradients_and_held_units_are_of_the_weights_of_the_moment() -> None:
    module = pruned()
    with torch.no_grad():
        module.weight_hh_l0_orig.mul_(3)
    held = lv.hold_each_unit(module, INPUTS, "forget_gate", value=0.5)
    flow = lv.gradients(module, INPUTS)
    module(INPUTS)
    plain = nn.LSTM(3, 4)
    plain.load_state_dict({name: getattr(module, name).detach() for name in plain.state_dict()})
    np.testing.assert_allclose(held, lv.hold_each_unit(plain, INPUTS, "forget_gate", value=0.5), atol=1e-6)
    np.testing.assert_allclose(flow.values("cell_state"), lv.gradients(plain, INPUTS).values("cell_state"), atol=1e-6)


def test_a_clamped_run_of_computed_weights_is_that_of_the_same_weights_in_a_plain_module() -> None:
    module = parametrized().eval()
    plain = nn.GRU(3, 4, num_layers=2)
    plain.load_state_dict({name: getattr(module, name).detach() for name in plain.state_dict()})
    clamp = lv.Clamp("update_gate", 0.5, layer=0)
    np.testing.assert_allclose(
        shown(lv.trace(module, INPUTS, clamp=clamp)), shown(lv.trace(plain, INPUTS, clamp=clamp)), atol=1e-6
    )


@pytest.mark.parametrize("cell", ["lstm", "peepholes", "rnn_sigmoid"])
def test_a_module_of_any_cell_with_hooks_is_compared_too(cell: str) -> None:
    module = CellModule(cell, 3, 4)
    handle = module.register_forward_hook(lambda module, arguments, output: None)
    np.testing.assert_allclose(shown(lv.trace(module, INPUTS)), says(module), atol=1e-6)
    handle.remove()
    module.register_forward_pre_hook(lambda module, arguments: (arguments[0] * 2, *arguments[1:]))
    with pytest.raises(ValueError, match="it has forward pre-hooks"):
        lv.trace(module, INPUTS)


def test_dropout_of_an_unusual_module_is_left_out_too() -> None:
    module = Renamed(3, 4, num_layers=2, dropout=0.9)
    random = torch.get_rng_state()
    with pytest.warns(UserWarning, match="traced without dropout"):
        traced = lv.trace(module, INPUTS)
    assert torch.equal(torch.get_rng_state(), random)
    np.testing.assert_allclose(shown(traced), says(copy.deepcopy(module).eval()), atol=1e-6)


def of_nan(place: tuple[int, ...]) -> nn.Module:
    module = nn.LSTM(3, 4, num_layers=2)
    with torch.no_grad():
        module.get_parameter("weight_hh_l1")[place] = float("nan")
    return module


def of_two_types() -> nn.Module:
    module = nn.LSTM(3, 4)
    module.bias_hh_l0.data = module.bias_hh_l0.data.double()
    return module


def quantised() -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.LSTM(3, 4)), {nn.LSTM})[0]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: of_nan((2, 3)), ValueError, r"^module: its weight_hh_l1\[2, 3\] is nan; expected finite weights"),
        (of_two_types, TypeError, r"weight_ih_l0 is torch\.float32 and its bias_hh_l0 torch\.float64; .*module\.float"),
        (lambda: nn.LSTM(3, 4, device="meta"), ValueError, r"^module: its weights are on the meta device, without num"),
        (
            quantised,
            TypeError,
            r"^module: cannot trace an LSTM that is quantised; .* trace the module that it was made",
        ),
        (lambda: nn.LSTM, TypeError, r"^module: cannot trace the class itself; .*make one of it, such as torch\.nn"),
        (lambda: "lstm", TypeError, r"^module: cannot trace 'lstm'; expected torch\.nn\.LSTM, GRU or RNN$"),
    ],
)
def test_a_module_that_cannot_be_traced_says_which_part_and_what_to_do(
    make: Callable[[], Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        lv.trace(make(), INPUTS)
    assert "\n" not in str(caught.value)
