"""Learning to judge strings that can only be judged by counting."""

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.learning.data import counting as strings
from lstm_viz.learning.exercises.exercise import Batch, Exercise, Lengths, mean_where
from lstm_viz.tasks.counting import COUNTING, SYMBOLS
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.tasks.task import Task

MISTAKES = 0.1
"""Share of the training strings that are spoilt."""


class Counting(Exercise):
    """Scored by the share of strings that are judged right after every symbol."""

    name, title = "counting", COUNTING.title
    vocabulary = (UNKNOWN, *SYMBOLS)
    input_size, output_size = 4, 1 + len(SYMBOLS)
    length_means = "largest n of aⁿbⁿ, and pairs of brackets"
    updates = 800
    score_name = "strings all right"
    solved, learnt = 0.95, 0.7
    data = f"generated: aⁿbⁿ and random brackets; {MISTAKES:.0%} with a mistake; measured on others, without one"
    url = "https://arxiv.org/abs/1805.04908"
    reference = (
        "Weiss, Goldberg and Yahav 2018 (arXiv:1805.04908): LSTMs count in their cell state and go on beyond the "
        "lengths they were trained on; GRUs and tanh RNNs do not"
    )

    @property
    def guessing(self) -> float:
        """No string is right after every symbol by chance."""
        return 0.0

    def score_at(self, length: int) -> str:
        """See `Exercise`."""
        return f"n up to {length}: {self.score_name}"

    def lengths(self, distance: int) -> Lengths:
        """See `Exercise`."""
        return Lengths(1, 50, 10, 3)

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return COUNTING

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Half aⁿbⁿ, half brackets, n from 1 to the length."""
        texts = _strings(rng, rng.integers(1, length + 1, size))
        return batch_of([strings.spoil(rng, text) if rng.random() < MISTAKES else text for text in texts])

    def held_out(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Every n from 1 to the length comes as often."""
        return batch_of(_strings(rng, 1 + np.arange(size) // 2 % length))

    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """Cross-entropy of all that should be known after every symbol."""
        wrong = binary_cross_entropy_with_logits(raw, batch.target, reduction="none").mean(-1)
        return mean_where(wrong, batch.real)

    def score(self, raw: Tensor, batch: Batch) -> float:
        """See the class."""
        agrees = ((raw > 0) == (batch.target > 0.5)).all(-1)
        return float((agrees | ~batch.real).all(1).float().mean())


def _strings(rng: np.random.Generator, pairs: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return ["a" * n + "b" * n if k % 2 else strings.brackets(rng, int(n)) for k, n in enumerate(map(int, pairs))]


def batch_of(texts: list[str]) -> Batch:
    """Strings, filled up at the end, with all that should be known after every symbol."""
    made = strings.batch(texts)
    return Batch(made.symbols, made.holds, made.real.to(torch.bool))
