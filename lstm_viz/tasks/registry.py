"""Every task, in the order of the menu."""

from collections.abc import Mapping

from lstm_viz.tasks.sentiment import SENTIMENT
from lstm_viz.tasks.task import Task

TASKS: Mapping[str, Task] = {task.name: task for task in (SENTIMENT,)}
"""The one registry: a new task is a file beside this one and a name in this line."""
