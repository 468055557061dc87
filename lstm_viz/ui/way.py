"""Who is being answered just now, so that what computes beside the pages lets them go first. No Streamlit here."""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST = 0.5
"""Seconds after which an answer is heavy work itself, and nothing waits for it; also of one that never ends."""


class Way:
    """The answers under way. Every method may be called from any thread.

    Parameters
    ----------
    clock : gives the time in seconds
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[Hashable, float] = {}
        self._changed = Condition()

    def begin(self, who: Hashable) -> None:
        """Somebody waits for an answer."""
        with self._changed:
            self._since[who] = self._clock()

    def end(self, who: Hashable) -> None:
        """It was given."""
        with self._changed:
            self._since.pop(who, None)
            self._changed.notify_all()

    @contextmanager
    def answering(self, who: Hashable) -> Iterator[None]:
        """An answer from its beginning to its end, whatever comes of it."""
        self.begin(who)
        try:
            yield
        finally:
            self.end(who)

    @property
    def clear(self) -> bool:
        """Whether nobody waits."""
        with self._changed:
            return self._is_clear()

    def wait(self, seconds: float) -> None:
        """Return once nobody waits, or after so many seconds: in a full hall there is always somebody."""
        with self._changed:
            self._changed.wait_for(self._is_clear, seconds)

    def _is_clear(self) -> bool:
        now = self._clock()
        for who in [who for who, since in self._since.items() if now - since > LONGEST]:
            del self._since[who]
        return not self._since


WAY = Way()
"""That of the app."""
