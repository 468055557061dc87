"""Recurrent layers that a file's graph names one by one → PyTorch's modules, each of as many layers as it can have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from lstm_viz.cells import CELLS
from lstm_viz.files.found import ModelFile, Recurrent
from lstm_viz.files.layers import as_numbers
from lstm_viz.files.limits import Refused, shown
from lstm_viz.files.tables import find_tables
from lstm_viz.files.wiring import arranged, separate
from lstm_viz.module import BASIC, own_name, place_of


@dataclass(frozen=True, eq=False)
class Layer:
    """One recurrent layer of a graph, in PyTorch's gate order.

    Attributes
    ----------
    name : as the file names it
    cell : a name in `CELLS`
    forward : its weights by PyTorch's names without a layer: ``weight_ih`` (G·H, I), ``weight_hh`` (G·H, H), both
        biases (G·H,) or neither, and a variant's own
    backward : those of the direction from the end, for a layer in both
    below : what feeds it: another layer, the name of an embedding, or None where that is not known
    plain : whether it shows what a layer of PyTorch shows: steps in order, both directions side by side
    all_steps : whether it hands on every step, and not the last alone
    others : further cells that it may be
    """

    name: str
    cell: str
    forward: Mapping[str, Tensor]
    backward: Mapping[str, Tensor] | None = None
    below: "Layer | str | None" = None
    plain: bool = True
    all_steps: bool = True
    others: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """H."""
        return int(self.forward["weight_hh"].shape[1])

    @property
    def form(self) -> tuple[object, ...]:
        """What layers of one module have in common."""
        return self.cell, self.units, self.backward is None, "bias_ih" in self.forward, self.others

    def lies_on(self, other: "Layer") -> bool:
        """Whether the two can be layers of one module of PyTorch's."""
        shows = other.units * (1 if other.backward is None else 2)
        alike = self.form == other.form and self.forward["weight_ih"].shape[1] == shows
        return self.below is other and self.plain and other.plain and other.all_steps and alike


def put_together(
    name: str,
    format: str,
    layers: Sequence[Layer],
    tables: dict[str, Tensor],
    digest: str,
    notes: list[str],
    *,
    nothing: str,
    wired: bool = True,
) -> ModelFile:
    """What is in a file, of layers in the order in which data goes through them.

    Parameters
    ----------
    tables : matrices as PyTorch has them, ``NAME.weight`` (rows, columns) and ``NAME.bias``, and whatever else there is
    wired : whether what feeds what is known; else names and sizes decide
    nothing : what to say where there is no layer, as the end of a sentence
    """
    if not layers:
        raise Refused(f"{shown(name)}: {nothing} {' '.join(notes)}".rstrip())
    stacks = list(_stacked(layers))
    names = _names(stacks)
    recurrent = tuple(_recurrent(name, stack, names[k], notes) for k, stack in enumerate(stacks))
    of_layer = {id(layer): names[k] for k, stack in enumerate(stacks) for layer in stack}
    embeddings, heads = find_tables(recurrent, tables, notes)
    feeds = tuple(_feed(stack[0].below, of_layer) for stack in stacks)
    if not wired:
        recurrent, feeds = arranged(recurrent, embeddings, in_order=False)
        notes += separate(recurrent, feeds)
    # What the graph says goes before what names and shapes say.
    embeddings = tuple(sorted(embeddings, key=lambda table: table.name not in feeds))
    return ModelFile(
        name=shown(name),
        format=format,
        recurrent=recurrent,
        feeds=feeds,
        embeddings=embeddings,
        heads=heads,
        unplaced=tuple((shown(key), tuple(part.shape)) for key, part in tables.items()),
        notes=tuple(dict.fromkeys(notes)),
        digest=digest,
    )


def _feed(below: Layer | str | None, names: Mapping[int, str]) -> str | None:
    return names.get(id(below)) if isinstance(below, Layer) else below and shown(below)


def _stacked(layers: Sequence[Layer]) -> Iterator[list[Layer]]:
    """Layers that lie on each other; one that feeds two goes on with the first."""
    stacks: list[list[Layer]] = []
    for layer in layers:
        under = next((stack for stack in stacks if layer.lies_on(stack[-1])), None)
        if under:
            under.append(layer)
        else:
            stacks.append([layer])
    yield from stacks


def _names(stacks: Sequence[Sequence[Layer]]) -> list[str]:
    """A name for each stack, of its layers' names; no name twice."""
    found: list[str] = []
    for stack in stacks:
        own = list(dict.fromkeys(layer.name for layer in stack))
        name = shown(own[0] if len(own) == 1 else f"{own[0]} … {own[-1]}" if len(own) > 2 else " + ".join(own))
        again = 2
        while name in found:
            name, again = f"{shown(own[0])} ({again})", again + 1
        found.append(name)
    return found


def _recurrent(file: str, stack: Sequence[Layer], name: str, notes: list[str]) -> Recurrent:
    tensors: dict[str, Tensor] = {}
    for k, layer in enumerate(stack):
        for backward, weights in enumerate((layer.forward, layer.backward)):
            place = place_of(k, bool(backward))
            for key, tensor in (weights or {}).items():
                tensors[key + place if key in BASIC else own_name(key, place)] = tensor
    return Recurrent(name, stack[0].cell, (stack[0].cell, *stack[0].others), as_numbers(file, name, tensors, notes))


def rows_of(tensor: Tensor, order: Sequence[int]) -> Tensor:
    """The blocks of rows of a matrix or a bias, one a gate, in another order."""
    blocks = tensor.chunk(len(order), dim=0)
    return torch.cat([blocks[k] for k in order])


def misfit(cell: str, weights: Mapping[str, Tensor]) -> str:
    """What is wrong with the shapes of a layer's weights in one direction, as the end of a sentence; "" for nothing."""
    hidden, inputs = weights["weight_hh"], weights["weight_ih"]
    if hidden.dim() != 2 or inputs.dim() != 2 or 0 in (*hidden.shape, *inputs.shape):
        return f"its matrices have the shapes {tuple(inputs.shape)} and {tuple(hidden.shape)}"
    units, rows = hidden.shape[1], len(CELLS[cell].weighted) * hidden.shape[1]
    expected = {
        "weight_ih": (rows, inputs.shape[1]),
        "weight_hh": (rows, units),
        "bias_ih": (rows,),
        "bias_hh": (rows,),
    }
    expected |= {key: (units,) * dimensions for key, dimensions in CELLS[cell].parameters.items()}
    for key, tensor in weights.items():
        if tuple(tensor.shape) != expected[key]:
            return f"its {key} would be {tuple(tensor.shape)} where {expected[key]} is needed"
    return ""


def left_out(operations: Sequence[str], name: str, below: str | None) -> str:
    """What is said of operations, the last first, on the way to a layer from the one below, if that is known."""
    computes = ", ".join(dict.fromkeys(map(shown, reversed(operations))))
    where = f"Between {below} and {name}" if below else f"Before {name}"
    return f"{where} the file computes {computes}, which is left out here."


def from_the_end(name: str) -> str:
    """What is said of a layer of one direction that begins at the end, which PyTorch has none of."""
    return (
        f"{name} reads from the last step to the first; it is shown as a layer that reads forwards, so give it the "
        "sequence from its end."
    )
