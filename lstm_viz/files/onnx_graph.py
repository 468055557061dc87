"""An ONNX graph as far as it is constants and wires: what a name stands for before anything is run, what feeds it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.files.limits import LIMIT, Refused, megabytes, shown

Array = NDArray[Any]

PASSES = {"Transpose", "Squeeze", "Unsqueeze", "Reshape", "Identity", "Cast", "Dropout", "Flatten"}
"""Operations that hand on the numbers of their first input, in another shape at most."""

_MOST_STEPS = 64
"""Nodes between two that matter; between weights and their initializer."""


class Graph:
    """The main graph of a model. Nothing of it is run: constants are folded by a handful of plain array operations."""

    def __init__(self, file: str, graph: Any) -> None:
        self._file, self.nodes = file, list(graph.node)
        self.initializers = {each.name: each for each in graph.initializer}
        self.makers = {name: (node, k) for node in self.nodes for k, name in enumerate(node.output) if name}
        self.readers: dict[str, list[Any]] = {}
        for node in self.nodes:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)
        self._made: dict[str, Array | None] = {}
        self._bytes = 0
        self.used: set[str] = set()

    def constant(self, name: str, steps: int = _MOST_STEPS) -> Array | None:
        """What a name stands for, where that is a constant; None for anything that depends on an input."""
        if name not in self._made:
            self._made[name] = None  # for a graph that goes in a circle
            self._made[name] = found = self._constant(name, steps)
            self._bytes += 0 if found is None else found.nbytes
            if self._bytes > 2 * LIMIT:
                raise Refused(f"{shown(self._file)}: its constants come to more than {megabytes(2 * LIMIT)}")
        return self._made[name]

    def _constant(self, name: str, steps: int) -> Array | None:
        if name in self.initializers:
            self.used.add(name)
            return self.array(self.initializers[name])
        node, k = self.makers.get(name, (None, 0))
        if node is None or not steps:
            return None
        if node.op_type == "Constant":
            return self._value(node)
        if node.op_type not in _FOLDS or not node.input:
            return None
        parts = [self.constant(each, steps - 1) if each else None for each in node.input]
        if parts[0] is None or any(part is None for part, each in zip(parts, node.input, strict=True) if each):
            return None
        found = _FOLDS[node.op_type](parts, attributes(node))
        return found[k] if isinstance(found, list) else found

    def array(self, tensor: Any) -> Array:
        """A tensor of the file; its numbers must be in the file itself, as many as it says."""
        from onnx import TensorProto, numpy_helper

        name = shown(tensor.name or "a constant")
        if tensor.data_location == TensorProto.EXTERNAL:
            raise Refused(
                f"{shown(self._file)}: {name} is kept in a file beside it, which is not read; save the model in one "
                'file: onnx.save(onnx.load("model.onnx"), "one.onnx")'
            )
        count = 1
        for size in tensor.dims:
            count *= max(0, size)
        there = len(tensor.raw_data) * 2 + sum(
            len(getattr(tensor, f"{kind}_data")) for kind in ("float", "double", "int32", "int64", "uint64", "string")
        )
        if count > there or min(tensor.dims, default=0) < 0:
            sizes = " × ".join(map(str, tensor.dims))
            raise Refused(f"{shown(self._file)}: {name} should hold {sizes} numbers, and fewer are in the file")
        return np.asarray(numpy_helper.to_array(tensor))

    def _value(self, node: Any) -> Array | None:
        given = attributes(node)
        if "value" in given:
            return self.array(given["value"])
        for name in ("value_float", "value_floats", "value_int", "value_ints"):
            if name in given:
                return np.asarray(given[name])
        return None

    def is_zero(self, name: str, steps: int = _MOST_STEPS) -> bool:
        """Whether a state is zero whatever the inputs are: a constant of zeros, or such a one in another size."""
        found = self.constant(name)
        if found is not None:
            return not found.any()
        node, _ = self.makers.get(name, (None, 0))
        if node is None or not steps:
            return False
        if node.op_type == "ConstantOfShape":
            value = attributes(node).get("value")
            return value is None or not self.array(value).any()
        if node.op_type in PASSES | {"Expand", "Slice", "Tile", "Gather", "Split"} and node.input:
            return self.is_zero(node.input[0], steps - 1)
        return False

    def source(self, name: str) -> tuple[Any, int, list[str]]:
        """Where a sequence comes from: the node that is no mere change of shape, which of its outputs, what is between.

        Returns
        -------
        node : None for an input of the graph
        output : 0 for its first
        between : operations on the way that change numbers; only the first few are followed
        """
        between: list[str] = []
        for _ in range(_MOST_STEPS):
            node, output = self.makers.get(name, (None, 0))
            if node is None or node.op_type in ("LSTM", "GRU", "RNN", "Gather", "Loop", "If", "Scan"):
                return node, output, between
            if node.op_type not in PASSES:
                between.append(node.op_type)
            # Of what has several inputs, such as Add, the one that is no constant goes on.
            going = [each for each in node.input if each and self.constant(each) is None]
            if not going or (len(going) > 1 and node.op_type not in PASSES and not self._same_source(going)):
                return None, 0, between
            name = going[0]
        return None, 0, between

    def _same_source(self, names: Sequence[str]) -> bool:
        return len(set(names)) == 1

    def path(self, node: Any) -> str:
        """The name of the module that a node was made from, as far as exporters say: ``/encoder/rnn/LSTM_1``."""
        for each in node.metadata_props:
            if each.key == "pkg.torch.onnx.name_scopes":
                scopes = [part.strip(" '\"[]") for part in each.value.split(",")]
                inner = [scope for scope in scopes[:-1] if scope]
                return inner[-1] if inner else ""
        parts = [part for part in node.name.split("/") if part]
        if "/" in node.name:
            return ".".join(parts[:-1])
        return "" if node.name.startswith("node_") else node.name


def attributes(node: Any) -> dict[str, Any]:
    """A node's attributes by name, as plain values; graphs are left out."""
    from onnx import AttributeProto

    found: dict[str, Any] = {}
    for each in node.attribute:
        kinds = {
            AttributeProto.FLOAT: lambda a: a.f,
            AttributeProto.INT: lambda a: a.i,
            AttributeProto.STRING: lambda a: a.s.decode("utf-8", "replace"),
            AttributeProto.TENSOR: lambda a: a.t,
            AttributeProto.FLOATS: lambda a: list(a.floats),
            AttributeProto.INTS: lambda a: list(a.ints),
            AttributeProto.STRINGS: lambda a: [text.decode("utf-8", "replace") for text in a.strings],
        }
        if each.type in kinds:
            found[each.name] = kinds[each.type](each)
    return found


