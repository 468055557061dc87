"""The shipped network for counting as a Keras and as an ONNX file, which the notebooks read back and compare.

``python -m docs.making.sample_models`` writes both into notebooks/; it needs Keras and ONNX, which the tests install.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np

from docs.making.notebooks import FOLDER
from lstm_viz.tasks import load_model

NAME = "counting"
"""Of the shipped network, and of the files."""
GATES = 4


def weights() -> dict[str, np.ndarray[Any, Any]]:
    """The network's weights by PyTorch's names; gates one above the other: input, forget, candidate, output."""
    return {name: part.numpy() for name, part in load_model(NAME).network.state_dict().items()}


def keras_model(parts: dict[str, np.ndarray[Any, Any]]) -> Any:
    """Embedding, LSTM and a dense layer; Keras has the gates in PyTorch's order, and one bias for PyTorch's two."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    symbols, width = parts["embedding.weight"].shape
    outputs, units = parts["head.weight"].shape
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(symbols, width, name="embedding"),
            keras.layers.LSTM(units, return_sequences=True, name="lstm"),
            keras.layers.Dense(outputs, name="head"),
        ]
    )
    bias = parts["recurrent.bias_ih_l0"] + parts["recurrent.bias_hh_l0"]
    model.get_layer("embedding").set_weights([parts["embedding.weight"]])
    model.get_layer("lstm").set_weights([parts["recurrent.weight_ih_l0"].T, parts["recurrent.weight_hh_l0"].T, bias])
    model.get_layer("head").set_weights([parts["head.weight"].T, parts["head.bias"]])
    return model


def onnx_model(parts: dict[str, np.ndarray[Any, Any]]) -> Any:
    """The same as a graph of nodes; ONNX has the gates in the order input, output, forget, candidate."""
    from onnx import TensorProto, checker, helper, numpy_helper

    outputs, units = parts["head.weight"].shape

    def reordered(name: str) -> np.ndarray[Any, Any]:
        each = np.split(parts[f"recurrent.{name}_l0"], GATES)
        return np.concatenate([each[k] for k in (0, 3, 1, 2)])[None]

    bias = np.concatenate([reordered("bias_ih"), reordered("bias_hh")], axis=1)
    held = {
        "embedding": parts["embedding.weight"],
        "W": reordered("weight_ih"),
        "R": reordered("weight_hh"),
        "B": bias,
        "head.weight": parts["head.weight"].T,
        "head.bias": parts["head.bias"],
        "directions": np.array([1], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["embedding", "tokens"], ["embedded"], name="embedding"),
        helper.make_node("LSTM", ["embedded", "W", "R", "B"], ["read"], name="lstm", hidden_size=units),
        helper.make_node("Squeeze", ["read", "directions"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "head.weight"], ["weighed"], name="head"),
        helper.make_node("Add", ["weighed", "head.bias"], ["outputs"]),
    ]
    arriving = helper.make_tensor_value_info("tokens", TensorProto.INT64, ["steps", "batch"])
    leaving = helper.make_tensor_value_info("outputs", TensorProto.FLOAT, ["steps", "batch", outputs])
    initial = [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in held.items()]
    graph = helper.make_graph(nodes, NAME, [arriving], [leaving], initial)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return model


def write(folder: Path) -> None:
    """Write both files into a folder."""
    parts = weights()
    keras_model(parts).save(folder / f"{NAME}.keras")
    (folder / f"{NAME}.onnx").write_bytes(onnx_model(parts).SerializeToString())


if __name__ == "__main__":
    write(FOLDER)
