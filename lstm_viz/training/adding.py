"""Training of the adding model: sequences of numbers that grow longer as the network learns."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.adding import ADDING
from lstm_viz.tasks.network import Network
from lstm_viz.training.recipe import Recipe, Score, Settings, Source

SHORTEST, LONGEST = 10, 1000
GROWTH, LEARNT = 1.4, 0.004
"""The longest training length grows by this factor whenever the mean squared error there has fallen so low."""
LENGTHS = (10, 20, 50, 100, 200, 500, 1000)
"""Lengths at which the error is measured."""
SOLVED = 0.005
"""Mean squared error at which a length counts as solved; guessing 1 every time gives 1/6."""


class Batch(NamedTuple):
    """Numbers and marks, (batch, T, 2); the step after which the guess counts, and the best guess there, (batch,)."""

    inputs: Tensor
    step: Tensor
    target: Tensor


def sequences(rng: np.random.Generator, size: int, length: int, *, early: bool = False) -> Batch:
    """Random numbers, two of them marked: anywhere, or both in the first tenth with `early`."""
    values = rng.random((size, length))
    window = max(2, length // 10) if early else length
    marks = np.zeros((size, length))
    places = rng.random((size, window)).argsort(axis=1)[:, :2]
    np.put_along_axis(marks, places, 1, axis=1)
    inputs = torch.tensor(np.stack([values, marks], axis=-1), dtype=torch.float32)
    return Batch(inputs, torch.full((size,), length - 1), torch.tensor((values * marks).sum(1), dtype=torch.float32))


def stopped_early(rng: np.random.Generator, batch: Batch, share: float) -> Batch:
    """The same, but for some sequences the guess counts at an earlier step, where a number yet to be marked is 0.5."""
    size, length, _ = batch.inputs.shape
    step = np.where(rng.random(size) < share, rng.integers(0, length, size), length - 1)
    marked = (batch.inputs[..., 0] * batch.inputs[..., 1]).cumsum(1)
    seen = batch.inputs[..., 1].cumsum(1)
    rows, steps = torch.arange(size), torch.from_numpy(step)
    return Batch(batch.inputs, steps, marked[rows, steps] + 0.5 * (2 - seen[rows, steps]))


class Training(Recipe):
    """One network for all lengths; an epoch is a number of batches, however long the sequences are by then."""

    task = ADDING
    output_size = 1
    chosen_by = "longest length solved − worst error"
    checkpoints = 12
    training_range = (0.0, 1.0)
    settings = Settings(
        epochs=40,
        batch_size=32,
        learning_rate=2e-2,
        input_size=2,
        hidden_size=16,
        averaging=0.9,
        forget_bias=3.0,
    )
    source = Source(
        data=f"generated: numbers drawn evenly from 0 to 1, two of them marked, {SHORTEST} to {LONGEST} long",
        sha256={},
        url="https://doi.org/10.1162/neco.1997.9.8.1735",
        reference="Hochreiter and Schmidhuber 1997, experiment 4: an LSTM solved sequences of 1,000 steps, "
        "with 1 error above 0.04 in 2,560 sequences",
    )

    def __init__(self, folder: Path) -> None:
        self.start()

    def start(self) -> None:
        """Every run begins with short sequences."""
        self.reached, self.error = float(SHORTEST), 1.0

    def settings_for(self, cell: str) -> Settings:
        """The RNN learns half as fast: at the other cells' rate it does not even learn 10 steps."""
        rate = self.settings.learning_rate / (2 if cell == "rnn" else 1)
        return replace(self.settings, learning_rate=rate)

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 50

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Three batches in four as long as has been reached, the rest shorter."""
        for number in range(self.batch_count()):
            longest = int(self.reached)
            length = longest if number % 4 else int(np.exp(rng.uniform(np.log(SHORTEST), np.log(longest + 1))))
            made = sequences(rng, self.settings.batch_size, length, early=bool(number % 2))
            yield stopped_early(rng, made, share=0.2)

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Squared error of the guess after the step that counts."""
        guesses = network(batch.inputs)[torch.arange(len(batch.step)), batch.step, 0]
        loss = torch.nn.functional.mse_loss(guesses, batch.target)
        self._grow(batch.inputs.shape[1], loss.item())
        return loss

    def scores(self, network: Network) -> list[Score]:
        """Errors at every length, and how far training has got."""
        reached = Score("length reached in training", self.reached, self.settings.batch_size, "the last sequences")
        return [*self._errors(network, items=200, seed=1), reached]

    def final_scores(self, network: Network) -> list[Score]:
        """Errors at every length, on more and other sequences."""
        return self._errors(network, items=1000, seed=2)

    def _errors(self, network: Network, *, items: int, seed: int) -> list[Score]:
        rng = np.random.default_rng(seed)
        errors = {}
        for length in LENGTHS:
            halves = [sequences(rng, items // 2, length, early=early) for early in (False, True)]
            with torch.no_grad():
                wrong = [network(half.inputs)[:, -1, 0] - half.target for half in halves]
            errors[length] = float(torch.cat(wrong).square().mean())
        solved = list(takewhile(lambda length: errors[length] <= SOLVED, LENGTHS))
        longest, worst = max(solved, default=0), max(errors.values())
        part = "new sequences, half of them marked in the first tenth only"
        return [
            *(Score(f"mean squared error at {length:,} steps", errors[length], items, part) for length in LENGTHS),
            Score("worst mean squared error", worst, items * len(LENGTHS), "the worst of these lengths"),
            Score("longest length solved", longest, items * len(LENGTHS), f"error at most {SOLVED} there and below"),
            Score(self.chosen_by, longest - worst, items * len(LENGTHS), "by which the epoch is chosen"),
        ]

    def _grow(self, length: int, error: float) -> None:
        """Longer sequences once these are learnt."""
        if length == int(self.reached):
            self.error += 0.1 * (error - self.error)
            if self.error < LEARNT and length < LONGEST:
                self.reached, self.error = min(self.reached * GROWTH, LONGEST), 1.0
