"""How Linux hands the server its memory, and has it back. Elsewhere none of this is there, and nothing is done."""

import ctypes
from contextlib import suppress

ARENA_MAX, MMAP_THRESHOLD, TRIM_THRESHOLD = -8, -3, -1
"""Names of what can be asked of glibc's allocator, from its malloc.h."""
ARENAS = 2
"""Every run of a page is a thread of its own, and what one has freed another cannot use that takes from elsewhere."""
LARGE = 128 * 1024
"""Bytes from which on an array is asked of the system by itself, so that it goes back to it by itself. Without being
told, the allocator takes the largest array that was ever freed for the measure."""


def keep_little() -> None:
    """Have what is freed go back to the system, or to whichever thread asks next; before threads begin."""
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        for name, value in ((ARENA_MAX, ARENAS), (MMAP_THRESHOLD, LARGE), (TRIM_THRESHOLD, LARGE)):
            library.mallopt(name, value)


def give_back() -> None:
    """Give the system what is free now."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
