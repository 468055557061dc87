"""What a training tells of itself, row by row, and the states that are kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

ROWS = 200
"""About how many rows a training has."""
MOST_STATES = 64
MOST_BYTES = 24_000_000
"""What the kept states of one training may take in memory; of a large network fewer are kept."""


@dataclass(frozen=True)
class History:
    """Rows of a training, in order. Each is written after so many updates; the first, of 0, before any.

    Attributes
    ----------
    update : (n,), how many updates were done
    loss : (n,), mean loss of the batches since the row before
    score : (n,), on held-out sequences of the plan's length, in the task's own terms
    length : (n,), how long the longest training sequences were by then
    gradient_norm : (n,), length of the longest gradient since the row before, before it was clipped
    rate : (n,), learning rate
    """

    update: NDArray[np.int64]
    loss: NDArray[np.float64]
    score: NDArray[np.float64]
    length: NDArray[np.int64]
    gradient_norm: NDArray[np.float64]
    rate: NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One row of a history."""

    update: int
    loss: float
    score: float
    length: int
    gradient_norm: float
    rate: float


def history_of(lines: list[Line]) -> History:
    """The rows as arrays."""
    names = ("loss", "score", "gradient_norm", "rate")
    return History(
        update=np.array([line.update for line in lines], dtype=np.int64),
        length=np.array([line.length for line in lines], dtype=np.int64),
        **{name: np.array([getattr(line, name) for line in lines], dtype=np.float64) for name in names},
    )


@dataclass(frozen=True, eq=False)
class Kept:
    """All that a training is after some updates, so that it can go on from there to the bit.

    Attributes
    ----------
    update : how many were done
    weights : (weights,)
    memory : name → (weights,), what the optimiser remembers
    reached, score : how long the sequences have become, and the running score of the longest
    seconds : that training took so far
    """

    update: int
    weights: Tensor
    memory: Mapping[str, Tensor]
    reached: float
    score: float
    seconds: float


@dataclass
class States:
    """The states that are kept: the first and the last, and between them as many as fit, dense where most happens.

    What happens is how far the weights move for their size, and how far the score moves.
    """

    most: int
    kept: list[Kept] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)

    @classmethod
    def for_size(cls, numbers: int) -> "States":
        """As many as fit, of states of so many numbers each."""
        return cls(max(8, min(MOST_STATES, MOST_BYTES // (4 * numbers))))

    def add(self, state: Kept, by_score: float) -> None:
        """Keep the state that training has come to; `by_score`: how far the score moved, as a share of its range."""
        if self.kept:
            last = self.kept[-1].weights
            by_weights = float((state.weights - last).norm() / last.norm().clamp(min=1e-12))
            self.moved.append(self.moved[-1] + by_weights + by_score)
        else:
            self.moved.append(0.0)
        self.kept.append(state)
        if len(self.kept) > self.most:
            gaps = np.array(self.moved[2:]) - np.array(self.moved[:-2])
            out = 1 + int(gaps.argmin())
            del self.kept[out], self.moved[out]

    def at(self, update: int) -> Kept:
        """The last that is kept of those up to an update."""
        return max((state for state in self if state.update <= update), key=lambda state: state.update)

    def until(self, update: int) -> "States":
        """Those up to an update; what is kept never changes, so both may hold it."""
        count = sum(state.update <= update for state in self.kept)
        return States(self.most, self.kept[:count], self.moved[:count])

    def __iter__(self) -> Iterator[Kept]:
        return iter(self.kept)


def finite(numbers: Tensor) -> bool:
    """Whether all are."""
    return bool(torch.isfinite(numbers).all())
