"""Digests of parts of a message, worked out once of what never changes."""

import json
import zlib
from functools import cached_property
from typing import Any


class Lasting(dict[str, Any]):
    """A part that is made once and never changed, so that its digest is worked out once."""

    @cached_property
    def digest(self) -> str:
        """See `digest`."""
        return digest(dict(self))


def digest(part: Any) -> str:
    """A few characters that tell one plain value from another."""
    if isinstance(part, Lasting):
        return part.digest
    return f"{zlib.crc32(json.dumps(part, ensure_ascii=False).encode(errors='replace')):08x}"
