"""What an HDF5 file of Keras holds, read within bounds: its arrays by the path of their groups, and its config as text.

Nothing outside the file is opened: links to other files, and data kept in them, are refused. Sizes are looked at before
anything is unpacked.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.files.limits import LIMIT, MOST_TENSORS, Refused, megabytes, shown

MAGIC = b"\x89HDF\r\n\x1a\n"
INSTALL = "reading Keras files needs the package h5py: pip install h5py"

_MOST_GROUPS = 20_000
_DEEPEST = 32
_LARGEST_CHUNK = 64 * 2**20
_LONGEST_CONFIG = 16 * 2**20
_UNPACKED = 50
"""How many times its own size a file may unpack to; weights hardly shrink."""

_INSIDE = ("layers", "_layer_checkpoint_dependencies", "vars")
"""Groups that Keras 3 puts between a layer and what is in it."""

_OPTIMIZER = ("optimizer", "optimizer_weights")


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
    """All arrays of a file.

    Raises
    ------
    Refused
        for what is larger than is read, or not in the file.
    """
    try:
        import h5py
    except ImportError:
        raise Refused(f"{shown(name)}: {INSTALL}") from None
    with h5py.File(io.BytesIO(content), "r") as file:
        config = _text(name, file.attrs, "model_config")
        version = _text(name, file.attrs, "keras_version")
        root = _child(name, file, "model_weights") or file
        version = version or _text(name, root.attrs, "keras_version")
        walk = _Walk(name, len(content))
        if "layer_names" in root.attrs or "layer_names0" in root.attrs:
            groups = list(_by_layer(walk, root))
        else:
            groups = list(_by_path(walk, root))
    return Stored([group for group in groups if group.arrays], config, version)


class _Walk:
    """Counts what is taken, and refuses what is too much."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size = name, size
        self._groups = self._arrays = self._bytes = 0

    def children(self, group: Any, depth: int) -> Iterator[tuple[str, Any]]:
        """What a group holds in the file itself; no link is followed out of it."""
        import h5py

        self._groups += 1
        if self._groups > _MOST_GROUPS or depth > _DEEPEST:
            raise Refused(
                f"{shown(self._name)}: its groups lie in each other without an end, or are more than {_MOST_GROUPS}"
            )
        for key in group:
            link = group.get(key, getlink=True)
            if not isinstance(link, h5py.HardLink):
                kind = "another file" if isinstance(link, h5py.ExternalLink) else "another place"
                raise Refused(f"{shown(self._name)}: {shown(key)} is a link to {kind}; links are not followed")
            yield key, group[key]

    def array(self, data: Any) -> NDArray[Any] | None:
        """An array of fractions; None for any other."""
        where = shown(data.name or "an array")
        if data.is_virtual or data.external:
            raise Refused(f"{shown(self._name)}: {where} is kept in another file, which is not opened")
        kind = str(data.attrs.get("dtype", "")) if data.dtype.kind == "V" else ""
        if (data.dtype.kind != "f" and kind != "bfloat16") or data.dtype.itemsize > 8 or data.shape is None:
            return None
        self._arrays += 1
        size = int(np.prod([float(n) for n in data.shape])) * data.dtype.itemsize
        self._bytes += size
        most = min(LIMIT, max(_UNPACKED * self._size, 2**20))
        if self._bytes > most or self._arrays > MOST_TENSORS:
            raise Refused(
                f"{shown(self._name)}: its arrays come to more than {megabytes(most)} or {MOST_TENSORS}; at most "
                f"{_UNPACKED} times its own size and {megabytes(LIMIT)} are read"
            )
        if data.chunks and int(np.prod([float(n) for n in data.chunks])) * data.dtype.itemsize > _LARGEST_CHUNK:
            raise Refused(f"{shown(self._name)}: {where} is packed in pieces of more than {megabytes(_LARGEST_CHUNK)}")
        if size and not data.id.get_storage_size():
            sizes = " × ".join(map(str, data.shape))
            raise Refused(f"{shown(self._name)}: {where} should hold {sizes} numbers, and none are in the file")
        found = np.asarray(data[()])
        if kind == "bfloat16":
            found = (found.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
        return found


def _by_layer(walk: _Walk, root: Any) -> Iterator[Group]:
    """Keras 2, and whole models in .h5: a group a layer, in it arrays by the names of their variables."""
    import h5py

    for layer, group in walk.children(root, 0):
        if not isinstance(group, h5py.Group):
            continue
        found: dict[tuple[str, ...], Group] = {}
        waiting: list[tuple[Any, tuple[str, ...], int]] = [(group, (), 1)]
        arrays: dict[str, NDArray[Any]] = {}
        while waiting:
            inner, path, depth = waiting.pop()
            for key, child in walk.children(inner, depth):
                here = (*path, key)
                if isinstance(child, h5py.Group):
                    waiting.append((child, here, depth + 1))
                elif (array := walk.array(child)) is not None:
                    arrays["/".join(here)] = array
        listed = [_decoded(each) for each in group.attrs.get("weight_names", [])]
        in_order = [*(each for each in listed if each in arrays), *(each for each in arrays if each not in listed)]
        for variable in in_order:
            *parents, last = variable.split("/")
            # The group has the layer's own name, and the path of its variables mostly begins with it again.
            whole = (layer, *(parents[1:] if parents[:1] == [layer] else parents))
            made = found.setdefault(tuple(parents), Group(whole, whole))
            made.arrays[re.sub(r":\d+$", "", last)] = arrays[variable]
        yield from found.values()


def _by_path(walk: _Walk, root: Any) -> Iterator[Group]:
    """Keras 3: a group a layer by its class, in it "vars", numbered; newer versions say the layer's name there."""
    import h5py

    waiting: list[tuple[Any, tuple[str, ...], tuple[str, ...], int]] = [(root, (), (), 0)]
    while waiting:
        group, path, keys, depth = waiting.pop()
        made = Group(path, keys)
        inner = []
        for key, child in walk.children(group, depth):
            key = key.replace("\\", "/")
            if isinstance(child, h5py.Dataset):
                if (array := walk.array(child)) is not None:
                    made.arrays[key] = array
            elif depth == 0 and key in _OPTIMIZER:
                continue
            elif key.rpartition("/")[2] == "vars":
                for number, data in sorted(walk.children(child, depth + 1), key=lambda each: each[0].zfill(4)):
                    if isinstance(data, h5py.Dataset) and (array := walk.array(data)) is not None:
                        made.arrays[number] = array
            else:
                steps = [step for step in key.split("/") if step not in _INSIDE]
                said = _named(child)
                named = [*steps[:-1], said] if said and steps else steps
                inner.append((child, (*path, *named), (*keys, *steps), depth + 1))
        yield made
        waiting += reversed(inner)


def _named(group: Any) -> str:
    """The name that a layer's group says it has."""
    import h5py

    if isinstance(group.get("vars", getlink=True) if "vars" in group else None, h5py.HardLink):
        said = group["vars"].attrs.get("name", "")
        return _decoded(said) if len(said) else ""
    return ""


def _child(name: str, group: Any, key: str) -> Any:
    import h5py

    if key not in group:
        return None
    if not isinstance(group.get(key, getlink=True), h5py.HardLink):
        raise Refused(f"{shown(name)}: {key} is a link; links are not followed")
    found = group[key]
    return found if isinstance(found, h5py.Group) else None


def _text(name: str, attributes: Any, key: str) -> str | None:
    if key not in attributes:
        return None
    if attributes.get_id(key).get_storage_size() > _LONGEST_CONFIG:
        raise Refused(f"{shown(name)}: its {key} has more than {megabytes(_LONGEST_CONFIG)}")
    return _decoded(attributes[key])


def _decoded(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
