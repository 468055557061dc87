"""What a browser needs to run a network by itself: what it is, as plain values, and where its weights are."""

import json
from pathlib import Path
from typing import Any, NotRequired, TypedDict
from weakref import WeakKeyDictionary

import torch
from safetensors.torch import save

from lstm_viz.analysis.equations.cell_arithmetic import arithmetic_in
from lstm_viz.analysis.equations.trees import equation_data, equations_data
from lstm_viz.sources import Source
from lstm_viz.tasks import Model
from lstm_viz.tasks.model import shipped_files
from lstm_viz.tasks.readers import Table
from lstm_viz.ui.bridge.served import File, compiled_cell, made, private, shipped


class StatesFile(TypedDict):
    """The states of a network through its training but for the last, which is the network itself, in one file."""

    file: str
    steps: list[int]


class Network(TypedDict):
    """A network as `web/network/source.js` makes it anew; addresses are from the app's own on.

    Attributes
    ----------
    id : the same for the same network on any server
    cell, weights, vocabulary : addresses of the compiled cell, of a .safetensors and of a JSON list of symbols, the
        first for those that it does not know; no vocabulary where it reads numbers
    inputs, units, shown : how many numbers arrive at a step, and how long cell state and hidden state are
    reader, answers : as plain values, each with its `kind`; no answers of a network without an output layer
    labels : a name for each column of the predictions; none where they are the vocabulary without its first
    range : lowest and highest number that it was trained on, where it reads numbers
    chain : how states follow from gates, unit by unit, each as `equation_data`
    counters : text of an example → the unit that keeps the count of which it speaks
    equations : of its cell; see `analysis.equations.trees.equations_data`
    states : where its states through training are, and after how many steps each; see `sources.states`
    checkpoint : of a network that is shown at one of them whatever is chosen, which
    others : see `Task`
    """

    id: str
    cell: str
    weights: str
    vocabulary: str | None
    layers: int
    bidirectional: bool
    inputs: int
    units: int
    shown: int
    reader: dict[str, Any]
    limit: int
    labels: list[str] | None
    answers: dict[str, Any] | None
    followers: list[str]
    classifier: bool
    favoured: int
    horizon: int
    unit: str
    range: list[float] | None
    chain: list[dict[str, Any]]
    counters: dict[str, int]
    equations: dict[str, Any]
    states: StatesFile | None
    checkpoint: NotRequired[int]


_told: WeakKeyDictionary[Source, tuple[Network, list[File]]] = WeakKeyDictionary()
"""What was said of a source, and what can be fetched of it for as long as it stands here."""


RUNS_IN_PAGE = 10 * 2**20
"""Bytes of weights, in float32, up to which a reader's own runs in the page; a browser runs a larger one too slowly."""


def runs_in_page(source: Source) -> bool:
    """Whether a browser can run it: a reader's own where it is small, with nothing in it that a browser lacks."""
    if not source.private:
        return True
    network, reader = source.model.network, source.task.reader
    weights = 4 * sum(part.numel() for part in network.parameters())
    reads = reader.kind != "tokenizer" and not (isinstance(reader, Table) and reader.held is not None)
    return weights <= RUNS_IN_PAGE and not len(network.below) and reads


def network(source: Source) -> Network:
    """A source for the browser; its files can be fetched for as long as there is the source."""
    if source not in _told:
        cell, (weights, vocabulary) = compiled_cell(source.cell), _files_of(source)
        listed = vocabulary.address if vocabulary else None
        said = about(source, cell=cell.address, weights=weights.address, vocabulary=listed)
        files = [cell, weights, *([vocabulary] if vocabulary else [])]
        if states := _states_of(source):
            said["states"] = {"file": states.address, "steps": list(source.states.steps)} if source.states else None
            files.append(states)
        _told[source] = said, files
    return _told[source][0]


def content(source: Source) -> tuple[str, bytes, list[str] | None]:
    """What its files hold: the compiled cell, the weights, and the vocabulary, if there is one."""
    network(source)
    cell, weights, *listed = (file.read() for file in _told[source][1][: 3 if source.model.vocabulary else 2])
    return cell.decode(), weights, json.loads(listed[0]) if listed else None


def about(source: Source, *, cell: str, weights: str, vocabulary: str | None) -> Network:
    """The same, given the addresses of its files."""
    model, task, recurrent = source.model, source.task, source.model.network.recurrent
    return {
        "id": " ".join([*source.name, cell, weights]),
        "cell": cell,
        "weights": weights,
        "vocabulary": vocabulary,
        "layers": recurrent.num_layers,
        "bidirectional": recurrent.bidirectional,
        "inputs": recurrent.input_size,
        "units": recurrent.hidden_size,
        "shown": recurrent.proj_size or recurrent.hidden_size,
        "reader": task.reader.data(),
        "limit": task.limit,
        "labels": list(model.labels) if task.labels or not model.answers else None,
        "answers": {**vars(task.answers)} if model.answers else None,
        "followers": list(task.followers),
        "classifier": task.is_classifier,
        "favoured": task.favoured,
        "horizon": task.horizon,
        "unit": task.unit,
        "range": list(model.training_range) or None,
        "chain": [equation_data(each) for each in arithmetic_in(source.cell, projected=source.projected)],
        "counters": source.counters,
        "equations": equations_data(source.cell, has_bias=recurrent.bias),
        "states": None,
    }


def _files_of(source: Source) -> tuple[File, File | None]:
    """Weights and vocabulary: as they shipped, or made of a network that was made here; a reader’s own for one."""
    model, make = source.model, private if source.private else made
    if where := shipped_files(model):
        weights, vocabulary = where
        return shipped(weights), shipped(vocabulary) if model.vocabulary else None
    listed = json.dumps(model.vocabulary, ensure_ascii=False).encode()
    return make("weights.safetensors", _weights(model)), make("vocabulary.json", listed) if model.vocabulary else None


def _states_of(source: Source) -> File | None:
    """Its states through training; none of what is itself such a state."""
    if source.states is None or source.checkpoint is not None:
        return None
    file = source.states.file
    return shipped(file) if isinstance(file, Path) else private("states.safetensors", file())


def _weights(model: Model) -> bytes:
    """All weights as a .safetensors file, half as long where that loses nothing."""
    state = {name: part.contiguous() for name, part in model.network.state_dict().items()}
    halves = {name: part.half() for name, part in state.items()}
    exact = all(torch.equal(halves[name].to(part.dtype), part) for name, part in state.items())
    return save(halves if exact else state)
