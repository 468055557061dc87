"""One LSTM, GRU or RNN node of an ONNX graph, in PyTorch's gate order.

ONNX stacks the rows of its gates i, o, f, c and z, r, h; W is (directions, G·H, I), R (directions, G·H, H), B both
biases one after the other, P the peepholes i, o, f. Its z keeps the old state near 1, as PyTorch's does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from lstm_viz.cells.elsewhere.gru_reset_first import RECURRENT
from lstm_viz.files.activations import CELL_OF, slope_note, unknown, with_slope
from lstm_viz.files.limits import Refused, shown
from lstm_viz.files.onnx_graph import Graph, attributes, tensor_of
from lstm_viz.files.stacks import Layer, from_the_end, misfit, rows_of

_GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "LSTM": ("Sigmoid", "Tanh", "Tanh"),
    "GRU": ("Sigmoid", "Tanh"),
    "RNN": ("Tanh",),
}
_FUNCTIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu", "hardsigmoid": "hard_sigmoid"}
_WITH_ALPHA = {"affine", "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu"}
_WITH_BETA = {"affine", "scaledtanh", "hardsigmoid"}
_I, _O, _F, _C = range(4)


def layer_of(file: str, graph: Graph, node: Any, below: Layer | str | None, notes: list[str]) -> Layer | None:
    """A recurrent node as a layer; None, with a note, for one that no cell here computes."""
    given, kind = attributes(node), node.op_type
    name = shown(graph.path(node) or "")
    where = name or kind
    inputs = [*node.input, *[""] * 8][:8]
    parts = {
        key: graph.constant(inputs[k]) if inputs[k] else None for key, k in (("W", 1), ("R", 2), ("B", 3), ("P", 7))
    }
    for key, k in (("W", 1), ("R", 2), ("B", 3), ("P", 7)):
        if (inputs[k] or k < 3) and parts[key] is None:
            notes.append(f"{where} was left out: its {key} is computed when the model runs, and is not in the file.")
            return None
    weights = {key: tensor_of(part) for key, part in parts.items() if part is not None}
    direction = given.get("direction", "forward")
    directions = 2 if direction == "bidirectional" else 1
    if problem := _shapes(weights, kind, directions):
        raise Refused(f"{shown(file)}: {where} is no {kind} node: {problem}; the file is damaged")
    activations, alphas = _activations(given, kind, directions)
    if len(set(activations)) > 1 or len(set(alphas)) > 1:
        notes.append(f"{where} was left out: its two directions use different activations.")
        return None
    form = kind.lower()
    if kind == "GRU" and not given.get("linear_before_reset", 0):
        form = "gru_reset_first"
    cell = CELL_OF.get((form, *activations[0]))
    if kind == "LSTM" and cell == "lstm" and "P" in weights:
        cell = "peepholes"
    if kind == "LSTM" and given.get("input_forget", 0):
        cell = "coupled_gates" if cell == "lstm" else None
    if cell is None or (kind == "LSTM" and "P" in weights and cell != "peepholes"):
        wrong = (
            unknown(form, activations[0]) if (form, *activations[0]) not in CELL_OF else "no cell here combines this"
        )
        notes.append(f"{where} was left out: {wrong}.")
        return None
    if given.get("clip", 0.0):
        notes.append(f"{where} was left out: it clips its weighted sums at {given['clip']:g}, which no cell here does.")
        return None
    both = [_direction(kind, cell, {key: part[k] for key, part in weights.items()}) for k in range(directions)]
    if "hard_sigmoid" in activations[0]:
        slope, centre = alphas[0]
        both = [with_slope(cell, each, slope, centre) for each in both]
        if slope != 0.2:
            notes.append(slope_note(where, slope))
    if problem := misfit(cell, both[0]):
        raise Refused(f"{shown(file)}: {where} is no {kind} node: {problem}; the file is damaged")
    _say_what_is_left_out(graph, inputs, where, notes)
    if direction == "reverse":
        notes.append(from_the_end(where))
    return Layer(name or kind, cell, both[0], both[1] if directions == 2 else None, below, direction != "reverse")


def _say_what_is_left_out(graph: Graph, inputs: Sequence[str], where: str, notes: list[str]) -> None:
    if inputs[4]:
        notes.append(f"{where} is told how long its sequences are; here every sequence is read to its end.")
    if any(state and not graph.is_zero(state) for state in inputs[5:7]):
        there = all(graph.constant(state) is not None for state in inputs[5:7] if state)
        what = "begins in a state that the file holds" if there else "is given the state in which it begins"
        notes.append(f"{where} {what}; here it begins with zeros.")


def _shapes(weights: Mapping[str, Tensor], kind: str, directions: int) -> str:
    """What does not fit, as the end of a sentence; "" for nothing."""
    recurrent = weights["R"]
    if recurrent.dim() != 3 or 0 in recurrent.shape:
        return f"its R is {tuple(recurrent.shape)}; expected (directions, {_GATES[kind]} · units, units)"
    units, gates = recurrent.shape[2], _GATES[kind]
    inputs = weights["W"].shape[2] if weights["W"].dim() == 3 else 0
    expected = {
        "W": (directions, gates * units, max(1, inputs)),
        "R": (directions, gates * units, units),
        "B": (directions, 2 * gates * units),
        "P": (directions, 3 * units),
    }
    for key, part in weights.items():
        if tuple(part.shape) != expected[key]:
            return f"its {key} is {tuple(part.shape)}; expected {expected[key]}"
        if not part.is_floating_point():
            return f"its {key} holds whole numbers"
    return ""


def _activations(
    given: Mapping[str, Any], kind: str, directions: int
) -> tuple[list[tuple[str, ...]], list[tuple[float, float]]]:
    """For each direction, the names of its functions, and slope and centre of its hard sigmoid."""
    names = [str(each) for each in given.get("activations", _DEFAULTS[kind] * directions)]
    alphas, betas = (list(given.get(f"activation_{each}", [])) for each in ("alpha", "beta"))
    size = len(_DEFAULTS[kind])
    found, slopes = [], []
    for k in range(directions):
        own = (names[k * size : (k + 1) * size] + list(_DEFAULTS[kind]))[:size]
        slope = (0.2, 0.5)
        for each in own:
            # The lists hold a number for each function that takes one, in order.
            low = each.lower()
            alpha = alphas.pop(0) if low in _WITH_ALPHA and alphas else 0.2
            beta = betas.pop(0) if low in _WITH_BETA and betas else 0.5
            if low == "hardsigmoid":
                slope = (round(alpha, 7), round(beta, 7))
        found.append(tuple(_FUNCTIONS.get(each.lower(), shown(each)) for each in own))
        slopes.append(slope)
    return found, slopes


def _direction(kind: str, cell: str, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of one direction by PyTorch's names, without a layer."""
    found = {"weight_ih": weights["W"], "weight_hh": weights["R"]}
    if "B" in weights:
        found["bias_ih"], found["bias_hh"] = weights["B"].chunk(2)
    if kind == "RNN":
        return found
    if kind == "LSTM":
        if cell == "coupled_gates":
            return {key: _coupled(part) for key, part in found.items()}
        found = {key: rows_of(part, (_I, _F, _C, _O)) for key, part in found.items()}
        if cell == "peepholes":
            for part, gate in zip(weights["P"].chunk(3), ("input_gate", "output_gate", "forget_gate"), strict=True):
                found[f"{gate}_peephole"] = part
        return found
    found = {key: rows_of(part, (1, 0, 2)) for key, part in found.items()}
    return reset_first(found) if cell.startswith("gru_reset_first") else found


def _coupled(part: Tensor) -> Tensor:
    """Rows of f, c, o where f is 1 − i: the weights of i with the other sign, for σ(−a) = 1 − σ(a)."""
    blocks = part.chunk(4)
    return torch.cat([-blocks[_I], blocks[_C], blocks[_O]])


def reset_first(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """PyTorch's rows r, z, n as `GRU_RESET_FIRST` has them: the candidate's recurrent rows in a matrix of their own."""
    found = dict(weights)
    *gates, candidate = weights["weight_hh"].chunk(3)
    found["weight_hh"] = torch.cat([*gates, torch.zeros_like(candidate)])
    found[RECURRENT] = candidate.clone()
    if "bias_hh" in found:
        # Nothing stands between the candidate's two biases.
        ours, theirs = (found[key].clone() for key in ("bias_ih", "bias_hh"))
        units = len(candidate)
        ours[2 * units :] += theirs[2 * units :]
        theirs[2 * units :] = 0
        found["bias_ih"], found["bias_hh"] = ours, theirs
    return found
