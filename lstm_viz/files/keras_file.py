"""Keras: ``.keras`` archives, whole models in ``.h5``, and weights alone; the configuration is read, never run."""

import json
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lstm_viz.files.activations import CELL_OF
from lstm_viz.files.archive import entries, unpacked
from lstm_viz.files.found import ModelFile
from lstm_viz.files.hdf5 import MAGIC, Group, Stored, read_stored
from lstm_viz.files.keras_config import RECURRENT, Spec, layers_of
from lstm_viz.files.keras_layers import GATES, direction, layer_of, matrices
from lstm_viz.files.limits import Refused, shown
from lstm_viz.files.stacks import Layer, left_out, put_together

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"
_NOTHING = "no LSTM, GRU or SimpleRNN that can be shown is in it."


def is_keras(parts: Any) -> bool:
    """Whether an archive with these parts is Keras's."""
    return CONFIG in parts and any(each.startswith("model.weights.") for each in parts)


def read_keras(name: str, content: bytes, digest: str) -> ModelFile:
    """What is in a Keras file, by its configuration where it has one, else by the shapes and names of its weights."""
    config, version = None, None
    if not content.startswith(MAGIC):
        parts = entries(name, content)
        if WEIGHTS not in parts:
            raise Refused(f"{shown(name)}: it has no {WEIGHTS}; save it again with model.save(…), which writes one")
        config = unpacked(name, content, parts[CONFIG]).decode("utf-8")
        if METADATA in parts:
            version = str(json.loads(unpacked(name, content, parts[METADATA])).get("keras_version"))
        content = unpacked(name, content, parts[WEIGHTS])
    stored = read_stored(name, content)
    config, version = config or stored.config, version or stored.version
    notes: list[str] = []
    if config:
        specs = layers_of(json.loads(config))
        if specs:
            return _by_config(name, specs, stored, version, digest, notes)
        notes.append("Its configuration lists no layers, as that of a model class of one’s own.")
    return _by_shape(name, stored, digest, notes)


def _by_config(
    name: str, specs: list[Spec], stored: Stored, version: str | None, digest: str, notes: list[str]
) -> ModelFile:
    tables: dict[str, Tensor] = {}
    layers: dict[int, Layer | str] = {}
    found: list[Layer] = []
    taken: set[int] = set()
    for spec in specs:
        groups = _groups(spec, stored.groups)
        taken |= {id(group) for group in groups}
        if spec.kind in RECURRENT:
            if layer := layer_of(shown(name), spec, groups, _below(spec, layers, notes), version, notes):
                layers[id(spec)] = layer
                found.append(layer)
        elif spec.kind in ("Embedding", "Dense"):
            for group in groups:
                tables |= _table(spec.kind, ".".join(spec.path), group)
            if spec.kind == "Embedding":
                layers[id(spec)] = spec.name
                if spec.config.get("mask_zero"):
                    notes.append(f"{spec.name} masks the symbol 0, which is skipped then; here every step is read.")
        else:
            taken -= {id(group) for group in groups}
            if any(word in spec.kind for word in ("LSTM", "GRU", "RNN")):
                notes.append(f"{spec.name} was left out: {shown(spec.kind)} layers are not read.")
    for group in stored.groups:
        if id(group) not in taken:
            tables |= _rest(group)
    return put_together(name, "Keras", found, tables, digest, notes, nothing=_NOTHING)


def _below(spec: Spec, layers: dict[int, Layer | str], notes: list[str]) -> Layer | str | None:
    """What feeds a recurrent layer; None, with a note, where something that computes stands between."""
    source, between = spec.below, list[str]()
    while source is not None and id(source) not in layers:
        between.append(source.kind)
        source = source.below
    if between:
        notes.append(left_out(between, spec.name, source.name if source else None))
    if between or source is None:
        return None
    below = layers[id(source)]
    if isinstance(below, Layer) and not source.config.get("return_sequences"):
        notes.append(f"{spec.name} reads only the last state of {source.name}, not its steps.")
        return None
    return below if isinstance(below, str) or below.plain else None


