"""ONNX: a graph whose LSTM, GRU and RNN nodes are read; no other node is run."""

from typing import Any

import torch

from lstm_viz.files.found import ModelFile
from lstm_viz.files.limits import Refused, shown
from lstm_viz.files.onnx_graph import Graph, attributes, subgraphs, tensor_of
from lstm_viz.files.onnx_layers import layer_of
from lstm_viz.files.protobuf_size import MOST_PARTS, too_many_parts
from lstm_viz.files.stacks import Layer, left_out, put_together

RECURRENT = ("LSTM", "GRU", "RNN")
INSTALL = "reading ONNX files needs the package onnx: pip install onnx"


def is_onnx(content: bytes) -> bool:
    """Whether a file begins as ONNX models do: with the version of their format, then a field of the model."""
    return len(content) > 2 and content[0] == 0x08 and 0 < content[1] < 32 and content[2] & 7 in (0, 2)


def read_onnx(name: str, content: bytes, digest: str) -> ModelFile:
    """What is in an ONNX file: its nodes' weights, and what feeds what as its graph says."""
    if too_many_parts(content):
        raise Refused(f"{shown(name)}: it has more than {MOST_PARTS} parts, which is more than is read")
    try:
        import onnx
    except ImportError:
        raise Refused(f"{shown(name)}: {INSTALL}") from None
    model = onnx.ModelProto()
    model.ParseFromString(content)
    graph, notes = Graph(name, model.graph), list[str]()
    _not_followed(model, notes)
    tables = _Tables(graph)
    layers: dict[int, Layer] = {}
    found: list[Layer] = []
    for node in graph.nodes:
        if node.op_type in RECURRENT and node.domain in ("", "ai.onnx"):
            below = _below(graph, node, layers, tables, notes)
            if layer := layer_of(name, graph, node, below, notes):
                layers[id(node)] = layer
                found.append(layer)
    for node in graph.nodes:
        tables.add(node)
    return put_together(name, "ONNX", found, tables.with_the_rest(), digest, notes, nothing=_nothing(graph))


def _nothing(graph: Graph) -> str:
    """What a graph without a recurrent node holds instead."""
    kinds = list(dict.fromkeys(shown(node.op_type) for node in graph.nodes))
    if not kinds:
        return "no graph of operations is in it; expected an ONNX model with an LSTM, GRU or RNN node."
    more = f" and {len(kinds) - 8} more" if len(kinds) > 8 else ""
    return (
        f"no LSTM, GRU or RNN node that can be shown is in its graph, which has {', '.join(kinds[:8])}{more}; a layer "
        "that was exported step by step cannot be put together again."
    )


def _not_followed(model: Any, notes: list[str]) -> None:
    for kind, inner in subgraphs(model.graph):
        what = f", among them {', '.join(sorted(set(inner)))}" if inner else ""
        notes.append(f"The operations inside its {shown(kind)} are not followed{what}.")
    if model.functions:
        notes.append(f"Its {len(model.functions)} functions of its own are not followed.")


def _below(
    graph: Graph, node: Any, layers: dict[int, Layer], tables: "_Tables", notes: list[str]
) -> Layer | str | None:
    """What feeds a recurrent node, as far as nothing but a change of shape is between."""
    if not node.input:
        return None
    source, output, between = graph.source(node.input[0])
    layer = layers.get(id(source))
    table = tables.embedding(source) if source is not None and source.op_type == "Gather" else ""
    if not between and layer and output == 0:
        return layer
    if not between and table:
        return table
    where = shown(graph.path(node) or node.op_type)
    if between:
        notes.append(left_out(between, where, shown(layer.name) if layer else table))
    elif layer:
        notes.append(f"{where} reads only the last state of {shown(layer.name)}, not its steps.")
    return None


class _Tables:
    """Matrices of the graph by the names that PyTorch would give them, with what a node says of them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._found: dict[str, torch.Tensor] = {}
        self._names: dict[str, str] = {}

    def embedding(self, node: Any) -> str:
        """The name of the table whose rows a Gather picks; "" for any other Gather."""
        given = attributes(node)
        if len(node.input) < 2 or given.get("axis", 0) != 0 or self._graph.constant(node.input[1]) is not None:
            return ""
        weight = self._graph.constant(node.input[0])
        if weight is None or weight.ndim != 2 or weight.dtype.kind != "f":
            return ""
        return self._put(node, node.input[0], tensor_of(weight))

    def add(self, node: Any) -> None:
        """Take what a node weighs with, if it is an embedding or a linear layer."""
        if node.op_type == "Gather":
            self.embedding(node)
        elif node.op_type == "Gemm" and len(node.input) > 1:
            given = attributes(node)
            weight = self._graph.constant(node.input[1])
            if weight is not None and weight.ndim == 2 and weight.dtype.kind == "f" and not given.get("transA"):
                matrix = tensor_of(weight) if given.get("transB") else tensor_of(weight).T
                bias = self._graph.constant(node.input[2]) if len(node.input) > 2 and node.input[2] else None
                scaled = None if bias is None else tensor_of(bias) * given.get("beta", 1.0)
                self._put(node, node.input[1], matrix * given.get("alpha", 1.0), scaled)
        elif node.op_type == "MatMul" and len(node.input) == 2:
            weight = self._graph.constant(node.input[1])
            if weight is not None and weight.ndim == 2 and weight.dtype.kind == "f":
                self._put(node, node.input[1], tensor_of(weight).T, self._added(node, weight.shape[1]))

    def _added(self, node: Any, size: int) -> torch.Tensor | None:
        """The bias that an Add puts to a product."""
        for reader in self._graph.readers.get(node.output[0], []):
            if reader.op_type == "Add":
                for name in reader.input:
                    bias = self._graph.constant(name) if name != node.output[0] else None
                    if bias is not None and bias.dtype.kind == "f" and bias.size == size:
                        return tensor_of(bias).flatten()
        return None

    def _put(self, node: Any, source: str, weight: torch.Tensor, bias: torch.Tensor | None = None) -> str:
        kept = source.endswith(".weight")
        name = source.removesuffix(".weight") if kept else self._graph.path(node) or source
        key = f"{node.op_type == 'Gather'} {source}"
        if key in self._names:
            return self._names[key]
        name = name if f"{name}.weight" not in self._found else f"{name} ({len(self._found)})"
        self._names[key] = name
        self._found[f"{name}.weight"] = weight
        if bias is not None and tuple(bias.shape) == (len(weight),):
            self._found[f"{name}.bias"] = bias
        return name

    def with_the_rest(self) -> dict[str, torch.Tensor]:
        """What was found, and every tensor of fractions that no node here read."""
        rest = {
            each.name: tensor_of(self._graph.array(each))
            for each in self._graph.initializers.values()
            if each.name not in self._graph.used and each.data_type in (1, 10, 11, 16) and len(each.dims)
        }
        return self._found | {name: tensor for name, tensor in rest.items() if name not in self._found}
