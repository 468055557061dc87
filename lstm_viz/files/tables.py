"""What may stand before and after a recurrent module: embeddings and linear heads, by shape, the likeliest first."""

import re
from collections.abc import Mapping, Sequence

from torch import Tensor

from lstm_viz.files.found import Recurrent, Table
from lstm_viz.files.layers import as_numbers, not_finite
from lstm_viz.files.limits import shown

MOST = 50
"""Candidates of each kind; a large model has hundreds of matrices that would fit."""

_EMBEDDING = re.compile(r"emb|wte|lookup|(?:^|[._])(?:tok|word|char|vocab|src|encoder)", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:^|[._])(?:fc|lin|head|dec|out|class|clf|dense|pred|logit|score|hidden2|proj|final)", re.IGNORECASE
)
_INSIDE = re.compile(r"att|query|key|value|norm|bert|transformer|conv|pool", re.IGNORECASE)


def find_tables(
    recurrent: Sequence[Recurrent], tensors: dict[str, Tensor], notes: list[str]
) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """Candidates for the embedding and for the head; their tensors are taken out of `tensors`.

    A matrix without bias that fits both is listed as both: tied weights are both.
    """
    reads = {module.input_size for module in recurrent}
    shows = {module.output_size for module in recurrent}
    matrices = _matrices(tensors, notes)
    read_by_another = {weight.shape[1] for weight, bias in matrices.values() if bias is not None}
    before, after = [], []
    for place, (name, (weight, bias)) in enumerate(matrices.items()):
        rows, columns = weight.shape
        embeds, heads, inside = (bool(words.search(name)) for words in (_EMBEDDING, _HEAD, _INSIDE))
        if bias is None and columns in reads and rows > 1:
            before.append(((not embeds, heads, inside, rows < columns, place), name))
        if columns in shows:
            leads_on = bias is not None and rows in read_by_another - {columns}
            after.append(((embeds and bias is None, not heads, inside, leads_on, name.count("."), place), name))
    chosen = [[name for _, name in sorted(candidates)[:MOST]] for candidates in (before, after)]
    tables = {name: _table(name, *matrices[name], notes) for name in dict.fromkeys([*chosen[0], *chosen[1]])}
    for name in tables:
        for key in _keys(name):
            tensors.pop(key, None)
    first, last = (tuple(tables[name] for name in names) for names in chosen)
    return first, last


def _keys(name: str) -> tuple[str, str]:
    return (f"{name}.weight", f"{name}.bias") if name else ("weight", "bias")


def _matrices(tensors: Mapping[str, Tensor], notes: list[str]) -> dict[str, tuple[Tensor, Tensor | None]]:
    """Name of a module → its matrix and bias, for all that have a matrix of finite fractions."""
    found: dict[str, tuple[Tensor, Tensor | None]] = {}
    for key, weight in tensors.items():
        name, _, last = key.rpartition(".")
        if last != "weight" or weight.dim() != 2 or not weight.is_floating_point() or 0 in weight.shape:
            continue
        bias = tensors.get(_keys(name)[1])
        if bias is not None and (tuple(bias.shape) != (len(weight),) or not bias.is_floating_point()):
            continue
        if place := not_finite(weight) or (not_finite(bias) if bias is not None else ""):
            notes.append(f"{shown(name)} was left out: its number at {place}.")
            continue
        found[name] = (weight, bias)
    return found


def _table(name: str, weight: Tensor, bias: Tensor | None, notes: list[str]) -> Table:
    parts = {"weight": weight} | ({} if bias is None else {"bias": bias})
    numbers = as_numbers("", name, parts, notes)
    return Table(shown(name), numbers["weight"], numbers.get("bias"))
