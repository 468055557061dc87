"""The source that settings choose. The only place where a name in a link becomes a network."""

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.phrases import listing


def source_of(settings: Settings) -> Source:
    """The network on show: the one asked for, or where no such network ships, the first of its task, or of all."""
    task = settings.task if settings.task in shown_tasks() else shown_tasks()[0]
    cells = cells_of(task)
    return shipped(task, settings.cell if settings.cell in cells else cells[0], settings.degrees)


def siblings_of(settings: Settings, task: str, cells: tuple[str, ...]) -> dict[str, Source]:
    """Cell → the network of a task with that cell, its numbers written as the settings say."""
    return {cell: shipped(task, cell, settings.degrees) for cell in cells}


def lacking(settings: Settings, source: Source) -> str:
    """A sentence where the chosen cell has no network for the task, saying which have one; "" where it has."""
    if settings.cell == source.model.cell:
        return ""
    there = listing([CELLS[name].title for name in cells_of(source.task.name)])
    return f"There is no trained {CELLS[settings.cell].title} for this task; there is {there}."
