"""Sources that no task ships: other layers and directions than one forward, with weights made here."""

import copy
import dataclasses
from typing import Any

import torch
from torch import nn

from lstm_viz.module import CellModule
from lstm_viz.sources import Source
from lstm_viz.tasks import load_model

NAMES: dict[Any, str] = {nn.LSTM: "lstm", nn.GRU: "gru", nn.RNN: "rnn"}


def made_source(kind: Any, units: int = 6, *, task: str = "sentiment", seed: int = 0, **options: Any) -> Source:
    """A task's network with another recurrent layer, and a head that fits it.

    Parameters
    ----------
    kind : a recurrent class of torch's, or the name of a cell for a `CellModule`
    options : of that class
    """
    torch.manual_seed(seed)
    model = load_model(task)
    network = copy.deepcopy(model.network)
    inputs = network.recurrent.input_size
    if isinstance(kind, str):
        network.recurrent, width = CellModule(kind, inputs, units), units
    else:
        network.recurrent = kind(inputs, units, batch_first=True, **options)
        width = (options.get("proj_size") or units) * (1 + options.get("bidirectional", False))
    network.cell = kind if isinstance(kind, str) else NAMES[kind]
    network.head = nn.Linear(width, network.head.out_features)
    network.eval().requires_grad_(False)
    # What the card found speaks of the shipped network's units.
    return Source(("made",), dataclasses.replace(model, network=network, card={**model.card, "findings": {}}))
