"""The run of the network that a reference is about, and what its measures are over the steps of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.analysis.memory.ledger import memory_ledger, why_no_ledger
from lstm_viz.cells import CELLS, Quantity
from lstm_viz.clamp import Clamp
from lstm_viz.lessons.references.names import label_of
from lstm_viz.lessons.references.reference import Measure, Run
from lstm_viz.sources import Source, cells_of
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import run_bytes
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.ui.settings import holds
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import listing

Floats = NDArray[np.float64]
Held = tuple[tuple[str, ...], tuple[Clamp, ...]]
"""Tokens, and what is held while they are read."""
HELD = Remembered(8_000_000)
"""Runs with something held, in bytes: they go step by step, and all references of a step are about the same."""
_of: WeakKeyDictionary[Source, Callable[[Held], Trace]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Ran:
    """A view's network as a reference asks for it: its cell, its layer, with or without what is held."""

    view: View
    run: Run

    @classmethod
    def of(cls, view: View, run: Run) -> "Ran":
        """The run asked for. ValueError says why there is none."""
        if run.cell and run.cell != view.model.cell:
            task, title = view.source.task.name, CELLS[run.cell].title
            there = cells_of(task)
            if run.cell not in there:
                names = listing([CELLS[name].title for name in there or (view.model.cell,)])
                raise ValueError(f"there is no trained {title} for “{view.source.task.title}”; there is {names}")
            view = View.of(replace(view.settings, cell=run.cell))
        if run.layer is not None:
            last = view.source.places[-1].index
            if run.layer > last:
                raise ValueError(f"there is no layer {run.layer}; layers run from 0 to {last}")
            settings = replace(view.settings, layer=run.layer, direction=run.direction or view.settings.direction)
            view = View(view.source, settings)
        if view.trace is None:
            raise ValueError(f"there is no text to run on: {view.reading.problem or 'the text is empty'}")
        return cls(view, run)

    @cached_property
    def trace(self) -> Trace:
        """The run: with what the view's settings hold, unless the reference or the page is without."""
        held = () if self.run.free else holds.parse(self.view.settings.clamps)[0]
        resolved, tokens = holds.resolve_all(held, self.view.layer), self.view.reading.tokens
        return holds.run_held(resolved, self.view.run, lambda clamps: _held(self.view.source)((tokens, clamps)))[1]

    @cached_property
    def layer(self) -> LayerTrace:
        """The layer asked for."""
        return self.view.source.layer(self.trace, self.view.place)

    @cached_property
    def predictions(self) -> Floats:
        """What the network says after every step, (T, labels)."""
        if not self.view.model.answers:
            raise ValueError("this network has no answers")
        return np.asarray(self.view.model.predictions(self.trace), dtype=np.float64)

    @property
    def labels(self) -> tuple[str, ...]:
        """The tokens, as they can be shown."""
        return self.trace.labels

    def quantity(self, name: str) -> Quantity:
        """A quantity of the cell; ValueError lists those that there are."""
        cell = self.layer.definition
        if name not in self.layer.quantities:
            there = listing([cell[each].label.lower() for each in self.layer.quantities])
            raise ValueError(f"the {cell.title} has no {label_of(name)}; it has {there}")
        return cell[name]

    def of_all(self, measure: Measure) -> Floats:
        """A quantity in all units, (T, H)."""
        self.quantity(measure.name)
        values = self.layer[measure.name].astype(np.float64)
        return values - self.earlier(measure.name) if measure.change else values

    def earlier(self, name: str) -> Floats:
        """What each step found of a quantity, (T, H); of a gate, which has nothing before it, its own first value."""
        if name in self.layer.initial_state:
            return self.layer.before(name).astype(np.float64)
        return shifted(self.layer[name].astype(np.float64), self.layer)

    def column(self, name: str) -> int:
        """Which of the predictions a label is; of none, the one that pages follow."""
        model = self.view.model
        if not name:
            return followed(model, self.predictions)
        if not model.task.is_classifier:
            raise ValueError(f"“{model.task.title}” has no labels: it answers with a number; write “the answer”")
        found = [k for k, label in enumerate(model.labels) if name.lower() in (label.lower(), _shown(self.view, label))]
        exact = [k for k in found if name == model.labels[k]]
        if not found:
            some = listing([f"P({each})" for each in model.labels[:8]])
            raise ValueError(f"there is no P({name}); there is {some}")
        return (exact or found)[0]

    def unit(self, unit: int | None, name: str) -> int:
        """A unit of a quantity; ValueError says which there are. None stands for the view's."""
        size = self.layer[name].shape[1]
        if unit is None:
            return min(self.view.settings.unit, size - 1)
        if unit >= size:
            raise ValueError(f"there is no unit {unit}; units run from 0 to {size - 1}")
        return unit

    def shares(self, name: str, unit: int) -> Floats:
        """What is left at t of what step j put into a unit's memory, (T, T)."""
        cell = self.layer.definition
        self.quantity(name)
        if cell.memory is None:
            raise ValueError(why_no_ledger(cell))
        if cell.memory.name != name:
            raise ValueError(f"shares are of the {cell.memory.label.lower()}, not of the {label_of(name)}")
        return memory_ledger(self.layer, units=[unit]).contributions[:, :, 0].astype(np.float64)


def _held(source: Source) -> Callable[[Held], Trace]:
    """Runs of a network with something held, remembered for as long as there is the network."""
    if source not in _of:
        model = source.model
        _of[source] = HELD.by(source, lambda key: model.trace_tokens(key[0], clamp=key[1]), run_bytes)
    return _of[source]


def shifted(values: Floats, layer: LayerTrace) -> Floats:
    """Each step's value one step earlier, in the order in which a layer reads; the first one's own where none is."""
    if layer.direction == "forward":
        return np.concatenate([values[:1], values[:-1]])
    return np.concatenate([values[1:], values[-1:]])


def _shown(view: View, label: str) -> str:
    return view.source.task.reader.show(label).lower()