def subgraphs(graph: Any) -> Iterator[tuple[str, list[str]]]:
    """Name of an operation that holds graphs of its own → the recurrent operations in these."""
    for node in graph.node:
        inner = [each.g for each in node.attribute if each.HasField("g")]
        inner += [each for attribute in node.attribute for each in attribute.graphs]
        if inner:
            yield (
                node.op_type,
                [each.op_type for one in inner for each in one.node if each.op_type in ("LSTM", "GRU", "RNN")],
            )


def tensor_of(array: Array) -> torch.Tensor:
    """An array as a tensor of its own; kinds that torch has not as float32."""
    if array.dtype.kind == "f" or array.dtype.kind in "iub":
        return torch.from_numpy(np.array(array))
    return torch.from_numpy(array.astype(np.float32))


def _axes(parts: list[Any], given: Mapping[str, Any]) -> list[int]:
    return [int(each) for each in (parts[1] if len(parts) > 1 and parts[1] is not None else given.get("axes", []))]


def _unsqueezed(parts: list[Any], given: Mapping[str, Any]) -> Array:
    return np.asarray(np.expand_dims(parts[0], tuple(_axes(parts, given))))


def _squeezed(parts: list[Any], given: Mapping[str, Any]) -> Array:
    return np.asarray(np.squeeze(parts[0], tuple(_axes(parts, given)) or None))


def _reshaped(parts: list[Any], given: Mapping[str, Any]) -> Array:
    kept = [parts[0].shape[k] if size == 0 else int(size) for k, size in enumerate(parts[1])]
    return np.asarray(parts[0].reshape(kept))


def _sliced(parts: list[Any], given: Mapping[str, Any]) -> Array:
    starts, ends = (parts[1], parts[2]) if len(parts) > 2 else (given["starts"], given["ends"])
    axes = parts[3] if len(parts) > 3 and parts[3] is not None else given.get("axes", range(len(starts)))
    steps = parts[4] if len(parts) > 4 and parts[4] is not None else [1] * len(starts)
    where = [slice(None)] * parts[0].ndim
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        # The least whole number there is stands for "before the first".
        where[int(axis)] = slice(int(start), None if int(end) < -(2**31) else int(end), int(step))
    return np.asarray(parts[0][tuple(where)])


def _split(parts: list[Any], given: Mapping[str, Any]) -> list[Array]:
    sizes = parts[1] if len(parts) > 1 and parts[1] is not None else given.get("split")
    axis = given.get("axis", 0)
    if sizes is None:
        return list(np.array_split(parts[0], int(given.get("num_outputs", 2)), axis))
    return list(np.split(parts[0], np.cumsum(sizes)[:-1], axis))


_FOLDS: Mapping[str, Any] = {
    "Identity": lambda parts, given: parts[0],
    "Transpose": lambda parts, given: np.transpose(parts[0], given.get("perm")),
    "Concat": lambda parts, given: np.concatenate(parts, given.get("axis", 0)),
    "Unsqueeze": _unsqueezed,
    "Squeeze": _squeezed,
    "Reshape": _reshaped,
    "Slice": _sliced,
    "Split": _split,
    "Cast": lambda parts, given: parts[0],
}
"""Operations by which exporters put weights together."""
