"""What is in a model file, whichever format it has: all in PyTorch's names, layout and gate order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.arguments import given
from lstm_viz.cells import CELLS
from lstm_viz.module import CellModule, parameter_shapes

NATIVE: dict[str, Any] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN, "rnn_relu": nn.RNN}
"""The cells that torch has kernels for."""


@dataclass(frozen=True, eq=False)
class Recurrent:
    """One recurrent module of a file. Several layers of one name, as PyTorch writes them, are one module.

    Attributes
    ----------
    name : as the file names it, such as ``encoder.rnn``; "" where it has none
    cell : a name in `CELLS`
    could_be : the cells that its shapes fit, `cell` first: shapes alone do not tell a tanh from a relu
    tensors : weights by PyTorch's names: ``weight_ih_l0`` (G·H, I), ``weight_hh_l0_reverse`` (G·H, P), which some
        cells lack, ``bias_ih_l0`` (G·H,), ``weight_hr_l0`` (P, H); a variant's own by their names. All float32, or all
        float64.
    """

    name: str
    cell: str
    could_be: tuple[str, ...]
    tensors: Mapping[str, Tensor] = field(repr=False)

    @property
    def num_layers(self) -> int:
        """How many layers lie on each other."""
        return sum(f"weight_ih_l{k}" in self.tensors for k in range(len(self.tensors)))

    @property
    def bidirectional(self) -> bool:
        """Whether every layer also reads from the end."""
        return "weight_ih_l0_reverse" in self.tensors

    @property
    def bias(self) -> bool:
        """Whether it has biases."""
        return "bias_ih_l0" in self.tensors

    @property
    def input_size(self) -> int:
        """I: numbers that the first layer reads a step."""
        return int(self.tensors["weight_ih_l0"].shape[1])

    @property
    def hidden_size(self) -> int:
        """H: units of a layer, in one direction."""
        return self._units(self.cell)

    def _units(self, cell: str) -> int:
        """As many as have their rows, for a cell that its shapes fit."""
        return len(self.tensors["weight_ih_l0"]) // len(CELLS[cell].weighted)

    @property
    def proj_size(self) -> int:
        """P: numbers that a layer shows a step, in one direction, where that is not H; else 0."""
        return len(self.tensors["weight_hr_l0"]) if "weight_hr_l0" in self.tensors else 0

    @property
    def output_size(self) -> int:
        """Numbers that the top layer shows a step, both directions together."""
        return (self.proj_size or self.hidden_size) * (1 + self.bidirectional)

    def module(self, cell: str | None = None) -> nn.Module:
        """A torch module that runs these weights; it shares their memory and follows no gradients.

        Parameters
        ----------
        cell : one of `could_be`, where the shapes leave a choice

        Returns
        -------
        Module
            `nn.LSTM`, `nn.GRU` or `nn.RNN`, ``batch_first``, or a `CellModule` for any other cell.
        """
        cell = self.cell if cell is None else cell
        if cell not in self.could_be:
            titles = ", ".join(self.could_be)
            name = self.name or "this layer"
            raise ValueError(f"cell: {name} cannot be {given(cell)}; by its shapes it may be {titles}")
        weights = dict(self.tensors)
        dtype = weights["weight_ih_l0"].dtype
        made: nn.Module
        if cell in NATIVE:
            more: dict[str, Any] = {"nonlinearity": "relu"} if cell == "rnn_relu" else {}
            more |= {"proj_size": self.proj_size} if self.proj_size else {}
            made = NATIVE[cell](
                self.input_size,
                self.hidden_size,
                self.num_layers,
                bias=self.bias,
                batch_first=True,
                bidirectional=self.bidirectional,
                device="meta",
                dtype=dtype,
                **more,
            )
        else:
            sizes = (self.input_size, self._units(cell), self.num_layers, self.bidirectional)
            with torch.device("meta"):
                made = CellModule(cell, *sizes)
            for name, shape in parameter_shapes(CELLS[cell], *sizes).items():
                weights.setdefault(name, torch.zeros(shape, dtype=dtype))
        made.load_state_dict(weights, assign=True)
        return made.eval().requires_grad_(False)

    def describe(self) -> str:
        """One line: "LSTM, 2 layers, both directions, 256 units, reads 64 numbers a step"."""
        parts = [CELLS[self.cell].title, f"{self.num_layers} layer{'s' * (self.num_layers > 1)}"]
        if self.bidirectional:
            parts.append("both directions")
        parts.append(f"{self.hidden_size} unit{'s' * (self.hidden_size > 1)}")
        if self.proj_size:
            parts.append(f"projected to {self.proj_size}")
        if not self.bias:
            parts.append("without bias")
        parts.append(f"reads {self.input_size} number{'s' * (self.input_size > 1)} a step")
        return ", ".join(parts)


@dataclass(frozen=True, eq=False)
class Table:
    """An embedding, or a linear head.

    Attributes
    ----------
    name : as the file names it
    weight : (V, E) for an embedding, (O, P) for a head
    bias : (O,), or None
    """

    name: str
    weight: Tensor = field(repr=False)
    bias: Tensor | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class ModelFile:
    """What a model file holds.

    Attributes
    ----------
    name : of the file, as given
    format : "safetensors", "PyTorch", "ONNX" or "Keras"
    recurrent : in the order in which data goes through them, as far as that is known
    feeds : for each of them, the name of the recurrent module or embedding that feeds it, or None, as far as shapes
        or the file's graph say
    embeddings, heads : candidates, the likeliest first; each fits at least one of `recurrent` by its shape
    unplaced : name and shape of every tensor that is none of these
    notes : sentences for the user
    digest : SHA-256 of the file's bytes, in hexadecimal
    card : what a file says of its network that was trained here; None for any other. It may come from anyone.
    states : update → all weights of that network after so many, in a row, in the order of its parameters
    """

    name: str
    format: str
    recurrent: tuple[Recurrent, ...]
    feeds: tuple[str | None, ...]
    embeddings: tuple[Table, ...]
    heads: tuple[Table, ...]
    unplaced: tuple[tuple[str, tuple[int, ...]], ...]
    notes: tuple[str, ...]
    digest: str
    card: Mapping[str, Any] | None = None
    states: Mapping[int, Tensor] = field(default_factory=dict, repr=False)
