"""The menu of networks that every live page has at its top."""

from typing import TypedDict

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_together, shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.degrees import choices
from lstm_viz.tasks.trained import NAME as TRAINED
from lstm_viz.tasks.uploaded import NAME as UPLOADED
from lstm_viz.ui.views.card import Rows, card_rows, training_rows
from lstm_viz.ui.views.chosen import own_sources, value_of
from lstm_viz.ui.views.through import measured


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


OWN = {UPLOADED: "Your model", TRAINED: "Trained here"}
"""What stands before the title of a network of the reader's own."""

KEPT: Rows = [("Kept", ["In this session’s memory alone: it is gone when the tab is closed or loaded again."])]
"""Where a network of the reader's own is."""


def task_choices() -> list[tuple[str, str]]:
    """All that can be shown, the reader's own networks last: what stands for each in an action, and its title."""
    shipped = [(name, TASKS[name].title) for name in shown_tasks()]
    return [*shipped, *((value_of(each), f"{OWN[each.task.name]}: {each.task.title}") for each in own_sources())]


def _on_show(source: Source) -> Rows:
    said = measured(source)
    return [("On show", said)] if said else []


def menu(source: Source) -> Menu:
    """The menu with a source chosen."""
    task, model = source.task, source.model
    units = choices(model)
    return {
        "tasks": task_choices(),
        "task": value_of(source),
        # Variants are chosen in the variant lab: all of them would not fit here.
        "cells": [(name, CELLS[name].title) for name in cells_together(task.name, model.cell)],
        "cell": "" if source.private else model.cell,
        "question": task.question,
        "output": task.output,
        "degrees": units,
        "degree": next((letter for letter, unit in units if unit == task.unit), ""),
        "card": [*_on_show(source), *card_rows(model), *(KEPT if source.own else [])],
        "training": training_rows(model),
    }
