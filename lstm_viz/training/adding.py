"""Training of the adding model: sequences of numbers that grow longer as the network learns."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lstm_viz.learning.data.adding import BEYOND, Batch, sequences, stopped_early
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
MARKED = (10, 50, 200)
"""Lengths at which states through training are measured."""
NEAR = 0.04
"""A guess is right that is off by less: Hochreiter and Schmidhuber's measure."""


class Training(Recipe):
    """One network for all lengths; an epoch is a number of batches, however long the sequences are by then."""

    task = ADDING
    output_size = 1
    chosen_by = "longest length solved − worst error"
    checkpoints = 60
    training_range = (0.0, 1.0)
    settings = Settings(
        epochs=160,
        batch_size=64,
        learning_rate=2e-2,
        input_size=2,
        hidden_size=16,
        averaging=0.98,
        forget_bias=3.0,
    )
    source = Source(
        data=f"generated: numbers drawn evenly from 0 to 1, two of them marked, 2 to {LONGEST:,} long, "
        "as many as the training asks for; measured on others",
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
        """The RNN learns half as fast: at the other cells' rate it does not even learn 10 steps.

        The GRU, an update of which takes several times as long, has half the epochs.
        """
        rate = self.settings.learning_rate / (2 if cell == "rnn" else 1)
        epochs = self.settings.epochs // (2 if cell == "gru" else 1)
        return replace(self.settings, learning_rate=rate, epochs=epochs)

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 50

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Half of them as long as has been reached, a quarter of any length below, a quarter short."""
        for number in range(self.batch_count()):
            length = int(self.reached)
            if number % 4 == 0:
                length = int(rng.integers(2, SHORTEST + 1))
            elif number % 4 == 2:
                length = int(np.exp(rng.uniform(np.log(2), np.log(length + 1))))
            made = sequences(rng, self.settings.batch_size, length, early=number % 4 == 1, beyond=BEYOND)
            yield stopped_early(rng, made, share=0.2)

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Squared error of the guess after the step that counts."""
        guesses = network(batch.inputs)[torch.arange(len(batch.step)), batch.step, 0]
        loss = torch.nn.functional.mse_loss(guesses, batch.target)
        self._grow(batch.inputs.shape[1], loss.item())
        return loss

    def scores(self, network: Network) -> list[Score]:
        """How well the network does at all lengths, and how far training has got."""
        errors = _errors(network, items=200, seed=1)
        longest, worst = _solved(errors), max(errors.values())
        items, part = 200 * len(LENGTHS), "new sequences"
        return [
            Score("longest length solved", longest, items, part),
            Score("worst mean squared error", worst, items, part),
            Score(self.chosen_by, longest - worst, items, part),
            Score("length reached in training", self.reached, self.settings.batch_size, "the last sequences"),
        ]

    def mark(self, network: Network) -> tuple[float, Score]:
        """Mean squared error at a few lengths, and how many guesses are as near as Hochreiter and Schmidhuber asked."""
        rng, wrong = np.random.default_rng(3), []
        for length in MARKED:
            made = sequences(rng, 200, length)
            with torch.no_grad():
                wrong.append(network(made.inputs)[:, -1, 0] - made.target)
        off = torch.cat(wrong)
        part = f"new sequences of {MARKED[0]} to {MARKED[-1]} numbers, right to within {NEAR}"
        near = float((off.abs() < NEAR).float().mean())
        return off.square().mean().item(), Score("sums right", near, len(off), part)

    def final_scores(self, network: Network) -> list[Score]:
        """The error at every length, on more and other sequences, and up to which length it is small."""
        errors = _errors(network, items=1000, seed=2)
        part = "new sequences, half of them marked in the first tenth only"
        each = [
            Score(f"mean squared error at {length:,} steps", errors[length], 1000, part) for length in reversed(LENGTHS)
        ]
        name = f"longest length with a mean squared error of at most {SOLVED}"
        tried = f"new sequences of {LENGTHS[0]} to {LENGTHS[-1]:,} steps"
        return [Score(name, _solved(errors), 1000 * len(LENGTHS), tried), *each]

    def limits(self, network: Network) -> list[Score]:
        """The length that it does worst, its largest error on pairs, and numbers that training never had."""
        _, *lengths = self.final_scores(network)
        hardest = max(lengths, key=lambda score: score.value)
        ends = np.linspace(0, 1, 11)
        pairs = np.stack(np.meshgrid(ends, ends), -1).reshape(-1, 2)
        wrong = np.abs(_sums(network, pairs) - pairs.sum(1))
        worst = "* and ".join(f"{end:.2g}" for end in pairs[wrong.argmax()]) + "*"
        beyond = np.linspace(1.1, 2, 10)
        above = np.stack(np.meshgrid(beyond, beyond), -1).reshape(-1, 2)
        short = above.sum(1) - _sums(network, above)
        return [
            hardest._replace(name=f"{hardest.name}, the worst of the lengths tried"),
            Score(
                "largest error on two marked numbers alone",
                float(wrong.max()),
                len(pairs),
                f"pairs of 0, 0.1, … 1; the largest at {worst}",
            ),
            Score(
                "mean error on numbers from 1.1 to 2, which training never had",
                float(np.abs(short).mean()),
                len(above),
                "pairs of 1.1, 1.2, … 2",
            ),
        ]

    def _grow(self, length: int, error: float) -> None:
        """Longer sequences once these are learnt."""
        if length == int(self.reached):
            self.error += 0.1 * (error - self.error)
            if self.error < LEARNT and length < LONGEST:
                self.reached, self.error = min(self.reached * GROWTH, LONGEST), 1.0


def _errors(network: Network, *, items: int, seed: int) -> dict[int, float]:
    """The mean squared error at each of `LENGTHS`, after the last step."""
    rng = np.random.default_rng(seed)
    errors = {}
    for length in LENGTHS:
        halves = [sequences(rng, items // 2, length, early=early) for early in (False, True)]
        with torch.no_grad():
            wrong = [network(half.inputs)[:, -1, 0] - half.target for half in halves]
        errors[length] = float(torch.cat(wrong).square().mean())
    return errors


def _solved(errors: Mapping[int, float]) -> int:
    """The longest of `LENGTHS` up to which every error is small."""
    return max(takewhile(lambda length: errors[length] <= SOLVED, LENGTHS), default=0)


def _sums(network: Network, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The network's guess at the sum of each pair, (n, 2): two marked numbers and nothing else."""
    inputs = torch.tensor(np.stack([pairs, np.ones_like(pairs)], -1), dtype=torch.float32)
    with torch.no_grad():
        return np.asarray(network(inputs)[:, -1, 0].numpy(), dtype=np.float64)
