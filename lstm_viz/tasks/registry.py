"""Every task, in the order of the menu."""

from collections.abc import Mapping

from lstm_viz.tasks.adding import ADDING
from lstm_viz.tasks.counting import COUNTING
from lstm_viz.tasks.python import PYTHON
from lstm_viz.tasks.question import QUESTION
from lstm_viz.tasks.sentiment import SENTIMENT
from lstm_viz.tasks.task import Task
from lstm_viz.tasks.temperature import TEMPERATURE

TASKS: Mapping[str, Task] = {task.name: task for task in (SENTIMENT, TEMPERATURE, QUESTION, PYTHON, COUNTING, ADDING)}
"""The one registry: a new task is a file beside this one and a name in this line."""
