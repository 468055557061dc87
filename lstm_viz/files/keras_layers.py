"""One recurrent layer of Keras in PyTorch's layout.

Keras keeps its matrices the other way round, columns in the order i, f, c, o and z, r, h, and one bias, or two rows of
it for a GRU that resets after the product. Its z keeps the old state near 1, as PyTorch's does.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from lstm_viz.files.activations import CELL_OF, slope_note, unknown, with_slope
from lstm_viz.files.hdf5 import Group
from lstm_viz.files.keras_config import RECURRENT, Spec
from lstm_viz.files.limits import Refused
from lstm_viz.files.onnx_layers import reset_first
from lstm_viz.files.stacks import Layer, from_the_end, misfit, rows_of

GATES = {"lstm": 4, "gru": 3, "rnn": 1}
_THIRD = 1 / 6
"""Slope of the hard sigmoid of Keras 3; that of Keras 2 was 0.2."""


def matrices(group: Group) -> dict[str, Tensor] | None:
    """Kernel, recurrent kernel and bias of a group, by these names; None for a group of another layer."""
    arrays = list(group.arrays.values())
    if "recurrent_kernel" in group.arrays:
        found = {key: group.arrays[key] for key in ("kernel", "recurrent_kernel", "bias") if key in group.arrays}
    elif set(group.arrays) <= {"0", "1", "2"}:
        found = dict(zip(("kernel", "recurrent_kernel", "bias"), arrays, strict=False))
    else:
        return None
    if {"kernel", "recurrent_kernel"} - set(found) or any(
        found[key].ndim != 2 for key in ("kernel", "recurrent_kernel")
    ):
        return None
    rows, columns = found["recurrent_kernel"].shape
    if found["kernel"].shape[1] != columns or not rows or columns % rows or columns // rows not in GATES.values():
        return None
    if "bias" in found and found["bias"].shape not in ((columns,), (2, columns)):
        return None
    return {
        key: torch.from_numpy(array.astype("float64" if array.dtype.itemsize == 8 else "float32"))
        for key, array in found.items()
    }


def layer_of(
    file: str, spec: Spec, groups: list[Group], below: Layer | str | None, version: str | None, notes: list[str]
) -> Layer | None:
    """A recurrent layer of a configuration with its weights; None, with a note, for one that no cell here computes."""
    kind, config = RECURRENT[spec.kind], spec.config
    if "units" not in config:
        notes.append(f"{spec.name} was left out: it is of Keras 1, which kept its weights in another way.")
        return None
    found = [(group, parts) for group in groups if (parts := matrices(group))]
    expected = 2 if spec.wrapper is not None else 1
    if len(found) != expected:
        raise Refused(
            f"{file}: the weights of {spec.name} should be {expected} × kernel and recurrent kernel, and "
            f"{len(found)} are in the file: it is damaged or incomplete"
        )
    if spec.wrapper is not None:
        found.sort(key=lambda each: any(part.startswith("backward") for part in (*each[0].keys, *each[0].path)))
    sides = [parts for _, parts in found]
    activations = tuple(_function(config.get(key)) for key in ("recurrent_activation", "activation"))
    functions = (
        activations[1:]
        if kind == "rnn"
        else (activations[0], activations[1], activations[1])[: 3 if kind == "lstm" else 2]
    )
    form = kind
    if kind == "gru" and not config.get(
        "reset_after", any(part.get("bias", torch.zeros(0)).dim() == 2 for part in sides)
    ):
        form = "gru_reset_first"
    cell = CELL_OF.get((form, *functions))
    if cell is None:
        notes.append(f"{spec.name} was left out: {unknown(form, functions)}.")
        return None
    weights = []
    for parts in sides:
        if parts["recurrent_kernel"].shape != (config["units"], GATES[kind] * config["units"]):
            shape = tuple(parts["recurrent_kernel"].shape)
            raise Refused(
                f"{file}: {spec.name} should have {config['units']} units and its recurrent kernel is {shape}; the "
                "file is damaged"
            )
        side = direction(cell, parts)
        if "hard_sigmoid" in functions and not (version or "3").startswith(("1", "2")):
            side = with_slope(cell, side, _THIRD, 0.5)
            notes.append(slope_note(spec.name, _THIRD))
        if problem := misfit(cell, side):
            raise Refused(f"{file}: {spec.name} fits no layer: {problem}; the file is damaged")
        weights.append(side)
    plain, steps = _told(spec, notes), bool(config.get("return_sequences"))
    backward = weights[1] if expected == 2 else None
    return Layer(spec.name, cell, weights[0], backward, below, plain, steps)


def direction(cell: str, parts: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of one direction by PyTorch's names, without a layer."""
    found = {"weight_ih": parts["kernel"].T, "weight_hh": parts["recurrent_kernel"].T}
    if "bias" in parts:
        bias = parts["bias"]
        found["bias_ih"], found["bias_hh"] = bias if bias.dim() == 2 else (bias, torch.zeros_like(bias))
    if cell.startswith("gru"):
        found = {key: rows_of(part, (1, 0, 2)) for key, part in found.items()}
    return reset_first(found) if cell.startswith("gru_reset_first") else found


def _told(spec: Spec, notes: list[str]) -> bool:
    """Say what of a layer is left out; whether it shows its steps in order, both directions side by side."""
    config, wrapper = spec.config, spec.wrapper
    if spec.given_state:
        notes.append(f"{spec.name} is given the state in which it begins; here it begins with zeros.")
    if config.get("stateful"):
        notes.append(f"{spec.name} keeps its state from one batch to the next; here every sequence begins with zeros.")
    backwards = bool(config.get("go_backwards")) and wrapper is None
    if backwards:
        notes.append(from_the_end(spec.name))
    merged = wrapper is not None and wrapper.get("merge_mode") != "concat"
    if merged and wrapper is not None:
        notes.append(
            f"{spec.name} hands on its two directions as one ({wrapper.get('merge_mode') or 'apart'}); here they are "
            "side by side, so that what lies on it cannot be fed by it."
        )
    elif wrapper is not None and not config.get("return_sequences"):
        notes.append(
            f"{spec.name} hands on the last state of each direction, the first step of the one that begins at the end; "
            "a head here reads both at the same step."
        )
    return not backwards and not merged


def _function(value: Any) -> str:
    """The name of an activation; of one that is no plain name, what it says it is."""
    if isinstance(value, dict):
        value = value.get("config") if isinstance(value.get("config"), str) else value.get("class_name", "its own")
    return str(value).lower() if value is not None else "linear"
