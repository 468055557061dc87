"""All steps of a run at once, as a cell's definition sees them, with the product U h as a variable of its own."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear

from lstm_viz.cells import Cell
from lstm_viz.engine import Weights


class StepValues(SimpleNamespace):
    """The values of all steps, as attributes, and the arithmetic that a definition may use.

    Parameters
    ----------
    inputs : (T, I)
    hidden_before : (T, P), the hidden state that each step found; ``from_hidden_block`` is U h + b, a leaf of autograd
    """

    sigmoid, tanh, relu = staticmethod(torch.sigmoid), staticmethod(torch.tanh), staticmethod(torch.relu)

    def __init__(self, cell: Cell, weights: Weights, inputs: Tensor, hidden_before: Tensor) -> None:
        super().__init__()
        self._weights = weights
        self._rows = {quantity.name: k for k, quantity in enumerate(cell.weighted)}
        self._units = weights.rows // len(self._rows)
        self.from_input_block = _given(linear(inputs, weights.input, weights.input_bias))
        self.from_hidden_block = _given(linear(hidden_before, weights.hidden, weights.hidden_bias)).requires_grad_()

    @staticmethod
    def past(values: Mapping[str, Tensor]) -> Any:
        """The values of the step before, as attributes."""
        return SimpleNamespace(**values)

    @staticmethod
    def project(values: Tensor) -> Tensor:
        """Layers with a projection are not taken."""
        return values

    def _row(self, block: Tensor, name: str) -> Tensor:
        start = self._rows[name] * self._units
        return block[..., start : start + self._units]

    def from_input(self, name: str) -> Tensor:
        """``W x + b``."""
        return self._row(self.from_input_block, name)

    def from_hidden(self, name: str) -> Tensor:
        """``U h + b``."""
        return self._row(self.from_hidden_block, name)

    def weighted_sum(self, name: str) -> Tensor:
        """``W x + U h + b``."""
        return self.from_input(name) + self.from_hidden(name)

    def parameter(self, name: str) -> Tensor:
        """A variant's further weights, one a unit."""
        return self._weights.parameters[name].detach()


def _given(values: Tensor) -> Tensor:
    return values.detach()
