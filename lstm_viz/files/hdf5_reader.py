"""HDF5 in a process of its own: the file on standard input, what is in it on standard output.

The library is written in C, and on damaged files it has been seen to loop for ever; here it may loop, or break, alone.
Nothing outside the file is opened: links to other files, and data kept in them, are refused. Sizes are looked at before
anything is unpacked. This script imports nothing of the package, so that it starts in no time.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import h5py
import numpy as np

_MOST_GROUPS = 20_000
_DEEPEST = 32
_LARGEST_CHUNK = 64 * 2**20
_LONGEST_CONFIG = 16 * 2**20
_UNPACKED = 50
"""How many times its own size a file may unpack to; weights hardly shrink."""

_INSIDE = ("layers", "_layer_checkpoint_dependencies", "vars")
"""Groups that Keras 3 puts between a layer and what is in it."""

_OPTIMIZER = ("optimizer", "optimizer_weights")
_NO_LINKS = "{} is a link to {}; links are not followed"


class Outside(Exception):
    """What is not read: a sentence with a place for each name from the file, and these names."""


class Group:
    """The arrays of one layer: names of the layers that it lies in and its own; the same as the file has them."""

    def __init__(self, path: tuple[str, ...], keys: tuple[str, ...]) -> None:
        self.path, self.keys, self.arrays = path, keys, dict[str, Any]()


class Walk:
    """Goes through a file, counts what is taken, and refuses what is too much."""

    def __init__(self, size: int, limit: int, most_arrays: int) -> None:
        self._most_bytes, self._most_arrays = min(limit, max(_UNPACKED * size, 2**20)), most_arrays
        self._groups = self._arrays = self._bytes = 0

    def children(self, group: Any, depth: int) -> Iterator[tuple[str, Any]]:
        """What a group holds in the file itself; no link is followed out of it."""
        self._groups += 1
        if self._groups > _MOST_GROUPS or depth > _DEEPEST:
            raise Outside(f"its groups lie in each other without an end, or are more than {_MOST_GROUPS}")
        for key in group:
            yield key, child(group, key)

    def array(self, data: Any) -> Any:
        """An array of fractions; None for any other."""
        if data.is_virtual or data.external:
            raise Outside("{} is kept in another file, which is not opened", data.name)
        kind = str(data.attrs.get("dtype", "")) if data.dtype.kind == "V" else ""
        if (data.dtype.kind != "f" and kind != "bfloat16") or data.dtype.itemsize > 8 or data.shape is None:
            return None
        self._arrays += 1
        size = _bytes(data.shape, data.dtype.itemsize)
        self._bytes += size
        if self._bytes > self._most_bytes or self._arrays > self._most_arrays:
            raise Outside(
                f"its arrays come to more than {self._most_bytes} bytes, or are more than {self._most_arrays}; at most "
                f"{_UNPACKED} times its own size is read"
            )
        if data.chunks and _bytes(data.chunks, data.dtype.itemsize) > _LARGEST_CHUNK:
            raise Outside(f"{{}} is packed in pieces of more than {_LARGEST_CHUNK} bytes", data.name)
        if size and not data.id.get_storage_size():
            sizes = " × ".join(map(str, data.shape))
            raise Outside(f"{{}} should hold {sizes} numbers, and none are in the file", data.name)
        found = np.asarray(data[()])
        if kind == "bfloat16":
            found = (found.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
        return np.ascontiguousarray(found, found.dtype.newbyteorder("<"))


def child(group: Any, key: str) -> Any:
    """A group or an array that another holds, itself and not by a link."""
    link = group.get(key, getlink=True)
    if not isinstance(link, h5py.HardLink):
        raise Outside(_NO_LINKS, key, "another file" if isinstance(link, h5py.ExternalLink) else "another place")
    return group[key]


def by_layer(walk: Walk, root: Any) -> Iterator[Group]:
    """Keras 2, and whole models in .h5: a group a layer, in it arrays by the names of their variables."""
    for layer, group in walk.children(root, 0):
        if not isinstance(group, h5py.Group):
            continue
        waiting: list[tuple[Any, tuple[str, ...], int]] = [(group, (), 1)]
        arrays: dict[str, Any] = {}
        while waiting:
            inner, path, depth = waiting.pop()
            for key, below in walk.children(inner, depth):
                here = (*path, key)
                if isinstance(below, h5py.Group):
                    waiting.append((below, here, depth + 1))
                elif isinstance(below, h5py.Dataset) and (array := walk.array(below)) is not None:
                    arrays["/".join(here)] = array
        listed = [decoded(each) for each in group.attrs.get("weight_names", [])]
        in_order = [*(each for each in listed if each in arrays), *(each for each in arrays if each not in listed)]
        found: dict[tuple[str, ...], Group] = {}
        for variable in dict.fromkeys(in_order):
            *parents, last = variable.split("/")
            # The group has the layer's own name, and the path of its variables mostly begins with it again.
            whole = (layer, *(parents[1:] if parents[:1] == [layer] else parents))
            made = found.setdefault(tuple(parents), Group(whole, whole))
            made.arrays[re.sub(r":\d+$", "", last)] = arrays[variable]
        yield from found.values()


def by_path(walk: Walk, root: Any) -> Iterator[Group]:
    """Keras 3: a group a layer by its class, in it "vars", numbered; newer versions say the layer's name there."""
    waiting: list[tuple[Any, tuple[str, ...], tuple[str, ...], int]] = [(root, (), (), 0)]
    while waiting:
        group, path, keys, depth = waiting.pop()
        made, inner = Group(path, keys), []
        for key, below in walk.children(group, depth):
            steps = key.replace("\\", "/").split("/")
            if isinstance(below, h5py.Dataset):
                if (array := walk.array(below)) is not None:
                    made.arrays[key] = array
            elif depth == 0 and key in _OPTIMIZER:
                continue
            elif steps[-1] == "vars":
                numbered = sorted(walk.children(below, depth + 1), key=lambda each: each[0].zfill(4))
                for number, data in numbered:
                    if isinstance(data, h5py.Dataset) and (array := walk.array(data)) is not None:
                        made.arrays[number] = array
            elif isinstance(below, h5py.Group):
                steps = [step for step in steps if step not in _INSIDE]
                said = decoded(child(below, "vars").attrs.get("name", "")) if "vars" in below else ""
                named = [*steps[:-1], said] if said and steps else steps
                inner.append((below, (*path, *named), (*keys, *steps), depth + 1))
        yield made
        waiting += reversed(inner)


