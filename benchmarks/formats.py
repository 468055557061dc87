"""Generated models in four formats: how far what is read from their files differs from what wrote them."""

import io
import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

import lstm_viz
from benchmarks.report import Line, Section
from lstm_viz.files import read_file
from lstm_viz.trace import top_layers

EACH = 25
"""Models of a format."""

STEPS = 12
MOST = 1e-5

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Made:
    """A model file, a sequence, and what the library that wrote the file makes of it.

    Attributes
    ----------
    said : what was generated, for a message
    content : the file
    inputs : (T, I)
    expected : (T, D·P), hidden states of its top layer
    """

    said: str
    content: bytes
    inputs: Floats
    expected: Floats


def difference(name: str, made: Made) -> float:
    """The largest difference of any hidden state of the top layer."""
    file = read_file(name, made.content)
    values: Any = made.inputs
    for recurrent in file.recurrent:
        trace = lstm_viz.trace(recurrent.module(), values)
        values = np.concatenate([layer.hidden_state for layer in top_layers(trace.layers)], axis=1)
    assert values.shape == made.expected.shape, f"{made.said}: {values.shape} for {made.expected.shape}"
    return float(np.abs(values - made.expected).max())


def inputs_of(size: int, chance: random.Random) -> Floats:
    """A sequence, (T, size)."""
    rng = np.random.default_rng(chance.randrange(2**31))
    return rng.standard_normal((STEPS, size)).astype(np.float32)


def torch_module(chance: random.Random) -> tuple[str, Any]:
    """A module of torch's own, of any shape."""
    kind = chance.choice(["LSTM", "LSTM", "GRU", "RNN"])
    units = chance.randint(2, 8)
    options: dict[str, Any] = {
        "num_layers": chance.randint(1, 3),
        "bidirectional": chance.random() < 0.5,
        "bias": chance.random() < 0.75,
    }
    if kind == "LSTM" and chance.random() < 0.4:
        options["proj_size"] = chance.randint(1, units - 1)
    torch.manual_seed(chance.randrange(2**31))
    module = getattr(nn, kind)(chance.randint(1, 5), units, **options)
    return f"{kind} {options}", module.requires_grad_(False)


def of_torch(save: Callable[[dict[str, Any]], bytes], chance: random.Random) -> Made:
    """A state dict of a model with one recurrent module in it."""
    said, module = torch_module(chance)
    inputs = inputs_of(module.input_size, chance)
    state = {f"encoder.rnn.{name}": part for name, part in module.state_dict().items()}
    return Made(said, save(state), inputs, module(torch.from_numpy(inputs))[0].numpy())


def safetensors_model(chance: random.Random) -> Made:
    """As `safetensors.torch.save` writes it."""
    from safetensors.torch import save

    return of_torch(save, chance)


def pytorch_model(chance: random.Random) -> Made:
    """As `torch.save` writes it: a state dict, or a checkpoint that holds one."""

    def save(state: dict[str, Any]) -> bytes:
        file = io.BytesIO()
        torch.save({"state_dict": state, "epoch": 3} if chance.random() < 0.5 else state, file)
        return file.getvalue()

    return of_torch(save, chance)


def onnx_model(chance: random.Random) -> Made:
    """A chain of one to three nodes of ONNX, run by onnxruntime."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    kind = chance.choice(["LSTM", "LSTM", "GRU", "GRU", "RNN"])
    both, bias, units = chance.random() < 0.5, chance.random() < 0.75, chance.randint(2, 8)
    gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[kind]
    width, first = 1 + both, chance.randint(1, 5)
    options: dict[str, Any] = {"hidden_size": units, "direction": "bidirectional" if both else "forward"}
    extra = ""
    if kind == "GRU":
        options["linear_before_reset"] = chance.choice([0, 1])
    if kind == "LSTM":
        extra = chance.choice(["", "", "P", "input_forget"])
        options |= {"input_forget": 1} if extra == "input_forget" else {}
    activations = {
        "LSTM": [[], ["Sigmoid", "Relu", "Relu"], ["HardSigmoid", "Tanh", "Tanh"]],
        "GRU": [[], ["HardSigmoid", "Tanh"]],
        "RNN": [[], ["Relu"], ["Sigmoid"]],
    }[kind]
    chosen = [] if extra else chance.choice([activations[0], *activations])
    if chosen:
        options["activations"] = chosen * width
        if chosen[0] == "HardSigmoid" and chance.random() < 0.5:
            options |= {"activation_alpha": [0.3] * width, "activation_beta": [0.4] * width}
    rng = np.random.default_rng(chance.randrange(2**31))
    nodes, weights, arriving, size = [], [], "x", first
    for layer in range(chance.randint(1, 3)):
        parts: dict[str, tuple[int, ...]] = {"W": (gates * units, size), "R": (gates * units, units)}
        parts |= {"B": (2 * gates * units,)} if bias else {}
        parts |= {"P": (3 * units,)} if extra == "P" else {}
        for key, shape in parts.items():
            values = rng.uniform(-0.6, 0.6, (width, *shape)).astype(np.float32)
            weights.append(numpy_helper.from_array(values, f"{key}{layer}"))
        names = [f"{key}{layer}" if key in parts else "" for key in "WRB"]
        names += ["", "", "", f"P{layer}"] if extra == "P" else []
        made = f"y{layer}"
        nodes += [
            helper.make_node(kind, [arriving, *names], [made], name=f"/rnn/{kind}_{layer}", **options),
            helper.make_node("Transpose", [made], [f"{made}t"], perm=[0, 2, 1, 3]),
            helper.make_node("Reshape", [f"{made}t", "shape"], [f"{made}r"]),
        ]
        arriving, size = f"{made}r", width * units
    weights.append(numpy_helper.from_array(np.array([0, 0, -1]), "shape"))
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "made",
        [value("x", TensorProto.FLOAT, [None, 1, first])],
        [value(arriving, TensorProto.FLOAT, [None, 1, size])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    content, inputs = model.SerializeToString(), inputs_of(first, chance)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (run,) = session.run(None, {"x": inputs[:, None]})
    said = f"{kind} {options}{' with peepholes' * (extra == 'P')}, bias {bias}, {len(nodes) // 3} layers"
    return Made(said, content, inputs, run[:, 0])


def keras_library() -> Any:
    """Keras on torch; slow to import, so only where it is needed."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    assert keras.backend.backend() == "torch", "Keras was imported before, with another backend"
    return keras


