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


def strings(rng: np.random.Generator, size: int, length: int, *, mixed: bool = False) -> Batch:
    """So many strings of one length; a symbol is 1 half of the time or, `mixed`, as often as its string happens to ask.

    Where half of all symbols are ones, twenty zeros in a row hardly ever come, and nothing teaches to wait that long.
    """
    drawn = rng.random((size, length)) < rng.random((size, 1)) if mixed else rng.integers(0, 2, (size, length))
    ones = torch.from_numpy(drawn.astype(np.int64))
    return Batch(1 + ones, (ones.cumsum(1) % 2).float())
