"""How often somebody may ask: so many at once, and so many a second from then on."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

MOST = 10_000
"""Askers that are remembered; who has not asked for longest is forgotten first."""


class Pace:
    """A bucket an asker, which each question takes from and time fills.

    Parameters
    ----------
    at_once : questions that may come without a pause
    a_second : what a bucket gains
    clock : seconds, from any beginning on
    """

    def __init__(self, at_once: float, a_second: float, clock: Callable[[], float] = monotonic) -> None:
        self._at_once, self._a_second, self._clock = at_once, a_second, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, asker: str) -> bool:
        """Take one, if there is one."""
        with self._lock:
            left = self._now(asker)
            taken = left >= 1
            self._left[asker] = (left - taken, self._clock())
            self._left.move_to_end(asker)
            if len(self._left) > MOST:
                self._left.popitem(last=False)
            return taken

    def _now(self, asker: str) -> float:
        left, at = self._left.get(asker, (self._at_once, self._clock()))
        return min(self._at_once, left + (self._clock() - at) * self._a_second)
