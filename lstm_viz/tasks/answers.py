"""What is made of a network's raw outputs: data that can be called and sent. In the browser: web/network/answers.js."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Softmax:
    """Probabilities that exclude each other, one a column."""

    kind: str = "softmax"

    def __call__(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Along the last axis."""
        powers = np.exp(raw - raw.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Sigmoid:
    """The probability of the first of two labels, from one column; the second label has the rest."""

    column: int = 0
    kind: str = "sigmoid"

    def __call__(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Two columns."""
        first = sigmoid(raw[..., self.column, None])
        return np.concatenate([first, 1 - first], axis=-1)


@dataclass(frozen=True)
class Scaled:
    """Numbers: ``scale · raw + shift``."""

    scale: float = 1.0
    shift: float = 0.0
    kind: str = "scaled"

    def __call__(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Every column."""
        return np.asarray(raw * self.scale + self.shift)


Answers = Softmax | Sigmoid | Scaled
"""Turns what the output layer gives, (…, outputs), into what is shown, (…, labels)."""


def sigmoid(raw: NDArray[Any]) -> NDArray[Any]:
    """Probabilities from unbounded scores, each on its own; written with tanh, which cannot overflow."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * raw))
