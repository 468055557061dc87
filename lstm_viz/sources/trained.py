"""A network that was trained here, on the page Watch it learn: for one session, in memory alone, as a source."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.torch import save

from lstm_viz.sources.own import Own
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import Source
from lstm_viz.sources.states import States
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.trained import NAME
from lstm_viz.tasks.uploaded import RUN_BYTES

if TYPE_CHECKING:
    from lstm_viz.learning import Course, History

RUNS = Remembered(RUN_BYTES)
"""Runs of all networks that were trained here, in bytes."""
WARM = 8
"""States on the way that each keeps as sources, with what was found of them."""


def trained(course: "Course") -> Source:
    """A training as it stands, as a source with all its states. Nothing but what is returned keeps the model.

    The course may go on afterwards; the source stays as it is.
    """
    course.note()
    plan, saved = course.followed, course.saved()
    own = Own(plan.written, f"{_plain(plan.title)}-{course.update}.safetensors", saved=lambda: saved)
    model = course.model()
    title = f"{model.task.title.replace(': ', ', ')}, update {course.update:,}"
    titled = replace(model, task=replace(model.task, title=title))
    weights = {step: dict(state) for step, state in course.states.items()}
    # What is found of it beside the pages is found under its name, and is no other reader's.
    name = (NAME, own.key, token_hex(8))
    return _Trained(name, titled, own, weights, course.history, plan.exercise.score_name).ended


class _Trained:
    """The sources of one training: as it ended, and as it was on the way there."""

    def __init__(
        self,
        name: tuple[str, ...],
        model: Model,
        own: Own,
        weights: Mapping[int, Mapping[str, Any]],
        history: "History",
        score_name: str,
    ) -> None:
        self._name, self._model, self._own, self._weights = name, model, own, weights
        steps = tuple(sorted(weights))
        rows = np.searchsorted(history.update, steps)
        self._states = States(steps, history.loss[rows], history.score[rows], score_name, self.at, self._file)
        self._on_the_way = lru_cache(maxsize=WARM)(self._made)

    @cached_property
    def ended(self) -> Source:
        """As it stood when it was opened."""
        return Source(self._name, self._model, self._own, RUNS, self._states)

    def at(self, step: int) -> Source:
        """As it was after so many updates, one of those that were kept."""
        return self.ended if step == self._states.steps[-1] else self._on_the_way(step)

    def _made(self, step: int) -> Source:
        network = Network(**self._model.card["network"])
        network.load_state_dict({name: part.clone() for name, part in self._weights[step].items()})
        model = replace(self._model, network=network.eval().requires_grad_(False))
        return Source((*self._name, str(step)), model, self._own, RUNS, self._states, step)

    def _file(self) -> bytes:
        steps = self._states.steps[:-1]
        return save(
            {f"{step}/{name}": each.contiguous() for step in steps for name, each in self._weights[step].items()}
        )


def kept_bytes(source: Source) -> int:
    """What a network takes in memory, with its states on the way and the file that it can be saved as."""
    own, states = source.own, source.states
    weights = sum(part.nbytes for part in source.model.network.parameters())
    # It is run in float64, which takes twice as much again.
    return weights * (3 + len(states.steps if states else ())) + (len(own.saved()) if own and own.saved else 0)


def _plain(title: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split())
