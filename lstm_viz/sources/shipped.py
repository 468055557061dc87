"""The networks that ship with the package, and their states through training, as sources."""

from functools import cache, lru_cache, partial

import numpy as np

from lstm_viz.cells import CELLS
from lstm_viz.sources.source import Source
from lstm_viz.sources.states import States
from lstm_viz.tasks import TASKS, cell_names, load_model, model_names
from lstm_viz.tasks.checkpoints import checkpoints_of, load_checkpoints
from lstm_viz.tasks.degrees import choices
from lstm_viz.tasks.model import shipped_model
from lstm_viz.tasks.network import RECURRENT

WARM = 24
"""States on the way through training that are kept as sources, with what was found of them."""


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
    if checkpoint is None or checkpoint in checkpoint_steps(task, cell)[-1:]:
        return at_end(task, cell, degrees)
    return on_the_way(task, cell, degrees, checkpoint)


@cache
def at_end(task: str, cell: str, degrees: str) -> Source:
    """The same as its training ended; made once, for its states lead back to it."""
    model = load_model(task, cell, degrees=_unit(task, cell, degrees))
    return Source((task, cell, degrees), model, states=_states(task, cell, degrees))


@lru_cache(maxsize=WARM)
def on_the_way(task: str, cell: str, degrees: str, checkpoint: int) -> Source:
    """The same before that; the last of these that were asked for are kept."""
    model = load_model(task, cell, degrees=_unit(task, cell, degrees), checkpoint=checkpoint)
    name = (task, cell, degrees, str(checkpoint))
    return Source(name, model, states=at_end(task, cell, degrees).states, checkpoint=checkpoint)


def _unit(task: str, cell: str, degrees: str) -> str:
    """The unit asked for, where there is a choice: a link may ask for one and then for a task without temperatures."""
    return degrees if any(letter == degrees for letter, _ in choices(load_model(task, cell))) else "C"


def _states(task: str, cell: str, degrees: str) -> States | None:
    found = checkpoints_of(shipped_model(task, cell))
    if found is None:
        return None
    loss, score = np.array(found.loss), np.array(found.score)
    return States(tuple(found), loss, score, found.score_name, partial(shipped, task, cell, degrees), found.path)


@cache
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
