"""What `read_model` is given in the tests of wrong arguments: a file, and what is right to say of it."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import nn

import lstm_viz as lv
from tests.wrong_arguments import Subject, any_of, is_text, optional, whole_from

FILE = Path(tempfile.mkdtemp()) / "model.pt"
torch.save(
    nn.ModuleDict({"embedding": nn.Embedding(2, 3), "rnn": nn.LSTM(3, 4), "fc": nn.Linear(4, 2)}).state_dict(), FILE
)


def several_texts(value: Any) -> bool:
    """Fits lists of texts, and iterators, which are used up by now."""
    if isinstance(value, str):
        return False
    return isinstance(value, Iterator) or (isinstance(value, Iterable) and all(map(is_text, value)))


def nothing_listed(value: Any) -> bool:
    """Fits names of layers of a module that is one itself, "", where none are named otherwise."""
    return (
        value == ""
        if isinstance(value, str)
        else isinstance(value, Iterable) and all(isinstance(each, str) and not each for each in value)
    )


READ_MODEL = Subject(
    "read_model",
    lv.read_model,
    {
        "path": FILE,
        "layer": "rnn",
        "cell": "lstm",
        "below": (),
        "embedding": "embedding",
        "vocabulary": ["a", "b"],
        "tokenizer": "words",
        "head": "fc",
        "labels": ("no", "yes"),
    },
    {
        "path": is_text,
        "layer": any_of(optional, whole_from(0, 0)),
        "cell": optional,
        "below": any_of(optional, nothing_listed),
        "embedding": any_of(optional, whole_from(0, 0), lambda value: value is False),
        "vocabulary": any_of(optional, several_texts),
        "head": any_of(optional, whole_from(0, 0)),
        "labels": any_of(nothing_listed, lambda value: isinstance(value, list) and value == ["a", "b"]),
    },
)
