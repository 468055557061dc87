"""A small model file to try the page with, made on the spot: random weights from a seed, of a shape that many have."""

from functools import cache

import torch
from safetensors.torch import save
from torch import nn

from lstm_viz.tasks.network import RECURRENT

NAME = "sample.safetensors"
INPUTS, UNITS, LAYERS, ANSWERS = 3, 16, 2, 2
SEED = 7
SPREAD = 3.0
"""How much wider than PyTorch's own start the weights are: with that, all gates would stay near a half."""


class Sample(nn.Module):
    """A classifier as one would write it: recurrent layers in both directions, and a head."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = RECURRENT["lstm"](INPUTS, UNITS, num_layers=LAYERS, bidirectional=True, batch_first=True)
        self.head = nn.Linear(2 * UNITS, ANSWERS)


@cache
def sample_file() -> bytes:
    """The file, always the same; what is drawn from the common random numbers goes on as if it were not made."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        state = Sample().state_dict()
    return save({name: SPREAD * part if name.startswith("rnn.") else part for name, part in state.items()})
