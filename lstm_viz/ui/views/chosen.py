"""The task and the cell that settings choose, and the menu that they are chosen from."""

from functools import lru_cache
from typing import Any

from lstm_viz.cells import CELLS
from lstm_viz.tasks import TASKS, Model, cell_names, load_model, model_names
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.card import card_rows
from lstm_viz.ui.views.degrees import choices, in_unit
from lstm_viz.words.phrases import listing


def chosen_model(settings: Settings) -> Model:
    """The network on show: the one asked for, or where no such network ships, the first of its task, or of all."""
    return _model(settings.task, settings.cell, settings.degrees)


@lru_cache(maxsize=64)
def _model(task: str, cell: str, degrees: str) -> Model:
    name = task if task in shown_tasks() else shown_tasks()[0]
    cells = cells_of(name)
    return in_unit(load_model(name, cell if cell in cells else cells[0]), degrees)


def shown_tasks() -> list[str]:
    """The tasks that can be chosen: those with a trained network, and an example to open with."""
    return [name for name in model_names() if TASKS[name].examples]


@lru_cache(maxsize=len(TASKS))
def cells_of(task: str) -> tuple[str, ...]:
    """The cells for which a task ships a trained network."""
    return tuple(cell_names(task))


def compared(task: str, cell: str) -> list[str]:
    """The cells to show side by side: the plain ones that a task has networks with, and the chosen one beside them."""
    return [name for name in cells_of(task) if name in RECURRENT or name == cell]


def variants_of(task: str) -> dict[str, str]:
    """Name → title of each variant that a task has a trained network with."""
    return {name: CELLS[name].title for name in cells_of(task) if name not in RECURRENT}


def lacking(settings: Settings) -> str:
    """A sentence where the chosen cell has no network for the task, saying which have one; "" where it has."""
    model = chosen_model(settings)
    if settings.cell in cells_of(model.task.name):
        return ""
    there = listing([CELLS[name].title for name in cells_of(model.task.name)])
    return f"There is no trained {CELLS[settings.cell].title} for this task; there is {there}."


def menu(model: Model) -> dict[str, Any]:
    """What can be chosen, what is, and what the chosen network does."""
    task = model.task
    return {
        "tasks": [(name, TASKS[name].title) for name in shown_tasks()],
        "task": task.name,
        # Variants are chosen in the variant lab: all of them would not fit here.
        "cells": [(name, CELLS[name].title) for name in compared(task.name, model.cell)],
        "cell": model.cell,
        "question": task.question,
        "output": task.output,
        "degrees": choices(model),
        "degree": next((letter for letter, unit in choices(model) if unit == task.unit), ""),
        "card": card_rows(model),
    }
