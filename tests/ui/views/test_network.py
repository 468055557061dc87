"""What a browser is told of a network: enough to run it, of every source."""

import gc
import json
from typing import Any

import pytest
import torch
from safetensors.torch import load
from torch import nn

from lstm_viz.sources import Source, cells_of, checkpoint_steps, shipped, shown_tasks
from lstm_viz.ui.bridge import served
from lstm_viz.ui.views.network import network
from tests.made_sources import made_source

SHIPPED = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]


def content(address: str) -> bytes:
    """Return what can be fetched at an address."""
    return served._there[address].read()


def check(source: Source) -> Any:
    """Check that the files hold this source's network, and return what is said of it."""
    about = network(source)
    assert json.loads(json.dumps(about, allow_nan=False)) == about
    weights = load(content(about["weights"]))
    state = source.model.network.state_dict()
    assert weights.keys() == state.keys()
    for name, part in state.items():
        assert torch.equal(weights[name].to(part.dtype), part), name
    vocabulary = () if about["vocabulary"] is None else tuple(json.loads(content(about["vocabulary"])))
    assert vocabulary == source.model.vocabulary
    assert (tuple(about["labels"] or vocabulary[1:])) == source.model.labels
    assert source.cell.name in about["cell"]
    assert "export const cell" in content(about["cell"]).decode()
    places = about["layers"] * (2 if about["bidirectional"] else 1)
    assert places == len(source.places)
    assert state["head.weight"].shape[1] == about["shown"] * (2 if about["bidirectional"] else 1)
    return about


@pytest.mark.parametrize(("task", "cell"), SHIPPED)
def test_a_network_that_ships_is_served_from_its_own_file(task: str, cell: str) -> None:
    source = shipped(task, cell)
    about = check(source)
    assert about["weights"].endswith(f"/{task}-{cell}.safetensors")
    assert (about["range"] is None) == (task not in ("temperature", "adding"))


def test_degrees_change_what_numbers_mean_and_no_weight() -> None:
    celsius, fahrenheit = (network(shipped("temperature", "lstm", letter)) for letter in "CF")
    assert celsius["id"] != fahrenheit["id"]
    assert celsius["weights"] == fahrenheit["weights"]
    assert celsius["answers"] != fahrenheit["answers"]
    assert celsius["reader"] != fahrenheit["reader"]


def test_a_checkpoint_is_served_as_it_was_then() -> None:
    steps = checkpoint_steps("sentiment")[:-1:6]
    abouts = [check(shipped("sentiment", "lstm", "C", step)) for step in steps]
    assert len({about["weights"] for about in abouts}) == len(steps)
    assert len({about["vocabulary"] for about in abouts}) == 1


@pytest.mark.parametrize(
    "made",
    [
        (nn.LSTM, {"num_layers": 2, "bidirectional": True}),
        (nn.LSTM, {"proj_size": 3}),
        (nn.GRU, {"bias": False}),
        (nn.RNN, {"nonlinearity": "relu"}),
        ("peepholes", {}),
    ],
)
def test_a_network_made_here_is_served_while_there_is_one(made: tuple[Any, dict[str, Any]]) -> None:
    kind, options = made
    source = made_source(kind, seed=5, **options)
    about = check(source)
    assert not about["weights"].endswith("/sentiment-lstm.safetensors")
    assert about["shown"] == options.get("proj_size", about["units"])
    address = about["weights"]
    del source
    gc.collect()
    assert address not in served._there


def test_weights_that_halves_would_change_are_sent_whole() -> None:
    source = made_source(nn.LSTM)
    assert {part.dtype for part in load(content(network(source)["weights"])).values()} == {torch.float32}
    there = shipped("counting", "lstm", "C", checkpoint_steps("counting")[0])
    assert {part.dtype for part in load(content(network(there)["weights"])).values()} == {torch.float16}
