"""A case that fails, made as small as it goes while it fails in the same way."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz.mutations import part_of, places, with_part

PATIENCE = 10.0
"""Seconds after which it is left as it is."""
PLAIN: tuple[Any, ...] = (None, 0, "", [], {})
"""What a part is replaced by where it does not matter."""


def reduced(given: Any, fails: Callable[[Any], bool]) -> Any:
    """The smallest input found that still fails."""
    give_up = time.monotonic() + PATIENCE
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(given):
            if time.monotonic() > give_up:
                return given
            if fails(candidate):
                given, smaller = candidate, True
                break
    return given


def _smaller(given: Any) -> Iterator[Any]:
    if isinstance(given, (str, bytes)):
        yield from _pieces(given)
        return
    for way in places(given):
        if not way:
            continue
        yield with_part(given, way, lambda around, key: around.__delitem__(key))
        part = part_of(given, way)
        for plain in PLAIN:
            if type(part) is type(plain) and part == plain:
                break
            yield with_part(given, way, lambda around, key, plain=plain: around.__setitem__(key, plain))
        if isinstance(part, str) and len(part) > 1:
            for piece in _pieces(part):
                yield with_part(given, way, lambda around, key, piece=piece: around.__setitem__(key, piece))


def _pieces(text: Any) -> Iterator[Any]:
    """Without one of its halves, quarters, … down to single characters, of short ones."""
    length = len(text)
    piece = length // 2
    while piece >= max(1, length // 64):
        for start in range(0, length, piece):
            yield text[:start] + text[start + piece :]
        piece //= 2