def _groups(spec: Spec, groups: list[Group]) -> list[Group]:
    """Where the weights of a layer are: by its name; in files that do not say names, by its class and number."""
    size = len(spec.path)
    found = [group for group in groups if group.path[:size] == spec.path]
    if not found and size > 1:  # Keras 2 leaves out the models between the outermost and the layer
        found = [group for group in groups if group.path[:1] == spec.path[:1] and spec.path[-1] in group.path]
    if not found:
        size = len(spec.keys)
        found = [group for group in groups if group.path == group.keys and group.keys[:size] == spec.keys]
    return found


def _table(kind: str, name: str, group: Group) -> dict[str, Tensor]:
    arrays = list(group.arrays.values())
    if not arrays or arrays[0].ndim != 2:
        return _rest(group)
    if kind == "Embedding":
        return {f"{name}.weight": _tensor(arrays[0])}
    bias = {f"{name}.bias": _tensor(arrays[1])} if len(arrays) > 1 else {}
    return {f"{name}.weight": _tensor(arrays[0]).T, **bias}


def _rest(group: Group) -> dict[str, Tensor]:
    return {".".join((*group.path, key)): _tensor(array) for key, array in group.arrays.items()}


def _tensor(array: Any) -> Tensor:
    return torch.from_numpy(np.array(array))


def _by_shape(name: str, stored: Stored, digest: str, notes: list[str]) -> ModelFile:
    """Weights without a configuration: what has a recurrent kernel is a layer."""
    tables: dict[str, Tensor] = {}
    sides: dict[tuple[str, ...], list[tuple[bool, Group, dict[str, Tensor]]]] = {}
    for group in stored.groups:
        parts = matrices(group)
        if parts is None:
            tables |= _guessed_table(group)
            continue
        at = next((k for k, key in enumerate(group.keys) if key.startswith(("forward_", "backward_"))), None)
        path = (
            group.path[:at]
            if at is not None
            else tuple(
                each
                for each, key in zip(group.path, group.keys, strict=True)
                if not (key == "cell" or key.endswith("_cell"))
            )
        )
        backward = at is not None and group.keys[at].startswith("backward_")
        sides.setdefault(path, []).append((backward, group, parts))
    layers = [_guessed(path, found) for path, found in sides.items()]
    if layers:
        notes.append(
            "The file holds weights without the model’s configuration: which cell a layer is was told by its shapes, "
            "and its activations are taken to be the usual ones. Correct the cell where they are others."
        )
    return put_together(name, "Keras", layers, tables, digest, notes, nothing=_NOTHING, wired=False)


def _guessed(path: tuple[str, ...], found: list[tuple[bool, Group, dict[str, Tensor]]]) -> Layer:
    """A layer of one or two directions, by shapes: a GRU with one row of bias resets first."""
    sides = [parts for _, _, parts in sorted(found, key=lambda each: each[0])[:2]]
    rows, columns = sides[0]["recurrent_kernel"].shape
    kind = next(kind for kind, gates in GATES.items() if gates == columns // rows)
    if kind == "gru" and "bias" in sides[0] and sides[0]["bias"].dim() == 1:
        kind = "gru_reset_first"
    cells = [cell for form, *functions in CELL_OF if form == kind for cell in [CELL_OF[(form, *functions)]]]
    weights = [direction(kind, parts) for parts in sides]
    return Layer(
        ".".join(path), cells[0], weights[0], weights[1] if len(weights) > 1 else None, others=tuple(cells[1:])
    )


def _guessed_table(group: Group) -> dict[str, Tensor]:
    """An array that may be an embedding, or a matrix and a bias that may be a head."""
    arrays, name = list(group.arrays.values()), ".".join(group.path)
    if len(arrays) == 1 and arrays[0].ndim == 2:
        embedding = any("emb" in key.lower() for key in (*group.keys, *group.path, *group.arrays))
        return _table("Embedding" if embedding else "Dense", name, group)
    if len(arrays) == 2 and arrays[0].ndim == 2 and arrays[1].shape == arrays[0].shape[1:]:
        return _table("Dense", name, group)
    return _rest(group)
