"""Files, damaged at random; plain values and texts are damaged in `mutations`."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence

Change = Callable[[bytearray, random.Random, Sequence[bytes]], None]

EXTREMES = (0, 1, 2, 127, 128, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**63 - 1, 2**63, 2**64 - 1)
"""Numbers at which readers stumble; written into the bytes at any place and in any width."""


def flip(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """Up to 16 bits."""
    for _bit in range(draw.choice((1, 1, 2, 4, 16))):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def overwrite(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """Up to 8 bytes, by any."""
    start = draw.randrange(len(content))
    size = draw.randint(1, 8)
    content[start : start + size] = draw.randbytes(size)


def extreme(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """A whole number, by an extreme one; as often as not where headers are: near the beginning or the end."""
    width = draw.choice((1, 2, 4, 8))
    near = min(len(content), 256)
    start = draw.choice((draw.randrange(len(content)), draw.randrange(near), len(content) - 1 - draw.randrange(near)))
    encoded = struct.pack("<Q", draw.choice(EXTREMES))[:width]
    content[start : start + width] = encoded if draw.random() < 0.7 else encoded[::-1]


def digits(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """A number that is written out, as in a header of JSON, by another."""
    written = [match.span() for match in re.finditer(rb"\d+", content[:65536])]
    if written:
        start, stop = draw.choice(written)
        content[start:stop] = str(draw.choice((*EXTREMES, -1, 1e300, draw.randrange(100)))).encode()


def truncate(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """All from a place on."""
    del content[draw.randrange(len(content)) :]


def remove(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """A piece from the middle."""
    start = draw.randrange(len(content))
    del content[start : start + draw.randint(1, 64)]


def repeat(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """A piece, once more at another place."""
    start = draw.randrange(len(content))
    piece = bytes(content[start : start + draw.randint(1, 256)]) * draw.choice((1, 1, 2, 50))
    place = draw.randrange(len(content))
    content[place:place] = piece


def splice(content: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    """A piece, by one of another file."""
    other = draw.choice(others)
    start = draw.randrange(len(other))
    piece = other[start : start + draw.randint(1, 512)]
    place = draw.randrange(len(content))
    content[place : place + draw.choice((0, len(piece)))] = piece


CHANGES: tuple[Change, ...] = (flip, overwrite, extreme, extreme, digits, truncate, remove, repeat, splice)


def mutated(seed: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    """A file, damaged; an archive as often as not inside: one part is changed, and all packed anew."""
    if seed.startswith(b"PK") and draw.random() < 0.6:
        return _inside(seed, draw, others)
    return changed_bytes(seed, draw, others)


def changed_bytes(seed: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    """A file, damaged in one to five places; a splice is of one of the others."""
    content = bytearray(seed)
    for _ in range(draw.choice((1, 1, 1, 2, 3, 5))):
        if content:
            draw.choice(CHANGES)(content, draw, others)
    return bytes(content)


def _inside(seed: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = draw.choice([name for name, part in parts.items() if part])
    parts[chosen] = changed_bytes(parts[chosen], draw, others)
    if draw.random() < 0.1:
        parts[f"{draw.choice(list(parts))}{draw.choice(('', '0', '/', '.json'))}"] = parts[chosen]
    if draw.random() < 0.1:
        del parts[draw.choice(list(parts))]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", draw.choice((zipfile.ZIP_STORED,) * 4 + (zipfile.ZIP_DEFLATED,))) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return file.getvalue()
