"""What of a page is folded away and what is lit, beyond what the reader has chosen; `web/live/frame.js` shows it.

A lesson puts such a frame on a page for as long as it shows it: ``with put_on(Frame(hide=("menu",))): live()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from lstm_viz.live_page.lasting import Lasting
from lstm_viz.ui.bridge import session
from lstm_viz.ui.settings.parts import EMBEDDED, PARTS


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
    closed : whether no view may be shown at all, such as by a fragment of a step before that runs once more
    """

    hide: tuple[str, ...] = ()
    lit: tuple[Pointed, ...] = ()
    closed: bool = False

    def __post_init__(self) -> None:
        lit = tuple(str(each.value) for each in self.lit if each.kind in ("quantity", "part"))
        if unknown := [name for name in (*self.hide, *lit) if name not in PARTS]:
            raise ValueError(f"{unknown[0]!r} is no part of a page; expected one of {', '.join(PARTS)}")


_PARTS, _LIVE, _SHOWN = "lv_parts", "lv_live", "lv_what_is_shown"
MOST_OF_A_HEAD = 2
"""Parts that any page has."""
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
    """The frame as part of a message; what the link hides is among the settings."""
    frame, settings = current(), session.settings()
    away = EMBEDDED if settings.embed and not settings.hide else ()
    return {
        "hide": [*frame.hide, *away],
        "lit": [{"kind": each.kind, "value": each.value} for each in frame.lit],
        "embed": settings.embed,
        "theme": settings.theme,
    }


FRAMING = Lasting(titles=PARTS, embedded=list(EMBEDDED))
"""What a page needs to know of frames: the titles of parts, and what is embedded without."""


def part(name: str) -> Any:
    """A container for a part of the page that Streamlit draws; folded away or lit, frame.css says how it looks.

    Parameters
    ----------
    name : one of `PARTS`
    """
    assert name in PARTS, name
    frame, told = current(), header()
    st.session_state.setdefault(_PARTS, []).append(name)
    away = name in told["hide"] or name in session.settings().hide
    lit = any(each.kind == "part" and each.value == name for each in frame.lit)
    return st.container(key=f"lv_{'away' if away else 'lit' if lit else 'part'}_{name}")


def show_all() -> None:
    """At the end of a page: that its link hides some of it, and the way to have it back."""
    hidden = session.settings().hide
    listed, live = st.session_state.pop(_PARTS, []), st.session_state.pop(_LIVE, False)
    if session.settings().embed:
        return
    # A page with an editor has the list beside it.
    if not live and len(listed) > MOST_OF_A_HEAD:
        _what_is_shown(tuple(dict.fromkeys(listed)))
    if not hidden:
        return
    with st.container(key="lv_show_all", horizontal=True, vertical_alignment="center"):
        said = "A part of this page is" if len(hidden) == 1 else f"{len(hidden)} parts of this page are"
        st.caption(f"{said} hidden by its link.", width="content")
        st.button("Show all", on_click=lambda: session.do(["set", {"hide": ()}]), type="tertiary")


def list_is_elsewhere() -> None:
    """Say that this page lists its parts by itself."""
    st.session_state[_LIVE] = True


def _what_is_shown(listed: tuple[str, ...]) -> None:
    """A switch for each part of a page that is made of Streamlit's own."""
    hidden = session.settings().hide
    st.session_state[_SHOWN] = [name for name in listed if name not in hidden]

    def tell() -> None:
        shown = st.session_state[_SHOWN]
        others = [name for name in hidden if name not in listed]
        session.do(["set", {"hide": [*others, *(name for name in listed if name not in shown)]}])

    with st.popover("What is shown", help="Choose what of this page is shown; the link says so."):
        said = "Parts of this page"
        st.pills(said, listed, selection_mode="multi", format_func=_title, key=_SHOWN, on_change=tell)


def _title(name: str) -> str:
    return PARTS[name]
