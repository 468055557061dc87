"""Model files as `lstm_viz.files` reads them, made here of torch's own modules."""

import hashlib
from typing import Any

import torch
from torch import nn

from lstm_viz.files.found import ModelFile, Recurrent, Table

CELLS: dict[type, str] = {nn.LSTM: "lstm", nn.GRU: "gru", nn.RNN: "rnn"}


def recurrent_of(module: Any, name: str = "rnn") -> Recurrent:
    """A module of torch's as one that was found in a file."""
    return Recurrent(name, CELLS[type(module)], (CELLS[type(module)],), dict(module.state_dict()))


def made_file(
    *modules: Any, outputs: int = 0, symbols: int = 0, name: str = "model.safetensors", seed: int = 0
) -> ModelFile:
    """A file with modules, one above the other as they come; a head for the last, an embedding for the first."""
    torch.manual_seed(seed)
    found = tuple(recurrent_of(module, f"rnn{k}") for k, module in enumerate(modules))
    heads = (Table("head", torch.randn(outputs, found[-1].output_size), torch.randn(outputs)),) if outputs else ()
    tables = (Table("embedding", torch.randn(symbols, found[0].input_size)),) if symbols else ()
    digest = hashlib.sha256(repr([name, seed, *(each.describe() for each in found)]).encode()).hexdigest()
    return ModelFile(name, "safetensors", found, (None,) * len(found), tables, heads, (), (), digest)
