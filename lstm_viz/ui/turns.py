"""Whole pages, and the answers of live parts, are run a few at a time, first come, first served.

A class that opens a link at once, or comes back at once, asks for hundreds of whole pages, and one that types for
hundreds of answers. Run together they share the processor and are all done at the end; one after the other, each is
done in its turn, and the last no later.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, local

AT_ONCE = 2
"""How many whole pages are run at once: one may wait for something while the other computes."""
ANSWERED_AT_ONCE = 4
"""The same of answers, of which some compute in PyTorch and some wait for those."""
LONGEST = 30.0
"""Seconds after which one is run all the same, whatever holds up those before it."""


class Turns:
    """Turns of whole pages. Every method may be called from any thread.

    Parameters
    ----------
    at_once : how many may be run together
    longest : seconds that one waits at most
    """

    def __init__(self, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        self._free, self._longest = BoundedSemaphore(at_once), longest

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it until the end, whatever comes of it."""
        taken = self._free.acquire(timeout=self._longest)
        try:
            yield
        finally:
            if taken:
                self._free.release()


TURNS = Turns()
"""Those of the app's pages."""
ANSWERS = Turns(ANSWERED_AT_ONCE)
"""Those of its live parts."""


_here = local()


def in_turn(part: Callable[[], None]) -> Callable[[], None]:
    """What shows a live part when its turn comes; one that stands within another, as in a lesson, has the other's."""

    @wraps(part)
    def waiting() -> None:
        if getattr(_here, "has_turn", False):
            return part()
        with ANSWERS.turn():
            _here.has_turn = True
            try:
                part()
            finally:
                _here.has_turn = False

    return waiting
