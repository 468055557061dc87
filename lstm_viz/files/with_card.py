"""A file that the page Watch it learn saved: its card says what it holds, so nothing is found by names and shapes."""

import json
from collections.abc import Mapping
from typing import Any

from torch import Tensor

from lstm_viz.cells import CELLS
from lstm_viz.files.found import ModelFile, Recurrent, Table
from lstm_viz.files.layers import not_finite
from lstm_viz.files.limits import Refused, shown
from lstm_viz.module import parameter_shapes

NETWORK, EMBEDDING, HEAD = "recurrent", "embedding", "head"
"""What the parts of a network are called, as `tasks.network.Network` has them."""
COURSE = "course."
STATES = f"{COURSE}states"
"""What begins with the first is for going on to train; `learning.saving` says what is in it."""
LONGEST = 1_000_000
"""Characters of a card, and of what is said of the training."""


def card_in(header: Mapping[str, Any]) -> dict[str, Any] | None:
    """The card in a file's header, and under ``kept`` the updates of the states that the file has besides.

    None where that is no file of a network that was trained here.
    """
    notes = header.get("__metadata__")
    written = [notes.get(name) for name in ("card", "course")] if isinstance(notes, dict) else []
    if not written or not all(isinstance(each, str) and len(each) <= LONGEST for each in written):
        return None
    card, course = (json.loads(str(each)) for each in written)
    if not isinstance(card, dict) or not isinstance(course, dict):
        return None
    return card | {"kept": [each[0] for each in course["kept"]]}


def read_with_card(name: str, tensors: Mapping[str, Tensor], digest: str, card: Mapping[str, Any]) -> ModelFile:
    """The network of a file as its card describes it; what else it holds is for going on to train it.

    Raises
    ------
    Refused
        for a card that does not fit its file.
    """
    parts = {key.removeprefix(f"{NETWORK}."): part for key, part in tensors.items() if key.startswith(f"{NETWORK}.")}
    cell = CELLS.get(str(card.get("cell")))
    first = parts.get("weight_ih_l0")
    if cell is None or first is None or first.dim() != 2:
        raise Refused(f"{shown(name)}: the network in this file is not the one that its card describes; save it again")
    layers = sum(f"weight_ih_l{k}" in parts for k in range(len(parts)))
    units = len(first) // len(cell.weighted)
    expected = parameter_shapes(cell, first.shape[1], units, layers)
    if {key: tuple(part.shape) for key, part in parts.items()} != expected or not units:
        raise Refused(f"{shown(name)}: its weights are not those of the {cell.title} that its card describes")
    for key, part in tensors.items():
        if place := not_finite(part):
            raise Refused(f"{shown(name)}: {shown(key)} has a number that is no fraction, at {place}; save it again")
    tables = {key: _table(tensors, key) for key in (EMBEDDING, HEAD)}
    return ModelFile(
        name=shown(name),
        format="safetensors",
        recurrent=(Recurrent(NETWORK, cell.name, (cell.name,), parts),),
        feeds=(EMBEDDING if tables[EMBEDDING] else None,),
        embeddings=tables[EMBEDDING],
        heads=tables[HEAD],
        unplaced=(),
        notes=(),
        digest=digest,
        card=card,
        states=_states(name, tensors, card["kept"]),
    )


def _states(name: str, tensors: Mapping[str, Tensor], updates: list[Any]) -> dict[int, Tensor]:
    """The weights on the way: a row of the file has them first, and then what the optimiser remembered."""
    rows = tensors.get(STATES)
    if rows is None or not updates:
        return {}
    weights = sum(part.numel() for key, part in tensors.items() if not key.startswith(COURSE))
    width, rest = divmod(rows.numel(), len(updates))
    if rest or width < weights or not all(isinstance(each, int) for each in updates):
        raise Refused(f"{shown(name)}: the states in this file are not those of its network; save it again")
    return {update: row[:weights] for update, row in zip(updates, rows.flatten().split(width), strict=True)}


def _table(tensors: Mapping[str, Tensor], name: str) -> tuple[Table, ...]:
    weight = tensors.get(f"{name}.weight")
    return () if weight is None or weight.dim() != 2 else (Table(name, weight, tensors.get(f"{name}.bias")),)
