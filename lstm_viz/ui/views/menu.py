"""The menu of networks that every live page has at its top."""

from typing import TypedDict

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_together, shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.degrees import choices
from lstm_viz.ui.views.card import Rows, card_rows, training_rows
from lstm_viz.ui.views.chosen import own_source


class Menu(TypedDict):
    """What can be chosen, what is, and what the chosen network does; options are (value, title)."""

    tasks: list[tuple[str, str]]
    task: str
    cells: list[tuple[str, str]]
    cell: str
    question: str
    output: str
    degrees: list[tuple[str, str]]
    degree: str
    card: Rows
    training: Rows


def menu(source: Source) -> Menu:
    """The menu with a source chosen."""
    task, model = source.task, source.model
    units, own = choices(model), own_source()
    mine = [] if own is None else [(own.task.name, f"Your model: {own.task.title}")]
    return {
        "tasks": [*((name, TASKS[name].title) for name in shown_tasks()), *mine],
        "task": task.name,
        # Variants are chosen in the variant lab: all of them would not fit here.
        "cells": [(name, CELLS[name].title) for name in cells_together(task.name, model.cell)],
        "cell": "" if source.private else model.cell,
        "question": task.question,
        "output": task.output,
        "degrees": units,
        "degree": next((letter for letter, unit in units if unit == task.unit), ""),
        "card": card_rows(model),
        "training": training_rows(model),
    }
