"""What shall be trained, and how: plain values, from which the same weights follow on the same machine."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from lstm_viz import arguments
from lstm_viz.cells import CELLS
from lstm_viz.learning.exercises import EXERCISES, Exercise
from lstm_viz.learning.fields import FIELDS, Field
from lstm_viz.learning.optimizers import OPTIMIZERS
from lstm_viz.tasks.network import forget_row

BATCH = 32
"""Sequences of an update."""
MOST_WORK = 12_800
"""Units × layers × length: the most that an update may cost, so that none takes long."""
MOST_CHANGES = 50
"""Changes of the learning rate on the way."""
LONGEST_TEXT = 2_000
"""Characters of a plan as a text."""

_APART, _CHANGES_APART, _AT = "~", "_", "x"


def _default(name: str) -> Any:
    return FIELDS[name].default


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that a training depends on; see `FIELDS` for each value's meaning and bounds.

    Attributes
    ----------
    task, cell, units, layers, forget_bias, learning_rate, optimizer, clip, length, curriculum, distance, updates, seed
        as in `FIELDS`; a length and updates of 0 stand for what the task proposes
    rates : learning rates that hold from later updates on, as (update, rate), in order

    Raises
    ------
    TypeError, ValueError
        for a value out of bounds, or values that together would cost too much: what was given, what is expected.

    Examples
    --------
    >>> Plan(task="parity", units=16).length
    40
    >>> Plan(task="parity", units=16).written
    'task-parity~units-16'
    >>> Plan.read("task-parity~units-16") == Plan(task="parity", units=16)
    True
    """

    task: str = _default("task")
    cell: str = _default("cell")
    units: int = _default("units")
    layers: int = _default("layers")
    forget_bias: float = _default("forget_bias")
    learning_rate: float = _default("learning_rate")
    optimizer: str = _default("optimizer")
    clip: float = _default("clip")
    length: int = _default("length")
    curriculum: bool = _default("curriculum")
    distance: int = _default("distance")
    updates: int = _default("updates")
    seed: int = _default("seed")
    rates: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        task = EXERCISES[FIELDS["task"].check(self.task)]
        distance = FIELDS["distance"].check(self.distance)
        object.__setattr__(self, "length", self.length or task.lengths(distance).proposed)
        object.__setattr__(self, "updates", self.updates or task.updates)
        for field in fields_of(self.task, distance).values():
            object.__setattr__(self, field.name, field.check(getattr(self, field.name)))
        if self.work > MOST_WORK:
            sizes = f"{_count(self.units, 'unit')} × {_count(self.layers, 'layer')} × {_count(self.length, 'step')}"
            raise ValueError(
                f"length: {sizes} are {self.work:,}; at most {MOST_WORK:,} are trained here: take fewer units or "
                "layers, or a shorter length"
            )
        object.__setattr__(self, "rates", self._checked_rates())

    @property
    def exercise(self) -> Exercise:
        """The task with its data, loss and score."""
        return EXERCISES[self.task]

    @property
    def work(self) -> int:
        """Units × layers × length."""
        return self.units * self.layers * self.length

    @property
    def grows(self) -> bool:
        """Whether its sequences begin shorter than its length, where it asks for a curriculum."""
        return self.exercise.grows(self.distance)

    @property
    def forgets(self) -> bool:
        """Whether the cell has a forget gate whose bias can be set."""
        return forget_row(CELLS[self.cell]) is not None

    @property
    def said(self) -> str:
        """In words: what learns what, and what is unlike the defaults."""
        parts = [f"{CELLS[self.cell].title} of {_count(self.units, 'unit')}"]
        if self.layers > 1:
            parts[0] += f" in each of {self.layers} layers"
        parts[0] += f" on {self.exercise.title[:1].lower()}{self.exercise.title[1:]}"
        if self.task == "echo":
            parts[0] += f" of {_count(self.distance, 'step')} ago"
        parts.append(f"length {self.length}{'' if self.curriculum or not self.grows else ' from the start'}")
        if self.forgets:
            parts.append(f"forget bias {self.forget_bias:g}")
        parts.append(f"{OPTIMIZERS[self.optimizer].title} at {self.learning_rate:g}")
        parts.append(f"clipped at {self.clip:g}" if self.clip else "not clipped")
        return ", ".join([*parts, f"seed {self.seed}"])

    @property
    def title(self) -> str:
        """What learns what, and what is unlike the defaults, as short as a menu has room for."""
        exercise, plain = self.exercise, type(self)(task=self.task)
        parts = [f"{CELLS[self.cell].title} of {_count(self.units, 'unit')}"]
        if self.layers > 1:
            parts.append(f"{self.layers} layers")
        if self.forgets and self.forget_bias != plain.forget_bias:
            parts.append(f"forget bias {self.forget_bias:g}")
        if not self.clip:
            parts.append("not clipped")
        if self.learning_rate != plain.learning_rate:
            parts.append(f"rate {self.learning_rate:g}")
        back = f" of {_count(self.distance, 'step')} ago" if self.task == "echo" else ""
        return f"{exercise.title}{back}: {', '.join(parts)}"

    @cached_property
    def written(self) -> str:
        """As a short text for links: the values that are not the default."""
        plain = {"length": self.exercise.lengths(self.distance).proposed, "updates": self.exercise.updates}
        parts = []
        for name, field in FIELDS.items():
            value = getattr(self, name)
            if value != plain.get(name, field.default):
                parts.append(f"{name}-{field.write(value)}")
        if self.rates:
            rate = FIELDS["learning_rate"]
            parts.append("rates-" + _CHANGES_APART.join(f"{at}{_AT}{rate.write(value)}" for at, value in self.rates))
        return _APART.join(parts) or f"task-{self.task}"

    @classmethod
    def read(cls, text: str) -> "Plan":
        """The plan that `written` wrote; ValueError, in a sentence, for a text that says no plan."""
        arguments.text(text, "plan", "a plan as a link has it")
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"plan: has {len(text):,} characters; at most {LONGEST_TEXT:,} are read")
        values: dict[str, object] = {}
        for part in filter(None, text.split(_APART)):
            name, _, value = part.partition("-")
            if name == "rates":
                values[name] = tuple(_change(each) for each in value.split(_CHANGES_APART))
            elif name in FIELDS:
                # Bounds that depend on the task are asked for when the plan is made.
                values[name] = _read(name, value)
            else:
                raise ValueError(f"plan: got {arguments.given(part)}; expected one of {', '.join(FIELDS)}")
        return cls(**values)  # type: ignore[arg-type]

    def rate_at(self, update: int) -> float:
        """The learning rate of an update, counted from 0."""
        return next((rate for at, rate in reversed(self.rates) if at <= update), self.learning_rate)

    def _checked_rates(self) -> tuple[tuple[int, float], ...]:
        expected = "(update, learning rate) pairs in order"
        listed = arguments.at_most(self.rates, MOST_CHANGES, "rates", expected)
        if len(listed) > MOST_CHANGES:
            raise ValueError(f"rates: has more than {MOST_CHANGES} changes; at most {MOST_CHANGES} are kept")
        found = []
        for each in listed:
            pair = arguments.at_most(each, 2, "rates", expected)
            if len(pair) != 2:
                raise ValueError(f"rates: got {arguments.given(each)}; expected {expected}")
            at = arguments.whole(pair[0], "rates", 0, int(FIELDS["updates"].high))
            found.append((at, replace(FIELDS["learning_rate"], name="rates").check(pair[1])))
        if any(one[0] >= other[0] for one, other in pairwise(found)):
            raise ValueError(f"rates: got {arguments.given(self.rates)}; expected each at a later update than the last")
        return tuple(found)


