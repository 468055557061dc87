"""What a course needs to know of a task: its data, its loss, and its score in its own terms."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.task import Task


class Batch(NamedTuple):
    """Sequences of one batch, filled up at the end where they differ in length.

    Attributes
    ----------
    inputs : (B, T, I) numbers, or (B, T) positions in the vocabulary
    target : what is right after every step: (B, T), or (B, T, O) of several answers
    real : (B, T), the steps at which the answer counts
    """

    inputs: Tensor
    target: Tensor
    real: Tensor

    def longest(self, most: int) -> "Batch":
        """The first few of those that are not filled up, of which only the last answer counts."""
        rows = torch.nonzero(self.real[:, -1])[:most, 0]
        last = torch.zeros_like(self.real[rows])
        last[:, -1] = True
        return Batch(self.inputs[rows], self.target[rows], last)


class Lengths(NamedTuple):
    """Bounds of a plan's length, the one that is proposed, and where a curriculum begins."""

    low: int
    high: int
    proposed: int
    first: int


class Exercise(ABC):
    """A task that can be trained on the spot. All that it knows of a plan is a length, and for echo a distance.

    Attributes
    ----------
    name, title : of the task
    vocabulary : symbols, the first standing for unknown ones; empty where inputs are numbers
    input_size, output_size : numbers that arrive at a step, or the width of the embedding; numbers that the head gives
    length_means : what a plan's length counts
    updates : how many updates are proposed
    score_name, lower_is_better, unit : the score on held-out sequences
    guessing : the score of one who always gives the same answer, the best one; of temperature, who says: as today
    solved : the score from which the task counts as solved
    learnt : the score of training batches at which a curriculum goes on to longer ones
    url, reference : what the card says of the task, and of a result to hold this one against
    """

    name: ClassVar[str]
    title: ClassVar[str]
    vocabulary: ClassVar[tuple[str, ...]] = ()
    input_size: ClassVar[int]
    output_size: ClassVar[int]
    length_means: ClassVar[str]
    updates: ClassVar[int]
    score_name: ClassVar[str]
    lower_is_better: ClassVar[bool] = False
    unit: ClassVar[str] = ""
    solved: ClassVar[float]
    learnt: ClassVar[float]
    url: ClassVar[str]
    reference: ClassVar[str]

    @property
    @abstractmethod
    def guessing(self) -> float:
        """See above."""

    @property
    @abstractmethod
    def data(self) -> str:
        """What the card says of the data."""

    @property
    def sha256(self) -> dict[str, str]:
        """File → its SHA-256, of data that is not made here."""
        return {}

    @property
    def training_range(self) -> tuple[float, ...]:
        """The lowest and the highest number that it is trained on; empty where inputs are symbols."""
        return ()

    @property
    def levels(self) -> Mapping[str, float]:
        """What to hold a score against: words → score."""
        return {"guessing": self.guessing, "counts as solved": self.solved}

    @abstractmethod
    def lengths(self, distance: int) -> Lengths:
        """Which lengths there are; `distance` is that of echo."""

    @abstractmethod
    def task(self, distance: int) -> Task:
        """The task as pages know it: its reader, its answers, its examples."""

    @abstractmethod
    def batch(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """New sequences of a length to learn from."""

    def held_out(self, rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
        """Sequences to be measured on, all of the length."""
        return self.batch(rng, size, length, distance)

    @abstractmethod
    def loss(self, raw: Tensor, batch: Batch) -> Tensor:
        """What is made small; `raw`: what the head gives, (B, T, O)."""

    @abstractmethod
    def score(self, raw: Tensor, batch: Batch) -> float:
        """How good the answers are, in the task's own terms; finite whatever the network gives."""

    def items(self, batch: Batch, length: int) -> tuple[int, str]:
        """How many things a score at a length is of, and what they are."""
        return len(batch.real), f"new sequences of length {length}"

    def score_at(self, length: int) -> str:
        """The name of the score on sequences of a length; see `tasks.scores` for what names say."""
        return f"{self.score_name} at length {length}"

    def grows(self, distance: int) -> bool:
        """Whether a curriculum has anything shorter to begin with."""
        found = self.lengths(distance)
        return found.first < found.high

    def better(self, score: float, than: float) -> bool:
        """Whether a score is at least as good as another."""
        return score <= than if self.lower_is_better else score >= than

    def network(self) -> dict[str, Any]:
        """Arguments of `Network` that the task decides."""
        return {
            "vocabulary_size": len(self.vocabulary),
            "input_size": self.input_size,
            "output_size": self.output_size,
        }


WORST = 1e3
"""Stands for the error of a network whose numbers have left the range of a float."""


def mean_where(values: Tensor, real: Tensor) -> Tensor:
    """The mean over the steps that count."""
    return (values * real).sum() / real.sum()


def any_length(rng: np.random.Generator, shortest: int, longest: int) -> int:
    """A length between two ends, short ones as likely as long ones on a log scale."""
    return int(np.exp(rng.uniform(np.log(shortest), np.log(longest + 1))))


class Answers(Exercise):
    """One whose score is the share of right answers."""

    score_name = "accuracy"

    def items(self, batch: Batch, length: int) -> tuple[int, str]:
        """Every answer that counts."""
        return int(batch.real.sum()), f"answers on new sequences of length {length}"


def share_right(right: Tensor, real: Tensor) -> float:
    """Share of the answers that count which are right."""
    return float(mean_where(right.float(), real))
