"""The results of training every cell on two tasks, read from the files that training wrote. No Streamlit here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lstm_viz.cells import CELLS, LSTM, VARIANTS, Cell
from lstm_viz.tasks.model import FOLDER
from lstm_viz.ui.charts import Band, Chart, Series

Floats = NDArray[np.float64]

TASKS_TRIED = ("adding", "counting")
SOLVED = {"adding": 0.01, "counting": 1.0}
"""adding: mean squared error at most this, where guessing 1 every time gives 1/6; counting: this share of strings."""


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
    def curve(self) -> tuple[Floats, Floats]:
        """Updates (n,), and the score after so many, (n, seeds)."""
        curve = self.content["curve"]
        return np.array([int(step) for step in curve], dtype=float), np.array(list(curve.values()))

    @property
    def solved(self) -> int:
        """How many seeds end where the task counts as solved."""
        last, limit = self.curve[1][-1], SOLVED[self.content["task"]]
        return int((last <= limit).sum() if self.content["task"] == "adding" else (last >= limit).sum())

    def updates_needed(self) -> list[int | None]:
        """For each seed, after how many updates the task was first solved; None for never."""
        steps, scores = self.curve
        limit = SOLVED[self.content["task"]]
        right = scores <= limit if self.content["task"] == "adding" else scores >= limit
        return [int(steps[column.argmax()]) if column.any() else None for column in right.T]


@cache
def results(task: str) -> tuple[Result, ...]:
    """All results on a task, in the order of the menu of cells; an LSTM of each forget bias."""
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


def table(task: str) -> pd.DataFrame:
    """The results as the page shows them: every cell with forget bias 1, median over seeds, and range."""
    rows = []
    for each in results(task):
        if each.forget_bias not in (None, 1.0):
            continue
        scores = each.content["scores"]
        row = {"Cell": each.cell.title, "Parameters": f"{each.content['parameters']:,}"}
        row |= {name[0].upper() + name[1:]: spread(values) for name, values in scores.items()}
        row["Seeds that solve it"] = f"{each.solved} of {len(each.updates_needed())}"
        row["Updates needed"] = _needed(each.updates_needed())
        rows.append(row)
    return pd.DataFrame(rows).set_index("Cell")


def spread(values: Sequence[float]) -> str:
    """Median and range."""
    low, middle, high = np.quantile(values, [0, 0.5, 1])
    return f"{middle:.3g} ({low:.2g} to {high:.2g})"


def _needed(updates: Sequence[int | None]) -> str:
    done = [update for update in updates if update is not None]
    return f"{np.median(done):,.0f} (median of {len(done)})" if done else "–"


def learning_curves(
    task: str, chosen: Sequence[Result], labels: Sequence[str], colours: Sequence[str], name: str
) -> Chart:
    """Median score over the seeds through training, with the range, for a few results side by side."""
    power = task == "adding"
    curves = [np.log10(np.maximum(each.curve[1], 1e-6)) if power else each.curve[1] for each in chosen]
    ends = [
        f"{label} ends at {spread(each.curve[1][-1])}, solved by {each.solved} of {each.curve[1].shape[1]} seeds"
        for label, each in zip(labels, chosen, strict=True)
    ]
    low = float(np.floor(min(curve.min() for curve in curves)))
    return Chart(
        name=name,
        title="Mean squared error on new sequences" if power else "Share of strings judged right at every step",
        caption=f"{'; '.join(ends)}. Lines are medians, bands the range from the best to the worst seed, on sequences "
        "drawn for the curve; the table below it scores the end of training on others.",
        x=chosen[0].curve[0],
        x_label="updates",
        series=[
            Series(np.median(curve, axis=1), label, colour)
            for curve, label, colour in zip(curves, labels, colours, strict=True)
        ],
        bands=[Band(c.min(axis=1), c.max(axis=1), colour) for c, colour in zip(curves, colours, strict=True)],
        y_range=(low, 1.0) if power else (0.0, 1.0),
        power=power,
        height=300,
    )


def against_lstm(task: str, cell: str) -> Chart:
    """A cell's learning curve beside the LSTM's."""
    pair = [result(task, LSTM.name)] if cell == LSTM.name else [result(task, LSTM.name), result(task, cell)]
    titles = [each.cell.title for each in pair]
    return learning_curves(task, pair, titles, ["lstm", "candidate"][: len(pair)], "against")


def forget_biases(task: str) -> Chart:
    """The LSTM with forget gates that start half open, mostly open and open."""
    chosen = [each for each in results(task) if each.cell.name == LSTM.name]
    labels = [f"forget bias {each.forget_bias:g}" for each in chosen]
    return learning_curves(task, chosen, labels, ["muted", "lstm", "output_gate"], f"bias_{task}")


def ranking(task: str) -> str:
    """Which cells solve the task with every seed, and which with none."""
    shown = [each for each in results(task) if each.forget_bias in (None, 1.0)]
    seeds = len(shown[0].updates_needed())
    groups = {
        "every seed": [each.cell.title for each in shown if each.solved == seeds],
        "some seeds": [f"{each.cell.title} ({each.solved})" for each in shown if 0 < each.solved < seeds],
        "no seed": [each.cell.title for each in shown if not each.solved],
    }
    return " ".join(f"Solved with {name}: {', '.join(titles)}." for name, titles in groups.items() if titles)


def budget(task: str) -> str:
    """The training budget, from the file."""
    study, facts = results(task)[0].content["study"], results(task)
    length = f"{study['length']} numbers" if task == "adding" else f"n up to {study['longest']}"
    minutes = sum(each.content["training_seconds"] for each in facts) / 60
    return (
        f"{length}; {study['hidden_size']} units, {study['updates']} updates on {study['batch_size']} sequences each, "
        f"Adam at {study['learning_rate']:g}, seeds {', '.join(map(str, study['seeds']))}; {minutes:.0f} minutes on "
        "one processor core for all cells together."
    )


def changed_equations(cell: Cell, notation: str) -> list[tuple[str, str]]:
    """(label, LaTeX) of each quantity whose equation is not the LSTM's, and of those that are gone with None."""
    ours = {quantity.name: cell.equation(quantity.name, notation) for quantity in cell.quantities}
    theirs = {quantity.name: LSTM.equation(quantity.name, notation) for quantity in LSTM.quantities}
    return [(cell[name].label, latex) for name, latex in ours.items() if theirs.get(name) != latex]


def lost(cell: Cell) -> list[str]:
    """Labels of the LSTM's quantities that the cell does without."""
    names = {quantity.name for quantity in cell.quantities}
    return [quantity.label for quantity in LSTM.quantities if quantity.name not in names]
