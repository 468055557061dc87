"""What readers have of their own in a server's memory: that of all sessions together has a bound."""

import gc
from collections.abc import Callable, Iterable
from threading import Lock, Timer
from typing import Any
from weakref import WeakSet

from lstm_viz.ui import allocation

MB = 2**20
SOON = 3.0
"""Seconds after which what a model took is given back."""


class Held:
    """What is there of one kind, for as long as anyone has it.

    Parameters
    ----------
    most : bytes that all of it may take
    full : what is said where that is not enough, with ``taken``, ``total`` and ``needed`` in MB
    size : of some things together, in bytes
    """

    def __init__(self, most: int, full: str, size: Callable[[Iterable[Any]], int]) -> None:
        self.most, self._full, self._size = most, full, size
        self._there: WeakSet[Any] = WeakSet()
        self._opening = Lock()

    def taken(self) -> int:
        """Bytes that all of it takes."""
        return self._size(list(self._there))

    def take(self, comes: Iterable[Any], leaves: Iterable[Any]) -> None:
        """Count in what comes, in the place of what is about to leave.

        Raises
        ------
        ValueError
            in a sentence for the reader, where there is no room; nothing has changed then.
        """
        comes, leaves = list(comes), [each for each in leaves if each is not None]
        with self._opening:
            needed, there = self._size(comes), self.taken() - self._size(leaves)
            if there + needed > self.most:
                mb = [f"{each / MB:,.0f}" for each in (there, self.most, needed)]
                raise ValueError(self._full.format(taken=mb[0], total=mb[1], needed=mb[2]))
            for each in comes:
                self._there.add(each)


def give_back() -> None:
    """Free what a model took that is no longer on show: a network and what it remembers hold each other.

    Only once the run of the page is over, for until then Streamlit still has what was drawn before.
    """
    timer = Timer(SOON, _free)
    timer.daemon = True
    timer.start()


def _free() -> None:
    gc.collect()
    allocation.give_back()
