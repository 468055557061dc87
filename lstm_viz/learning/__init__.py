"""Training while one looks on: a plan, and a course that follows it in slices.

>>> course = Course(Plan(task="adding", units=4, updates=3))
>>> while course.advance():
...     pass
>>> course.history.update.tolist()
[0, 1, 2, 3]
"""

from lstm_viz.learning.course import Course
from lstm_viz.learning.exercises import EXERCISES
from lstm_viz.learning.fields import FIELDS, Field
from lstm_viz.learning.history import History
from lstm_viz.learning.optimizers import OPTIMIZERS
from lstm_viz.learning.plan import Plan, fields_of
from lstm_viz.learning.presets import PRESETS, Preset

TRAINABLE = tuple(EXERCISES)
"""The tasks that can be trained on the spot, in the order of the menu."""

__all__ = [
    "EXERCISES",
    "FIELDS",
    "OPTIMIZERS",
    "PRESETS",
    "TRAINABLE",
    "Course",
    "Field",
    "History",
    "Plan",
    "Preset",
    "fields_of",
]
