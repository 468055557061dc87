"""The recurrent modules among named tensors, by the names and shapes that PyTorch gives them."""

import re
from collections.abc import Collection, Mapping

import torch
from torch import Tensor

from lstm_viz.cells import CELLS
from lstm_viz.files.found import NATIVE, Recurrent
from lstm_viz.files.limits import Refused, shown
from lstm_viz.module import parameter_shapes

MOST_MODULES = 200

_PART = re.compile(r"(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)(_l\d{1,4})?(_reverse)?")
_OWN = {name for cell in CELLS.values() for name in cell.parameters}


def recurrent_modules(file: str, tensors: dict[str, Tensor], notes: list[str]) -> tuple[Recurrent, ...]:
    """Every recurrent module; its tensors are taken out of `tensors`.

    Parameters
    ----------
    file : its name, for the sentences
    notes : what is to be told besides is appended: groups that look recurrent and fit no cell, weights widened
    """
    found = []
    groups = _groups(tensors)
    if len(groups) > MOST_MODULES:
        raise Refused(f"{shown(file)}: it holds {len(groups)} recurrent modules; at most {MOST_MODULES} are read")
    for module, named in groups.items():
        where = shown(module) or "the layer"
        parts = {part: tensors[name] for part, name in named.items()}
        if "weight_hh_l0" not in parts:
            cells = _without_recurrent_weights(parts, {part.shape[-1] for part in tensors.values() if part.dim() == 2})
            for name in named.values() if cells else ():
                del tensors[name]
            if cells:
                found.append(Recurrent(shown(module), cells[0], cells, as_numbers(file, module, parts, notes)))
            continue
        if wrong := _misfit(parts):
            notes.append(f"{where} looks recurrent and fits no cell: {wrong}.")
            continue
        cells = fitting(parts)
        if not cells:
            rows, columns = parts["weight_hh_l0"].shape
            notes.append(f"{where} looks recurrent and fits no cell: weight_hh_l0 is ({rows}, {columns}).")
            continue
        for name in named.values():
            del tensors[name]
        checked = as_numbers(file, module, parts, notes)
        found.append(Recurrent(shown(module), cells[0], cells, _with_both_biases(checked, where, notes)))
    return tuple(found)


def _groups(tensors: Mapping[str, Tensor]) -> dict[str, dict[str, str]]:
    """Module → part → name in the file, for all modules that have a first layer's weights.

    Those that see the hidden state may all be missing, but not some.
    """
    groups: dict[str, dict[str, str]] = {}
    for name in tensors:
        module, _, last = name.rpartition(".")
        if match := _PART.fullmatch(last):
            kind, layer, reverse = match.groups()
            groups.setdefault(module, {}).setdefault(f"{kind}{layer or '_l0'}{reverse or ''}", name)
        elif last in _OWN:
            groups.setdefault(module, {})[last] = name

    def begins(named: Mapping[str, str]) -> bool:
        see_hidden = any(part.startswith(("weight_hh", "bias_hh")) for part in named)
        return "weight_ih_l0" in named and ("weight_hh_l0" in named or not see_hidden)

    return {module: named for module, named in groups.items() if begins(named)}


def _without_recurrent_weights(parts: Mapping[str, Tensor], read: Collection[int]) -> tuple[str, ...]:
    """The cells without recurrent weights that a module's shapes fit; first those of which something reads all units.

    Parameters
    ----------
    read : how many numbers the tables of the file read each
    """
    rows, width = parts["weight_ih_l0"].shape if parts["weight_ih_l0"].dim() == 2 else (0, 0)
    layers = sum(part.startswith("weight_ih") and not part.endswith("_reverse") for part in parts)
    both = "weight_ih_l0_reverse" in parts
    found = {}
    for name, cell in CELLS.items():
        units, rest = divmod(rows, len(cell.weighted))
        if cell.recurrent or rest or not units * width:
            continue
        shapes = parameter_shapes(cell, width, units, layers, both)
        expected = {part: shape for part, shape in shapes.items() if part in parts or not part.startswith("bias")}
        if expected == {part: tuple(tensor.shape) for part, tensor in parts.items()}:
            found[name] = units * (1 + both)
    return tuple(sorted(found, key=lambda name: found[name] not in read))


