"""What came out of training every cell on the same tasks, read from the files that training wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import choice, whole
from lstm_viz.cells import CELLS, LSTM, SUCCESSORS, VARIANTS, Cell
from lstm_viz.tasks.model import FOLDER

Floats = NDArray[np.float64]

TASKS_TRIED = ("adding", "counting", "parity")
STEP_TIMES = "variants/step_times.json"
"""Where it is written how long a training step takes, in the folder of the models."""


@dataclass(frozen=True, eq=False)
class Result:
    """One cell on one task, over several seeds. `content`: the file as it is."""

    content: Mapping[str, Any]

    @property
    def cell(self) -> Cell:
        """The cell's definition."""
        return CELLS[self.content["cell"]]

    @property
    def forget_bias(self) -> float | None:
        """Where its forget gates started; None for a cell that has none."""
        value = self.content["forget_bias"]
        return None if value is None else float(value)

    @property
    def layers(self) -> int:
        """How many its networks have."""
        return int(self.content["study"].get("layers", 1))

    @property
    def updates(self) -> Floats:
        """(n,), after how many updates of the weights the scores were taken."""
        return np.array([int(step) for step in self.content["curve"]], dtype=float)

    @property
    def scores(self) -> Floats:
        """(n, seeds): adding, mean squared error; else the share of strings that are judged right.

        What the table tells as well is told by the same number: after the last update, that of the table's sequences.
        """
        *before, last = self.content["curve"].values()
        return np.array([*before, self.content["scores"].get(self.content["curve_shows"], last)])

    @property
    def trained_length(self) -> int:
        """The length of the longest sequences of its training: of numbers for adding, n of aⁿbⁿ for counting."""
        study = self.content["study"]
        return int(study["length"] if "length" in study else study["longest"])

    @cached_property
    def by_length(self) -> dict[int, Floats]:
        """Length → (seeds,): adding, mean squared error; parity, share of strings of which the last answer is right.

        Counting: 1 where aⁿbⁿ is right for every n so far, or 0.
        """
        if self.content.get("scores_by_length"):
            return {int(length): np.array(each) for length, each in self.content["scores_by_length"].items()}
        longest = np.array(self.content["scores"]["longest n"])
        return {n: (longest >= n).astype(float) for n in range(1, self.content["study"]["tried"] + 1)}


def results(task: str, layers: int = 1) -> tuple[Result, ...]:
    """What came out of training every cell on a task, in the order of the menu of cells; an LSTM of each forget bias.

    Parameters
    ----------
    task : "adding", "counting" or "parity"
    layers : of the networks; of more than one, only some cells were trained, on parity

    Examples
    --------
    >>> [each.cell.name for each in results("adding")][-5:]
    ['gru', 'rnn', 'min_gru', 'min_lstm', 'slstm']
    """
    found = _results(choice(task, "task", TASKS_TRIED))
    return tuple(each for each in found if each.layers == whole(layers, "layers", 1))


@cache
def _results(task: str) -> tuple[Result, ...]:
    files = (FOLDER / "variants").glob(f"{task}-*.json")
    found = [Result(json.loads(path.read_text(encoding="utf-8"))) for path in files]
    order = [LSTM.name, *VARIANTS, "gru", "rnn", *SUCCESSORS]
    return tuple(sorted(found, key=lambda each: (order.index(each.cell.name), each.forget_bias or 0)))


def result(task: str, cell: str, forget_bias: float = 1.0) -> Result:
    """One of them; ValueError lists the cells there are."""
    for each in results(task):
        if each.cell.name == cell and each.forget_bias in (None, forget_bias):
            return each
    raise ValueError(f"no results of {cell!r} on {task!r}; there are {', '.join(r.cell.name for r in results(task))}")


@dataclass(frozen=True, eq=False)
class StepTimes:
    """How long one training step of each cell took, by length. `content`: the file as it is."""

    content: Mapping[str, Any]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Steps of the sequences."""
        return tuple(self.content["lengths"])

    def seconds(self, cell: str, way: str) -> Floats:
        """(n,), one a length; way: "loop", "scan" or "torch"."""
        return np.array(self.content["seconds"][cell][way], dtype=float)

    def ratio(self, slow: tuple[str, str], fast: tuple[str, str]) -> Floats:
        """(n,), how many times as long one (cell, way) takes as another."""
        return self.seconds(*slow) / self.seconds(*fast)


@cache
def step_times() -> StepTimes:
    """What `lstm_viz.training.step_times` measured.

    Examples
    --------
    >>> times = step_times()
    >>> bool((times.ratio(("min_gru", "loop"), ("min_gru", "scan")) > 1).all())
    True
    """
    return StepTimes(json.loads((FOLDER / STEP_TIMES).read_text(encoding="utf-8")))
