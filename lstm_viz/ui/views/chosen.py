"""The source that settings choose. The only place where a name in a link becomes a network."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.settings.shared import NAMED_BY
from lstm_viz.words.phrases import listing

CLOSED = "The model was closed before this was done."
"""What a job says of a reader's own network that is gone."""
_own: dict[str, Callable[[], Sequence[Source]]] = {}
_beside: ContextVar[Sequence[Source] | None] = ContextVar("own networks, beside a session", default=None)


def look_in(task: str, session: Callable[[], Sequence[Source]]) -> None:
    """Say where a reader's own networks of one kind are found.

    Parameters
    ----------
    task : one of `NAMED_BY`
    session : gives those of the session that is running
    """
    _own[task] = session


def own_sources() -> list[Source]:
    """The networks that are this reader's own: uploaded, or trained here."""
    if (beside := _beside.get()) is not None:
        return list(beside)
    return [source for task in NAMED_BY if task in _own for source in _own[task]()]


@contextmanager
def having(own: Sequence[Source]) -> Iterator[None]:
    """Have these for the reader's own networks, in a thread beside the session that they are of."""
    token = _beside.set(own)
    try:
        yield
    finally:
        _beside.reset(token)


def own_source(settings: Settings) -> Source | None:
    """The one of them that the settings ask for; None where they ask for none, or for one that is not here."""
    if settings.task not in NAMED_BY:
        return None
    asked = getattr(settings, NAMED_BY[settings.task])
    there = [each for each in own_sources() if each.task.name == settings.task]
    # The one that came last, where they do not say which.
    return next((each for each in reversed(there) if each.own and each.own.is_of(asked)), None)


def lacks_own(settings: Settings) -> bool:
    """Whether the settings ask for a network of the reader's own that this session does not have."""
    return settings.task in NAMED_BY and own_source(settings) is None


def value_of(source: Source) -> str:
    """What stands for a source in a menu of tasks and in the action that chooses it: ``adding``, ``yours 3fa94c21``."""
    return source.task.name if source.own is None else f"{source.task.name} {source.own.key}"


def chosen_by(value: str) -> dict[str, str]:
    """The settings that `value_of` stands for; of the reader's own, a kind alone stands for whichever was open last."""
    task, _, key = value.partition(" ")
    there = [each.own for each in own_sources() if each.own and each.task.name == task and each.own.is_of(key)]
    return {"task": task, NAMED_BY[task]: there[-1].said} if there and key else {"task": task}


def source_of(settings: Settings) -> Source:
    """The network on show, as the settings ask for it or nearest to that.

    Where there is no such network, the first of its task, or of all; of its states through training the nearest.
    """
    return at_checkpoint(_ended(settings), settings.checkpoint)


def at_checkpoint(source: Source, step: int | None) -> Source:
    """A network as it was at the nearest of its states through training; of None, or without states, as it ended."""
    states = source.states
    return source if states is None else states.at(states.nearest(step))


def _ended(settings: Settings) -> Source:
    if (own := own_source(settings)) is not None:
        return own
    task = settings.task if settings.task in shown_tasks() else shown_tasks()[0]
    cells = cells_of(task)
    return shipped(task, settings.cell if settings.cell in cells else cells[0], settings.degrees)


def siblings_of(settings: Settings, task: str, cells: tuple[str, ...]) -> dict[str, Source]:
    """Cell → the network of a task with that cell, its numbers written as the settings say.

    Beside one of the reader's own stand those of its kind with other cells that read and answer alike: of a race, both.
    """
    if task in NAMED_BY:
        source = _ended(settings)
        alike = [each for each in own_sources() if _alike(each, source)]
        return {each.model.cell: each for each in alike} | {source.model.cell: source}
    return {cell: shipped(task, cell, settings.degrees) for cell in cells}


def _alike(one: Source, other: Source) -> bool:
    """Whether two sources are of one kind, and can be asked the same."""
    a, b = one.task, other.task
    return (a.name, a.reader, a.answers, a.labels) == (b.name, b.reader, b.answers, b.labels)


def lacking(settings: Settings, source: Source) -> str:
    """A sentence where the chosen cell has no network for the task, saying which have one; "" where it has."""
    if settings.cell == source.model.cell or source.private:
        return ""
    there = listing([CELLS[name].title for name in cells_of(source.task.name)])
    return f"There is no trained {CELLS[settings.cell].title} for this task; there is {there}."
