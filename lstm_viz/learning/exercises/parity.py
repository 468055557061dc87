"""Learning whether the ones of a string so far are odd or even."""

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.learning.data.parity import VOCABULARY, strings
from lstm_viz.learning.exercises.exercise import Answers, Batch, Lengths, mean_where, share_right
from lstm_viz.tasks.parity import PARITY
from lstm_viz.tasks.task import Task


class Parity(Answers):
    """Scored by the share of right answers, over all steps."""

    name, title = "parity", PARITY.title
    vocabulary = VOCABULARY
    input_size, output_size = 2, 1
    length_means = "symbols in a string"
    updates = 1500
    solved, learnt = 0.99, 0.97
    data = "generated: strings of 0 and 1, each as likely; measured on others"
    url = "https://arxiv.org/abs/2411.12537"
    reference = (
        "Grazzi et al. 2024 (arXiv:2411.12537): a linear recurrence whose factors lie between 0 and 1 cannot track "
        "parity"
    )

    @property
    def guessing(self) -> float:
        """Both answers are as likely."""
        return 0.5

    def lengths(self, distance: int) -> Lengths:
        """See `Exercise`."""
        return Lengths(2, 200, 40, 3)

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return PARITY

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """See `Exercise`."""
        symbols, odd = strings(rng, size, length)
        return Batch(symbols, odd, torch.ones_like(odd, dtype=torch.bool))

    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """Cross-entropy of the answer after every symbol."""
        return mean_where(binary_cross_entropy_with_logits(raw[..., 0], batch.target, reduction="none"), batch.real)

    def score(self, raw: Tensor, batch: Batch) -> float:
        """See the class."""
        return share_right((raw[..., 0] > 0) == (batch.target > 0.5), batch.real)
