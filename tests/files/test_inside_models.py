"""Recurrent layers, embeddings and heads are found inside larger models, whoever wrapped them."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrizations, prune

from lstm_viz.files import ModelFile, read_file
from tests.files.making import found_in, pytorch, refused, safetensors


class Tagger(nn.Module):
    """An embedding, two recurrent layers of different kinds, a norm and two linear layers."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(50, 16)
        self.encoder = nn.LSTM(16, 12, 2, bidirectional=True)
        self.decoder = nn.GRU(24, 8)
        self.norm = nn.LayerNorm(8)
        self.fc = nn.Linear(8, 5)


def names(file: ModelFile) -> list[str]:
    return [module.name for module in file.recurrent]


def both_ways(tensors: dict[str, Tensor]) -> list[ModelFile]:
    return [read_file("a", pytorch(tensors)), read_file("a", safetensors(tensors))]


def test_parts_of_a_model_and_what_feeds_what() -> None:
    model = Tagger()
    for file in both_ways(model.state_dict()):
        assert names(file) == ["encoder", "decoder"]
        assert file.feeds == ("embedding", "encoder")
        assert [table.name for table in file.embeddings] == ["embedding"]
        assert [table.name for table in file.heads] == ["fc"]
        assert file.heads[0].bias is not None
        torch.testing.assert_close(file.heads[0].weight, model.fc.weight.detach())
        assert sorted(file.unplaced) == [("norm.bias", (8,)), ("norm.weight", (8,))]
        assert file.notes == ()


@pytest.mark.parametrize(
    "wrap",
    [
        lambda weights: {f"module.{name}": part for name, part in weights.items()},
        lambda weights: {f"_orig_mod.{name}": part for name, part in weights.items()},
        lambda weights: {f"module._orig_mod.{name}": part for name, part in weights.items()},
        lambda weights: {"state_dict": weights, "epoch": 3, "pytorch-lightning_version": "2.5", "loops": {"a": {}}},
        lambda weights: {"model_state_dict": weights, "loss": 0.1},
        lambda weights: {"net": weights, "optimizer": {"state": {0: {"exp_avg": torch.ones(4, 3)}}}},
        lambda weights: {"checkpoint": {"model": weights}, "args": {"lr": 0.1}},
        lambda weights: {"state_dict": weights, "ema_state_dict": weights | {}},
    ],
)
def test_wrappers_and_checkpoints(wrap: Callable[[Any], Any]) -> None:
    file = read_file("a.ckpt", pytorch(wrap(Tagger().state_dict())))
    assert names(file) == ["encoder", "decoder"]
    assert [table.name for table in file.heads] == ["fc"]


def test_what_was_left_beside_the_weights_is_said() -> None:
    weights = nn.LSTM(2, 3).state_dict()
    (note,) = read_file("a", pytorch({"ema": nn.LSTM(2, 3).state_dict(), "state_dict": weights})).notes
    assert note == "The weights were taken from state_dict; beside it, ema was left out."


def test_two_models_in_one_file_are_both_found_and_said_so() -> None:
    file = read_file("a", pytorch({"generator": nn.LSTM(2, 3).state_dict(), "critic": nn.GRU(5, 4).state_dict()}))
    assert names(file) == ["generator", "critic"]
    assert file.feeds == (None, None)
    assert "2 recurrent modules do not feed each other: generator, critic" in file.notes[0]


def test_stacks_are_wired_in_the_order_of_their_numbers() -> None:
    stack = nn.ModuleDict({"embed": nn.Embedding(9, 6), "cells": nn.ModuleList(nn.LSTMCell(6, 6) for _ in range(11))})
    for file in both_ways(stack.state_dict()):
        assert names(file) == [f"cells.{k}" for k in range(11)]
        assert file.feeds == ("embed", *(f"cells.{k}" for k in range(10)))
    pair = nn.ModuleDict({"lstm": nn.LSTM(4, 4), "lstm2": nn.LSTM(4, 4)})
    assert [file.feeds for file in both_ways(pair.state_dict())] == [(None, "lstm")] * 2


def test_an_encoder_and_a_decoder_each_read_their_own_embedding() -> None:
    def side(**more: nn.Module) -> nn.ModuleDict:
        return nn.ModuleDict({"embedding": nn.Embedding(9, 6), "rnn": nn.GRU(6, 6), **more})

    model = nn.ModuleDict({"encoder": side(), "decoder": side(out=nn.Linear(6, 9))})
    for file in both_ways(model.state_dict()):
        assert names(file) == ["encoder.rnn", "decoder.rnn"]
        assert file.feeds == ("encoder.embedding", "decoder.embedding")
        assert file.heads[0].name == "decoder.out"


def test_later_layers_come_later_whatever_the_alphabet_says() -> None:
    model = nn.ModuleDict({"zed": nn.LSTM(3, 5), "ape": nn.LSTM(5, 7)})
    assert [names(file) for file in both_ways(model.state_dict())] == [["zed", "ape"]] * 2


