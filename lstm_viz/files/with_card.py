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
LONGEST = 100_000
"""Characters of a card."""


def card_in(header: Mapping[str, Any]) -> dict[str, Any] | None:
    """The card in a file's header; None where that is no file of a network that was trained here."""
    notes = header.get("__metadata__")
    written = notes.get("card") if isinstance(notes, dict) and "course" in notes else None
    if not isinstance(written, str) or len(written) > LONGEST:
        return None
    card = json.loads(written)
    return card if isinstance(card, dict) else None


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
    )


def _table(tensors: Mapping[str, Tensor], name: str) -> tuple[Table, ...]:
    weight = tensors.get(f"{name}.weight")
    return () if weight is None or weight.dim() != 2 else (Table(name, weight, tensors.get(f"{name}.bias")),)
