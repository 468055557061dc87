"""ONNX files: what exporters write is read as what it was, and what is wrong with a file is said in a sentence."""

import io
import sys
import warnings
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import lstm_viz
from lstm_viz.files import ModelFile, read_file
from lstm_viz.files.protobuf_size import MOST_PARTS
from lstm_viz.trace import top_layers

FLOAT = TensorProto.FLOAT


class Tagger(nn.Module):
    """An embedding, an LSTM of two layers and directions, a GRU, and a head."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(11, 4)
        self.encoder = nn.LSTM(4, 5, 2, bidirectional=True, batch_first=True)
        self.decoder = nn.GRU(10, 3, batch_first=True)
        self.head = nn.Linear(3, 2)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        shown, _ = self.encoder(self.words(tokens))
        return self.head(self.decoder(shown)[0])


def exported(model: nn.Module, inputs: torch.Tensor) -> bytes:
    file: Any = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of this exporter, that there is a newer one
        torch.onnx.export(model.eval(), (inputs,), file, dynamo=False, input_names=["tokens"])
    return file.getvalue()


def weights(seed: int = 0, gates: int = 4, units: int = 3, inputs: int = 2, directions: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    shapes = {"W": (gates * units, inputs), "R": (gates * units, units), "B": (2 * gates * units,)}
    return {key: rng.uniform(-1, 1, (directions, *shape)).astype(np.float32) for key, shape in shapes.items()}


def model_of(
    nodes: list[Any], tensors: dict[str, Any], *, outputs: tuple[str, ...] = ("y",), further: tuple[str, ...] = ()
) -> bytes:
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "made",
        [value("x", FLOAT, [None, 1, 2]), *(value(name, FLOAT, None) for name in further)],
        [value(name, FLOAT, None) for name in outputs],
        [
            part if isinstance(part, TensorProto) else numpy_helper.from_array(part, key)
            for key, part in tensors.items()
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(made.SerializeToString())


def node(
    kind: str = "LSTM", *, inputs: tuple[str, ...] = ("x", "W", "R", "B"), name: str = "/rnn/node", **options: Any
) -> Any:
    return helper.make_node(kind, inputs, ["y"], name=name, hidden_size=3, **options)


def read(content: bytes) -> ModelFile:
    return read_file("model.onnx", content)


def runs(content: bytes, values: Any) -> Any:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: values})[0]


def hidden(file: ModelFile, values: Any) -> Any:
    trace = lstm_viz.trace(file.recurrent[0].module(), values)
    return np.concatenate([layer.hidden_state for layer in top_layers(trace.layers)], axis=1)


def test_what_torch_exports_is_found_again() -> None:
    torch.manual_seed(1)
    model, tokens = Tagger(), torch.tensor([[1, 7, 0, 4, 10]])
    file = read(exported(model, tokens))
    assert [(each.name, each.cell, each.num_layers) for each in file.recurrent] == [
        ("encoder", "lstm", 2),
        ("decoder", "gru", 1),
    ]
    assert file.feeds == ("words", "encoder")
    assert [table.name for table in file.embeddings] == ["words"]
    assert [table.name for table in file.heads] == ["head"]
    assert (file.unplaced, file.notes) == ((), ())
    values = file.embeddings[0].weight[tokens]
    with torch.no_grad():
        for each in file.recurrent:
            values = each.module()(values)[0]
        head = file.heads[0]
        said = nn.functional.linear(values, head.weight, head.bias)
        torch.testing.assert_close(said, model(tokens), atol=1e-6, rtol=0)


def test_weights_that_come_through_nodes_are_put_together() -> None:
    """Transposed, cut in pieces and put together by nodes, as exporters leave them that do not fold."""
    parts = weights(gates=3)
    first, second = np.split(parts["W"][0].T, [4], axis=1)
    tensors = {"first": first, "second": second, "R": parts["R"], "axes": np.array([0])}
    tensors |= {"long": np.concatenate([parts["B"], parts["B"]], axis=1), "from": np.array([0]), "to": np.array([18])}
    nodes = [
        helper.make_node("Concat", ["first", "second"], ["W0"], axis=1),
        helper.make_node("Transpose", ["W0"], ["W1"], perm=[1, 0]),
        helper.make_node("Identity", ["W1"], ["W2"]),
        helper.make_node("Unsqueeze", ["W2", "axes"], ["W"]),
        helper.make_node("Constant", [], ["axis"], value=numpy_helper.from_array(np.array([1]))),
        helper.make_node("Slice", ["long", "from", "to", "axis"], ["B"]),
        node("GRU", linear_before_reset=1),
    ]
    content, values = model_of(nodes, tensors), np.random.default_rng(1).normal(size=(6, 1, 2)).astype(np.float32)
    file = read(content)
    np.testing.assert_allclose(hidden(file, values[:, 0]), runs(content, values)[:, 0, 0], atol=1e-6)
    assert file.unplaced == ()


def test_a_layer_from_the_end_is_shown_forwards_and_said_so() -> None:
    content = model_of([node(direction="reverse")], weights())
    values = np.random.default_rng(1).normal(size=(6, 1, 2)).astype(np.float32)
    file = read(content)
    np.testing.assert_allclose(hidden(file, values[::-1, 0].copy())[::-1], runs(content, values)[:, 0, 0], atol=1e-6)
    assert "rnn reads from the last step to the first" in file.notes[0]


def test_states_and_lengths_from_outside_are_said_to_be_left_out() -> None:
    names = ("x", "W", "R", "B", "lengths", "h0", "c0")
    zeros, ones = (np.full((1, 1, 3), value, np.float32) for value in (0, 1))
    lengths = np.array([4], np.int32)
    plain = read(model_of([node(inputs=names)], weights() | {"lengths": lengths, "h0": zeros, "c0": zeros}))
    assert plain.notes == ("rnn is told how long its sequences are; here every sequence is read to its end.",)
    held = read(model_of([node(inputs=names)], weights() | {"lengths": lengths, "h0": ones, "c0": zeros}))
    assert held.notes[1] == "rnn begins in a state that the file holds; here it begins with zeros."
    given = read(model_of([node(inputs=names)], weights() | {"lengths": lengths}, further=("h0", "c0")))
    assert given.notes[1] == "rnn is given the state in which it begins; here it begins with zeros."


def test_what_stands_between_two_layers_is_said_to_be_left_out() -> None:
    upper = {key + "2": part for key, part in weights(1, inputs=3).items()}
    below = helper.make_node("LSTM", ["x", "W", "R", "B"], ["below"], name="/one/LSTM", hidden_size=3)
    nodes = [
        below,
        helper.make_node("Squeeze", ["below", "axes"], ["flat"]),
        helper.make_node("Relu", ["flat"], ["bent"]),
        helper.make_node("LSTM", ["bent", "W2", "R2", "B2"], ["y"], name="/two/LSTM", hidden_size=3),
    ]
    file = read(model_of(nodes, weights() | upper | {"axes": np.array([1])}))
    assert [each.name for each in file.recurrent] == ["one", "two"]
    assert file.feeds == (None, None)
    assert file.notes[0] == "Between one and two the file computes Relu, which is left out here."


@pytest.mark.parametrize(
    ("kind", "gates", "options", "said"),
    [
        ("LSTM", 4, {"clip": 3.0}, "it clips its weighted sums at 3, which no cell here does"),
        (
            "LSTM",
            4,
            {"activations": ["Sigmoid", "Softsign", "Tanh"]},
            "it uses sigmoid and Softsign and tanh; what can",
        ),
        ("GRU", 3, {"activations": ["Tanh", "Tanh"]}, "it uses tanh; what can be shown uses sigmoid and tanh"),
        ("RNN", 1, {"activations": ["Elu"]}, "it uses Elu; what can be shown uses tanh or relu or sigmoid"),
    ],
)
def test_a_layer_that_no_cell_computes_is_refused_by_name(kind: str, gates: int, options: Any, said: str) -> None:
    with pytest.raises(ValueError, match=f"rnn was left out: {said}"):
        read(model_of([node(kind, **options)], weights(gates=gates)))
    # Beside another it is left out, and said so.
    other = helper.make_node("LSTM", ["x", "W2", "R2"], ["z"], name="/other/LSTM", hidden_size=3)
    more = {key + "2": part for key, part in weights(1).items() if key != "B"}
    file = read(model_of([node(kind, **options), other], weights(gates=gates) | more))
    assert [each.name for each in file.recurrent] == ["other"]
    assert said in " ".join(file.notes)


def outside() -> TensorProto:
    tensor = numpy_helper.from_array(weights()["W"], "W")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/hostname")
    return tensor


def lying(*dims: int) -> TensorProto:
    tensor = numpy_helper.from_array(weights()["W"], "W")
    del tensor.dims[:]
    tensor.dims.extend(dims)
    return tensor


def in_a_circle() -> bytes:
    there = helper.make_node("Identity", ["back"], ["W"])
    back = helper.make_node("Identity", ["W"], ["back"])
    around = [helper.make_node("Squeeze", ["y"], ["z"]), helper.make_node("Squeeze", ["z"], ["x2"])]
    tensors = {key: part for key, part in weights().items() if key != "W"}
    return model_of([there, back, *around, node(inputs=("x2", "W", "R", "B"))], tensors)


def in_a_loop() -> bytes:
    inside = helper.make_graph([node()], "inside", [], [helper.make_tensor_value_info("y", FLOAT, None)])
    loop = helper.make_node("Loop", ["", ""], ["y"], body=inside)
    return model_of([loop], weights())


NAN = weights() | {"R": np.full((1, 12, 3), np.nan, np.float32)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (model_of([node()], weights())[:-40], "damaged or incomplete"),
        (model_of([node()], NAN), r"rnn.weight_hh_l0\[0, 0\] is nan; expected finite weights"),
        (model_of([node()], weights() | {"W": outside()}), "W is kept in a file beside it, which is not read"),
        (model_of([node()], weights() | {"W": lying(1, 12, 2**40)}), "W should hold 1 × 12 × 1099511627776 numbers"),
        (model_of([node()], weights() | {"W": lying(1, 12, -2)}), "W should hold 1 × 12 × -2 numbers"),
        (model_of([node()], weights() | {"W": lying(1, 6, 4)}), r"rnn is no LSTM node: its W is \(1, 6, 4\)"),
        (model_of([node("GRU")], weights()), r"rnn is no GRU node: its R is \(1, 12, 3\)|rnn is no GRU node: its W"),
        (model_of([node(direction="bidirectional")], weights()), "rnn is no LSTM node: its W is"),
        (in_a_circle(), "rnn was left out: its W is computed when the model runs"),
        (in_a_loop(), "The operations inside its Loop are not followed, among them LSTM"),
        (model_of([helper.make_node("Relu", ["x"], ["y"])], {}), "its graph, which has Relu"),
        (onnx.ModelProto(ir_version=8, producer_name="nobody").SerializeToString(), "no graph of operations is in it"),
        (b"\x08\x0a\x3a" + b"\xff" * 9 + b"\x01" + b"\0" * 50, "damaged or incomplete"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        read(content)
    assert str(caught.value).startswith("model.onnx: ")
    assert "\n" not in str(caught.value)


def test_a_file_of_nothing_but_parts_is_refused_before_it_is_unpacked() -> None:
    """Two bytes ask for a node each: in memory a hundred times as much."""
    nodes = b"\x0a\x00" * MOST_PARTS
    size = len(nodes)
    length = bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14 & 127 | 128, size >> 21])
    content = b"\x08\x0a\x3a" + length + nodes
    with pytest.raises(ValueError, match=f"more than {MOST_PARTS} parts"):
        read(content)


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    content = model_of([node()], weights())
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ValueError, match=r"model\.onnx: reading ONNX files needs the package onnx: pip install onnx"):
        read(content)