def keras_model(chance: random.Random) -> Made:
    """One to three layers of Keras, sequential or in a model inside a model, in any of its files, run on torch."""
    keras = keras_library()
    kind = chance.choice(["LSTM", "LSTM", "GRU", "GRU", "SimpleRNN"])
    both, first, units = chance.random() < 0.5, chance.randint(1, 5), chance.randint(2, 8)
    ending = chance.choice([".keras", ".keras", ".h5", ".weights.h5"])
    options: dict[str, Any] = {"use_bias": chance.random() < 0.75, "return_sequences": True}
    # A file of weights alone says nothing of activations, nor of where a gate acts when there is no bias.
    if ending != ".weights.h5":
        gates = chance.choice(["sigmoid", "sigmoid", "hard_sigmoid"])
        options["activation"] = {
            "LSTM": chance.choice(["tanh", "relu"]) if gates == "sigmoid" else "tanh",
            "GRU": "tanh",
            "SimpleRNN": chance.choice(["tanh", "relu", "sigmoid"]),
        }[kind]
        options |= {"recurrent_activation": gates} if kind != "SimpleRNN" else {}
    if kind == "GRU" and (options["use_bias"] or ending != ".weights.h5"):
        options["reset_after"] = chance.random() < 0.5
    keras.utils.set_random_seed(chance.randrange(2**31))
    layers = []
    for _ in range(chance.randint(1, 3)):
        layer = getattr(keras.layers, kind)(units, bias_initializer="random_normal", **options)
        layers.append(keras.layers.Bidirectional(layer) if both else layer)
    model: Any = keras.Sequential([keras.Input((None, first)), *layers])
    nested = chance.random() < 0.3
    if nested:
        outer = keras.Input((None, first))
        model = keras.Model(outer, keras.layers.Dropout(0.5)(model(outer)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"model{ending}"
        if ending == ".weights.h5":
            model.save_weights(path)
        else:
            model.save(path)
        content = path.read_bytes()
    inputs = inputs_of(first, chance)
    with torch.no_grad():
        run = model(torch.from_numpy(inputs[None]), training=False).numpy(force=True)[0]
    said = f"{kind} {options}{' in both directions' * both}{', nested' * nested}, {len(layers)} layers, {ending}"
    return Made(said, content, inputs, run)


FORMATS: dict[str, Callable[[random.Random], Made]] = {
    "safetensors": safetensors_model,
    "PyTorch": pytorch_model,
    "ONNX": onnx_model,
    "Keras": keras_model,
}
"""By the names that `lstm_viz.files` gives them."""


def measure() -> Section:
    """`EACH` models of every format, and the largest difference of each."""
    lines = []
    for format, make in FORMATS.items():
        apart = []
        for seed in range(EACH):
            made = make(random.Random(f"{format} {seed}"))
            apart.append(difference(format, made))
        lines.append(Line((format, str(len(apart)), f"{max(apart):.1e}"), max(apart), MOST))
    return Section(
        "Model files",
        "Generated models of random depth, direction, projection where the format has it, bias and activations, "
        f"{STEPS} steps each: the largest difference between any hidden state of the top layer, traced from the file, "
        "and what the library that wrote it computes (torch, onnxruntime, Keras on torch).",
        ("format", "models", "largest difference"),
        lines,
    )
