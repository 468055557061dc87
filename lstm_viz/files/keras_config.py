"""A Keras model's configuration: its layers in order, and what feeds each. It is data; nothing in it is called."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_viz.files.limits import shown

MODELS = {"Functional", "Model", "Sequential"}
RECURRENT = {"LSTM": "lstm", "GRU": "gru", "SimpleRNN": "rnn"}
CELLS = {"LSTMCell": "LSTM", "GRUCell": "GRU", "SimpleRNNCell": "SimpleRNN"}
_PASSES = {"Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"}
_PASSES |= {"Masking", "Identity", "InputLayer"}
_DEEPEST = 20
_MOST_LAYERS = 5_000


@dataclass(frozen=True, eq=False)
class Spec:
    """A layer that has weights of interest, or stands between two that have.

    Attributes
    ----------
    path, keys : the names of the models that it lies in and its own; and what Keras 3 calls the groups of its weights
    kind : its class, that of the layer inside for a wrapper
    config : its configuration; that of the layer inside
    wrapper : configuration of the Bidirectional around it, or None
    below : what feeds it, or None where that is an input, or several things
    given_state : whether it is given the state in which it begins
    """

    path: tuple[str, ...]
    keys: tuple[str, ...]
    kind: str
    config: Mapping[str, Any] = field(repr=False)
    wrapper: Mapping[str, Any] | None = field(repr=False)
    below: "Spec | None"
    given_state: bool = False

    @property
    def name(self) -> str:
        """As it is shown."""
        return shown(".".join(self.path))


def layers_of(config: Any) -> list[Spec]:
    """The layers of a model in the order in which it lists them, those of models inside it in their places.

    Raises
    ------
    ValueError, KeyError, TypeError
        for a configuration that is none.
    """
    found: list[Spec] = []
    _model(config, (), (), None, found, _DEEPEST)
    return found


def _model(
    model: Any, path: tuple[str, ...], keys: tuple[str, ...], arriving: Spec | None, found: list[Spec], depth: int
) -> Spec | None:
    """Add the layers of a model; return what comes out of it."""
    inner = model["config"]
    layers = inner if isinstance(inner, list) else inner.get("layers", [])
    in_turn = model["class_name"] == "Sequential"
    made: dict[str, Spec | None] = {}
    last = arriving
    count: dict[str, int] = {}
    for layer in layers:
        kind, config = str(layer["class_name"]), layer["config"]
        name = str(layer.get("name") or (config.get("name") if isinstance(config, dict) else "") or kind)
        key = _counted(kind, count)
        if in_turn:
            source, states = last, False
        else:
            names, states = _inputs(layer.get("inbound_nodes", []))
            single = names[0] if len(names) == 1 else None
            source = made.get(single) if single else (arriving if kind == "InputLayer" else None)
        here, there = (*path, name), (*keys, key)
        if len(found) > _MOST_LAYERS or depth == 0:
            raise ValueError("too many layers in each other")
        if kind in MODELS and isinstance(config, dict | list):
            last = _model(layer, here, there, source, found, depth - 1)
        elif kind in _PASSES or (kind == "TimeDistributed" and config["layer"]["class_name"] in _PASSES):
            last = source
        else:
            last = _spec(layer, here, there, source, states)
            found.append(last)
        made[name] = last
    outputs = [] if in_turn else _outputs(inner)
    return made.get(outputs[0]) if len(outputs) == 1 else last


def _spec(layer: Any, path: tuple[str, ...], keys: tuple[str, ...], below: Spec | None, given_state: bool) -> Spec:
    kind, config, wrapper = str(layer["class_name"]), layer["config"], None
    if kind == "Bidirectional":
        wrapper, config = config, config["layer"]
        kind, config = str(config["class_name"]), config["config"]
    elif kind == "TimeDistributed":
        kind, config = str(config["layer"]["class_name"]), config["layer"]["config"]
    own = str(layer.get("module") or "keras").startswith(("keras", "tensorflow", "tf_keras"))
    if kind == "RNN" and isinstance(config.get("cell"), dict) and config["cell"]["class_name"] in CELLS:
        cell = config["cell"]
        kind, config = CELLS[cell["class_name"]], {**config, **cell["config"]}
    elif kind == "RNN" and isinstance(config.get("cell"), dict):
        kind = f"RNN of {config['cell'].get('class_name')}"
    if not own:
        kind = f"{kind} of {layer['module']}"
    return Spec(path, keys, kind, config, wrapper, below, given_state)


def _counted(kind: str, count: dict[str, int]) -> str:
    """What Keras 3 calls the group of the next layer of a class: ``lstm``, ``lstm_1`` …."""
    name = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    count[name] = count.get(name, -1) + 1
    return f"{name}_{count[name]}" if count[name] else name


def _inputs(nodes: Any) -> tuple[list[str], bool]:
    """The names of the layers that a layer's first call reads, and whether it is given a state besides."""
    if not nodes:
        return [], False
    first = nodes[0]
    if isinstance(first, dict):  # Keras 3
        args, kwargs = first.get("args", []), first.get("kwargs", {})
        names = list(_tensors(args[:1]))
        return names, len(args) > 1 or bool(list(_tensors(kwargs.get("initial_state"))))
    if len(first) > 1 and isinstance(first[0], str):
        first = [first]
    names = [str(each[0]) for each in first if isinstance(each, list) and each and isinstance(each[0], str)]
    more = [each[3] for each in first if isinstance(each, list) and len(each) > 3 and isinstance(each[3], dict)]
    return names, any("initial_state" in each for each in more)


def _tensors(value: Any, depth: int = _DEEPEST) -> Iterator[str]:
    """The layers that made the tensors in a value."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            yield str(value["config"]["keras_history"][0])
            return
        value = list(value.values())
    if isinstance(value, list) and depth:
        for each in value:
            yield from _tensors(each, depth - 1)


def _outputs(config: Any) -> list[str]:
    outputs = config.get("output_layers", [])
    if outputs and isinstance(outputs[0], str):
        outputs = [outputs]
    return [str(each[0]) for each in outputs if isinstance(each, list) and each]
