"""Random numbers of which two are marked, and their sum."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

BEYOND = 0.3
"""So far outside 0 to 1 the numbers of training are drawn, and then cut, so that 0 and 1 themselves come often."""


class Batch(NamedTuple):
    """Numbers and marks, (batch, T, 2); the step after which the guess counts, and the best guess there, (batch,)."""

    inputs: Tensor
    step: Tensor
    target: Tensor


def sequences(rng: np.random.Generator, size: int, length: int, *, early: bool = False, beyond: float = 0.0) -> Batch:
    """Random numbers, two of them marked: anywhere, or both in the first tenth with `early`; `beyond` as `BEYOND`."""
    values = (rng.random((size, length)) * (1 + 2 * beyond) - beyond).clip(0, 1)
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
