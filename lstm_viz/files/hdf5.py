"""What an HDF5 file of Keras holds: its arrays by the path of their groups, and its config as text."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.files.limits import LIMIT, MOST_TENSORS, Refused, shown

MAGIC = b"\x89HDF\r\n\x1a\n"
INSTALL = "reading Keras files needs the package h5py: pip install h5py"

SECONDS = 8
MEMORY = 4 * 2**30
"""What the process that reads a file may take of each; it asks for far more memory than it uses."""

_LONGEST = 30
"""Seconds by the clock, on a busy machine."""

_READER = Path(__file__).with_name("hdf5_reader.py")


@dataclass(frozen=True, eq=False)
class Group:
    """The arrays of one layer or cell.

    Attributes
    ----------
    path : names of the layers that it lies in, the outermost first, its own last
    keys : the same as the file's groups are called, which for Keras 3 is by class: ``lstm_1``
    arrays : name → array, in the order in which Keras lists them: "kernel", "recurrent_kernel", "bias"; or "0", "1", …
    """

    path: tuple[str, ...]
    keys: tuple[str, ...]
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Stored:
    """What is in the file; `config` and `version` are None where it holds weights alone."""

    groups: list[Group]
    config: str | None
    version: str | None


def read_stored(name: str, content: bytes) -> Stored:
    """All arrays of a file, read by `hdf5_reader.py` in a process of its own.

    Raises
    ------
    Refused
        for what is larger than is read, damaged, or not in the file.
    """
    if find_spec("h5py") is None:
        raise Refused(f"{shown(name)}: {INSTALL}")
    command = [sys.executable, "-P", str(_READER), *map(str, (LIMIT, MOST_TENSORS, MEMORY, SECONDS))]
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_LONGEST, env=alone)
    except subprocess.TimeoutExpired:
        raise _damaged(name, f"it was not read in {_LONGEST} seconds") from None
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise _damaged(name, "the library that reads it broke off")
    said = json.loads(head)
    if "refused" in said:
        sentence, *names = said["refused"]
        raise Refused(f"{shown(name)}: {sentence.format(*map(shown, names)) if names else sentence}")
    if "damaged" in said:
        raise _damaged(name, said["damaged"])
    groups, at = [], 0
    for path, keys, listed in said["groups"]:
        group = Group(tuple(path), tuple(keys))
        for key, kind, shape in listed:
            count = int(np.prod(shape, dtype=np.int64))
            group.arrays[key] = np.frombuffer(rest, kind, count, at).reshape(shape)
            at += group.arrays[key].nbytes
        groups.append(group)
    return Stored(groups, said["config"], said["version"])


def _damaged(name: str, why: str) -> Refused:
    return Refused(
        f"{shown(name)}: it cannot be read as an HDF5 file: it is damaged or incomplete ({why}); save it again"
    )
