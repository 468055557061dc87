"""Learning to add two marked numbers."""

import math

import numpy as np
import torch
from torch import Tensor

from lstm_viz.learning.data.adding import BEYOND, sequences, stopped_early
from lstm_viz.learning.exercises.exercise import WORST, Batch, Exercise, Lengths, mean_where
from lstm_viz.tasks.adding import ADDING
from lstm_viz.tasks.task import Task

EARLY = 0.2
"""Share of the training sequences whose guess counts at an earlier step."""


class Adding(Exercise):
    """Scored by the typical error of the last guess: the root of the mean squared error."""

    name, title = "adding", ADDING.title
    input_size, output_size = 2, 1
    training_range = (0.0, 1.0)
    length_means = "numbers in a sequence"
    updates = 1000
    score_name, lower_is_better = "typical error of the sum", True
    solved, learnt = 0.07, 0.08
    data = "generated: numbers drawn evenly from 0 to 1, two of them marked; measured on others"
    url = "https://doi.org/10.1162/neco.1997.9.8.1735"
    reference = (
        "Hochreiter and Schmidhuber 1997, experiment 4: an LSTM solved sequences of 1,000 steps, with 1 error above "
        "0.04 in 2,560 sequences"
    )

    @property
    def guessing(self) -> float:
        """Always 1: the variance of the sum of two numbers drawn evenly from 0 to 1 is 1/6."""
        return math.sqrt(1 / 6)

    def lengths(self, distance: int) -> Lengths:
        """See `Exercise`."""
        return Lengths(2, 200, 30, 5)

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return ADDING

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Some of the numbers are cut at 0 and 1, so that these come often."""
        return _batch(*stopped_early(rng, sequences(rng, size, length, beyond=BEYOND), EARLY))

    def held_out(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """The guess counts after the last number."""
        return _batch(*sequences(rng, size, length))

    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """Mean squared error."""
        return mean_where((raw[..., 0] - batch.target).square(), batch.real)

    def score(self, raw: Tensor, batch: Batch) -> float:
        """See the class."""
        error = float(self.loss(raw, batch))
        return math.sqrt(error) if error < WORST**2 else WORST


def _batch(inputs: Tensor, step: Tensor, target: Tensor) -> Batch:
    real = torch.arange(inputs.shape[1]) == step[:, None]
    return Batch(inputs, target[:, None] * real, real)
