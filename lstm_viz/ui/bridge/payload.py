"""A message to the browser: a JSON header, then float32 arrays. The JavaScript side is web/core/payload.js.

Streamlit passes bytes through untouched, while arrays in a dictionary would go through a data frame first.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.live_page.lasting import digest


def pack(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], file: bytes = b"") -> bytes:
    """Four bytes for the length of the header, the header with each array's name and shape, and the arrays' bytes.

    Parameters
    ----------
    file : what follows the arrays as it is
    """
    blocks = {name: np.ascontiguousarray(array, dtype="<f4") for name, array in arrays.items()}
    listed = [{"name": name, "shape": block.shape} for name, block in blocks.items()]
    text = json.dumps({**header, "arrays": listed}, ensure_ascii=False, allow_nan=False)
    content = text.encode(errors="replace")  # half of a surrogate pair, which a browser may send
    return b"".join([struct.pack("<I", len(content)), content, *(block.tobytes() for block in blocks.values()), file])


CONSTANT = (
    *("answer", "axisWords", "chain", "changeWords", "editor", "examples", "file", "framing", "glossary", "holdable"),
    *("layers", "menu", "networks", "notations", "order", "orders", "presets", "quantities", "rankable"),
    *("rows", "rules", "saturated", "shape", "sheet", "speeds", "takeAway", "themes", "training"),
)
"""Parts of a header that seldom change: each is sent when the browser does not hold it as it is."""


def without_known(header: Mapping[str, Any], has: Mapping[str, str]) -> dict[str, Any]:
    """A header without those of its `CONSTANT` parts that the browser holds, and ``parts``, what it should hold.

    Parameters
    ----------
    has : part → digest, as the browser holds it
    """
    digests = {name: digest(header[name]) for name in CONSTANT if name in header}
    left = {name: value for name, value in header.items() if name not in digests or has.get(name) != digests[name]}
    return {**left, "parts": digests}


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """The header and the arrays that `pack` was given."""
    (size,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + size])
    arrays, offset = {}, 4 + size
    for entry in header.pop("arrays"):
        count = int(np.prod(entry["shape"]))
        arrays[entry["name"]] = np.frombuffer(message, "<f4", count, offset).reshape(entry["shape"])
        offset += 4 * count
    return header, arrays
