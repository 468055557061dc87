"""Learning to guess tomorrow's temperature: the one task here whose data is measured, and which nobody can solve."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from lstm_viz.learning.data.temperature import TEST_YEAR, Series, seattle
from lstm_viz.learning.exercises.exercise import WORST, Batch, Exercise, Lengths, mean_where
from lstm_viz.tasks.task import Task
from lstm_viz.tasks.temperature import READER, TEMPERATURE


class Temperature(Exercise):
    """Scored by the mean error of the guess for every day of the year that is held out, in °C."""

    name, title = "temperature", TEMPERATURE.title
    input_size, output_size = 1, 1
    length_means = "days before the one that is guessed"
    updates = 600
    score_name, lower_is_better, unit = "mean error, °C", True, "°C"
    # Nobody knows tomorrow's weather. No training is ever far enough for longer sequences, nor asked to be: all are as
    # long as the plan says.
    solved = learnt = 0.0
    url = Series.url
    reference = "none for this series; the errors of two simple rules are drawn beside its curve"

    @property
    def guessing(self) -> float:
        """Of who always says: as today."""
        series = seattle()
        return series.error(series.as_today())

    @property
    def levels(self) -> Mapping[str, float]:
        """Two simple rules."""
        series = seattle()
        return {
            "who says: as today": self.guessing,
            "who says: as usual at this time of year": series.error(series.as_usual()),
        }

    @property
    def training_range(self) -> tuple[float, ...]:
        """See `Exercise`."""
        return seattle().training_range

    @property
    def data(self) -> str:
        """See `Exercise`."""
        return seattle().data

    @property
    def sha256(self) -> dict[str, str]:
        """See `Exercise`."""
        return seattle().sha256

    def lengths(self, distance: int) -> Lengths:
        """A curriculum would begin where it ends."""
        return Lengths(2, 200, 30, 200)

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return TEMPERATURE

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Days in a row of the years before; every next day is to be guessed."""
        days = seattle().windows(rng, size, length)
        return Batch(days[:, :-1, None], days[:, 1:], torch.ones(size, length, dtype=torch.bool))

    def held_out(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Every day of the held-out year once, after at least half of so many days; chance and size change nothing."""
        series = seattle()
        counted = max(1, length // 2)
        last = np.arange(len(series.highest) - 1, series.first_test_day - 1, -counted)
        guessed = last[:, None] + np.arange(1 - length, 1)
        real = (guessed >= series.first_test_day) & (np.arange(length) >= length - counted)
        days = series.scaled(np.concatenate([guessed[:, :1] - 1, guessed], axis=1))
        return Batch(days[:, :-1, None], days[:, 1:], torch.from_numpy(real))

    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """Mean absolute error, as the network reads degrees."""
        return mean_where((raw[..., 0] - batch.target).abs(), batch.real)

    def score(self, raw: Tensor, batch: Batch) -> float:
        """See the class."""
        error = float(self.loss(raw, batch)) * READER.spread
        return error if error < WORST else WORST

    def items(self, batch: Batch, length: int) -> tuple[int, str]:
        """Every day of the year."""
        before = f"{length - max(1, length // 2) + 1} to {length}"
        return int(batch.real.sum()), f"days of {TEST_YEAR}, each from the {before} days before it"

    def score_at(self, length: int) -> str:
        """See `Exercise`."""
        return f"mean error after {length} days, °C"