def test_the_likeliest_head_comes_first() -> None:
    model = nn.ModuleDict(
        {
            "attention": nn.Linear(8, 8),
            "rnn": nn.LSTM(8, 8),
            "hidden": nn.Linear(8, 32),
            "unused": nn.Linear(32, 2),
            "classifier": nn.Linear(8, 3),
        }
    )
    for file in both_ways(model.state_dict()):
        assert [table.name for table in file.heads] == ["classifier", "hidden", "attention"]
    tied = nn.ModuleDict({"encoder": nn.Embedding(20, 8), "rnn": nn.LSTM(8, 8), "decoder": nn.Linear(8, 20)})
    for file in both_ways(tied.state_dict()):
        assert file.embeddings[0].name == "encoder"
        assert file.heads[0].name == "decoder"


def parts_of(module: Any) -> tuple[dict[str, Tensor], Any]:
    return {f"rnn.{name}": part for name, part in module.state_dict().items()}, module


def weight_norm() -> tuple[dict[str, Tensor], Any]:
    return parts_of(parametrizations.weight_norm(nn.LSTM(3, 5), "weight_hh_l0"))


def old_weight_norm() -> tuple[dict[str, Tensor], Any]:
    module: Any = nn.LSTM(3, 5)
    direction = module.weight_hh_l0.detach()
    size = torch.rand(20, 1) + 0.5
    weights = dict(module.state_dict())
    del weights["weight_hh_l0"]
    weights |= {"weight_hh_l0_g": size, "weight_hh_l0_v": direction}
    with torch.no_grad():
        module.weight_hh_l0.copy_(direction * size / direction.norm(dim=1, keepdim=True))
    return {f"rnn.{name}": part for name, part in weights.items()}, module


def pruned() -> tuple[dict[str, Tensor], Any]:
    return parts_of(prune.random_unstructured(nn.LSTM(3, 5), "weight_hh_l0", amount=0.4))


def dropped() -> tuple[dict[str, Tensor], Any]:
    """Weights under dropout, as wrappers of the kind that AWD-LSTM made known keep them: whole, and as last dropped."""
    module: Any = nn.LSTM(3, 5)
    inner = {f"rnn.module.{name}": part for name, part in module.state_dict().items()}
    inner["rnn.module.weight_hh_l0"] = torch.zeros(20, 5)
    return {"rnn.weight_hh_l0_raw": module.weight_hh_l0.detach(), **inner}, module


@pytest.mark.parametrize("made", [weight_norm, old_weight_norm, pruned, dropped])
def test_weights_kept_in_parts_are_put_together(made: Callable[[], tuple[dict[str, Tensor], Any]]) -> None:
    weights, module = made()
    inputs = torch.randn(6, 3)
    for file in both_ways(weights):
        (found,) = file.recurrent
        read: Any = found.module()
        torch.testing.assert_close(read(inputs)[0], module(inputs)[0], rtol=0, atol=1e-6)
        assert not file.unplaced


def test_parts_of_another_kind_are_said_not_to_be_placed() -> None:
    module = parametrizations.spectral_norm(nn.LSTM(3, 5), "weight_hh_l0")
    sentence = refused("a.pt", pytorch(module.state_dict()))
    assert "weight_hh_l0 is kept in parts" in sentence
    assert "save the weight itself" in sentence


def test_precisions() -> None:
    for kind in (torch.float16, torch.bfloat16):
        for file in both_ways({name: part.to(kind) for name, part in Tagger().state_dict().items()}):
            assert file.notes == (f"Weights kept in {str(kind)[6:]} were widened to float32.",)
            assert {part.dtype for part in file.recurrent[0].tensors.values()} == {torch.float32}
    (found,) = found_in(nn.LSTM(2, 3).double().state_dict()).recurrent
    assert found.tensors["weight_ih_l0"].dtype == torch.float64


def test_one_bias_is_joined_by_a_bias_of_zeros() -> None:
    weights = nn.LSTM(2, 3).state_dict()
    del weights["bias_hh_l0"]
    file = found_in(weights)
    assert not file.recurrent[0].tensors["bias_hh_l0"].any()
    assert "the second that PyTorch’s layers have was set to 0" in file.notes[0]


def test_shapes_that_fit_no_cell_are_said_beside_what_fits() -> None:
    weights = {f"good.{name}": part for name, part in nn.LSTM(2, 3).state_dict().items()}
    odd = {
        "five.weight_ih_l0": torch.ones(15, 2),
        "five.weight_hh_l0": torch.ones(15, 3),
        "gap.weight_ih_l0": torch.ones(12, 2),
        "gap.weight_hh_l0": torch.ones(12, 3),
        "gap.weight_ih_l2": torch.ones(12, 3),
        "bias.weight_ih_l0": torch.ones(12, 2),
        "bias.weight_hh_l0": torch.ones(12, 3),
        "bias.bias_ih_l0": torch.ones(11),
    }
    file = found_in(weights | odd)
    assert names(file) == ["good"]
    assert {name for name, _ in file.unplaced} == set(odd)
    assert [note.partition(" ")[0] for note in file.notes] == ["five", "gap", "bias"]
    assert "weight_hh_l1 is missing" in file.notes[1]
    assert "bias_ih_l0 has the shape (11,), expected (12,)" in file.notes[2]
