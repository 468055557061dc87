"""The network of every task: embedding (or plain numbers) → recurrent layers → linear head."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.module import CellModule

RECURRENT: dict[str, type[nn.LSTM | nn.GRU | nn.RNN]] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
"""The recurrent layers that models are trained with, by cell name; all three are PyTorch's own."""


class Network(nn.Module):
    """Reads a sequence and gives an output after every step.

    Parameters
    ----------
    cell : "lstm", "gru", "rnn" or the name of a variant
    vocabulary_size : number of symbols; 0 where the inputs are numbers
    input_size : width of the embedding, or how many numbers arrive at a step
    hidden_size : units of the recurrent layer
    output_size : numbers that the head gives at every step

    Attributes
    ----------
    below : recurrent modules that run before the one on show; none in the networks of the tasks
    head : an `nn.Linear`, with which the answer is read; None where there is none, and the network says nothing
    """

    head: Any

    def __init__(
        self, cell: str, *, vocabulary_size: int = 0, input_size: int, hidden_size: int, output_size: int
    ) -> None:
        super().__init__()
        self.cell = cell
        self.embedding = nn.Embedding(vocabulary_size, input_size) if vocabulary_size else None
        self.below = nn.ModuleList()
        self.recurrent: nn.RNNBase | CellModule
        if cell in RECURRENT:
            self.recurrent = RECURRENT[cell](input_size, hidden_size, batch_first=True)
        else:
            self.recurrent = CellModule(cell, input_size, hidden_size)
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
        """Mean of the forget gate's two biases added, for an LSTM; None for other cells."""
        return float(sum(part.mean() for part in self._forget_biases())) if self.cell == "lstm" else None

    def set_forget_bias(self, value: float) -> None:
        """Let an LSTM start with its forget gates open: PyTorch's own start leaves them half shut."""
        if self.cell == "lstm":
            first, second = self._forget_biases()
            with torch.no_grad():
                first.fill_(value)
                second.zero_()

    def _forget_biases(self) -> tuple[Tensor, Tensor]:
        size = self.recurrent.hidden_size
        return tuple(getattr(self.recurrent, f"bias_{side}_l0")[size : 2 * size] for side in ("ih", "hh"))