def _misfit(parts: Mapping[str, Tensor]) -> str:
    """What is wrong with the shapes of a module's parts, as the end of a sentence; "" where they fit each other."""
    first = parts["weight_hh_l0"]
    if first.dim() != 2 or 0 in first.shape:
        return f"weight_hh_l0 has the shape {tuple(first.shape)}, expected (rows, units)"
    rows, columns = first.shape
    both = "weight_ih_l0_reverse" in parts
    projected = "weight_hr_l0" in parts
    expected: dict[str, tuple[int, ...]] = {}
    below = parts["weight_ih_l0"].shape[-1] if parts["weight_ih_l0"].dim() == 2 else 0
    for layer in range(sum(f"weight_ih_l{k}" in parts for k in range(len(parts)))):
        for suffix in (f"_l{layer}", f"_l{layer}_reverse")[: 1 + both]:
            expected |= {f"weight_ih{suffix}": (rows, below), f"weight_hh{suffix}": (rows, columns)}
            expected |= {f"bias_{side}{suffix}": (rows,) for side in ("ih", "hh") if f"bias_{side}_l0" in parts}
            if projected:
                expected[f"weight_hr{suffix}"] = (columns, rows // 4)
        below = columns * (1 + both)
    if not below or 0 in (below, rows):
        return f"weight_ih_l0 has the shape {tuple(parts['weight_ih_l0'].shape)}, expected (rows, inputs)"
    standard = {part for part in parts if part not in _OWN}
    if odd := sorted(standard ^ set(expected)):
        return f"{odd[0]} {'is missing' if odd[0] in expected else 'has no layer that it belongs to'}"
    for part, shape in expected.items():
        if tuple(parts[part].shape) != shape:
            return f"{part} has the shape {tuple(parts[part].shape)}, expected {shape}"
    return ""


def fitting(parts: Mapping[str, Tensor]) -> tuple[str, ...]:
    """The cells that a module's shapes fit: those of PyTorch first; those with weights of their own in one layer."""
    rows, columns = parts["weight_hh_l0"].shape
    if "weight_hr_l0" in parts:
        return ("lstm",) if tuple(parts["weight_hr_l0"].shape) == (columns, rows // 4) and rows % 4 == 0 else ()
    own = {part: parts[part].shape for part in parts if part in _OWN}
    alone = not {"weight_ih_l1", "weight_ih_l0_reverse"} & set(parts)
    found = []
    for name, cell in CELLS.items():
        shapes = {part: (columns,) * dimensions for part, dimensions in cell.parameters.items()}
        if len(cell.weighted) * columns == rows and shapes == own and (alone or not cell.parameters):
            found.append(name)
    return tuple(sorted(found, key=lambda name: name not in NATIVE))


def as_numbers(file: str, module: str, parts: dict[str, Tensor], notes: list[str]) -> dict[str, Tensor]:
    """A module's weights in float32, or in float64 where one of them is; halves are widened, and said so.

    They are contiguous, and taken out of `parts`.

    Raises
    ------
    Refused
        for whole numbers, and for a weight that is not finite, with its place.
    """
    for part, tensor in parts.items():
        name = shown(f"{module}.{part}" if module else part)
        if not tensor.is_floating_point():
            raise Refused(
                f"{shown(file)}: {name} holds {_kind(tensor)}; expected fractions (float32 or float64). Was the model "
                "quantised? Save the one that it was made of"
            )
        if place := not_finite(tensor):
            raise Refused(f"{shown(file)}: {name}{place}; expected finite weights: was training unstable?")
    kinds = {tensor.dtype for tensor in parts.values()}
    wide = torch.float64 if torch.float64 in kinds else torch.float32
    for narrow in sorted({_kind(tensor) for tensor in parts.values()} - {_kind_of(wide)}):
        note = f"Weights kept in {narrow} were widened to {_kind_of(wide)}."
        if note not in notes:
            notes.append(note)
    # Taken out one by one, so that no more than one is held in both precisions.
    return {part: parts.pop(part).detach().to(wide).contiguous() for part in list(parts)}


def not_finite(tensor: Tensor) -> str:
    """Where a tensor is not finite and what is there, as in "[3, 0] is nan"; "" where all of it is finite."""
    # The sum is finite unless a number is not, or the numbers are huge: a mask is made only then.
    if bool(torch.isfinite(tensor.sum(dtype=torch.float64))):
        return ""
    wrong = ~torch.isfinite(tensor.float() if tensor.element_size() < 4 else tensor)
    if not bool(wrong.any()):
        return ""
    place = wrong.nonzero()[0].tolist()
    return f"{place} is {float(tensor[tuple(place)]):g}"


def _with_both_biases(parts: dict[str, Tensor], where: str, notes: list[str]) -> dict[str, Tensor]:
    """The same, with a bias of zeros beside each that stands alone: PyTorch's layers have both or none."""
    have = [side for side in ("ih", "hh") if f"bias_{side}_l0" in parts]
    if len(have) == 1:
        other = {"ih": "hh", "hh": "ih"}[have[0]]
        alone = [part for part in parts if part.startswith(f"bias_{have[0]}")]
        parts |= {part.replace(have[0], other, 1): torch.zeros_like(parts[part]) for part in alone}
        notes.append(f"{where} has one bias a row; the second that PyTorch’s layers have was set to 0.")
    return parts


def _kind(tensor: Tensor) -> str:
    return _kind_of(tensor.dtype)


def _kind_of(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
