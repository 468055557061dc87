"""Seattle's daily highest temperatures, measured and not made: the years to learn from, and the last, held out."""

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lstm_viz.tasks.temperature import READER

TEST_YEAR = 2015
"""Held out; the years before it are for training."""
NEAR = 7
"""Days on either side that the day-of-year mean takes in: with single days it would be a worse rule."""
INSTALL = "temperature: its series needs the package vega-datasets: pip install vega-datasets"

Days = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Series:
    """The days, in order.

    Attributes
    ----------
    highest : (days,), highest temperature of a day, °C
    day_of_year : (days,), from 1
    first_test_day : position of the first day that is held out; all after it are too
    data, sha256, url : where it comes from, as cards say it
    """

    highest: NDArray[np.float64]
    day_of_year: Days
    first_test_day: int
    data: str
    sha256: dict[str, str]
    url: str = "https://github.com/vega/vega-datasets"

    @property
    def training_range(self) -> tuple[float, float]:
        """The lowest and the highest that is learnt from."""
        known = self.highest[: self.first_test_day]
        return float(known.min()), float(known.max())

    @property
    def test_days(self) -> Days:
        """Positions of the days that are held out."""
        return np.arange(self.first_test_day, len(self.highest))

    def windows(self, rng: np.random.Generator, size: int, length: int) -> Tensor:
        """Days to learn from, as the network reads them, beginning on any: (size, length + 1)."""
        starts = rng.integers(0, self.first_test_day - length, size)
        return self.scaled(starts[:, None] + np.arange(length + 1))

    def scaled(self, days: Days) -> Tensor:
        """What the network reads of some days."""
        return torch.tensor(READER.scale(self.highest[days]), dtype=torch.float32)

    def error(self, guesses: NDArray[np.floating]) -> float:
        """Mean absolute error of guesses for the held-out days, °C."""
        return float(np.abs(guesses - self.highest[self.test_days]).mean())

    def as_today(self) -> NDArray[np.float64]:
        """For each held-out day the guess of who says: as the day before it."""
        return self.highest[self.test_days - 1]

    def as_usual(self) -> NDArray[np.float64]:
        """For each held-out day the guess of who says: as it was at this time of year, the mean of the years before."""
        known, dates = self.highest[: self.first_test_day], self.day_of_year[: self.first_test_day]
        apart = np.abs(dates - self.day_of_year[self.test_days][:, None])
        near = np.minimum(apart, 365 - apart) <= NEAR
        return np.asarray((near * known).sum(1) / near.sum(1))


@cache
def seattle() -> Series:
    """The series; ValueError, in a sentence, where the package that it comes with is not installed."""
    try:
        from vega_datasets import data  # imported where it is used: of all tasks only this one needs it
    except ImportError:
        raise ValueError(INSTALL) from None
    # Of this one the package holds a copy: nothing is fetched.
    table = data.seattle_weather()
    years = table["date"].dt.year
    return Series(
        highest=table["temp_max"].to_numpy(dtype=np.float64),
        day_of_year=table["date"].dt.day_of_year.to_numpy(),
        first_test_day=int((years < TEST_YEAR).sum()),
        data=f"Seattle's daily highest temperatures, {years.min()} to {TEST_YEAR}, from NOAA, as the package "
        f"vega_datasets has them; {TEST_YEAR} is held out",
        sha256={"seattle-weather.csv": hashlib.sha256(data.seattle_weather.raw()).hexdigest()},
    )
