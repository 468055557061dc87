"""Any cell definition as a torch module: for the variants, which torch has no kernels for."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from lstm_viz.cells import CELLS, Cell
from lstm_viz.engine import Values, Weights, run_parallel, run_steps

BASIC = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
"""Names of the weights that PyTorch's cells have, but for their layer and direction."""

OF_INPUT = ("weight_ih", "bias_ih")
"""Those of a cell without recurrent weights; see `lstm_viz.cells.Cell.recurrent`."""


def place_of(layer: int, backward: bool) -> str:
    """How the names of a layer's weights end: ``_l1``, or ``_l1_reverse`` for the direction from the end."""
    return f"_l{layer}{'_reverse' * backward}"


def own_name(name: str, place: str) -> str:
    """The name of a variant's own weight at a place: by itself in the first layer forward, else with the place."""
    return name if place == place_of(0, False) else name + place


def basic_names(cell: Cell) -> tuple[str, ...]:
    """The names of the weights of a cell that are in any layer, its own apart."""
    return BASIC if cell.recurrent else OF_INPUT


def parameter_shapes(
    cell: Cell, input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False
) -> dict[str, tuple[int, ...]]:
    """Name → shape of every weight of a cell, in PyTorch's naming and order; a variant's own ones come last."""
    rows, shapes = len(cell.weighted) * hidden_size, dict[str, tuple[int, ...]]()
    places = [(layer, backward) for layer in range(num_layers) for backward in (False, True)[: 1 + bidirectional]]
    for layer, backward in places:
        arriving = hidden_size * (1 + bidirectional) if layer else input_size
        basic = dict(zip(BASIC, ((rows, arriving), (rows, hidden_size), (rows,), (rows,)), strict=True))
        shapes |= {name + place_of(layer, backward): basic[name] for name in basic_names(cell)}
    for place in places:
        own = {own_name(name, place_of(*place)): dimensions for name, dimensions in cell.parameters.items()}
        shapes |= {name: (hidden_size,) * dimensions for name, dimensions in own.items()}
    return shapes


def as_weights(cell: Cell, tensors: Mapping[str, Tensor], place: str = "_l0") -> Weights:
    """The engine's view of the tensors that `parameter_shapes` lists, at one place; see `place_of`."""
    own = {name: tensors[own_name(name, place)] for name in cell.parameters}
    there = basic_names(cell)
    basic = (tensors[name + place] if name in there else None for name in BASIC)
    return Weights(*basic, projection=None, parameters=own)  # type: ignore[misc, arg-type]


class CellModule(nn.Module):
    """Any cell, run step by step, or at once where it can be; `lstm_viz.trace` records it like torch's own.

    Parameters
    ----------
    cell : a definition or the name of one
    input_size, hidden_size : I and H
    num_layers, bidirectional : as of torch's own; each layer reads what the one below shows, in both directions

    Examples
    --------
    >>> import torch, lstm_viz
    >>> module = CellModule("peepholes", 3, 8)
    >>> lstm_viz.trace(module, torch.zeros(5, 3)).layers[0].cell
    'peepholes'
    """

    bias, proj_size, dropout, batch_first = True, 0, 0.0, True

    def __init__(
        self, cell: Cell | str, input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False
    ) -> None:
        super().__init__()
        if isinstance(cell, str) and cell not in CELLS:
            raise ValueError(f"cell: {cell!r} is not known; known are {', '.join(CELLS)}")
        self.cell = CELLS[cell] if isinstance(cell, str) else cell
        self.input_size, self.hidden_size = input_size, hidden_size
        self.num_layers, self.bidirectional = num_layers, bidirectional
        bound = 1 / math.sqrt(hidden_size)
        for name, shape in parameter_shapes(self.cell, input_size, hidden_size, num_layers, bidirectional).items():
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
        biases = (zeros if b is None else b for b in (weights.input_bias, weights.hidden_bias))
        own = dict(zip(BASIC, (weights.input, weights.hidden, *biases), strict=True))
        with torch.no_grad():
            basic = {name + place_of(0, False): own[name] for name in basic_names(cell)}
            for name, tensor in {**basic, **weights.parameters}.items():
                getattr(module, name).copy_(tensor)
        return module.requires_grad_(False)

    @property
    def weights(self) -> Weights:
        """The weights of the first layer forward, as the engine takes them."""
        return self.weights_at(0, backward=False)

    def weights_at(self, layer: int, *, backward: bool) -> Weights:
        """Those of any layer and direction."""
        return as_weights(self.cell, dict(self.named_parameters()), place_of(layer, backward))

    def forward(self, inputs: Tensor, initial: Values | None = None) -> tuple[Tensor, Values]:
        """Hidden states of all steps of the top layer, and what the next step would find.

        Parameters
        ----------
        inputs : (T, I), or (B, T, I)
        initial : as an earlier call returned it; zeros by default. Of several layers or directions, all along a first
            dimension, in PyTorch's order.
        """
        arriving, lasts = inputs.movedim(-2, 0), list[Values]()
        run = run_parallel if self.cell.parallel else run_steps
        several = self.num_layers * (1 + self.bidirectional) > 1
        for layer in range(self.num_layers):
            shown = []
            for backward in (False, True)[: 1 + self.bidirectional]:
                start = initial and {name: value[len(lasts)] for name, value in initial.items()} if several else initial
                ordered = arriving.flip(0) if backward else arriving
                values = run(self.cell, self.weights_at(layer, backward=backward), ordered, start)
                lasts.append({quantity.name: values[quantity.name][-1] for quantity in self.cell.carried})
                shown.append(values["hidden_state"].flip(0) if backward else values["hidden_state"])
            arriving = torch.cat(shown, dim=-1)
        last = {name: torch.stack([each[name] for each in lasts]) for name in lasts[0]} if several else lasts[0]
        return arriving.movedim(0, -2), last
