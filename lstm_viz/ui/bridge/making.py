"""What a session takes away, made beside the pages: how far it is, and in the end its bytes.

A browser asks until it has them. The file is of the view that was on show when it was asked for first, whatever is done
meanwhile. Of a session there is one, the last that it asked for, until the browser has it or the session is over.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from weakref import finalize

import streamlit as st

from lstm_viz.ui.bridge import components, served, session
from lstm_viz.ui.jobs import JOBS, Job, Stopped, Tell, Work
from lstm_viz.ui.share import SHARE
from lstm_viz.ui.taking.taking import Given, Taking, answer_to, title
from lstm_viz.ui.views.chosen import having, own_sources
from lstm_viz.words.waiting import describe_turn

SOON = 0.05
"""Seconds that a file may take to come with the first answer; what takes longer is made anew beside the page."""
LARGE = 100_000
"""Bytes from which on a file is fetched by itself: in an answer it would hold up the answers of all."""
KEPT = 4
"""How many files of all sessions are kept that a browser has not said it has; another is made again."""
NAME = "take"
_ASKED = "lv_asked"


class Asked:
    """What a session asked for last; when it is let go of, so is the work.

    Attributes
    ----------
    work : what is to be made
    file : what was made, where the browser is to fetch it
    """

    def __init__(self, work: Work) -> None:
        self.work, self.file = work, served.NOTHING
        finalize(self, JOBS.forget, work).atexit = False


def answer(taking: Taking, asked: Mapping[str, Any]) -> tuple[Given | None, bytes]:
    """What there is to say to a browser that asks for a file, and its bytes; None where it asks for none.

    Parameters
    ----------
    asked : see `Taking.answer`; with ``leave`` it is to be made no longer, or the browser has it; with ``inline`` the
        browser could not fetch it
    """
    if asked.get("leave"):
        leave(asked)
    if not asked or asked.get("leave"):
        return None, b""
    if not taking.is_long(asked):
        return taking.answer(asked)
    about = session.name(), str(asked.get("id"))
    kept: Asked | None = st.session_state.get(_ASKED)
    if kept is None or kept.work.about != about:
        if soon := _soon(taking, asked):
            return soon
        make = partial(_made, partial(taking.answer, asked), own_sources())
        kept = st.session_state[_ASKED] = Asked(Work(NAME, about, f"Making {title(asked)}", {NAME: make}, kept=KEPT))
    return _now(JOBS.watch((session.name(), NAME), kept.work), kept, asked)


def _soon(taking: Taking, asked: Mapping[str, Any]) -> tuple[Given, bytes] | None:
    """What is soon made, so that it comes with the first answer; None for what is not, or would have to wait."""
    if not SHARE.idle:
        return None
    began = time.perf_counter()

    def tell(share: float) -> None:
        if time.perf_counter() - began > SOON:
            raise Stopped

    try:
        with SHARE.slices(session.name(), gives_way=False):
            return taking.answer(asked, tell)
    except Exception:  # what fails does so beside the page too, and there it is logged and said
        return None


def leave(asked: Mapping[str, Any] | None = None) -> None:
    """Let go of what the session asked for last, if it is what is meant; of None, whatever it is."""
    kept = st.session_state.get(_ASKED)
    if kept and (asked is None or kept.work.about == (session.name(), str(asked.get("id")))):
        del st.session_state[_ASKED]


def _made(make: Callable[[Tell], Any], own: Any, tell: Tell) -> Any:
    with having(own):
        return make(tell)


def _now(job: Job, kept: Asked, asked: Mapping[str, Any]) -> tuple[Given, bytes]:
    """Of a job, the file or where it is, or how far it is."""
    if job.state == "done":
        given: Given = job.found[NAME][0].copy()
        file: bytes = job.found[NAME][1]
        if len(file) < LARGE or asked.get("inline") or not components.from_files():
            return given, file
        if kept.file is served.NOTHING:
            kept.file = served.private("made.bin", file)
        given["address"] = kept.file.address
        return given, b""
    if job.state == "failed":
        return answer_to(asked, made=True, note=job.problem), b""
    turn = describe_turn(*JOBS.before(job)) if job.state == "waiting" else ""
    return answer_to(asked, made=False, share=job.share, turn=turn), b""
