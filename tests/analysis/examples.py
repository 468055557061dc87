"""Traces that the analyses and figures are tried on."""

from typing import Any

import torch

import lstm_viz
from lstm_viz.module import CellModule
from lstm_viz.trace import Trace

WORDS = ("a", "warm", "and", "funny", "film", "but", "not", "a", "good", "one")
KINDS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


def random_module(kind: str = "lstm", units: int = 8, seed: int = 0, **options: Any) -> Any:
    """A freshly made module, its weights enlarged so that the gates move."""
    torch.manual_seed(seed)
    module: Any = KINDS[kind](5, units, **options) if kind in KINDS else CellModule(kind, 5, units)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(3)
    return module


def random_trace(kind: str = "lstm", steps: int = 10, units: int = 8, seed: int = 0, **options: Any) -> Trace:
    """Trace a `random_module`."""
    module = random_module(kind, units, seed, **options)
    labels = [WORDS[step % len(WORDS)] for step in range(steps)]
    return lstm_viz.trace(module, torch.randn(steps, 5), labels=labels)
