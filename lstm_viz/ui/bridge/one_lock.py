"""All runs of a session share one lock of its state.

Where a reader asks for a page while another is run, Streamlit begins the one beside what is left of the other. Both
change the session's state, and each under a lock of its own: one may end in an error where it goes through what the
other adds to, and then the page that was asked for does not come.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock, RLock
from typing import Any
from weakref import WeakValueDictionary

from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

_LOCK = "_lock"
_locks: WeakValueDictionary[int, Any] = WeakValueDictionary()  # of a state, for as long as a run has it
_finding = Lock()


def begin() -> None:
    """Have all that Streamlit makes of a session's state from now on take turns; once for the process."""
    made = SafeSessionState.__init__
    # Where Streamlit has no such lock any more, there is nothing to share.
    if hasattr(made, "__wrapped__") or _LOCK not in SafeSessionState.__annotations__:
        return

    @wraps(made)
    def make(safe: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]) -> None:
        made(safe, state, yield_callback)
        with _finding:
            lock = _locks.setdefault(id(state), RLock())
        # What is set in the usual way is kept for the reader.
        object.__setattr__(safe, _LOCK, lock)

    setattr(SafeSessionState, "__init__", make)  # noqa: B010 -- of a class, which is no plain assignment to mypy
