"""What a file carries for the browser: a JSON header and arrays, compressed, in letters.

The other side is web/live/data.js.
"""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = {"float32": "<f4", "float64": "<f8", "uint16": "<u2", "uint8": "|u1"}
"""Of the arrays, by the name that both sides know."""
_BLOCK = 8  # arrays begin at a multiple of the largest number's bytes


def packed(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> str:
    """Header and arrays as base64: no letter of it means anything in HTML or JavaScript.

    Parameters
    ----------
    arrays : float32, float64, two bytes or one; the first bytes of all numbers come first, which compresses better
    """
    listed, blocks, place = [], [], 0
    for name, array in arrays.items():
        kind = array.dtype.name
        block = np.ascontiguousarray(array, dtype=KINDS[kind])
        planes = block.reshape(-1).view(np.uint8).reshape(-1, block.itemsize).T.tobytes()
        listed.append({"name": name, "shape": block.shape, "kind": kind, "place": place})
        room = -len(planes) % _BLOCK
        blocks.append(planes + bytes(room))
        place += len(planes) + room
    text = json.dumps({**header, "arrays": listed}, ensure_ascii=False, allow_nan=False).encode()
    whole = b"".join([len(text).to_bytes(4, "little"), text, *blocks])
    return base64.b64encode(gzip.compress(whole, compresslevel=6, mtime=0)).decode()


def unpacked(text: str) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The header and the arrays that `packed` was given."""
    whole = gzip.decompress(base64.b64decode(text))
    size = int.from_bytes(whole[:4], "little")
    header = json.loads(whole[4 : 4 + size])
    arrays = {}
    for entry in header.pop("arrays"):
        kind = np.dtype(KINDS[entry["kind"]])
        count = int(np.prod(entry["shape"]))
        planes = np.frombuffer(whole, np.uint8, count * kind.itemsize, 4 + size + entry["place"])
        flat = np.ascontiguousarray(planes.reshape(kind.itemsize, count).T).view(kind)
        arrays[entry["name"]] = flat.reshape(entry["shape"])
    return header, arrays
