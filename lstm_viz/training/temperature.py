"""Training of the temperature model: Seattle's daily highs, the last year held out."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.temperature import READER, TEMPERATURE
from lstm_viz.training.recipe import Recipe, Score, Settings, Source

TEST_YEAR = 2015
"""Held out; the years before it are for training."""
NEAR = 7
"""Days on either side that the day-of-year mean takes in: with single days it would be a worse rule."""
WINDOW = 60
"""Days that the network sees before the day it must predict, in training at most and in measuring always."""

TURN = 4
"""Degrees from one day to the next at which the weather has turned."""

Days = np.ndarray[tuple[int], np.dtype[np.int64]]
Degrees = np.ndarray[tuple[int], np.dtype[np.float64]]


class Training(Recipe):
    """Windows of the years before the last."""

    task = TEMPERATURE
    output_size = 1
    settings = Settings(
        epochs=8,
        batch_size=32,
        learning_rate=5e-3,
        weight_decay=0.01,
        averaging=0.99,
        input_size=1,
        hidden_size=16,
        output_dropout=0.1,
    )

    def __init__(self, folder: Path) -> None:
        from vega_datasets import data  # an extra that only this task's training needs

        table = data.seattle_weather()
        self.days = table["temp_max"].to_numpy(dtype=np.float64)
        self.first_test_day = int((table["date"].dt.year < TEST_YEAR).sum())
        self.day_of_year = table["date"].dt.dayofyear.to_numpy()
        self.scaled = torch.tensor(READER.scale(self.days), dtype=torch.float32)[:, None]
        known = self.days[: self.first_test_day]
        self.training_range = (float(known.min()), float(known.max()))
        self.source = Source(
            data=f"Seattle's daily highest temperatures, {table['date'].dt.year.min()} to {TEST_YEAR}, from NOAA, as "
            f"the package vega_datasets has them; {TEST_YEAR} is held out",
            sha256={"seattle-weather.csv": hashlib.sha256(data.seattle_weather.raw()).hexdigest()},
            url="https://github.com/vega/vega-datasets",
            reference="none for this series; the card gives the errors of two simple rules instead",
        )

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 50

    def batches(self, rng: np.random.Generator) -> Iterator[Tensor]:
        """Windows that begin on any day: (batch, WINDOW + 1, 1)."""
        for _ in range(self.batch_count()):
            starts = rng.integers(0, self.first_test_day - WINDOW, self.settings.batch_size)
            yield self.scaled[torch.from_numpy(starts)[:, None] + torch.arange(WINDOW + 1)]

    def loss(self, network: Network, batch: Tensor) -> Tensor:
        """Mean absolute error of every next day."""
        guesses = network(batch[:, :-1], output_dropout=self.settings.output_dropout)
        return (guesses - batch[:, 1:]).abs().mean()

    def scores(self, network: Network) -> list[Score]:
        """Mean absolute errors in °C over the held-out year: the network's, and those of two simple rules."""
        days = self._test_days()
        rules = {
            "mean absolute error, °C": self._guesses(network, days),
            "mean absolute error of 'as today', °C": self.days[days - 1],
            "mean absolute error of the day-of-year mean, °C": self._usual(days),
        }
        part = f"days of {TEST_YEAR}, each from the {WINDOW} days before it"
        return [
            Score(name, float(np.abs(rule - self.days[days]).mean()), len(days), part) for name, rule in rules.items()
        ]

    def limits(self, network: Network) -> list[Score]:
        """How far it is off when the weather turns."""
        days = self._test_days()
        turned = np.abs(self.days[days] - self.days[days - 1]) >= TURN
        wrong = np.abs(self._guesses(network, days) - self.days[days])
        part = f"days of {TEST_YEAR} at least {TURN} °C warmer or colder than the day before"
        name, error = "mean absolute error when the weather turns, °C", float(wrong[turned].mean())
        return [Score(name, error, int(turned.sum()), part)]

    def _test_days(self) -> Days:
        return np.arange(self.first_test_day, len(self.days))

    def _guesses(self, network: Network, days: Days) -> Degrees:
        """For each day, in °C, what the network expects from the days before it."""
        windows = self.scaled[torch.from_numpy(days)[:, None] + torch.arange(-WINDOW, 0)]
        with torch.no_grad():
            return np.asarray(READER.unscale(network(windows)[:, -1, 0].numpy()))

    def _usual(self, days: Days) -> Degrees:
        """The mean of the same time of year in the training years."""
        years, dates = self.days[: self.first_test_day], self.day_of_year[: self.first_test_day]
        apart = np.abs(dates - self.day_of_year[days][:, None])
        near = np.minimum(apart, 365 - apart) <= NEAR
        return np.asarray((near * years).sum(1) / near.sum(1))
