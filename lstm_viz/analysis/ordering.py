"""In which order a layer's units are drawn, so that patterns show."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.arguments import at_most, expect, given, text
from lstm_viz.cells import Cell, Quantity
from lstm_viz.trace import Array, LayerTrace

UNIT_ORDERS: Mapping[str, str] = {"similarity": "Similarity", "index": "Unit number", "forget_gate": "Mean forget gate"}
"""Code name → name on screen. `orders_for` says which apply to a cell."""

_MOST_LAYERS = 10_000  # an endless list ends
_CONSTANT = 1e-6  # standard deviation, in a quantity's own units, below which a time course holds only rounding errors


def orders_for(cell: Cell) -> dict[str, str]:
    """The orders that apply to a cell: code name → name on screen, with the gate named as that cell names it."""
    orders = dict(UNIT_ORDERS)
    gate = keeping_gate(cell)
    if gate is None:
        del orders["forget_gate"]
    else:
        orders["forget_gate"] = f"Mean {gate.label.lower()}"
    return orders


def keeping_gate(cell: Cell) -> Quantity | None:
    """The gate that decides how much of the memory is kept: the forget gate of an LSTM, the update gate of a GRU.

    Found by looking at what the memory's `keep` reads. None for a cell without a memory, or whose memory fades, if at
    all, without a gate.
    """
    keep = cell.memory.keep if cell.memory else None
    if keep is None:
        return None
    read: list[str] = []

    class Probe:
        def __getattr__(self, name: str) -> float:
            read.append(name)
            return 0.5

    keep(Probe())
    return next((gate for gate in cell.gates if gate.name in read), None)


def share_kept(layer: LayerTrace) -> Array | None:
    """How much of its last value the memory keeps at each step, (T, H); None for a cell without a gate for it."""
    memory = layer.definition.memory
    if memory is None or memory.keep is None or keeping_gate(layer.definition) is None:
        return None
    kept: Any = memory.keep(SimpleNamespace(**layer.values))
    return np.broadcast_to(kept, (len(layer), layer.units))


def unit_order(layers: LayerTrace | Sequence[LayerTrace], by: str = "similarity") -> NDArray[np.intp]:
    """In which order to draw a layer's units, from the top.

    Parameters
    ----------
    layers : a layer, or the same layer of several traces. Rows stay in place while the user types if the order is
        computed once for a model, on reference texts.
    by : one of `UNIT_ORDERS`: "similarity" puts units next to each other that move alike in all quantities, and those
        that never move last; "index" is 0 … H−1; "forget_gate" puts those first that keep most of their memory.

    Returns
    -------
    array of int, (H,)
        A permutation of the unit numbers. The same layers always give the same one.

    Raises
    ------
    ValueError
        for an order that is not known, or that does not apply to this cell, and for layers of different kinds.
    TypeError
        for what are no layers.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> run = lstm_viz.trace(torch.nn.LSTM(3, 4), torch.ones(5, 3))
    >>> sorted(lstm_viz.unit_order(run.layers[0]).tolist())
    [0, 1, 2, 3]

    Notes
    -----
    Similarity is spectral seriation (Atkins, Boman and Hendrickson 1998): units are sorted by the Fiedler vector of the
    graph whose edges weigh (1 + mean correlation of two units' time courses) / 2.
    """
    several = "a LayerTrace, or the same layer of several traces"
    group = [layers] if isinstance(layers, LayerTrace) else list(at_most(layers, _MOST_LAYERS, "layers", several))
    for layer in group:
        expect(layer, LayerTrace, "layers", several)
    first = _check(group, text(by, "by", f"one of {', '.join(UNIT_ORDERS)}"))
    if by == "index":
        return np.arange(first.units)
    if by == "forget_gate":
        kept = [share for share in map(share_kept, group) if share is not None]
        return np.argsort(-np.concatenate(kept).mean(axis=0, dtype=np.float64), kind="stable")
    courses = _standardised(group)
    moves = np.abs(courses).max(axis=(0, 1)) > 0
    moving = np.flatnonzero(moves)
    return np.concatenate([moving[_seriate(courses[:, :, moving])], np.flatnonzero(~moves)])


def _check(group: list[LayerTrace], by: str) -> LayerTrace:
    if not group:
        raise ValueError("layers: none were given; an order needs at least one")
    first = group[0]
    known = orders_for(first.definition)
    if by not in known:
        choices = ", ".join(known)
        if by in UNIT_ORDERS:
            raise ValueError(f"by: {by!r} does not apply to {first.definition.title}; choose one of {choices}")
        raise ValueError(f"by: {given(by)} is not known; choose one of {choices}")
    for layer in group:
        if (layer.cell, layer.units) != (first.cell, first.units):
            raise ValueError(
                f"layers: {layer.cell} of {layer.units} units beside {first.cell} of {first.units}; "
                "an order needs the same layer of each trace"
            )
    return first


def _standardised(group: list[LayerTrace]) -> NDArray[np.float64]:
    """Every unit's time course in every quantity, with mean 0 and length 1, or all zero if constant: (Q, ΣT, H)."""
    courses = []
    for name in group[0].quantities:
        course = np.concatenate([layer[name] for layer in group]).astype(np.float64)
        if course.shape[1] != group[0].units:
            continue  # behind a projection, hidden states are no longer the units'
        course -= course.mean(axis=0)
        size = np.linalg.norm(course, axis=0)
        constant = size < _CONSTANT * np.sqrt(len(course))
        courses.append(np.where(constant, 0, course / np.where(constant, 1, size)))
    return np.stack(courses)


def _seriate(courses: NDArray[np.float64]) -> NDArray[np.intp]:
    """Order of the units (Q, T, H) → (H,) by the Fiedler vector, the end with the lower unit number first."""
    quantities, _, units = courses.shape
    if units < 3:
        return np.arange(units)
    flat = courses.reshape(-1, units)
    weights = (1 + flat.T @ flat / quantities) / 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    # PyTorch's: NumPy's waits for threads of its own wherever the machine is busy, a hundred times as long.
    _, vectors = torch.linalg.eigh(torch.from_numpy(laplacian))
    # Rounded, so that units which move exactly alike are tied and keep their numbers' order.
    fiedler = np.round(vectors[:, 1].numpy(), 9)
    if fiedler.argmin() > fiedler.argmax():
        fiedler = -fiedler
    return np.argsort(fiedler, kind="stable")
