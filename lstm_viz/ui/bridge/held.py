"""What readers have of their own in a server's memory: that of all sessions together has a bound."""

import gc
from collections.abc import Callable, Iterable
from threading import Lock, RLock, Timer
from typing import Any
from weakref import WeakSet, finalize

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lstm_viz.ui import allocation

MB = 2**20
SOON = 3.0
"""Seconds after which what a model took is given back."""
TOGETHER = 10.0
"""Seconds in which what ends is given back together."""
_OWNS = "lv_owns"


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


def give_back_at_end() -> None:
    """Free what this session has of its own once it is over.

    Streamlit lets go of the session then, but what has run its pages and its state hold each other: until Python looks
    for such things of its own accord, models would be counted that nobody has.
    """
    context = get_script_run_ctx()
    if _OWNS in st.session_state or context is None or not runtime.exists():
        return
    # Not a public part of Streamlit, and a harness for tests has none: Python looks in its own time then.
    sessions = getattr(runtime.get_instance(), "_session_mgr", None)
    if sessions and (here := sessions.get_session_info(context.session_id)):
        st.session_state[_OWNS] = True
        finalize(here.session, ENDED.one).atexit = False


class Ended:
    """Sessions that are over, given back together.

    Parameters
    ----------
    free : gives back what nobody has
    timer : calls something after so many seconds, once it is started
    """

    def __init__(self, free: Callable[[], None], timer: Callable[[float, Callable[[], None]], Timer] = Timer) -> None:
        self._free, self._timer = free, timer
        self._changing = RLock()  # an end may be noticed anywhere, also within `one`
        self._waits = False

    def one(self) -> None:
        """Another is over."""
        with self._changing:
            if self._waits:
                return
            self._waits = True
        timer = self._timer(TOGETHER, self._now)
        timer.daemon = True
        timer.start()

    def _now(self) -> None:
        with self._changing:
            self._waits = False
        self._free()


def _free() -> None:
    gc.collect()
    allocation.give_back()


ENDED = Ended(_free)
"""Those of the app."""
