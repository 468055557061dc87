"""Strings of a few symbols, with the symbol that came n steps before."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.echo import SYMBOLS
from lstm_viz.tasks.readers.reader import UNKNOWN

VOCABULARY = (UNKNOWN, *SYMBOLS)


class Batch(NamedTuple):
    """Strings as positions in the vocabulary, (batch, T); the label asked for after every symbol; where there is one.

    `wanted` counts labels from 0, as the network's outputs do, and is 0 where `real` is false: in the first n steps.
    """

    symbols: Tensor
    wanted: Tensor
    real: Tensor


def strings(rng: np.random.Generator, size: int, length: int, distance: int) -> Batch:
    """So many strings of one length, every symbol with the same chance; the answer is the one `distance` ≥ 1 ago."""
    drawn = torch.from_numpy(rng.integers(0, len(SYMBOLS), (size, length)))
    wanted, real = torch.zeros_like(drawn), torch.zeros(size, length, dtype=torch.bool)
    wanted[:, distance:], real[:, distance:] = drawn[:, :-distance], True
    return Batch(1 + drawn, wanted, real)
