"""The tasks that shipped networks were trained on, and the trained networks."""

from lstm_viz.tasks.loading import load_model
from lstm_viz.tasks.model import Model, cell_names, model_names
from lstm_viz.tasks.opened import read_model
from lstm_viz.tasks.registry import TASKS
from lstm_viz.tasks.task import Example, Task

__all__ = ["TASKS", "Example", "Model", "Task", "cell_names", "load_model", "model_names", "read_model"]
