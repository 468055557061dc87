"""What a part of the LSTM is good for, from training every variant on small tasks. No Streamlit here."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from lstm_viz.analysis.learning import first_reached, reached, spread
from lstm_viz.cells import CELLS, LSTM, SUCCESSORS, VARIANTS, Cell
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.learning_curves import learning_curves_chart
from lstm_viz.figures.score_by_length import score_by_length_chart
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.results import TASKS_TRIED, Result, result, results
from lstm_viz.words import successors as parity_words
from lstm_viz.words.variants import BesideLSTM, describe_counts, describe_errors, describe_lstm, describe_shares

SOLVED = {"adding": 0.01, "counting": 1.0, "parity": parity_words.SOLVED}
"""adding: mean squared error at most this, where guessing 1 every time gives 1/6; else this share of strings."""
SCORE = {
    "adding": "Mean squared error on new sequences",
    "counting": "Share of strings judged right at every step",
    "parity": "Share of strings of the trained length whose last answer is right",
}
BY_LENGTH = {
    "adding": "Error by length",
    "counting": "Share of seeds that judge every aⁿbⁿ up to n right",
    "parity": "Share of strings whose last answer is right, by length",
}
LONG = {"adding": "how many numbers", "counting": "n", "parity": "symbols of a string"}
"""What a length is."""
GUESSING = {"adding": 1 / 6, "parity": 1 / 2}
"""Mean squared error of guessing 1 every time, for the sum of two numbers drawn evenly from 0 to 1; share right."""
FAR = {"adding": 60, "counting": 20, "parity": 500}
"""A length well past the trained one, at which every cell is tried too."""


def tasks() -> tuple[str, ...]:
    """The tasks on which all cells were trained."""
    return TASKS_TRIED


def definition(name: str) -> Cell:
    """The definition of the cell that the page tells of."""
    return CELLS[name]


def is_error(task: str) -> bool:
    """Whether the score through training is an error, better where lower."""
    return task == "adding"


def solved(each: Result, task: str) -> int:
    """How many seeds end where the task counts as solved."""
    return int(reached(each.scores[-1], SOLVED[task], lower_is_better=is_error(task)).sum())


def updates_needed(each: Result, task: str) -> list[int | None]:
    """For each seed, after how many updates the task was first solved; None for never."""
    return first_reached(each.updates, each.scores, SOLVED[task], lower_is_better=is_error(task))


def every_cell(task: str) -> list[Result]:
    """The LSTM with forget bias 1, all that are one change away from it, the GRU and the RNN."""
    return [each for each in results(task) if each.forget_bias in (None, 1.0) and each.cell.name not in SUCCESSORS]


def table(task: str) -> list[list[str]]:
    """The results as the page shows them, head first: every cell, median over its seeds and range."""
    rows = []
    for each in every_cell(task):
        needed = updates_needed(each, task)
        scores = [spread(values) for values in each.content["scores"].values()]
        seeds = f"{solved(each, task)} of {len(needed)}"
        rows.append([each.cell.title, f"{each.content['parameters']:,}", *scores, seeds, _needed(needed)])
    names = [name[0].upper() + name[1:] for name in every_cell(task)[0].content["scores"]]
    return [["Cell", "Parameters", *names, "Seeds that solve it", "Updates until solved"], *rows]


def _needed(updates: Sequence[int | None]) -> str:
    done = [update for update in updates if update is not None]
    return f"{np.median(done):,.0f}" if done else "never"


def against_lstm(task: str, cell: str) -> Chart:
    """A cell's learning curve beside the LSTM's."""
    names = [LSTM.name] if cell == LSTM.name else [LSTM.name, cell]
    return _curves(task, {each.cell.title: each for each in (result(task, name) for name in names)}, None, "against")


def by_length(task: str, cell: str) -> Chart:
    """Scores at other lengths than the trained one, a cell's beside the LSTM's."""
    chosen = {name: result(task, name) for name in dict.fromkeys((LSTM.name, cell))}
    lengths = [length for length in result(task, LSTM.name).by_length if length <= _furthest(task)]
    values = {name: np.array([each.by_length[length] for length in lengths]) for name, each in chosen.items()}
    if task == "counting":
        # Seeds that are right or not: what counts is how many are.
        values = {name: each.mean(axis=1, keepdims=True) for name, each in values.items()}
    return score_by_length_chart(
        np.array(lengths),
        values,
        name=BY_LENGTH[task],
        trained=result(task, LSTM.name).trained_length,
        far=FAR[task],
        guess=GUESSING.get(task),
        lower_is_better=is_error(task),
        x_label=LONG[task],
    )


@cache
def _furthest(task: str) -> int:
    """The last length that is drawn: for counting, a few past the last n that any cell gets right."""
    lengths = result(task, LSTM.name).by_length
    if task != "counting":
        return max(lengths)
    right = [n for each in every_cell(task) for n, seeds in each.by_length.items() if seeds.any()]
    return max(2 * result(task, LSTM.name).trained_length, *right) + 2


def beside_lstm(task: str, cell: str) -> dict[int, BesideLSTM]:
    """Length, the trained one and the far one → a cell's scores at it and the LSTM's."""
    own, lstm = result(task, cell), result(task, LSTM.name)
    lengths = (lstm.trained_length, FAR[task])
    return {n: BesideLSTM(own.by_length[n], lstm.by_length[n], is_error(task)) for n in lengths}


def longest(cell: str) -> BesideLSTM:
    """How far a cell and the LSTM count."""
    own, lstm = (np.array(result("counting", name).content["scores"]["longest n"]) for name in (cell, LSTM.name))
    return BesideLSTM(own, lstm, lower_is_better=False)


def lesson(task: str, cell: str) -> tuple[str, str]:
    """What came of a cell on a task, at the trained length and at the far one, in a sentence; and its numbers."""
    beside, title, named = beside_lstm(task, cell), definition(cell).title, TASKS[task].title
    if cell == LSTM.name:
        return describe_lstm(named, beside, shares=task == "parity")
    if task == "parity":
        return describe_shares(title, named, beside)
    if is_error(task):
        return describe_errors(title, named, beside)
    trained, twice = beside
    return describe_counts(title, named, longest(cell), (trained, twice))


def compared(task: str, cell: str) -> list[BesideLSTM]:
    """By what a cell is called worse: errors at both lengths, how far it counts, or what it keeps of a long string."""
    if task == "counting":
        return [longest(cell)]
    beside = beside_lstm(task, cell)
    return list(beside.values()) if is_error(task) else [beside[FAR[task]]]


def telling(task: str) -> str:
    """The variant to begin with: of those that do worse than the LSTM in all that is compared, which loses most."""
    found = {each.cell.name: compared(task, each.cell.name) for each in every_cell(task) if each.cell.name in VARIANTS}
    worse = {name: each for name, each in found.items() if all(score.verdict < 0 for score in each)}
    return min(worse or found, key=lambda name: found[name][0].gain)


def forget_biases(task: str) -> Chart:
    """The LSTM with forget gates that start half open, mostly open and open."""
    chosen = [each for each in results(task) if each.cell.name == LSTM.name]
    named = {f"bias {each.forget_bias:g}": each for each in chosen}
    return _curves(task, named, ("rnn", "lstm", "gru"), f"bias_{task}")


def _curves(task: str, chosen: Mapping[str, Result], colours: Sequence[str] | None, key: str) -> Chart:
    return learning_curves_chart(
        next(iter(chosen.values())).updates,
        {label: each.scores for label, each in chosen.items()},
        name=SCORE[task],
        limit=SOLVED[task],
        lower_is_better=is_error(task),
        colours=colours,
        key=key,
    )


def seeds(task: str) -> int:
    """How often each cell was trained, from as many random starts."""
    return len(results(task)[0].content["study"]["seeds"])


def criterion(task: str) -> str:
    """When the task counts as solved."""
    if is_error(task):
        return (
            f"a mean squared error of at most {SOLVED[task]:g}, where guessing 1 every time gives {GUESSING[task]:.2f}"
        )
    if task == "parity":
        length = result(task, LSTM.name).trained_length
        return f"{SOLVED[task]:.0%} of strings of {length} symbols judged right at their end"
    return f"{SOLVED[task]:.0%} of the strings judged right after every symbol"


def solved_by(task: str) -> list[str]:
    """Which cells solve the task with every seed, with some and with none, a sentence each."""
    counts = {each.cell.title: solved(each, task) for each in every_cell(task)}
    every = seeds(task)
    groups = {
        f"all {every} seeds": [title for title, count in counts.items() if count == every],
        "some seeds": [f"{title} ({count} of {every})" for title, count in counts.items() if 0 < count < every],
        "no seed": [title for title, count in counts.items() if not count],
    }
    return [f"**Solved with {name}:** {', '.join(titles)}." for name, titles in groups.items() if titles]


def budget(task: str) -> str:
    """The training budget, from the file."""
    study, facts = (
        results(task)[0].content["study"],
        [each for each in results(task) if each.cell.name not in SUCCESSORS],
    )
    what = {
        "adding": "sequences of {length} numbers",
        "counting": "strings (n up to {longest})",
        "parity": "strings of up to {length} symbols",
    }[task].format_map(study)
    minutes = sum(each.content["training_seconds"] for each in facts) / 60
    numbers = ", ".join(map(str, study["seeds"]))
    return (
        f"Every cell had the same budget: {study['hidden_size']} units, {study['updates']} updates on "
        f"{study['batch_size']} {what} each, the optimiser Adam at a learning rate of {study['learning_rate']:g}. A "
        f"seed decides the first weights and which sequences are drawn; all cells had the same ones ({numbers}). "
        f"Training all of them took {minutes:.0f} minutes on one processor core."
    )


def changed_equations(cell: Cell, notation: str) -> list[tuple[str, str]]:
    """(label, LaTeX) of each quantity whose equation is not the LSTM's."""
    ours = {quantity.name: cell.equation(quantity.name, notation) for quantity in cell.quantities}
    theirs = {quantity.name: LSTM.equation(quantity.name, notation) for quantity in LSTM.quantities}
    return [(cell[name].label, latex) for name, latex in ours.items() if theirs.get(name) != latex]


def lost(cell: Cell) -> list[str]:
    """Labels of the LSTM's quantities that the cell does without."""
    names = {quantity.name for quantity in cell.quantities}
    return [quantity.label for quantity in LSTM.quantities if quantity.name not in names]
