"""Strings of zeros and ones, with the parity of the ones after every symbol."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.parity import SYMBOLS
from lstm_viz.tasks.readers.reader import UNKNOWN

VOCABULARY = (UNKNOWN, *SYMBOLS)


class Batch(NamedTuple):
    """Strings as positions in the vocabulary, (batch, T); 1 where the ones so far are odd, else 0, (batch, T)."""

    symbols: Tensor
    odd: Tensor


def strings(rng: np.random.Generator, size: int, length: int) -> Batch:
    """So many strings of one length; each symbol is 0 or 1 with the same chance."""
    ones = torch.from_numpy(rng.integers(0, 2, (size, length)))
    return Batch(1 + ones, (ones.cumsum(1) % 2).float())
