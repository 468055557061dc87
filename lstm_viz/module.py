"""Any cell definition as a torch module: for the variants, which torch has no kernels for."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from lstm_viz.cells import CELLS, Cell
from lstm_viz.engine import Values, Weights, run_steps

BASIC = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
"""Names of the weights that every cell has, as PyTorch names them."""


def parameter_shapes(cell: Cell, input_size: int, hidden_size: int) -> dict[str, tuple[int, ...]]:
    """Name → shape of every weight of a cell, in PyTorch's naming and order; a variant's own ones come last."""
    rows = len(cell.weighted) * hidden_size
    shapes: dict[str, tuple[int, ...]] = dict(
        zip(BASIC, ((rows, input_size), (rows, hidden_size), (rows,), (rows,)), strict=True)
    )
    return shapes | {name: (hidden_size,) * dimensions for name, dimensions in cell.parameters.items()}


def as_weights(cell: Cell, tensors: Mapping[str, Tensor]) -> Weights:
    """The engine's view of the tensors that `parameter_shapes` lists."""
    own = {name: tensors[name] for name in cell.parameters}
    return Weights(*(tensors[name] for name in BASIC), projection=None, parameters=own)  # type: ignore[misc, arg-type]


class CellModule(nn.Module):
    """One layer of any cell, run step by step; `lstm_viz.trace` records it like torch's own.

    Parameters
    ----------
    cell : a definition or the name of one
    input_size, hidden_size : I and H

    Examples
    --------
    >>> import torch, lstm_viz
    >>> module = CellModule("peepholes", 3, 8)
    >>> lstm_viz.trace(module, torch.zeros(5, 3)).layers[0].cell
    'peepholes'
    """

    num_layers, bidirectional, bias, proj_size, dropout, batch_first = 1, False, True, 0, 0.0, True

    def __init__(self, cell: Cell | str, input_size: int, hidden_size: int) -> None:
        super().__init__()
        if isinstance(cell, str) and cell not in CELLS:
            raise ValueError(f"cell: {cell!r} is not known; known are {', '.join(CELLS)}")
        self.cell = CELLS[cell] if isinstance(cell, str) else cell
        self.input_size, self.hidden_size = input_size, hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for name, shape in parameter_shapes(self.cell, input_size, hidden_size).items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    @classmethod
    def of(cls, cell: Cell, weights: Weights) -> "CellModule":
        """One layer of another module by itself; biases that it lacks are zeros.

        Raises
        ------
        ValueError
            for a layer with a projection, which no definition has.
        """
        if weights.projection is not None:
            raise ValueError("weights: has a projection; expected a layer without one")
        module = cls(cell, weights.input.shape[1], weights.units(cell)).to(weights.input)
        zeros = weights.input.new_zeros(len(weights.input))
        own = (
            weights.input,
            weights.hidden,
            *(zeros if b is None else b for b in (weights.input_bias, weights.hidden_bias)),
        )
        with torch.no_grad():
            for name, tensor in {**dict(zip(BASIC, own, strict=True)), **weights.parameters}.items():
                getattr(module, name).copy_(tensor)
        return module.requires_grad_(False)

    @property
    def weights(self) -> Weights:
        """All weights, as the engine takes them."""
        return as_weights(self.cell, dict(self.named_parameters()))

    def forward(self, inputs: Tensor, initial: Values | None = None) -> tuple[Tensor, Values]:
        """Hidden states of all steps, and what the next step would find.

        Parameters
        ----------
        inputs : (T, I), or (B, T, I)
        initial : as an earlier call returned it; zeros by default
        """
        values = run_steps(self.cell, self.weights, inputs.movedim(-2, 0), initial)
        last = {quantity.name: values[quantity.name][-1] for quantity in self.cell.carried}
        return values["hidden_state"].movedim(0, -2), last
