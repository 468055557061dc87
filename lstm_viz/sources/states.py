"""A network at several points of its training, in the same form wherever it was trained."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lstm_viz.trace import Array

if TYPE_CHECKING:
    from lstm_viz.sources.source import Source


@dataclass(frozen=True, eq=False)
class States:
    """States through training, in order; the last is the network as its training ended.

    Attributes
    ----------
    steps : after so many training steps each, from 0, untrained
    loss, score : measured after each of these steps, (S,), on data that nothing was learnt from
    score_name : what the score is, as `tasks.scores` reads it
    at : one of the steps → the network as it was then, as a source with these same states
    file : where the weights of all of them but the last are, or the bytes themselves: .safetensors, whose tensors are
        named STEP/PARAMETER
    """

    steps: tuple[int, ...]
    loss: Array
    score: Array
    score_name: str
    at: Callable[[int], "Source"]
    file: Path | Callable[[], bytes]

    def nearest(self, step: int | None) -> int:
        """The step of the state nearest to one asked for, the later of two as near; of None, the last.

        Examples
        --------
        >>> States((0, 10, 100), np.zeros(3), np.zeros(3), "accuracy", lambda step: ..., Path()).nearest(60)
        100
        """
        if step is None:
            return self.steps[-1]
        return self.steps[len(self.steps) - 1 - int(np.argmin([abs(each - step) for each in reversed(self.steps)]))]

    def index(self, step: int | None) -> int:
        """The place of the state nearest to a step, from 0."""
        return self.steps.index(self.nearest(step))
