"""The network of every task: embedding (or plain numbers) → recurrent layers → linear head."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.cells import CELLS, Cell
from lstm_viz.module import CellModule, basic_names, place_of

RECURRENT: dict[str, type[nn.LSTM | nn.GRU | nn.RNN]] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
"""The recurrent layers that models are trained with, by cell name; all three are PyTorch's own."""


class Network(nn.Module):
    """Reads a sequence and gives an output after every step.

    Parameters
    ----------
    cell : "lstm", "gru", "rnn" or the name of a variant
    vocabulary_size : number of symbols; 0 where the inputs are numbers
    input_size : width of the embedding, or how many numbers arrive at a step
    hidden_size : units of a recurrent layer
    output_size : numbers that the head gives at every step
    num_layers : recurrent layers, each of which reads what the one below shows

    Attributes
    ----------
    below : recurrent modules that run before the one on show; none in the networks of the tasks
    head : an `nn.Linear`, with which the answer is read; None where there is none, and the network says nothing
    """

    head: Any

    def __init__(
        self,
        cell: str,
        *,
        vocabulary_size: int = 0,
        input_size: int,
        hidden_size: int,
        output_size: int,
        num_layers: int = 1,
    ) -> None:
        super().__init__()
        self.cell = cell
        self.embedding = nn.Embedding(vocabulary_size, input_size) if vocabulary_size else None
        self.below = nn.ModuleList()
        self.recurrent: nn.RNNBase | CellModule
        if cell in RECURRENT:
            self.recurrent = RECURRENT[cell](input_size, hidden_size, num_layers, batch_first=True)
        else:
            self.recurrent = CellModule(cell, input_size, hidden_size, num_layers)
        self.head = nn.Linear(hidden_size, output_size)

    @classmethod
    def of(
        cls,
        cell: str,
        recurrent: "nn.RNNBase | CellModule",
        *,
        embedding: nn.Embedding | None = None,
        below: Sequence[nn.Module] = (),
        head: nn.Linear | None = None,
    ) -> "Network":
        """One of parts that there are already."""
        network = cls.__new__(cls)
        nn.Module.__init__(network)
        network.cell, network.embedding, network.recurrent, network.head = cell, embedding, recurrent, head
        network.below = nn.ModuleList(below)
        return network.eval().requires_grad_(False)

    @property
    def dtype(self) -> torch.dtype:
        """Of its weights: float32, or float64."""
        weight = self.recurrent.weight_ih_l0
        assert isinstance(weight, Tensor)
        return weight.dtype

    def embed(self, inputs: Tensor) -> Tensor:
        """What arrives at the recurrent layer: (…, T, input_size)."""
        arriving = inputs.to(self.dtype) if self.embedding is None else self.embedding(inputs)
        for module in self.below:
            arriving, _ = module(arriving)
        return arriving

    def forward(self, inputs: Tensor, *, input_dropout: float = 0.0, output_dropout: float = 0.0) -> Tensor:
        """Outputs after every step, (batch, T, output_size); inputs are (batch, T) or (batch, T, input_size).

        Without a head, the hidden states.
        """
        arriving = nn.functional.dropout(self.embed(inputs), input_dropout, self.training)
        hidden, _ = self.recurrent(arriving)
        hidden = nn.functional.dropout(hidden, output_dropout, self.training)
        return hidden if self.head is None else self.head(hidden)

    @property
    def forget_bias(self) -> float | None:
        """Mean of the forget gates' biases, two of a gate added; None for a cell without such a gate."""
        biases = self._forget_biases()
        return float(torch.cat([sum(each[1:], each[0]) for each in biases]).mean()) if biases else None

    def set_forget_bias(self, value: float) -> None:
        """Let forget gates start open, where there are any: PyTorch's own start leaves an LSTM's half shut."""
        with torch.no_grad():
            for first, *second in self._forget_biases():
                first.fill_(value)
                for each in second:
                    each.zero_()

    def _forget_biases(self) -> list[tuple[Tensor, ...]]:
        """Of every layer with a forget gate, its one bias or its two."""
        cell, size = CELLS[self.cell], self.recurrent.hidden_size
        row = forget_row(cell)
        if row is None:
            return []
        rows = slice(row * size, (row + 1) * size)
        names = [name for name in basic_names(cell) if name.startswith("bias")]
        places = [place_of(layer, False) for layer in range(self.recurrent.num_layers)]
        return [tuple(getattr(self.recurrent, name + place)[rows] for name in names) for place in places]


def forget_row(cell: Cell) -> int | None:
    """Which of a cell's weighted sums opens its forget gate, counted in the order of the weight rows."""
    names = [quantity.name for quantity in cell.weighted]
    return next((names.index(name) for name in ("forget_gate", "forget_sum", "forget_part") if name in names), None)
