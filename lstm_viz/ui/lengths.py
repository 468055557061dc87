"""How long a sequence each cell can take: its answers over one long sequence, and its error by length."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.analysis.describe import number
from lstm_viz.cells import CELLS
from lstm_viz.tasks import cell_names, load_model
from lstm_viz.ui.charts import Chart, Mark, Series
from lstm_viz.ui.chosen import compared
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.samples import MADE, made_text
from lstm_viz.ui.settings import Settings

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
        said = {cell: found[cell, None] for cell in self.cells if (cell, None) in found}
        limit = WRONG[self.task]
        sentences = []
        for cell, values in said.items():
            wrong = np.abs(values - self.truth) > limit
            first = int(wrong.argmax()) if wrong.any() else None
            end = f"ends at {number(values[-1])}, {'wrong' if wrong[-1] else 'right'}"
            where = f"first off by more than {limit:g} at step {first:,}" if first is not None else "never far off"
            sentences.append(f"{CELLS[cell].title}: {where}; {end}")
        top = 1.0 if self.task == "counting" else max([2.0, *(float(v.max()) for v in said.values())])
        low = min([0.0, *(float(v.min()) for v in said.values())])
        about = "the best guess at the sum" if self.task == "adding" else "1 where the string is complete"
        return Chart(
            name="over_time",
            title={"adding": "The guess at the sum", "counting": "P(complete)"}[self.task] + ", step by step",
            caption=". ".join([f"The right answer ({about}) ends at {number(self.truth[-1])}", *sentences]) + ".",
            x=np.arange(len(self.truth), dtype=float),
            x_label="time step, t",
            series=[
                Series(self.truth, "right answer", "muted", dash=True, width=3),
                *(Series(values, CELLS[cell].title, cell) for cell, values in said.items()),
            ],
            y_range=(low, top),
            height=260,
        )

    def by_length(self, found: Mapping[Any, Any]) -> Chart:
        """Mean error at the end against the length of the sequence, as far as it has been found; see `work`."""
        errors = {cell: np.array([found.get((cell, length), np.nan) for length in LENGTHS]) for cell in self.cells}
        limit = WRONG[self.task]
        sentences = []
        for cell, values in errors.items():
            broken, known = np.flatnonzero(values > limit), np.flatnonzero(np.isfinite(values))
            if len(known):
                held = f"holds up to {LENGTHS[known[-1]]:,} steps"
                at = f"breaks by {LENGTHS[broken[0]]:,} steps" if len(broken) else held
                sentences.append(f"the {CELLS[cell].title} {at}")
        what = (
            f"{SEQUENCES} random sequences"
            if self.task == "adding"
            else "the string aⁿbⁿ (the larger of those after its last two symbols)"
        )
        logs = np.log10(np.array(LENGTHS, dtype=float))
        return Chart(
            name="by_length",
            title="Mean error at the end, by length",
            caption=f"Error over {what} of each length; above {limit:g} it counts as broken"
            + (f": {', '.join(sentences)}." if sentences else "."),
            x=np.arange(len(LENGTHS), dtype=float),
            x_label="length of the sequence",
            x_names=[f"{length:,}" for length in LENGTHS],
            series=[Series(values, CELLS[cell].title, cell) for cell, values in errors.items()],
            marks=[Mark(float(np.interp(np.log10(self.settings.length), logs, np.arange(len(logs)))), "your length")],
            y_range=(0, float(max(limit, np.ceil(10 * np.nanmax([0.0, *np.concatenate(list(errors.values()))])) / 10))),
            height=260,
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
