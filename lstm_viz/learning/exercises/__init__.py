"""The tasks that can be trained on the spot, a file each: data, loss and score in the task's own terms."""

from collections.abc import Mapping

from lstm_viz.learning.exercises.adding import Adding
from lstm_viz.learning.exercises.brackets import Brackets
from lstm_viz.learning.exercises.counting import Counting
from lstm_viz.learning.exercises.echo import Echo
from lstm_viz.learning.exercises.exercise import Batch, Exercise
from lstm_viz.learning.exercises.parity import Parity
from lstm_viz.learning.exercises.temperature import Temperature

EXERCISES: Mapping[str, Exercise] = {
    each.name: each for each in (Adding(), Counting(), Brackets(), Parity(), Echo(), Temperature())
}
"""By the name of the task, in the order of the menu."""

__all__ = ["EXERCISES", "Batch", "Exercise"]