def text(attributes: Any, key: str) -> str | None:
    """A text that the file says of itself."""
    if key not in attributes:
        return None
    if attributes.get_id(key).get_storage_size() > _LONGEST_CONFIG:
        raise Outside(f"its {key} has more than {_LONGEST_CONFIG} bytes")
    return decoded(attributes[key])


def decoded(value: Any) -> str:
    """A text of any kind that HDF5 has."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def read(content: bytes, limit: int, most_arrays: int) -> tuple[dict[str, Any], list[Any]]:
    """What a file holds: facts as plain values, and its arrays in the order in which the facts name them."""
    walk = Walk(len(content), limit, most_arrays)
    with h5py.File(io.BytesIO(content), "r") as file:
        root = child(file, "model_weights") if "model_weights" in file else file
        config = text(file.attrs, "model_config")
        version = text(file.attrs, "keras_version") or text(root.attrs, "keras_version")
        old = "layer_names" in root.attrs or "layer_names0" in root.attrs
        groups = [group for group in (by_layer if old else by_path)(walk, root) if group.arrays]
    arrays = [array for group in groups for array in group.arrays.values()]
    listed = [
        [group.path, group.keys, [[key, each.dtype.str, each.shape] for key, each in group.arrays.items()]]
        for group in groups
    ]
    return {"config": config, "version": version, "groups": listed}, arrays


def _bytes(shape: Any, each: int) -> int:
    total = each
    for size in shape:
        total *= size
    return total


def answer(content: bytes, limit: int, most_arrays: int) -> Iterator[Any]:
    """A line of JSON, then all arrays one after the other."""
    arrays: list[Any] = []
    try:
        said, arrays = read(content, limit, most_arrays)
    except Outside as outside:
        said = {"refused": outside.args}
    except Exception as problem:
        said = {"damaged": type(problem).__name__}
    yield json.dumps(said).encode() + b"\n"
    for array in arrays:
        yield array.data


def main() -> None:
    """Answer what is on standard input, within bounds of memory and time."""
    limit, most_arrays, memory, seconds = map(int, sys.argv[1:])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    except ImportError:
        pass  # Windows has none; the parent counts the seconds there too
    for part in answer(sys.stdin.buffer.read(), limit, most_arrays):
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
