"""A network that a reader trained on the page Watch it learn → a task of its own, which speaks of that training."""

from collections.abc import Iterable
from dataclasses import replace

from lstm_viz.cells import CELLS
from lstm_viz.tasks.model import Model

NAME = "trained"
"""What settings call it."""


def as_trained(model: Model, update: int, apart: Iterable[str] = ()) -> Model:
    """The model with a task named after it, which no page takes for one that ships.

    Parameters
    ----------
    update : after how many updates it is as it is
    apart : what tells it from another that was trained beside it, such as “forget bias 0”
    """
    recurrent, task = model.network.recurrent, model.task
    units = f"{recurrent.hidden_size} unit{'s' * (recurrent.hidden_size > 1)}"
    layers = f"{recurrent.num_layers} × {units}" if recurrent.num_layers > 1 else units
    about = [CELLS[model.cell].title, layers, *apart, _small(task.title), f"update {update:,}"]
    return replace(model, task=replace(task, name=NAME, title=", ".join(about)))


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