def fields_of(task: str, distance: int = FIELDS["distance"].default) -> dict[str, Field]:
    """The table with the bounds and defaults that one task has."""
    exercise = EXERCISES[task]
    low, high, proposed, _ = exercise.lengths(distance)
    about = f"{FIELDS['length'].help} Of this task: {exercise.length_means}."
    length = replace(FIELDS["length"], low=low, high=high, default=proposed, help=about)
    updates = replace(FIELDS["updates"], default=exercise.updates)
    return {**FIELDS, "length": length, "updates": updates}


_UNBOUND = {
    name: replace(each, low=-1e9, high=1e9) if each.kind in ("whole", "number") else each
    for name, each in FIELDS.items()
}


def _read(name: str, text: str) -> Any:
    """A field's value, whose bounds are asked for only where it is none: what is said then are those that hold."""
    if FIELDS[name].kind != "choice":
        try:
            return _UNBOUND[name].read(text)
        except ValueError:
            pass
    return FIELDS[name].read(text)


def _change(text: str) -> tuple[int, float]:
    at, _, rate = text.partition(_AT)
    try:
        return int(at), float(rate)
    except ValueError:
        raise ValueError(
            f"rates: got {arguments.given(text)}; expected an update and a rate, as in 300x0.001"
        ) from None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


assert [each.name for each in fields(Plan)] == [*FIELDS, "rates"], "the table says what a plan is"
