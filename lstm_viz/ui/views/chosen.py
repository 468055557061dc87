"""The source that settings choose. The only place where a name in a link becomes a network."""

from collections.abc import Callable

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.sources.uploaded import is_of
from lstm_viz.tasks.uploaded import NAME
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.phrases import listing

CLOSED = "The model was closed before this was done."
"""What a job says of a reader's own network that is gone."""
_own: list[Callable[[], Source | None]] = []


def look_in(session: Callable[[], Source | None]) -> None:
    """Say where a reader's own network is found: a function that gives the one of the session that is running."""
    _own[:] = [session]


def own_source() -> Source | None:
    """The network that this reader has uploaded; None for none."""
    return _own[0]() if _own else None


def uploaded_source(settings: Settings) -> Source | None:
    """The same where the settings ask for it: of another file than the one that they speak of, they ask for none."""
    if settings.task != NAME:
        return None
    source = own_source()
    return source if source is not None and is_of(source, settings.upload) else None


def lacks_upload(settings: Settings) -> bool:
    """Whether the settings ask for a file that this session does not have."""
    return settings.task == NAME and uploaded_source(settings) is None


def source_of(settings: Settings) -> Source:
    """The network on show: the one asked for, or where there is no such network, the first of its task, or of all."""
    if (own := uploaded_source(settings)) is not None:
        return own
    task = settings.task if settings.task in shown_tasks() else shown_tasks()[0]
    cells = cells_of(task)
    return shipped(task, settings.cell if settings.cell in cells else cells[0], settings.degrees)


def siblings_of(settings: Settings, task: str, cells: tuple[str, ...]) -> dict[str, Source]:
    """Cell → the network of a task with that cell, its numbers written as the settings say; an upload has no others."""
    if task == NAME:
        source = source_of(settings)
        return {source.model.cell: source}
    return {cell: shipped(task, cell, settings.degrees) for cell in cells}


def lacking(settings: Settings, source: Source) -> str:
    """A sentence where the chosen cell has no network for the task, saying which have one; "" where it has."""
    if settings.cell == source.model.cell or source.private:
        return ""
    there = listing([CELLS[name].title for name in cells_of(source.task.name)])
    return f"There is no trained {CELLS[settings.cell].title} for this task; there is {there}."
