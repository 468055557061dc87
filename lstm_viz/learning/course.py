"""One training under way: it follows its plan in slices, and how it is sliced changes nothing."""

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lstm_viz import arguments
from lstm_viz.learning import saving
from lstm_viz.learning.exercises import Batch
from lstm_viz.learning.exercises.exercise import any_length
from lstm_viz.learning.fields import FIELDS
from lstm_viz.learning.history import ROWS, History, Kept, Line, States, finite, history_of
from lstm_viz.learning.optimizers import OPTIMIZERS
from lstm_viz.learning.plan import BATCH, MOST_CHANGES, Plan
from lstm_viz.learning.reach import reach
from lstm_viz.learning.trained import measured_on, model_of
from lstm_viz.learning.weights import Row, network_of
from lstm_viz.tasks.model import Model

MEASURED = 64
"""Held-out sequences on which the score on the way is measured."""
GROWTH = 1.4
"""Factor by which sequences grow once those of the present length are learnt."""
PROBED, PROBED_LENGTH = 8, 60
"""Held-out sequences on which the gradient is measured by distance, and how long they are at most."""
FOLLOWS = 0.1
"""Share of the newest batch in the running score that decides about growing."""
EXPLODED = 1e6
"""A loss past this is no training any more, though it is still a number."""


