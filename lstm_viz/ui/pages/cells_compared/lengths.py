"""How long a sequence each cell can take: its answers over one long sequence, and its error by length."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.figures.answers_over_time import answers_over_time_chart
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.error_by_length import error_by_length_chart
from lstm_viz.tasks import cell_names, load_model
from lstm_viz.tasks.made import MADE, made_text
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import compared

Floats = NDArray[np.floating]

LENGTHS = (10, 20, 50, 100, 200, 500, 1000, 2000)
SEQUENCES = 20
"""How many sequences an error by length is the mean of."""
WRONG = {"adding": 0.1, "counting": 0.5}
"""An answer this far from the truth is wrong: for the sum, a tenth; for a probability, on the wrong side of even."""


@dataclass(frozen=True, eq=False)
class Lengths:
    """The page's part on length, for one of the tasks whose inputs can be made."""

    task: str
    settings: Settings

    @property
    def cells(self) -> list[str]:
        """Which cells there are to compare."""
        return compared(self.task, self.settings.cell)

    @cached_property
    def truth(self) -> Floats:
        """The right answer after every step, (T,): the best guess at the sum, or whether the string is complete."""
        return truth(self.task, self.text)

    @cached_property
    def text(self) -> str:
        """The sequence on show."""
        return made_text(self.task, self.settings.length, self.settings.seed)

    @cached_property
    def work(self) -> Work:
        """Running every cell: (cell, None) → its answers over the sequence on show; (cell, length) → `mean_error`."""
        pieces = {(cell, None): whole(answers, self.task, cell, self.text) for cell in self.cells}
        lengths = {(cell, n): whole(mean_error, self.task, cell, n) for n in LENGTHS for cell in self.cells}
        about = (self.task, self.settings.length, self.settings.seed, *self.cells)
        return Work("lengths", about, "Reading sequences of every length", {**pieces, **lengths})

    def over_time(self, found: Mapping[Any, Any]) -> Chart:
        """What each cell says after every step of one sequence, as far as it has been found; see `work`."""
        counting = self.task == "counting"
        return answers_over_time_chart(
            {cell: found[cell, None] for cell in self.cells if (cell, None) in found},
            self.truth,
            name="P(complete)" if counting else "The guess at the sum",
            limit=WRONG[self.task],
            ends=(0.0, 1.0) if counting else None,
            about="1 where the string is complete" if counting else "the best guess at the sum",
        )

    def by_length(self, found: Mapping[Any, Any]) -> Chart:
        """Mean error at the end against the length of the sequence, as far as it has been found; see `work`."""
        last_two = "the string aⁿbⁿ (the larger of those after its last two symbols)"
        return error_by_length_chart(
            LENGTHS,
            {cell: np.array([found.get((cell, length), np.nan) for length in LENGTHS]) for cell in self.cells},
            limit=WRONG[self.task],
            at=self.settings.length,
            over=last_two if self.task == "counting" else f"{SEQUENCES} random sequences",
        )


def truth(task: str, text: str) -> Floats:
    """The right answer after every step of a made input."""
    if task == "counting":
        right = np.zeros(len(text))
        right[-1] = 1
        return right
    model = load_model(task)
    tokens = model.task.tokenize(text)
    inputs = np.asarray(model.task.reader.encode(tokens, ()), dtype=float)
    return best_guess(inputs)


def best_guess(inputs: Floats) -> Floats:
    """(T, 2) numbers and marks → what can be known of the sum after every step: 0.5 for a number yet to be marked."""
    marked, seen = (inputs[:, 0] * inputs[:, 1]).cumsum(), inputs[:, 1].cumsum()
    return np.asarray(marked + 0.5 * np.maximum(0, 2 - seen))


@lru_cache(maxsize=64)
def answers(task: str, cell: str, text: str) -> Floats:
    """The followed answer after every step."""
    model = load_model(task, cell)
    # Only the answers are wanted, so the network itself runs, without a trace of its gates.
    encoded = torch.from_numpy(model.task.reader.encode(model.task.tokenize(text), model.vocabulary))
    with torch.no_grad():
        raw = model.network(encoded[None])[0].numpy()
    return np.asarray(model.task.answers(raw)[:, 0])


@lru_cache(maxsize=256)
def mean_error(task: str, cell: str, length: int) -> float:
    """Mean error at the end of sequences of one length."""
    if task == "counting":
        said = answers(task, cell, made_text(task, length))
        right = truth(task, made_text(task, length))
        # One of the two steps is right for a network that always says the same.
        return float(np.abs(said - right)[-2:].max())
    rng = np.random.default_rng(length)
    values, marks = rng.random((SEQUENCES, length)), np.zeros((SEQUENCES, length))
    places = rng.random((SEQUENCES, length)).argsort(axis=1)[:, :2]
    np.put_along_axis(marks, places, 1, axis=1)
    with torch.no_grad():
        inputs = torch.tensor(np.stack([values, marks], axis=-1), dtype=torch.float32)
        guesses = load_model(task, cell).network(inputs)[:, -1, 0].numpy()
    return float(np.abs(guesses - (values * marks).sum(axis=1)).mean())


def made_tasks() -> list[str]:
    """Those of the `MADE` tasks that there is a trained network for."""
    return [task for task in MADE if cell_names(task)]
