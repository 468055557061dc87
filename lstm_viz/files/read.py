"""The one way in: a file's bytes → what is in it, whichever format they have."""

import hashlib
import struct
from collections.abc import Callable

from lstm_viz.files.found import ModelFile
from lstm_viz.files.limits import CONVERTER, Refused, check_size, shown
from lstm_viz.files.safetensors_file import read_safetensors

Reader = Callable[[str, bytes, str], ModelFile]
"""``(name, content, digest) → ModelFile``; what it raises besides `Refused` is told as a damaged file."""

READERS: dict[str, Reader] = {"safetensors": read_safetensors}
"""By the name of the format, as a `ModelFile` says it."""

KNOWN = "a .safetensors file, a PyTorch .pt, .pth or .ckpt, an ONNX .onnx, or a Keras .keras or .h5"


def read_file(name: str, content: bytes) -> ModelFile:
    """Find the recurrent layers in a model file. What kind of file it is, its bytes say, not its name.

    Parameters
    ----------
    name : of the file, for the sentences
    content : all of its bytes, at most `LIMIT`

    Raises
    ------
    ValueError
        for a file that cannot be read or holds no recurrent layer: a sentence fit for the user.
    """
    check_size(name, content)
    kind = format_of(content)
    if kind not in READERS:
        raise Refused(f"{shown(name)}: this is {kind}; expected {KNOWN}. From Python: {CONVERTER}")
    try:
        return READERS[kind](name, content, hashlib.sha256(content).hexdigest())
    except Refused:
        raise
    except (Exception, RecursionError, MemoryError) as problem:
        raise Refused(
            f"{shown(name)}: it begins as a {kind} file and cannot be read as one: it is damaged or incomplete "
            f"({type(problem).__name__}). Copy or save it again"
        ) from None


def format_of(content: bytes) -> str:
    """Which format the first bytes say, by the names of `READERS`; or, in words, what else it is."""
    if content[:4] == b"PK\x03\x04":
        return "PyTorch"
    if len(content) > 8 and content[8:9] == b"{" and struct.unpack("<Q", content[:8])[0] < 2**40:
        return "safetensors"
    return "a file of no kind that is known here"
