"""A file of a network that was trained on the page Watch it learn → the same model, with its task and its card."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from lstm_viz import arguments
from lstm_viz.files.found import ModelFile, Table
from lstm_viz.tasks.echo import echo
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.registry import ONLY_TRAINED, TASKS
from lstm_viz.tasks.task import Task

NAME = "trained"
"""What settings call the task of one that this session trained."""
LONGEST = 400
"""Characters of a text in a card."""
MOST = 100
"""Entries of a list in it."""
SYMBOLS = 1000
FURTHEST = 1000
"""Steps that an echo comes after."""


def model_of(file: ModelFile, checkpoint: int | None = None) -> Model:
    """The model that a file's card describes.

    Parameters
    ----------
    checkpoint : after how many updates, one of ``file.states``; None for the end

    Raises
    ------
    ValueError
        in a sentence, where the file has no card or no such state, or a card that does not fit what is in it.
    """
    if checkpoint is not None and checkpoint not in file.states:
        there = ", ".join(map(str, file.states)) or "none"
        raise ValueError(f"checkpoint: {file.name} has no state after {checkpoint} updates; it has {there}")
    try:
        model = _model(file)
        if checkpoint is not None:
            parts = list(model.network.parameters())
            for part, numbers in zip(parts, file.states[checkpoint].split([p.numel() for p in parts]), strict=True):
                part.copy_(numbers.view(part.shape))
        return model
    except (TypeError, ValueError, KeyError, IndexError, RuntimeError) as problem:
        said = f"it has no {problem}" if isinstance(problem, KeyError) else str(problem)[:LONGEST]
        raise ValueError(f"{file.name}: its card does not describe the network in it ({said}); save it again") from None


def _model(file: ModelFile) -> Model:
    if file.card is None:
        raise ValueError("it has no card")
    card = file.card
    task, (shown,) = _task(card), file.recurrent
    vocabulary = tuple(_text(each, "vocabulary") for each in _several(card["vocabulary"], "vocabulary", SYMBOLS))
    recurrent: Any = shown.module()
    table = _embedding(file.embeddings[0], len(vocabulary)) if vocabulary else None
    (found,) = file.heads
    head = nn.Linear(found.weight.shape[1], len(found.weight))
    with torch.no_grad():
        head.weight.copy_(found.weight)
        head.bias.copy_(found.bias if found.bias is not None else torch.zeros(len(found.weight)))
    network = Network.of(shown.cell, recurrent, embedding=table, head=head)
    model = Model(task, network, vocabulary, _card(card, network))
    # What does not fit its task is told now, not by a page.
    text = task.examples[0].text
    gives, expected = model.predictions(text).shape[1], len(model.labels)
    if task.followers:
        gives, expected = gives + model.may_follow(text).shape[1], expected + len(task.followers)
    if gives != expected:
        raise ValueError(f"it gives {gives} answers, and the task {task.name} has {expected}")
    return model


def _task(card: Mapping[str, Any]) -> Task:
    known = {**TASKS, **ONLY_TRAINED}
    name = arguments.choice(card["task"], "task", known)
    if name != "echo":
        return known[name]
    return echo(arguments.whole(card["settings"]["distance"], "distance", 1, FURTHEST))


def _embedding(table: Table, symbols: int) -> nn.Embedding:
    if len(table.weight) != symbols:
        raise ValueError(f"its vocabulary has {symbols} symbols, and its embedding {len(table.weight)} rows")
    return nn.Embedding.from_pretrained(table.weight)


def _card(card: Mapping[str, Any], network: Network) -> dict[str, Any]:
    """What a card has that pages show: measured anew where that is possible, else checked to be what it should be."""
    url = _text(card["url"], "url")
    return {
        "task": card["task"],
        "cell": network.cell,
        "network": {
            "cell": network.cell,
            "vocabulary_size": 0 if network.embedding is None else network.embedding.num_embeddings,
            "input_size": network.recurrent.input_size,
            "output_size": network.head.out_features,
            "hidden_size": network.recurrent.hidden_size,
            "num_layers": network.recurrent.num_layers,
        },
        "parameters": sum(part.numel() for part in network.parameters()),
        "recurrent_parameters": sum(part.numel() for part in network.recurrent.parameters()),
        "scores": [_score(each) for each in _several(card["scores"], "scores")],
        "limits": [_score(each) for each in _several(card["limits"], "limits")],
        "training_range": [arguments.finite(each, "training_range") for each in _several(card["training_range"], "it")],
        "settings": {_text(name, "settings"): _plain(each) for name, each in _pairs(card["settings"], "settings")},
        "plan": _text(card["plan"], "plan", 5 * LONGEST),
        "chosen_by": "",
        "forget_gate_bias": network.forget_bias,
        "training_seconds": arguments.finite(card["training_seconds"], "training_seconds", 0),
        "threads": arguments.whole(card["threads"], "threads", 1),
        "date": _text(card["date"], "date"),
        "versions": {_text(name, "versions"): _text(each, "versions") for name, each in _pairs(card["versions"], "it")},
        "data": _text(card["data"], "data"),
        "sha256": {},
        # A file may come from anyone: only an address of a paper becomes a link.
        "url": url if url.startswith("https://arxiv.org/abs/") else "",
        "reference": _text(card["reference"], "reference"),
        "findings": {},
    }


def _score(found: Any) -> dict[str, Any]:
    return {
        "name": _text(found["name"], "name"),
        "value": arguments.finite(found["value"], "value"),
        "items": arguments.whole(found["items"], "items"),
        "part": _text(found["part"], "part"),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value, "settings")
    if not isinstance(value, bool):
        arguments.finite(value, "settings")
    return value


def _text(value: Any, name: str, longest: int = LONGEST) -> str:
    return arguments.text(value, name)[:longest]


def _several(values: Any, name: str, most: int = MOST) -> tuple[Any, ...]:
    arguments.expect(values, list, name, "a list")
    if len(values) > most:
        raise ValueError(f"{name}: has {len(values):,} entries; at most {most:,} are read")
    return tuple(values)


def _pairs(values: Any, name: str) -> tuple[tuple[str, Any], ...]:
    arguments.expect(values, dict, name, "values by name")
    return _several(list(values.items()), name)


def as_upload(model: Model, title: str, name: str) -> Model:
    """The model with the task named as uploads are."""
    return replace(model, task=replace(model.task, name=name, title=title))
