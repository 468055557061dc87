"""How long a sequence each cell can take: its answers over one long sequence, and its error by length."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.lengths import BROKEN, SEQUENCES, WRONG, answers, mean_error, truth
from lstm_viz.figures.answers_over_time import answers_over_time_chart
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.error_by_length import error_by_length_chart
from lstm_viz.sources import Source
from lstm_viz.tasks.made import made_text
from lstm_viz.ui.jobs import Work, whole

Floats = NDArray[np.floating]

ABOUT = {
    "adding": "the best guess at the sum",
    "counting": "1 where the string is complete",
    "parity": "1 where the ones so far are odd",
}
"""What is right."""
LENGTHS = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, eq=False)
class Lengths:
    """The page's part on length, for a task whose inputs can be made.

    Attributes
    ----------
    sources : cell → its network for the task
    length, seed : of the sequence on show
    """

    sources: Mapping[str, Source]
    length: int
    seed: int

    @property
    def task(self) -> str:
        """Name of the task."""
        return self._any.task.name

    @property
    def _any(self) -> Source:
        return next(iter(self.sources.values()))

    @cached_property
    def text(self) -> str:
        """The sequence on show."""
        return made_text(self.task, self.length, self.seed)

    @cached_property
    def truth(self) -> Floats:
        """The right answer after every step, (T,): the best guess at the sum, or whether what is asked is so."""
        return truth(self._any.model, self.text)

    @cached_property
    def work(self) -> Work:
        """Running every cell: (cell, None) → its answers over the sequence on show; (cell, length) → `mean_error`."""
        pieces = {(cell, None): whole(answers, source.model, self.text) for cell, source in self.sources.items()}
        lengths = {(cell, n): whole(error_at, source, n) for n in LENGTHS for cell, source in self.sources.items()}
        about = (self.length, self.seed, *(source.name for source in self.sources.values()))
        return Work("lengths", about, "Reading sequences of every length", {**pieces, **lengths})

    def over_time(self, found: Mapping[Any, Any]) -> Chart:
        """What each cell says after every step of one sequence, as far as it has been found; see `work`."""
        task = self._any.task
        label = task.labels[task.favoured] if task.is_classifier else ""
        return answers_over_time_chart(
            {cell: found[cell, None] for cell in self.sources if (cell, None) in found},
            self.truth,
            name=f"P({label})" if label else "The guess at the sum",
            limit=WRONG[self.task],
            ends=(0.0, 1.0) if label else None,
            about=ABOUT[self.task],
        )

    def by_length(self, found: Mapping[Any, Any]) -> Chart:
        """Mean error at the end against the length of the sequence, as far as it has been found; see `work`."""
        last_two = "the larger of those after the last two symbols of the string aⁿbⁿ"
        random = f"on average over {SEQUENCES} random {'strings' if self._any.task.is_classifier else 'sequences'}"
        return error_by_length_chart(
            LENGTHS,
            {cell: np.array([found.get((cell, length), np.nan) for length in LENGTHS]) for cell in self.sources},
            limit=BROKEN[self.task],
            at=self.length,
            over=last_two if self.task == "counting" else random,
        )


@lru_cache(maxsize=256)
def error_at(source: Source, length: int) -> float:
    """Mean error of a network at the end of sequences of one length; remembered."""
    return mean_error(source.model, length)