class Course:
    """A training under way. Not safe for two threads at a time: whoever runs it in a thread asks it from there.

    Sequences of an update depend on the plan's seed, the update and the length alone, so that two courses of one seed
    learn from the same ones for as long as both have come to the same length.

    Parameters
    ----------
    plan : what is trained, and how

    Attributes
    ----------
    update : how many updates were done
    seconds : that training took so far

    Examples
    --------
    >>> course = Course(Plan(task="adding", units=4, updates=3))
    >>> while course.advance(): pass
    >>> course.update, course.finished, course.problem
    (3, True, '')
    """

    def __init__(self, plan: Plan) -> None:
        arguments.expect(plan, Plan, "plan", "a Plan")
        self.plan, self.update, self.seconds, self._broke = plan, 0, 0.0, ""
        self._exercise = plan.exercise
        self._network = network_of(plan)
        self._row = Row(self._network)
        self._optimizer = OPTIMIZERS[plan.optimizer]
        self._memory = self._optimizer.begin(self._row.gradient)
        self._rates = plan.rates
        first = self._exercise.lengths(plan.distance).first
        self._shortest = min(first, plan.length)
        self._reached = float(self._shortest if plan.curriculum else plan.length)
        self._running = self._exercise.guessing
        self._measured = measured_on(plan, MEASURED, plan.length, part=1)
        self._every = max(1, plan.updates // ROWS)
        self._states = States.for_size(3 * self._row.numbers.numel())
        self._begin()

    def _begin(self) -> None:
        """The row of before any update, of the first batch."""
        loss, norm, _ = self._learn(self._drawn()[0])
        score = self._exercise.score(self.outputs(self._measured.inputs), self._measured)
        self._lines = [Line(0, loss, score, int(self._reached), norm, self.rate)]
        self._states.add(self._kept(), 0.0)
        self._losses, self._longest = list[float](), 0.0

    @property
    def problem(self) -> str:
        """Where the training broke down, a sentence that says when, and what to try; else empty."""
        if not self._broke:
            return ""
        advice = "a smaller learning rate" if self.plan.clip else "clipping the gradient, or a smaller learning rate"
        return (
            f"It broke down at update {self.update + 1:,}: the {self._broke} grew past all bounds. The weights are "
            f"those of before. Go back to an earlier state, and try {advice}."
        )

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to do: all updates are done, or it broke down."""
        return bool(self._broke) or self.update >= self.plan.updates

    @property
    def history(self) -> History:
        """What the training told of itself so far."""
        return history_of(self._lines)

    @property
    def length(self) -> int:
        """How long the longest sequences have become."""
        return int(self._reached)

    @property
    def states(self) -> Mapping[int, Mapping[str, Tensor]]:
        """Update → state dict, of the states that are kept."""
        return MappingProxyType({kept.update: self._row.state(kept.weights) for kept in self._states})

    def weights(self) -> dict[str, Tensor]:
        """Copies of the weights as they are now, by the names of a state dict."""
        return self._row.state(self._row.numbers.clone())

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return replace(self.plan, rates=self._rates).rate_at(self.update)

    @property
    def followed(self) -> Plan:
        """The plan of what was done: with the updates so far, and the rates as they were changed on the way."""
        return self._followed(self.update)

    def _followed(self, update: int) -> Plan:
        # A plan has at least one update; the weights before any are those that every plan begins with.
        rates = tuple(each for each in self._rates if each[0] < update)
        return replace(self.plan, updates=max(1, update), rates=rates)

    def advance(self, seconds: float = 0.01) -> bool:
        """Train for about so long, at least one update; whether there is more to do."""
        began = time.perf_counter()
        until = began + arguments.finite(seconds, "seconds", 0)
        while not self.finished:
            self._step()
            if time.perf_counter() >= until:
                break
        self.seconds += time.perf_counter() - began
        return not self.finished

    def set_rate(self, rate: float) -> None:
        """Change the learning rate from the next update on; the plan that was `followed` says so."""
        rate = FIELDS["learning_rate"].check(rate)
        rates = (*(each for each in self._rates if each[0] < self.update), (self.update, rate))
        if len(rates) > MOST_CHANGES:
            raise ValueError(f"learning_rate: was changed {MOST_CHANGES} times; it can be changed no more")
        self._rates = rates

    def note(self) -> None:
        """Write a row of the history and keep the state of now, where it stands between two rows."""
        if self._lines[-1].update < self.update:
            self._note()

    def rewound(self, update: int) -> "Course":
        """A course that goes on from an update, or from the last state kept before it, as if it had gone no further."""
        kept = self._states.at(arguments.whole(update, "update", 0))
        course = Course(self.plan)
        course._restore(kept)
        course._lines = [line for line in self._lines if line.update <= kept.update]
        course._states = self._states.until(kept.update)
        changed = tuple(each for each in self._rates if each[0] < kept.update)
        course._rates = (*changed, *(each for each in self.plan.rates if each[0] >= kept.update))
        return course

    def gradients(self) -> NDArray[np.float64]:
        """How far back learning reaches now: |d loss / d h| by how many steps lie between h and the last answer.

        (T,), from the last step itself, on a few held-out sequences of the plan's length, of 60 at most; `reach` says
        over what the norm is.
        """
        length = max(min(self.plan.length, PROBED_LENGTH), self._exercise.lengths(self.plan.distance).low)
        batch = measured_on(self.plan, MEASURED, length, part=3).longest(PROBED)
        return reach(self._network, batch.inputs, lambda raw: self._exercise.loss(raw, batch))

    def model(self, update: int | None = None) -> Model:
        """The network of now, or of the last state kept up to an update, as a model like those that ship."""
        if update is None or update == self.update:
            return model_of(self.followed, self._row.state(self._row.numbers), self.seconds)
        kept = self._states.at(arguments.whole(update, "update", 0))
        plan = self._followed(kept.update)
        return model_of(plan, self._row.state(kept.weights), kept.seconds)

    def saved(self) -> bytes:
        """The course as a .safetensors file: `opened` goes on from it, `lstm_viz.read_model` reads its network."""
        since = (list(self._losses), self._longest)
        told = saving.Told(
            plan=self.plan,
            rates=self._rates,
            broke=self._broke,
            lines=tuple(self._lines),
            since=since,
            here=self._kept(),
            kept=tuple(self._states.kept),
            moved=tuple(self._states.moved),
        )
        return saving.written(told, self._row.state(self._row.numbers), self.model().card)

    @classmethod
    def opened(cls, content: bytes) -> "Course":
        """The course that `saved` wrote, to go on to the bit as if it had not been stopped.

        Raises ValueError, in a sentence fit for the user, for a file that holds no training or is damaged.
        """
        told = saving.read(content, lambda plan: Row(network_of(plan)).shapes)
        course = cls(told.plan)
        course._restore(told.here)
        course._rates, course._broke, course._lines = told.rates, told.broke, list(told.lines)
        course._losses, course._longest = told.since
        course._states.kept, course._states.moved = list(told.kept), list(told.moved)
        return course

    def outputs(self, inputs: Tensor) -> Tensor:
        """What the network gives now, (B, T, O)."""
        with torch.no_grad():
            return torch.as_tensor(self._network(inputs))

    def _step(self) -> None:
        """One update; where it breaks down, the weights stay as they were."""
        batch, newest = self._drawn()
        loss, norm, score = self._learn(batch)
        if not (math.isfinite(norm) and loss < EXPLODED):
            self._stop("gradient" if loss < EXPLODED else "loss")
            return
        if self.plan.clip and norm > self.plan.clip:
            self._row.gradient.mul_(self.plan.clip / norm)
        change = self._optimizer.step(self._row.gradient, self._memory, self.rate, self.update + 1)
        if not finite(after := self._row.numbers + change):
            self._stop("weights")
            return
        self._row.set(after)
        self.update += 1
        if newest:
            self._grow(score)
        self._losses.append(loss)
        self._longest = max(self._longest, norm)
        if self.update % self._every == 0 or self.finished:
            self._note()

    def _drawn(self) -> tuple[Batch, bool]:
        """The sequences of the next update, and whether they are as long as they have become.

        Of a curriculum every second batch is; the others are of any length up to there, so that nothing is forgotten.
        """
        rng = np.random.default_rng([self.plan.seed, self.update])
        longest, newest = int(self._reached), True
        length = longest
        if self.plan.curriculum and self.update % 2 and longest > self._shortest:
            length, newest = any_length(rng, self._shortest, longest), False
        return self._exercise.batch(rng, BATCH, length, self.plan.distance), newest

    def _learn(self, batch: Batch) -> tuple[float, float, float]:
        """Loss, length of the gradient, and score on a batch; the gradient is left with the weights."""
        self._row.gradient.zero_()
        raw = self._network(batch.inputs)
        loss = self._exercise.loss(raw, batch)
        loss.backward()
        score = self._exercise.score(raw.detach(), batch)
        return float(loss.detach()), float(self._row.gradient.norm()), score

    def _grow(self, score: float) -> None:
        """Longer sequences once those of the present length are learnt."""
        self._running += FOLLOWS * (score - self._running)
        if self._reached < self.plan.length and self._exercise.better(self._running, self._exercise.learnt):
            self._reached = min(max(self._reached + 1, self._reached * GROWTH), self.plan.length)
            self._running = self._exercise.guessing

    def _note(self) -> None:
        """Write a row of the history, and keep the state."""
        score = self._exercise.score(self.outputs(self._measured.inputs), self._measured)
        moved = abs(score - self._lines[-1].score) / max(self._exercise.guessing, self._exercise.solved)
        line = Line(self.update, float(np.mean(self._losses)), score, int(self._reached), self._longest, self.rate)
        self._lines.append(line)
        self._states.add(self._kept(), moved)
        self._losses, self._longest = [], 0.0

    def _stop(self, what: str) -> None:
        """The training broke down at the next update: the last sound state is the end of it."""
        self._broke = what
        if self._lines[-1].update < self.update:
            self._note()

    def _kept(self) -> Kept:
        memory = {name: numbers.clone() for name, numbers in self._memory.items()}
        return Kept(self.update, self._row.numbers.clone(), memory, self._reached, self._running, self.seconds)

    def _restore(self, kept: Kept) -> None:
        self.update, self.seconds = kept.update, kept.seconds
        self._reached, self._running = kept.reached, kept.score
        self._row.set(kept.weights)
        self._memory = {name: numbers.clone() for name, numbers in kept.memory.items()}
