"""Learning to keep the depth of brackets, and nothing else: what one unit can do."""

import numpy as np

from lstm_viz.learning.data import counting as strings
from lstm_viz.learning.exercises.counting import Counting, batch_of
from lstm_viz.learning.exercises.exercise import Batch, Lengths
from lstm_viz.tasks.brackets import BRACKETS
from lstm_viz.tasks.task import Task


class Brackets(Counting):
    """The brackets of counting alone, all of them without a mistake."""

    name, title = "brackets", BRACKETS.title
    length_means = "pairs of brackets"
    updates = 800
    data = "generated: random brackets, each closed; measured on others"

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return BRACKETS

    def lengths(self, distance: int) -> Lengths:
        """See `Exercise`."""
        return Lengths(1, 50, 15, 3)

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Brackets alone, of 1 pair to the length."""
        return batch_of([strings.brackets(rng, int(pairs)) for pairs in rng.integers(1, length + 1, size)])

    def held_out(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Every number of pairs from 1 to the length comes as often."""
        return batch_of([strings.brackets(rng, 1 + row % length) for row in range(size)])
