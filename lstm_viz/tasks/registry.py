"""Every task, in the order of the menu, and those that are only there to be trained on the spot."""

from collections.abc import Mapping

from lstm_viz.tasks.adding import ADDING
from lstm_viz.tasks.brackets import BRACKETS
from lstm_viz.tasks.counting import COUNTING
from lstm_viz.tasks.echo import ECHO
from lstm_viz.tasks.parity import PARITY
from lstm_viz.tasks.python import PYTHON
from lstm_viz.tasks.question import QUESTION
from lstm_viz.tasks.sentiment import SENTIMENT
from lstm_viz.tasks.task import Task
from lstm_viz.tasks.temperature import TEMPERATURE

TASKS: Mapping[str, Task] = {
    task.name: task for task in (SENTIMENT, TEMPERATURE, QUESTION, PYTHON, COUNTING, ADDING, PARITY)
}
"""The one registry of what ships: a new task is a file beside this one and a name in this line."""

ONLY_TRAINED: Mapping[str, Task] = {task.name: task for task in (ECHO, BRACKETS)}
"""Tasks without a network that ships: pages, menus and links know nothing of them until one is trained."""
