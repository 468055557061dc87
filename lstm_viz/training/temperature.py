"""Training of the temperature model: Seattle's daily highs, the last year held out."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lstm_viz.learning.data.temperature import TEST_YEAR, seattle
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.temperature import READER, TEMPERATURE
from lstm_viz.training.recipe import Recipe, Score, Settings, Source

WINDOW = 60
"""Days that the network sees before the day it must predict, in training at most and in measuring always."""

TURN = 4
"""Degrees from one day to the next at which the weather has turned."""


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
        self.series = seattle()
        self.training_range = self.series.training_range
        self.source = Source(
            data=self.series.data,
            sha256=self.series.sha256,
            url=self.series.url,
            reference="none for this series; the card gives the errors of two simple rules instead",
        )

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 50

    def batches(self, rng: np.random.Generator) -> Iterator[Tensor]:
        """Windows that begin on any day: (batch, WINDOW + 1, 1)."""
        for _ in range(self.batch_count()):
            yield self.series.windows(rng, self.settings.batch_size, WINDOW)[:, :, None]

    def loss(self, network: Network, batch: Tensor) -> Tensor:
        """Mean absolute error of every next day."""
        guesses = network(batch[:, :-1], output_dropout=self.settings.output_dropout)
        return (guesses - batch[:, 1:]).abs().mean()

    def scores(self, network: Network) -> list[Score]:
        """Mean absolute errors in °C over the held-out year: the network's, and those of two simple rules."""
        series = self.series
        rules = {
            "mean absolute error, °C": self._guesses(network),
            "mean absolute error of 'as today', °C": series.as_today(),
            "mean absolute error of the day-of-year mean, °C": series.as_usual(),
        }
        part = f"days of {TEST_YEAR}, each from the {WINDOW} days before it"
        return [Score(name, series.error(rule), len(rule), part) for name, rule in rules.items()]

    def limits(self, network: Network) -> list[Score]:
        """How far it is off when the weather turns."""
        right, today = self.series.highest[self.series.test_days], self.series.as_today()
        turned = np.abs(right - today) >= TURN
        wrong = np.abs(self._guesses(network) - right)
        part = f"days of {TEST_YEAR} at least {TURN} °C warmer or colder than the day before"
        name, error = "mean absolute error when the weather turns, °C", float(wrong[turned].mean())
        return [Score(name, error, int(turned.sum()), part)]

    def _guesses(self, network: Network) -> NDArray[np.floating]:
        """For each held-out day, in °C, what the network expects from the days before it."""
        windows = self.series.scaled(self.series.test_days[:, None] + np.arange(-WINDOW, 0))[:, :, None]
        with torch.no_grad():
            return np.asarray(READER.unscale(network(windows)[:, -1, 0].numpy()))
