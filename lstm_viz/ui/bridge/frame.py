"""What of a page is folded away and what is lit, beyond what the reader has chosen; `web/live/frame.js` shows it.

A lesson puts such a frame on a page for as long as it shows it:

>>> with put_on(Frame(hide=("menu",), lit=())):  # doctest: +SKIP
...     live()
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.settings.parts import PARTS


class Pointed(Protocol):
    """What can be lit."""

    @property
    def kind(self) -> str:
        """``"step"``, ``"unit"``, ``"quantity"`` or ``"part"``."""

    @property
    def value(self) -> int | str:
        """Which: a number, or a name in `PARTS`."""


@dataclass(frozen=True)
class Frame:
    """What is put on a page.

    Attributes
    ----------
    hide : parts and quantities, by name
    lit : what is pointed at
    """

    hide: tuple[str, ...] = ()
    lit: tuple[Pointed, ...] = ()

    def __post_init__(self) -> None:
        lit = tuple(str(each.value) for each in self.lit if each.kind in ("quantity", "part"))
        if unknown := [name for name in (*self.hide, *lit) if name not in PARTS]:
            raise ValueError(f"{unknown[0]!r} is no part of a page; expected one of {', '.join(PARTS)}")


_on: ContextVar[Frame | None] = ContextVar("frame", default=None)


def current() -> Frame:
    """The frame on what is being shown."""
    return _on.get() or st.session_state.get(session.FRAME) or Frame()


def stay(frame: Frame) -> None:
    """Put a frame on all that follows, and on the fragments in it when they run alone, until the page runs anew."""
    st.session_state[session.FRAME] = frame


@contextmanager
def put_on(frame: Frame) -> Iterator[None]:
    """Show what is shown within in a frame."""
    before = _on.set(frame)
    try:
        yield
    finally:
        _on.reset(before)


def header() -> dict[str, Any]:
    """The frame as part of a message; what the reader hides is among the settings."""
    frame = current()
    return {"hide": list(frame.hide), "lit": [{"kind": each.kind, "value": each.value} for each in frame.lit]}


def part(name: str) -> Any:
    """A container for a part of the page that Streamlit draws; folded away or lit, frame.css says how it looks.

    Parameters
    ----------
    name : one of `PARTS`
    """
    assert name in PARTS, name
    frame = current()
    away = name in frame.hide or name in session.settings().hide
    lit = any(each.kind == "part" and each.value == name for each in frame.lit)
    return st.container(key=f"lv_{'away' if away else 'lit' if lit else 'part'}_{name}")
