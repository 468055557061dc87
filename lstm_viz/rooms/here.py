"""The rooms of this server: in its memory, or in the Redis that `LSTM_VIZ_REDIS` names."""

import os
from functools import cache
from time import monotonic

from lstm_viz.rooms.errors import Unreachable
from lstm_viz.rooms.memory import Memory
from lstm_viz.rooms.rooms import Rooms
from lstm_viz.rooms.store import Store

VARIABLE = "LSTM_VIZ_REDIS"
"""Names the Redis, as redis://host:6379/0, in which several processes share their rooms."""
AGAIN = 10.0
"""Seconds after which a Redis that did not answer is asked again."""

_unreachable: tuple[float, str] = (0.0, "")  # until when, and why


@cache
def rooms() -> Rooms:
    """The rooms of this server.

    Raises
    ------
    Unreachable
        where the variable names no Redis
    """
    return Rooms(_store(os.environ.get(VARIABLE, "")))


def _store(url: str) -> Store:
    if not url:
        return Memory()
    try:
        from lstm_viz.rooms.shared import Shared  # who has no Redis need not have its package
    except ModuleNotFoundError as error:
        message = f"{VARIABLE} is set, and the package redis is not installed: install it, or unset the variable."
        raise Unreachable(message) from error
    return Shared(url)


def why_none() -> str:
    """Why there are no rooms to be had now, as a sentence; "" where there are."""
    global _unreachable
    until, why = _unreachable
    if monotonic() < until:
        return why
    try:
        rooms().store.reach()
    except Unreachable as error:
        _unreachable = (monotonic() + AGAIN, str(error))
        return str(error)
    return ""
