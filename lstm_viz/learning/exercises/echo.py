"""Learning to say which symbol came n steps ago."""

import numpy as np
from torch import Tensor
from torch.nn.functional import cross_entropy

from lstm_viz.learning.data.echo import VOCABULARY, strings
from lstm_viz.learning.exercises.exercise import Answers, Batch, Lengths, mean_where, share_right
from lstm_viz.tasks.echo import ECHO, SYMBOLS, echo
from lstm_viz.tasks.task import Task

BEHIND = 20
"""Answers of a sequence of the length that is proposed."""


class Echo(Answers):
    """Scored by the share of right answers, from the first that there is."""

    name, title = "echo", ECHO.title
    vocabulary = VOCABULARY
    input_size, output_size = len(SYMBOLS), len(SYMBOLS)
    length_means = "symbols in a string"
    updates = 1000
    solved, learnt = 0.99, 0.95
    data = f"generated: strings of {', '.join(SYMBOLS)}, each as likely; measured on others"
    url = "https://arxiv.org/abs/1511.06464"
    reference = (
        "none for this very task; the copying task of Arjovsky, Shah and Bengio 2016 (arXiv:1511.06464), a harder "
        "relative, asks for ten symbols after a long wait"
    )

    @property
    def guessing(self) -> float:
        """Every symbol is as likely."""
        return 1 / len(SYMBOLS)

    def lengths(self, distance: int) -> Lengths:
        """There must be a step that is as far behind."""
        return Lengths(distance + 1, 200, distance + BEHIND, distance + 4)

    def task(self, distance: int) -> Task:
        """See `Exercise`."""
        return echo(distance)

    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """See `Exercise`."""
        return Batch(*strings(rng, size, length, distance))

    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """Cross-entropy of the symbol."""
        return mean_where(cross_entropy(raw.mT, batch.target, reduction="none"), batch.real)

    def score(self, raw: Tensor, batch: Batch) -> float:
        """See the class."""
        return share_right(raw.argmax(-1) == batch.target, batch.real)
