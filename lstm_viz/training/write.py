"""Writes tensors into files."""

from pathlib import Path

from safetensors.torch import save as serialize
from torch import Tensor


def write(tensors: dict[str, Tensor], path: Path, notes: dict[str, str] | None = None) -> None:
    """Write a .safetensors file, with folders as needed and the usual permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(serialize(tensors, notes))
