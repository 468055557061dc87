"""Zip archives, as PyTorch, Keras and NumPy write them: looked through before anything is unpacked."""

import io
import struct
import zipfile
from collections.abc import Mapping

from lstm_viz.files.limits import LIMIT, MOST_TENSORS, Refused, megabytes, shown

MOST_ENTRIES = MOST_TENSORS + 1_000
_MOST_A_NAME = 400  # bytes of an entry in the directory, its name included
_UNPACKED = 3
"""How many times its own size an archive may unpack to; weights hardly shrink, and PyTorch and Keras pack nothing."""

_END, _END64, _PLACE64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"


def entries(name: str, content: bytes) -> Mapping[str, zipfile.ZipInfo]:
    """The entries of an archive by name, from its directory alone.

    The directory has to be the last thing in the file, whole, with every name once: two libraries that read it then
    see the same.

    Raises
    ------
    Refused
        for a damaged archive, and one with more in it, or of a larger size, than is read.
    """
    start, size = _directory(name, content)
    if size > MOST_ENTRIES * _MOST_A_NAME:
        raise Refused(
            f"{shown(name)}: the list of its parts has {megabytes(size)}; at most {MOST_ENTRIES} parts are read"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            agreed = archive.start_dir == start
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as problem:
        raise _damaged(name, str(problem)) from None
    found = {entry.filename.lower(): entry for entry in listed}
    if not agreed or len(found) < len(listed) or any(entry.filename != entry.orig_filename for entry in listed):
        raise _damaged(name, "its list of parts is ambiguous")
    if len(listed) > MOST_ENTRIES:
        raise Refused(f"{shown(name)}: it has {len(listed)} parts; at most {MOST_ENTRIES} are read")
    unpacked = sum(entry.file_size for entry in listed)
    if unpacked > min(LIMIT, max(_UNPACKED * len(content), 2**20)):
        raise Refused(
            f"{shown(name)}: its {megabytes(len(content))} unpack to {megabytes(unpacked)}; at most {_UNPACKED} times "
            f"its own size and {megabytes(LIMIT)} are read"
        )
    if any(entry.flag_bits & 1 for entry in listed):
        raise Refused(f"{shown(name)}: it is encrypted; save it without a password")
    return {entry.filename: entry for entry in listed}


def unpacked(name: str, content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """One part of an archive whose `entries` were looked through; never more of it than they declare."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(entry) as part:
            found = part.read(entry.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as problem:
        raise _damaged(name, str(problem)) from None
    if len(found) != entry.file_size:
        raise _damaged(name, f"{shown(entry.filename)} is longer or shorter than declared")
    return found


def _directory(name: str, content: bytes) -> tuple[int, int]:
    """Where the directory of an archive begins, and its size; Refused where its end is not the end of the file."""
    end = len(content) - 22
    if end < 0 or content[end : end + 4] != _END:
        raise _damaged(name, "its end is missing")
    *_, size, start, _ = struct.unpack("<4H2LH", content[end + 4 :])
    stop = end
    if end >= 20 and content[end - 20 : end - 16] == _PLACE64:
        (stop,) = struct.unpack("<Q", content[end - 12 : end - 4])
        if stop + 56 != end - 20 or content[stop : stop + 4] != _END64:
            raise _damaged(name, "its end is garbled")
        size, start = struct.unpack("<2Q", content[stop + 40 : stop + 56])
    if start + size != stop:
        raise _damaged(name, "its list of parts is not where it should be")
    return start, size


def _damaged(name: str, why: str) -> Refused:
    return Refused(f"{shown(name)}: the archive is damaged or incomplete ({shown(why)}); copy or save it again")
