"""A page that says how many of its runs went on beside each other; the first goes on until a second does, or WAITS.

It shows nothing before, so that nothing ends the first.
"""

from dataclasses import dataclass, field
from threading import Event, Lock

import streamlit as st

WAITS = 2.0  # seconds: many times as long as two messages sent together lie apart


@dataclass
class Runs:
    """Those of the page: how many go on, and how many went on beside each other at most."""

    go_on: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)
    beside: Event = field(default_factory=Event)


@st.cache_resource
def runs() -> Runs:
    """One for the process."""
    return Runs()


with runs().lock:
    first = not runs().most
    runs().go_on += 1
    runs().most = max(runs().most, runs().go_on)
    if runs().go_on > 1:
        runs().beside.set()
if first:
    runs().beside.wait(WAITS)
with runs().lock:
    runs().go_on -= 1
st.markdown(f"At most {runs().most}")
