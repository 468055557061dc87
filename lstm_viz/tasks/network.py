"""The network of every task: embedding (or plain numbers) → one recurrent layer → linear head."""

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
    """

    def __init__(
        self, cell: str, *, vocabulary_size: int = 0, input_size: int, hidden_size: int, output_size: int
    ) -> None:
        super().__init__()
        self.cell = cell
        self.embedding = nn.Embedding(vocabulary_size, input_size) if vocabulary_size else None
        self.recurrent: nn.RNNBase | CellModule
        if cell in RECURRENT:
            self.recurrent = RECURRENT[cell](input_size, hidden_size, batch_first=True)
        else:
            self.recurrent = CellModule(cell, input_size, hidden_size)
        self.head = nn.Linear(hidden_size, output_size)

    def embed(self, inputs: Tensor) -> Tensor:
        """What arrives at the recurrent layer: (…, T, input_size)."""
        return inputs if self.embedding is None else self.embedding(inputs)

    def forward(self, inputs: Tensor, *, input_dropout: float = 0.0, output_dropout: float = 0.0) -> Tensor:
        """Outputs after every step, (batch, T, output_size); inputs are (batch, T) or (batch, T, input_size)."""
        arriving = nn.functional.dropout(self.embed(inputs), input_dropout, self.training)
        hidden, _ = self.recurrent(arriving)
        return self.head(nn.functional.dropout(hidden, output_dropout, self.training))

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
