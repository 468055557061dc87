"""What an edit of the input changed: which units, when, by how much, and how far the change travelled."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.change.alignment import Alignment, align
from lstm_viz.arguments import choice, expect, number, text, whole
from lstm_viz.trace import Array, LayerTrace, Trace

MOVED = 0.1
"""A unit counts as moved where its hidden state differs by more than this. Hidden states lie between −1 and 1."""


@dataclass(frozen=True, eq=False)
class Edit:
    """One layer before and after an edit. N: steps that correspond, H: units.

    Attributes
    ----------
    alignment : which steps correspond
    removed, inserted : the tokens taken out and put in
    labels : tokens after the edit
    cell, direction : of the layer
    changes : quantity name → (N, H), after minus before
    arrival : (H,), how much the hidden state moves, after the edit, over the steps edited; zero where none are left
    entered : (K, H), how much it moves at each of the `new` steps
    threshold : size of a change in the hidden state above which a unit counts as moved

    Examples
    --------
    >>> import lstm_viz
    >>> model = lstm_viz.load_model("sentiment")
    >>> edit = lstm_viz.compare(model.trace("a good film"), model.trace("a bad film"))
    >>> edit.removed, edit.inserted, edit.changes["forget_gate"].shape
    (('good',), ('bad',), (3, 64))
    """

    alignment: Alignment
    removed: tuple[str, ...]
    inserted: tuple[str, ...]
    labels: tuple[str, ...]
    cell: str
    direction: str
    changes: Mapping[str, Array]
    arrival: Array
    entered: Array
    threshold: float = MOVED

    def __repr__(self) -> str:
        units = len(self.arrival)
        return f"Edit({self.kind}, {self.cell}, {self.direction}: {len(self.steps)} steps compared × {units} units)"

    @property
    def kind(self) -> str:
        """``inserted``, ``removed``, ``replaced``, or ``same`` when the inputs are equal."""
        if self.removed and self.inserted:
            return "replaced"
        return "removed" if self.removed else "inserted" if self.inserted else "same"

    @property
    def steps(self) -> NDArray[np.intp]:
        """(N,), the step after the edit that each row of `changes` belongs to."""
        return self.alignment.pairs[:, 1]

    @property
    def new(self) -> NDArray[np.intp]:
        """(K,), the steps after the edit that have no counterpart before it."""
        return np.delete(np.arange(len(self.labels)), self.steps)

    def largest(self, quantity: str) -> Array:
        """(N,), the largest change over the units, at each step."""
        return np.abs(self._changed(quantity)).max(axis=1)

    def mean(self, quantity: str) -> Array:
        """(N,), the mean size of the change over the units, at each step."""
        return np.abs(self._changed(quantity)).mean(axis=1)

    def _changed(self, quantity: str) -> Array:
        return self.changes[choice(quantity, "quantity", self.changes)]

    @cached_property
    def moved(self) -> NDArray[np.bool_]:
        """(H,), which units' hidden state differs by more than the threshold at any step."""
        return np.any(np.abs(self.changes["hidden_state"]) > self.threshold, axis=0)

    @cached_property
    def moved_steps(self) -> NDArray[np.intp]:
        """The steps, after the edit, at which any unit moved."""
        return self.steps[self.largest("hidden_state") > self.threshold]

    @property
    def first_moved(self) -> int | None:
        """The first step, as the layer reads, at which a unit moved; None if none did."""
        return self._in_reading_order(0)

    @property
    def last_moved(self) -> int | None:
        """The last step, as the layer reads, at which a unit moved; None if none did."""
        return self._in_reading_order(-1)

    def _in_reading_order(self, which: int) -> int | None:
        if not self.moved_steps.size:
            return None
        return int(self.moved_steps[which if self.direction == "forward" else -1 - which])

    @property
    def reach(self) -> int:
        """How many steps past the edit, as the layer reads, a unit still moved; 0 if it was over at once."""
        if self.last_moved is None:
            return 0
        start, stop = self.alignment.after_span
        travelled = self.last_moved - (stop - 1) if self.direction == "forward" else start - self.last_moved
        return max(0, travelled)

    @property
    def room(self) -> int:
        """How many steps past the edit there are, as the layer reads: `reach` cannot be more."""
        start, stop = self.alignment.after_span
        return len(self.labels) - stop if self.direction == "forward" else start


def compare(
    before: Trace,
    after: Trace,
    *,
    layer: int = 0,
    direction: str = "forward",
    threshold: float = MOVED,
    alignment: Alignment | None = None,
) -> Edit:
    """Compare the traces of two inputs through one network, token by corresponding token.

    Tokens are equal when both their labels and their inputs are. A replaced token is compared with what replaced it.

    Parameters
    ----------
    before, after : traces of the same network
    layer, direction : which layer to compare
    threshold : see `Edit`
    alignment : which tokens correspond, where that is known already

    Raises
    ------
    TypeError, ValueError
        for what is no trace, a layer that there is not, and layers of different quantities or sizes.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> lstm = torch.nn.LSTM(1, 8)
    >>> before, after = (lstm_viz.trace(lstm, [[0.0], [x], [0.0]], labels=["a", str(x), "b"]) for x in (0.0, 1.0))
    >>> edit = lstm_viz.compare(before, after)
    >>> edit.kind, edit.removed, edit.inserted, edit.changes["cell_state"].shape
    ('replaced', ('0.0',), ('1.0',), (3, 8))
    """
    for name, value in (("before", before), ("after", after)):
        expect(value, Trace, name, "a Trace, such as lstm_viz.trace returns")
    if alignment is not None:
        expect(alignment, Alignment, "alignment", "an Alignment of the two traces' tokens")
    threshold = number(threshold, "threshold")
    whole(layer, "layer")
    text(direction, "direction", "'forward' or 'backward'")
    old, new = before.layer(layer, direction), after.layer(layer, direction)
    _check(old, new)
    alignment = alignment or align(_identities(before), _identities(after))
    rows, columns = alignment.pairs.T
    return Edit(
        alignment=alignment,
        removed=tuple(before.labels[step] for step in alignment.removed),
        inserted=tuple(after.labels[step] for step in alignment.inserted),
        labels=after.labels,
        cell=new.cell,
        direction=direction,
        changes={name: new[name][columns] - old[name][rows] for name in new.quantities},
        arrival=_across(new, *alignment.after_span),
        entered=np.delete(new.hidden_state - new.before("hidden_state"), columns, axis=0),
        threshold=threshold,
    )


def _across(layer: LayerTrace, start: int, stop: int) -> Array:
    found, left = layer.before("hidden_state"), layer.hidden_state
    if start == stop:
        return np.zeros_like(left[0])
    first, last = (start, stop - 1) if layer.direction == "forward" else (stop - 1, start)
    return left[last] - found[first]


def _identities(trace: Trace) -> list[Hashable]:
    # Numbers may have labels that do not change with them, such as dates: the inputs tell.
    return [(label, row.tobytes()) for label, row in zip(trace.labels, trace.inputs, strict=True)]


def _check(old: LayerTrace, new: LayerTrace) -> None:
    shapes = [{name: layer[name].shape[1] for name in layer.quantities} for layer in (old, new)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"before, after: {old.cell} with {old.units} units and {new.cell} with {new.units} cannot be compared; "
            "use traces of one network"
        )
