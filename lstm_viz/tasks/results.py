"""What came out of training every cell on two tasks, read from the files that training wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.cells import CELLS, LSTM, VARIANTS, Cell
from lstm_viz.tasks.model import FOLDER

Floats = NDArray[np.float64]

TASKS_TRIED = ("adding", "counting")


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
    def updates(self) -> Floats:
        """(n,), after how many updates of the weights the scores were taken."""
        return np.array([int(step) for step in self.content["curve"]], dtype=float)

    @property
    def scores(self) -> Floats:
        """(n, seeds): adding, mean squared error; counting, share of strings that are right at every step."""
        return np.array(list(self.content["curve"].values()))


@cache
def results(task: str) -> tuple[Result, ...]:
    """All results on a task, in the order of the menu of cells; an LSTM of each forget bias.

    Examples
    --------
    >>> [each.cell.name for each in results("adding")][-2:]
    ['gru', 'rnn']
    """
    files = (FOLDER / "variants").glob(f"{task}-*.json")
    found = [Result(json.loads(path.read_text(encoding="utf-8"))) for path in files]
    order = [LSTM.name, *VARIANTS, "gru", "rnn"]
    return tuple(sorted(found, key=lambda each: (order.index(each.cell.name), each.forget_bias or 0)))


def result(task: str, cell: str, forget_bias: float = 1.0) -> Result:
    """One of them; ValueError lists the cells there are."""
    for each in results(task):
        if each.cell.name == cell and each.forget_bias in (None, forget_bias):
            return each
    raise ValueError(f"no results of {cell!r} on {task!r}; there are {', '.join(r.cell.name for r in results(task))}")
