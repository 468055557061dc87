"""Model files made in memory, for the tests of their readers."""

import io
from typing import Any

import torch
from safetensors.torch import save

from lstm_viz.files import ModelFile, read_file


def pytorch(what: Any, *, old: bool = False, **options: Any) -> bytes:
    """The bytes that torch.save writes; `old`: in the format before PyTorch 1.6."""
    file = io.BytesIO()
    torch.save(what, file, _use_new_zipfile_serialization=not old, **options)
    return file.getvalue()


def safetensors(tensors: dict[str, torch.Tensor]) -> bytes:
    """The bytes that safetensors writes."""
    return save({name: tensor.contiguous() for name, tensor in tensors.items()})


def refused(name: str, content: bytes) -> str:
    """The sentence with which a file is refused; anything else fails."""
    try:
        found = read_file(name, content)
    except ValueError as problem:
        sentence = str(problem)
    else:
        raise AssertionError(f"read: {found}")
    assert sentence.count("\n") == 0
    assert len(sentence) < 700
    assert "Traceback" not in sentence
    return sentence


def found_in(tensors: dict[str, torch.Tensor]) -> ModelFile:
    """What is found among tensors, by way of a PyTorch file, which keeps their order."""
    return read_file("model.pt", pytorch(tensors))
