"""The networks that ship with the package, and their states through training, as sources."""

from functools import lru_cache

from lstm_viz.cells import CELLS
from lstm_viz.sources.source import Source
from lstm_viz.tasks import TASKS, cell_names, load_model, model_names
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.tasks.degrees import choices
from lstm_viz.tasks.network import RECURRENT


@lru_cache(maxsize=128)
def shipped(task: str, cell: str = "lstm", degrees: str = "C", checkpoint: int | None = None) -> Source:
    """A trained network that ships.

    Parameters
    ----------
    task, cell : as `lstm_viz.load_model` takes them
    degrees : letter of the unit that its numbers are written in, where it has a choice of units
    checkpoint : after so many training steps, one of `checkpoint_steps`; None for the end

    Raises
    ------
    ValueError
        for a network or a checkpoint that does not ship; the message lists those that do.
    """
    # A link may ask for degrees Fahrenheit and then for a task without temperatures.
    unit = degrees if any(letter == degrees for letter, _ in choices(load_model(task, cell))) else "C"
    name = (task, cell, degrees) if checkpoint is None else (task, cell, degrees, str(checkpoint))
    return Source(name, load_model(task, cell, degrees=unit, checkpoint=checkpoint))


def checkpoint_steps(task: str, cell: str = "lstm") -> tuple[int, ...]:
    """After how many training steps a network's checkpoints were taken; none for one that ships without."""
    return tuple(load_checkpoints(task, cell))


@lru_cache(maxsize=1)
def shown_tasks() -> tuple[str, ...]:
    """The tasks that can be chosen: those with a trained network, and an example to open with."""
    return tuple(name for name in model_names() if TASKS[name].examples)


@lru_cache(maxsize=len(TASKS))
def cells_of(task: str) -> tuple[str, ...]:
    """The cells for which a task ships a trained network."""
    return tuple(cell_names(task))


def cells_together(task: str, cell: str) -> tuple[str, ...]:
    """The cells to show together: the plain ones that a task has networks with, and the chosen one beside them."""
    return tuple(name for name in cells_of(task) if name in RECURRENT or name == cell)


def lab_variants(task: str) -> dict[str, str]:
    """Name → title of each variant of the lab that a task has a trained network with."""
    return {name: CELLS[name].title for name in cells_of(task) if name not in RECURRENT}
