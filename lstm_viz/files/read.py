"""The one way in: a file's bytes → what is in it, whichever format they have."""

import hashlib
import struct
from collections.abc import Callable

from lstm_viz.files.archive import entries
from lstm_viz.files.found import ModelFile
from lstm_viz.files.hdf5 import MAGIC
from lstm_viz.files.keras_file import is_keras, read_keras
from lstm_viz.files.limits import CONVERTER, ENDINGS, Refused, check_size, shown
from lstm_viz.files.onnx_file import is_onnx, read_onnx
from lstm_viz.files.pytorch_file import OLD_FORMAT, read_pytorch
from lstm_viz.files.safetensors_file import read_safetensors

Reader = Callable[[str, bytes, str], ModelFile]
"""``(name, content, digest) → ModelFile``; what it raises besides `Refused` is told as a damaged file."""

READERS: dict[str, Reader] = {
    "safetensors": read_safetensors,
    "PyTorch": read_pytorch,
    "ONNX": read_onnx,
    "Keras": read_keras,
}
"""By the name of the format, as a `ModelFile` says it."""

KNOWN = ", ".join(f"{kind} ({' or '.join(endings)})" for kind, endings in ENDINGS.items())


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
    try:
        kind = format_of(name, content)
        if kind not in READERS:
            raise Refused(f"{shown(name)}: this is {kind}; expected {KNOWN}. From Python: {CONVERTER}")
        return READERS[kind](name, content, hashlib.sha256(content).hexdigest())
    except Refused:
        raise
    except BaseException as problem:
        # A panic in a library written in Rust is no `Exception`; what stops the program is none either, and passes.
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        raise Refused(
            f"{shown(name)}: it begins as a {kind} file and cannot be read as one: it is damaged or incomplete "
            f"({type(problem).__name__}). Copy or save it again"
        ) from None


def format_of(name: str, content: bytes) -> str:
    """Which format the bytes say, by the names of `READERS`; or, in words, what else it is."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_of(name, content)
    if content.startswith(OLD_FORMAT):
        return "PyTorch"
    if len(content) > 8 and content[8:9] == b"{" and struct.unpack("<Q", content[:8])[0] < 2**40:
        return "safetensors"
    for start, kind in _OTHERS.items():
        if content.startswith(start):
            return kind
    if content.startswith(MAGIC):
        return "Keras"
    if is_onnx(content):
        return "ONNX"
    if content[257:262] == b"ustar":
        return "a tar archive; unpack it, and give the file of weights in it"
    return "a file of no kind that is known here"


def _archive_of(name: str, content: bytes) -> str:
    parts = entries(name, content)
    if any(path.endswith("data.pkl") for path in parts):
        return "PyTorch"
    if is_keras(parts):
        return "Keras"
    if parts and all(path.endswith(".npy") for path in parts):
        return "a NumPy archive, which does not say what its arrays are"
    return "a zip archive without a model in it"


_OTHERS = {
    b"\x80": "a pickle, which is read by running what is in it; nothing in it was run",
    b"\x1f\x8b": "a file packed by gzip; unpack it first",
    b"7z\xbc\xaf": "a file packed by 7-Zip; unpack it first",
    b"\x93NUMPY": "a NumPy array, which does not say what it is",
    b"GGUF": "a GGUF file, which holds no recurrent layers",
}
"""Beginnings of files that are none of ours."""
