"""A state dict as the model's author knows it: without the names that wrappers add, weights kept in parts whole."""

import re
from collections.abc import Mapping

import torch
from torch import Tensor

from lstm_viz.files.limits import shown

_WRAPPERS = ("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module")
"""What torch.compile, FSDP and activation checkpointing put between a module and its name."""

_KEPT_IN_PARTS = re.compile(r"(.*?)(?:_g|_v|_orig|_mask|_u|_raw)", re.DOTALL)
_PARAMETRIZED = re.compile(r"(?:(.*)\.)?parametrizations\.([^.]+)\.(.+)", re.DOTALL)


def plain_names(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same tensors without the names that DataParallel, torch.compile and the like put before the author's."""
    found = {}
    for name, tensor in tensors.items():
        parts = [part for part in name.split(".") if part not in _WRAPPERS]
        found[".".join(parts)] = tensor
    while found and all(name.startswith("module.") for name in found):
        found = {name.removeprefix("module."): tensor for name, tensor in found.items()}
    return found if len(found) == len(tensors) else dict(tensors)


def put_together(tensors: dict[str, Tensor], notes: list[str]) -> dict[str, Tensor]:
    """Every weight that is kept in parts as the one weight that runs: weight norm, pruning, dropped weights.

    Parts of other kinds stay as they are, under their own names, with a note.
    """
    parts: dict[str, dict[str, str]] = {}
    for name in tensors:
        if (match := _PARAMETRIZED.fullmatch(name)) and "_l" in match[2] + "_l":
            module, weight, part = match.groups()
            whole = f"{module}.{weight}" if module else weight
        elif match := _KEPT_IN_PARTS.fullmatch(name):
            whole, part = match[1], name[len(match[1]) :]
        else:
            continue
        if whole.rpartition(".")[2].startswith(("weight", "bias")):
            parts.setdefault(whole, {})[part] = name
    for whole, named in parts.items():
        weight = _whole({part: tensors[name] for part, name in named.items()})
        if weight is None:
            if re.search(r"weight_(ih|hh|hr)", whole):
                what = f"{shown(whole)} is kept in parts ({shown(', '.join(sorted(named)))})"
                notes.append(f"{what} of a kind that is not known here; save the weight itself.")
            continue
        target = whole
        if "_raw" in named:  # a wrapper keeps the weight, the wrapped module the dropped copy
            inner = f"{whole.rpartition('.')[0]}.module.{whole.rpartition('.')[2]}".removeprefix(".")
            beside = f"{inner.rpartition('.')[0]}.weight_ih_l0"
            target = inner if inner in tensors or beside in tensors else whole
        for name in named.values():
            del tensors[name]
        tensors[target] = weight
    return tensors


def _whole(parts: Mapping[str, Tensor]) -> Tensor | None:
    """The weight that its parts make; None where they are of another kind or do not fit."""
    names = set(parts)
    if names == {"_raw"}:
        return parts["_raw"]
    if names == {"_orig", "_mask"}:
        weight, mask = parts["_orig"], parts["_mask"]
        return weight * mask.to(weight.dtype) if weight.shape == mask.shape and weight.is_floating_point() else None
    for size, direction in (("_g", "_v"), ("original0", "original1")):
        if names == {size, direction}:
            return _weight_norm(parts[size], parts[direction])
    return None


def _weight_norm(size: Tensor, direction: Tensor) -> Tensor | None:
    """``size · direction / |direction|``, the norm taken over all dimensions but the one along which sizes differ."""
    fits = all(part.is_floating_point() for part in (size, direction)) and direction.dim() > 0
    if not fits or (size.dim() and size.dim() != direction.dim()):
        return None
    if size.dim() and any(n not in (1, m) for n, m in zip(size.shape, direction.shape, strict=True)):
        return None
    over = [k for k in range(direction.dim()) if size.dim() == 0 or size.shape[k] == 1]
    size, direction = size.to(torch.float64), direction.to(torch.float64)
    norm = torch.linalg.vector_norm(direction, dim=over, keepdim=True) if over else direction.abs()
    return (direction * (size / norm)).to(torch.float32)
