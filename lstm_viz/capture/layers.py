"""Recurrent modules: which cell each runs, and the weights of its layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from lstm_viz.arguments import a_kind, given
from lstm_viz.cells import GRU, LSTM, RNN, RNN_RELU, Cell
from lstm_viz.engine import Weights
from lstm_viz.module import CellModule
from lstm_viz.trace import DIRECTIONS


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a module, in one direction."""

    index: int
    direction: str
    weights: Weights


def is_recurrent(module: Any) -> bool:
    """Whether it is a module that runs a whole sequence, and can be traced."""
    return isinstance(module, (nn.LSTM, nn.GRU, nn.RNN, CellModule))


def cell_of(module: Any, argument: str = "module") -> Cell:
    """The definition of the cell that a module runs; TypeError, naming the argument, for one that cannot be traced."""
    if isinstance(module, nn.LSTM):
        return LSTM
    if isinstance(module, nn.GRU):
        return GRU
    if isinstance(module, nn.RNN):
        return RNN if module.nonlinearity == "tanh" else RNN_RELU
    if isinstance(module, CellModule):
        return module.cell
    name, advice = given(module), ""
    if isinstance(module, nn.Module):
        name = a_kind(module)
        inner = [name for name, child in module.named_modules() if isinstance(child, (nn.LSTM, nn.GRU, nn.RNN))]
        advice = f"; take its part {inner[0]}, with the inputs that part receives" if inner else "; there is none in it"
        if "quantiz" in type(module).__module__:
            name, advice = f"{name} that is quantised", "; trace the module that it was made of"
    elif isinstance(module, type) and issubclass(module, nn.RNNBase):
        name, advice = "the class itself", "; make one of it, such as torch.nn.LSTM(3, 8)"
    raise TypeError(f"{argument}: cannot trace {name}; expected torch.nn.LSTM, GRU or RNN{advice}")


def layers_of(module: nn.Module) -> list[Layer]:
    """The weights of every layer and direction, in PyTorch's order."""
    cell_of(module)
    assert isinstance(module, nn.RNNBase | CellModule)
    directions = DIRECTIONS[: 1 + module.bidirectional]
    if isinstance(module, CellModule):
        return [
            Layer(k, direction, module.weights_at(k, backward=direction != DIRECTIONS[0]))
            for k in range(module.num_layers)
            for direction in directions
        ]
    return [
        Layer(index, direction, _weights(module, tensors))
        for (index, direction), tensors in zip(
            ((k, d) for k in range(module.num_layers) for d in directions), module.all_weights, strict=True
        )
    ]


def _weights(module: nn.RNNBase, tensors: Sequence[Tensor]) -> Weights:
    input_bias, hidden_bias = tensors[2:4] if module.bias else (None, None)
    return Weights(tensors[0], tensors[1], input_bias, hidden_bias, tensors[-1] if module.proj_size else None)
