"""Weights that torch's own modules saved come back as modules that compute the same, whatever file they were in."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz
from lstm_viz.files import read_file
from tests.files.making import found_in, pytorch, safetensors

KINDS: dict[str, Any] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN, "rnn_relu": nn.RNN}


def some_module(draw: np.random.Generator) -> tuple[str, Any]:
    """A recurrent module of any cell, depth, direction, projection and bias, with some weights."""
    cell = str(draw.choice(list(KINDS)))
    inputs, units, layers = (int(draw.integers(1, high)) for high in (9, 12, 4))
    more: dict[str, Any] = {"bias": bool(draw.random() < 0.7), "bidirectional": bool(draw.random() < 0.5)}
    if cell == "lstm" and units > 2 and draw.random() < 0.5:
        more["proj_size"] = int(draw.integers(1, units - 1))
    if cell == "rnn_relu":
        more["nonlinearity"] = "relu"
    return cell, KINDS[cell](inputs, units, layers, batch_first=True, **more)


def test_any_module_comes_back_from_any_file() -> None:
    draw = np.random.default_rng(12)
    for case in range(40):
        torch.manual_seed(case)
        cell, module = some_module(draw)
        if case % 7 == 0:
            module = module.double()
        path = ["", "rnn.", "model.encoder.layers.0.rnn."][case % 3]
        named = {f"{path}{name}": tensor for name, tensor in module.state_dict().items()}
        files = {
            "safetensors": safetensors(named),
            "PyTorch": pytorch(named, old=case % 2 == 0),
        }
        for format, content in files.items():
            file = read_file("any name", content)
            assert file.format == format
            (found,) = file.recurrent
            assert found.name == path.removesuffix(".")
            assert cell in found.could_be
            assert (found.input_size, found.hidden_size, found.num_layers) == (
                module.input_size,
                module.hidden_size,
                module.num_layers,
            )
            assert (found.bidirectional, found.bias, found.proj_size) == (
                module.bidirectional,
                module.bias,
                module.proj_size,
            )
            read = found.module(cell)
            inputs = torch.randn(2, 6, module.input_size).to(module.weight_ih_l0)
            torch.testing.assert_close(read(inputs)[0], module(inputs)[0], rtol=0, atol=1e-6)
            assert not any(part.requires_grad for part in read.parameters())
            assert not file.unplaced


@pytest.mark.parametrize("kind", [nn.LSTMCell, nn.GRUCell, nn.RNNCell])
def test_a_cell_module_is_a_layer(kind: Any) -> None:
    cell = kind(3, 5)
    (found,) = found_in({f"cell.{name}": part for name, part in cell.state_dict().items()}).recurrent
    inputs = torch.randn(4, 3)
    hidden: Any = None
    for row in inputs:
        hidden = cell(row[None], hidden)
    last = hidden[0] if isinstance(hidden, tuple) else hidden
    shown: Any = found.module()
    torch.testing.assert_close(shown(inputs)[0][-1:], last, rtol=0, atol=1e-6)


def test_a_cell_of_the_lab_comes_back_by_its_own_weights() -> None:
    for name in lstm_viz.cells.CELLS:
        module = lstm_viz.module.CellModule(name, 3, 4)
        (found,) = found_in({f"rnn.{key}": part for key, part in module.state_dict().items()}).recurrent
        assert name in found.could_be
        inputs = torch.randn(6, 3)
        expected, read = (lstm_viz.trace(each, inputs) for each in (module, found.module(name)))
        assert read.layers[0].cell == name
        np.testing.assert_allclose(read.layers[0].hidden_state, expected.layers[0].hidden_state, atol=1e-6)
    assert found_in(lstm_viz.module.CellModule("peepholes", 3, 4).state_dict()).recurrent[0].could_be == ("peepholes",)


def test_a_cell_that_does_not_fit_is_said_to() -> None:
    (found,) = found_in(nn.LSTM(3, 4, 2).state_dict()).recurrent
    with pytest.raises(ValueError, match="cannot be 'gru'; by its shapes it may be lstm"):
        found.module("gru")


def test_a_module_that_was_read_can_be_traced() -> None:
    module = nn.LSTM(3, 4, 2, bidirectional=True, proj_size=2)
    (found,) = found_in(module.state_dict()).recurrent
    inputs = torch.randn(5, 3)
    expected, read = lstm_viz.trace(module, inputs), lstm_viz.trace(found.module(), inputs)
    for one, other in zip(expected.layers, read.layers, strict=True):
        np.testing.assert_array_equal(one.cell_state, other.cell_state)


def test_the_description_is_one_line() -> None:
    def described(module: nn.Module) -> str:
        return found_in(module.state_dict()).recurrent[0].describe()

    assert described(nn.LSTM(64, 256, 2, bidirectional=True)) == (
        "LSTM, 2 layers, both directions, 256 units, reads 64 numbers a step"
    )
    assert described(nn.GRU(1, 1, bias=False)) == "GRU, 1 layer, 1 unit, without bias, reads 1 number a step"
    assert "projected to 3" in described(nn.LSTM(2, 8, proj_size=3))
