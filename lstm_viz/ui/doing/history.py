"""Undo and redo: what was on show, as plain values, before and after each change."""

from collections.abc import Mapping
from typing import Any

State = dict[str, Any]
MOST = 100
"""Changes that can be undone."""


def fresh() -> dict[str, list[Any]]:
    """A history in which nothing has happened."""
    return {"past": [], "future": []}


def record(history: Mapping[str, list[Any]], before: State, *, typing: bool = False) -> dict[str, list[Any]]:
    """The history after a change; keys typed one after the other count as one change."""
    past = history["past"]
    going_on = typing and past and past[-1]["typing"]
    entry = [] if going_on else [{"state": dict(before), "typing": typing}]
    return {"past": [*past, *entry][-MOST:], "future": []}


def undo(history: Mapping[str, list[Any]], now: State) -> tuple[dict[str, list[Any]], State]:
    """The history one change back, and what was on show then; as they are where there is nothing to undo."""
    if not history["past"]:
        return dict(history), now
    *past, last = history["past"]
    return {"past": past, "future": [*history["future"], dict(now)]}, last["state"]


def redo(history: Mapping[str, list[Any]], now: State) -> tuple[dict[str, list[Any]], State]:
    """The history one change on again, and what was on show then; as they are where there is nothing to redo."""
    if not history["future"]:
        return dict(history), now
    *future, following = history["future"]
    return {"past": [*history["past"], {"state": dict(now), "typing": False}], "future": future}, following
