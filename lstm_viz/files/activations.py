"""Which cell a layer is by its activations, and hard sigmoids of any slope as the one that a definition knows."""

from collections.abc import Mapping

import torch
from torch import Tensor

from lstm_viz.cells import CELLS, Role
from lstm_viz.module import BASIC

CELL_OF: Mapping[tuple[str, ...], str] = {
    ("lstm", "sigmoid", "tanh", "tanh"): "lstm",
    ("lstm", "hard_sigmoid", "tanh", "tanh"): "lstm_hard",
    ("lstm", "sigmoid", "relu", "relu"): "lstm_relu",
    ("gru", "sigmoid", "tanh"): "gru",
    ("gru", "hard_sigmoid", "tanh"): "gru_hard",
    ("gru_reset_first", "sigmoid", "tanh"): "gru_reset_first",
    ("gru_reset_first", "hard_sigmoid", "tanh"): "gru_reset_first_hard",
    ("rnn", "tanh"): "rnn",
    ("rnn", "relu"): "rnn_relu",
    ("rnn", "sigmoid"): "rnn_sigmoid",
}
"""Kind of layer, function of its gates, of its candidate and of its memory → the name of the cell."""

SLOPE, CENTRE = 0.2, 0.5
"""Of the hard sigmoid that definitions use; see `lstm_viz.engine`."""


def unknown(kind: str, activations: tuple[str, ...]) -> str:
    """The sentence's end for activations that no cell here has."""
    there = " or ".join(" and ".join(dict.fromkeys(each[1:])) for each in CELL_OF if each[0] == kind)
    return f"it uses {' and '.join(dict.fromkeys(activations))}; what can be shown uses {there}"


def with_slope(cell: str, weights: Mapping[str, Tensor], slope: float, centre: float) -> dict[str, Tensor]:
    """Weights whose gates do, under the one hard sigmoid, what ``slope · a + centre``, cut off, did with these."""
    found = dict(weights)
    if (slope, centre) == (SLOPE, CENTRE):
        return found
    definition = CELLS[cell]
    gates = torch.tensor([quantity.role is Role.GATE for quantity in definition.weighted])
    rows = gates.repeat_interleave(len(weights["weight_hh"]) // len(gates))
    for name in BASIC:
        if name in found:
            tensor = found[name].clone()
            tensor[rows] *= slope / SLOPE
            found[name] = tensor
    if centre != CENTRE:
        bias = found.get("bias_ih", torch.zeros_like(found["weight_hh"][:, 0])).clone()
        bias[rows] += (centre - CENTRE) / SLOPE
        found["bias_ih"] = bias
        found.setdefault("bias_hh", torch.zeros_like(bias))
    return found


def slope_note(name: str, slope: float) -> str:
    """What is said of a layer whose weights were scaled."""
    return (
        f"{name}: its hard sigmoid has the slope {slope:.4g}; it is shown with the slope {SLOPE:g} and the weights of "
        f"its gates times {slope / SLOPE:.4g}, which comes to the same."
    )
