"""What can be taken away from the variant lab."""

from typing import Any

from lstm_viz.tasks.results import results, step_times
from lstm_viz.ui.pages.variants import lab, successors
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.words.snippets.variants import by_length, variants


def variants_taken(task: str) -> Taken:
    """Of every cell of a task: its score through training and by length, seed by seed."""
    added = []
    for each in results(task):
        seeds = each.content["study"]["seeds"]
        name = each.cell.name
        at: dict[str, Any] = {"cell": name}
        if each.forget_bias is not None:
            name, at = f"{name} {each.forget_bias:g}", at | {"forget_bias": each.forget_bias}
        through = {"update": each.updates.astype(int).tolist(), "seed": seeds}
        lengths = {"length": list(each.by_length), "seed": seeds}
        added.append(Extra(f"{name} score", "score", each.scores, through, at))
        added.append(Extra(f"{name} by length", "score by length", list(each.by_length.values()), lengths, at))
    return Taken({}, added)


def successors_taken(task: str) -> Taken:
    """Of the cells that the lab compares: the score by length, seed by seed; and how long a training step took."""
    added, measured = [], step_times()
    for name, each in successors.chosen(task).items():
        lengths = {"length": list(each.by_length), "seed": each.content["study"]["seeds"]}
        at: dict[str, Any] = {"cell": name}
        added.append(Extra(f"{name} by length", "score by length", list(each.by_length.values()), lengths, at))
        for way in measured.content["seconds"][name]:
            seconds = measured.seconds(name, way)
            timed = {"length": measured.lengths}
            added.append(
                Extra(f"{name} {way} seconds", "seconds of a training step", seconds, timed, at | {"way": way})
            )
    return Taken({}, added)


def successors_taking(task: str) -> Taking:
    """What the page gives of the successors."""
    cells, name, error = list(successors.CELLS_SHOWN), successors.SCORE[task], task == "adding"

    def snippet(theme: str) -> str:
        title = "Variant lab: the successors"
        return by_length(title, task=task, cells=cells, name=name, error=error, theme=theme)

    return Taking(file_name("successors", task), lambda: successors_taken(task), snippet)


def variants_snippet(task: str, cell: str, theme: str) -> str:
    """The view as Python."""
    score, limit = lab.SCORE[task], lab.SOLVED[task]
    error = lab.is_error(task)
    return variants("Variant lab", task=task, cell=cell, score=score, limit=limit, error=error, theme=theme)


def variants_taking(task: str, cell: str) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("variant lab", task, cell),
        lambda: variants_taken(task),
        lambda theme: variants_snippet(task, cell, theme),
    )
