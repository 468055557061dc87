"""How a gradient becomes an update, on all weights as one row of numbers.

The same arithmetic as `torch.optim`, with its defaults; what that loads with the first optimiser takes seconds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

Memory = dict[str, Tensor]
"""What an optimiser remembers, by name: (weights,), or one number."""

SMALL = 1e-8
"""Added to what is divided by."""


@dataclass(frozen=True)
class Optimizer:
    """One way to make updates.

    Attributes
    ----------
    title : name on screen
    remembers : names of what it remembers, each a number a weight, 0 at first
    step : ``(gradient, memory, rate, count) → what the weights change by``; `count`: which update it is, from 1. The
        memory is changed.
    """

    title: str
    remembers: tuple[str, ...]
    step: Callable[[Tensor, Memory, float, int], Tensor]

    def begin(self, weights: Tensor) -> Memory:
        """What it remembers before the first update."""
        return {name: torch.zeros_like(weights) for name in self.remembers}


def descend(gradient: Tensor, memory: Memory, rate: float, count: int) -> Tensor:
    """Plain gradient descent."""
    return gradient * -rate


def adam(gradient: Tensor, memory: Memory, rate: float, count: int) -> Tensor:
    """Mean gradient over its root mean square; both means are of what was, and corrected for how short that is."""
    keep_mean, keep_square = 0.9, 0.999
    mean = memory["mean"].lerp_(gradient, 1 - keep_mean)
    square = memory["square"].mul_(keep_square).addcmul_(gradient, gradient, value=1 - keep_square)
    size = (square / (1 - keep_square**count)).sqrt_().add_(SMALL)
    return (mean / size).mul_(-rate / (1 - keep_mean**count))


def rmsprop(gradient: Tensor, memory: Memory, rate: float, count: int) -> Tensor:
    """The gradient over its root mean square."""
    keep = 0.99
    square = memory["square"].mul_(keep).addcmul_(gradient, gradient, value=1 - keep)
    return (gradient / square.sqrt().add_(SMALL)).mul_(-rate)


OPTIMIZERS: Mapping[str, Optimizer] = {
    "adam": Optimizer("Adam", ("mean", "square"), adam),
    "sgd": Optimizer("Gradient descent", (), descend),
    "rmsprop": Optimizer("RMSprop", ("square",), rmsprop),
}
"""By name."""
