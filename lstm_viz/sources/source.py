"""One network on show, the same object to every page wherever it came from."""

import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np

from lstm_viz.analysis.answers.movers import moved, moving_step
from lstm_viz.analysis.change.alignment import Alignment, align
from lstm_viz.analysis.change.experiments import MOST_RUNS, Experiment, experiments
from lstm_viz.analysis.change.left_out import MOST_RUNS as LEFT_OUT_RUNS
from lstm_viz.analysis.change.left_out import LeftOut, left_out
from lstm_viz.analysis.equations.weighted_sums import LayerWeights, layer_inputs, layer_weights
from lstm_viz.analysis.memory.ledger import memory_sizes
from lstm_viz.analysis.ordering import unit_order
from lstm_viz.analysis.seen import ROUGHLY, Seen
from lstm_viz.capture import layers_of
from lstm_viz.cells import CELLS, Cell
from lstm_viz.module import CellModule
from lstm_viz.sources.own import Own
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.states import States
from lstm_viz.tasks import Model, Task
from lstm_viz.tasks.points import Tracks
from lstm_viz.tasks.readers import Reading
from lstm_viz.trace import Array, LayerTrace, Trace

READINGS = Remembered(32_000_000)
"""Texts as they were read, in bytes."""
RUNS = Remembered(64_000_000)
"""Runs without clamps, in bytes. Each student of a class comes back to the run before an edit: there is room for 500
texts of 60 words."""
SIZES = Remembered(64_000_000)
"""Ledgers over all units, in bytes: of a text of 1,000 steps 8 MB, of one of 60 words a thousandth of that."""
FOUND = Remembered(16_000_000)
"""What else was found of texts, in bytes: which tokens of two correspond, and what experiments do."""
EFFORT = 3_000_000_000
"""Multiplications that a rest of typing may cost in runs besides the one on show; about two seconds of a core."""
FEWEST = 8
"""Runs with which it is worth asking what moves the answer, or what a step still changes."""
ORDERED = 1000
"""Steps of an example that the order of units is found from: all of those that ship, which have no more."""
SIZED = 4_000_000_000
"""Numbers of a ledger over all units past which it is of some of them, spread evenly."""
DRAWN_WHOLE = 128
"""A layer of so many units is always drawn whole."""
DRAWN = ((60, 256), (120, 120))
DRAWN_OF_LONG = 60
"""Of a larger one, up to so many steps so many units, then fewer: past the pixels there is nothing to see."""
TOKEN = 200
"""Bytes that a token takes as it was read, with its places."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Place:
    """One layer of a network, from 0 at the input, in one direction."""

    index: int
    direction: str

    @property
    def name(self) -> str:
        """``layer 0, forward``."""
        return f"layer {self.index}, {self.direction}"


@dataclass(frozen=True, eq=False)
class Source:
    """A network with what it was trained to do. What it remembers goes when it goes.

    Attributes
    ----------
    name : plain values; sources of one name are the same network, on any server
    model : the network, its task, vocabulary and card
    own : what makes it its reader's alone, where it is: nothing of it may be given to others, or outlive it
    runs : where its runs are remembered
    states : the same network through its training; None where nothing is known of that
    checkpoint : after how many training steps it is as it is here, one of ``states.steps``; None for the end
    """

    name: tuple[str, ...]
    model: Model
    own: Own | None = None
    runs: Remembered = field(default=RUNS, repr=False)
    states: States | None = field(default=None, repr=False)
    checkpoint: int | None = None

    @property
    def private(self) -> bool:
        """Whether it is its reader's alone."""
        return self.own is not None

    @property
    def ended(self) -> "Source":
        """The same network as its training ended: itself, where this is no state on the way."""
        return self if self.states is None or self.checkpoint is None else self.states.at(self.states.steps[-1])

    @property
    def task(self) -> Task:
        """What it was trained to do."""
        return self.model.task

    @property
    def cell(self) -> Cell:
        """The definition of the cell that it runs."""
        return CELLS[self.model.cell]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Its layers and directions, in PyTorch's order."""
        return tuple(Place(each.index, each.direction) for each in layers_of(self.model.network.recurrent))

    @cached_property
    def projected(self) -> bool:
        """Whether hidden states are behind a projection, so that they are not the units' own."""
        return layers_of(self.model.network.recurrent)[0].weights.projection is not None

    def place(self, index: int, direction: str) -> Place:
        """The layer and direction asked for, or the nearest that there is."""
        index = min(index, self.places[-1].index)
        there = [each for each in self.places if each.index == index]
        return next((each for each in there if each.direction == direction), there[0])

    @cached_property
    def read(self) -> Callable[[str], Reading]:
        """Text → `Reading`; read once."""
        read = that_runs(self.task.read, self.run) if self.private else self.task.read
        return READINGS.by(self, read, reading_bytes)

    @cached_property
    def run(self) -> Callable[[tuple[str, ...]], Trace]:
        """Tokens → their run, without clamps; at least one token."""
        return self.runs.by(self, self.model.trace_tokens, run_bytes)

    @cached_property
    def align(self) -> Callable[[tuple[str, ...], tuple[str, ...]], Alignment]:
        """Tokens before and after an edit → which correspond; found once."""
        return self._remembered(FOUND, align, lambda found: found.pairs.nbytes)

    def layer(self, trace: Trace, place: Place) -> LayerTrace:
        """The part of a run that belongs to a place."""
        return trace.layers[self.places.index(place)]

    @cached_property
    def order(self) -> Callable[[Place, str], list[int]]:
        """Place and one of `UNIT_ORDERS` → the order of rows, from the examples, so that rows stay while one types."""
        return lru_cache(maxsize=64)(self._order)

    def _order(self, place: Place, by: str) -> list[int]:
        read = [self.read(each.text).tokens[:ORDERED] for each in self.task.examples]
        runs = [self.layer(self.run(tokens), place) for tokens in read if tokens]
        return [int(k) for k in unit_order(runs, by)] if runs else list(range(self.units))

    @property
    def units(self) -> int:
        """How many units each of its layers has."""
        return int(self.model.network.recurrent.hidden_size)

    def drawn(self, place: Place, by: str, chosen: int, steps: int) -> list[int]:
        """The order of the rows that are drawn: of a large layer some units, spread evenly, and the chosen one."""
        order = self.order(place, by)
        most = next((units for longest, units in DRAWN if steps <= longest), DRAWN_OF_LONG)
        if len(order) <= max(most, DRAWN_WHOLE):
            return order
        rows = {int(k) for k in np.linspace(0, len(order) - 1, most - 1)} | {order.index(min(chosen, len(order) - 1))}
        return [order[k] for k in sorted(rows)]

    def runs_at_rest(self, steps: int) -> int:
        """How many runs on so many steps may be made each time that typing rests; see `EFFORT`."""
        each = steps * sum(part.numel() for part in self.model.network.recurrent.parameters())
        return EFFORT // max(1, each)

    @cached_property
    def memory_sizes(self) -> Callable[[tuple[str, ...], Place], tuple[Array, Array]]:
        """Tokens and place → the ledger over all units, by mean size; see `analysis.memory.ledger.memory_sizes`."""

        def sizes(tokens: tuple[str, ...], place: Place) -> tuple[Array, Array]:
            found = memory_sizes(self.layer(self.run(tokens), place), self.sized(len(tokens)))
            for part in found:
                part.setflags(write=False)  # all who read this text are given the same
            return found

        return self._remembered(SIZES, sizes, lambda found: sum(part.nbytes for part in found))

    def sized(self, steps: int) -> list[int]:
        """The units over which a ledger of so many steps is taken: all, or as many as there is time for."""
        most = max(1, min(self.units, SIZED // steps**2))
        return [int(k) for k in np.linspace(0, self.units - 1, most)]

    @cached_property
    def tried(self) -> Callable[[tuple[str, ...], Place], list[Experiment]]:
        """Tokens, at least one, and place → what moves the answer most; see `analysis.change.experiments`."""
        return self._remembered(FOUND, self._tried, lambda found: TOKEN * len(found))

    def _tried(self, tokens: tuple[str, ...], place: Place) -> list[Experiment]:
        most = self.runs_at_rest(len(tokens))
        if most < FEWEST or not self.model.answers:
            return []
        return experiments(self.model, tokens, place.index, place.direction, most_runs=min(MOST_RUNS, most))

    @cached_property
    def left_out(self) -> Callable[[tuple[str, ...], Place], LeftOut | None]:
        """Tokens, at least one, and place → what each step still changes; see `analysis.change.left_out`."""
        return self._remembered(FOUND, self._left_out, lambda found: found.states.nbytes * 3 if found else 0)

    def _left_out(self, tokens: tuple[str, ...], place: Place) -> LeftOut | None:
        most = self.runs_at_rest(len(tokens))
        if most < FEWEST:
            return None
        return left_out(self.model, tokens, self.places.index(place), most_runs=min(LEFT_OUT_RUNS, most))

    def _remembered(
        self, where: Remembered, make: Callable[..., Made], size: Callable[[Made], int]
    ) -> Callable[..., Made]:
        """What is made of tokens, and goes with this source; the tokens that it was made of count too."""

        def made(asked: tuple[Any, ...]) -> tuple[Made, int]:
            return make(*asked), key_bytes(asked)

        find = where.by(self, made, lambda kept: size(kept[0]) + kept[1])
        return lambda *asked: find(asked)[0]

    def answers_from(self, place: Place) -> bool:
        """Whether there is an answer that is read from this place's hidden state, and from nothing else."""
        if not self.model.answers:
            return False
        top = [each for each in self.places if each.index == self.places[-1].index]
        return top == [place]

    def answers_from_units(self, place: Place) -> bool:
        """Whether it is, and no projection stands between it and the units."""
        return self.answers_from(place) and not self.projected

    def answering_states(self, trace: Trace) -> Array:
        """The hidden states that the answer is read from, (T, P), or (T, 2 P) of a top layer in two directions."""
        top = self.places[-1].index
        return np.concatenate([layer.hidden_state for layer in trace.layers if layer.index == top], axis=1)

    def inputs(self, trace: Trace, place: Place) -> Array:
        """What arrives at a place at every step, (T, I)."""
        return layer_inputs(trace, self.layer(trace, place))

    def weights(self, layer: LayerTrace) -> LayerWeights:
        """The weights of a layer of one of its runs, by quantity."""
        return layer_weights(self.model.network.recurrent, layer)

    @cached_property
    def module(self) -> Callable[[Place], Any]:
        """Place → that layer alone, as a module that reads in its own direction."""
        return lru_cache(maxsize=8)(self._module)

    def _module(self, place: Place) -> Any:
        recurrent = self.model.network.recurrent
        if len(self.places) == 1:
            return recurrent
        return CellModule.of(self.cell, layers_of(recurrent)[self.places.index(place)].weights)

    @cached_property
    def counters(self) -> dict[str, int]:
        """Text of an example that speaks of a count → the unit that keeps it; without those whose count none keeps."""
        found = {}
        for example in self.task.examples:
            seen = Seen(self.model, self.read(example.text).tokens, self.run)
            for point in example.points:
                if isinstance(point, Tracks):
                    _, unit, likeness, _ = seen.tracking(point.what)
                    if abs(likeness) >= ROUGHLY:
                        found[example.text] = unit
        return found

    def telling_cell(self, reading: Reading, place: Place) -> tuple[int, int]:
        """Where to look first in a text that can be run: the step at which the answer moves most, and a unit.

        Of a network that says nothing, the step at which this place's memory moves most.

        The unit is the one that keeps the count of which an example speaks; else the one that moves the answer most at
        that step; where the answer is not read from this place's units, the one whose memory moves most there.
        """
        trace = self.run(reading.tokens)
        layer, predictions = self.layer(trace, place), self.model.predictions(trace)
        memory = (layer.definition.memory or layer.definition.states[-1]).name
        moves = np.abs(layer[memory] - layer.before(memory))
        step = moving_step(predictions) if self.model.answers else int(moves.mean(axis=1).argmax())
        if place == self.places[0] and reading.text in self.counters:
            return step, self.counters[reading.text]
        if self.answers_from_units(place):
            return step, int(np.abs(moved(self.model, layer, predictions, step)).argmax())
        return step, int(moves[step].argmax())


def that_runs(read: Callable[[str], Reading], run: Callable[[tuple[str, ...]], Trace]) -> Callable[[str], Reading]:
    """Reads what a network can be run on: where its numbers grow past all bounds, there is nothing to run on."""

    def reading(text: str) -> Reading:
        found = read(text)
        try:
            if found.tokens:
                run(found.tokens)
        except ValueError as error:
            problem = (
                f"The network’s numbers grow past what can be shown ({error}): give fewer steps or smaller numbers."
            )
            return Reading(text, problem=problem)
        return found

    return reading


def reading_bytes(reading: Reading) -> int:
    """What a text that was read takes in memory."""
    return sys.getsizeof(reading.text) + TOKEN * len(reading.tokens)


def key_bytes(key: Hashable) -> int:
    """What tokens take, and tuples of them."""
    return sys.getsizeof(key) + (sum(map(key_bytes, key)) if isinstance(key, tuple) else 0)


def run_bytes(trace: Trace) -> int:
    """What a run takes in memory."""
    return trace.inputs.nbytes + sum(array.nbytes for layer in trace.layers for array in layer.values.values())
