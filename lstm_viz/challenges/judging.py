"""Whether a unit with given weights does what a challenge asks, how far it gets, and where it fails first.

`web/pages/by_hand/judging.js` does the same at every move of a slider.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from lstm_viz.capture import trace
from lstm_viz.challenges.challenge import Challenge, Trial
from lstm_viz.trace import Trace


@dataclass(frozen=True)
class Miss:
    """A step at which the number that is read is not where it should be.

    Attributes
    ----------
    trial, step : which, each from 0
    value : what was read
    low, high : between which it should be
    """

    trial: int
    step: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Judged:
    """How far a unit gets.

    Attributes
    ----------
    held : for how many steps in a row it is right after something new begins, the fewest of all trials, at most `hold`
    passed, trials : how many trials it is right in from end to end, of how many
    error : the largest distance from the middle of what is asked, where both ends are; 0 where nothing is asked so
    misses : of each trial that fails, its first step that is wrong
    """

    held: int
    passed: int
    trials: int
    error: float
    misses: tuple[Miss, ...]

    @property
    def solved(self) -> bool:
        """Whether the goal is reached."""
        return self.passed == self.trials


def unit_of(challenge: Challenge, weights: NDArray[np.float64]) -> nn.LSTM:
    """One LSTM unit with these weights, in float64; see `Challenge.solution` for their order.

    PyTorch adds two biases; the second is 0 here.

    Raises
    ------
    ValueError
        where there are too many or too few weights.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != challenge.shape:
        raise ValueError(f"the weights are {given.shape}, expected {challenge.shape}: {challenge.count} in all")
    parts = {
        "weight_ih_l0": given[:, :-2],
        "weight_hh_l0": given[:, -2:-1],
        "bias_ih_l0": given[:, -1],
        "bias_hh_l0": np.zeros(len(given)),
    }
    unit = nn.LSTM(len(challenge.inputs), 1, dtype=torch.float64)
    with torch.no_grad():
        for name, part in parts.items():
            getattr(unit, name).copy_(torch.from_numpy(part))
    return unit


def weights_of(challenge: Challenge, written: str) -> NDArray[np.float64]:
    """Weights as a link writes them, ``0_-20_0_10``, row by row; those left out are 0, those too many are dropped."""
    weights = np.zeros(challenge.count)
    given = [float(each or 0) for each in written.split("_")][: challenge.count]
    weights[: len(given)] = given
    return weights.reshape(challenge.shape)


def run(challenge: Challenge, weights: NDArray[np.float64], inputs: NDArray[np.float64], labels: Any = None) -> Trace:
    """The unit's run on inputs (T, n), all gates and states recorded."""
    return trace(unit_of(challenge, weights), np.array(inputs), labels=labels)


def judge(challenge: Challenge, weights: NDArray[np.float64]) -> Judged:
    """How far the unit gets in every trial.

    Examples
    --------
    >>> from lstm_viz.challenges import LATCH
    >>> judge(LATCH, LATCH.solved).solved, judge(LATCH, LATCH.zeros).held
    (True, 0)
    """
    return judge_unit(challenge, unit_of(challenge, weights))


def judge_unit(challenge: Challenge, unit: nn.LSTM) -> Judged:
    """The same of a module: one LSTM unit that takes the challenge's inputs, trained or set by hand."""
    return judge_values(challenge.trials, read_in(challenge, unit), challenge.hold)


def read_in(challenge: Challenge, unit: nn.LSTM) -> list[NDArray[np.float64]]:
    """What the goal looks at, in every trial, (T,) each."""
    runs = trace(unit, [np.array(each.inputs) for each in challenge.trials])
    return [each.layers[0][challenge.reads][:, 0].astype(np.float64) for each in runs]


def judge_values(trials: Sequence[Trial], values: Sequence[NDArray[np.float64]], hold: int) -> Judged:
    """The same, given what was read in every trial, (T,) each."""
    held, passed, error, misses = hold, 0, 0.0, []
    for k, (trial, read) in enumerate(zip(trials, values, strict=True)):
        wrong = trial.asked & ~((read >= trial.low) & (read <= trial.high))
        bounded = np.isfinite(trial.low) & np.isfinite(trial.high)
        if bounded.any():
            error = max(error, float(np.abs(read - (trial.low + trial.high) / 2)[bounded].max()))
        if not wrong.any():
            passed += 1
            continue
        step = int(wrong.argmax())
        held = min(held, step - max(each for each in trial.begins if each <= step))
        misses.append(Miss(k, step, float(read[step]), float(trial.low[step]), float(trial.high[step])))
    return Judged(held, passed, len(trials), error, tuple(misses))
