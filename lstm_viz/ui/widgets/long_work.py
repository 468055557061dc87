"""Long work on a page: it runs beside the page, says how far it is, and can be stopped and gone on with."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from lstm_viz.ui.jobs import JOBS, Job, Work
from lstm_viz.words.waiting import describe_turn

WAIT = 0.3
"""Seconds that a page waits for work that is soon done, so that what it shows does not come in two parts."""
BAR = 0.8
"""Seconds of work after which a bar says how far it is: what is shorter shows none."""
POLL = 0.3
"""Seconds between two looks at a job under way."""

_SESSION = "lv_session"


def long_work(
    work: Work,
    draw: Callable[[Mapping[Any, Any]], None] | None = None,
    *,
    wait: float | None = None,
    meanwhile: str = "",
) -> Mapping[Any, Any]:
    """Have work done beside the page, and return what has been found so far: piece → what came out.

    Until all is found, this place is drawn again a few times a second, and nothing else on the page is. Where there is
    no `draw`, the whole page runs again when something new is found.

    Parameters
    ----------
    draw : draws what has been found so far, below the bar
    wait : seconds to wait for the work first; `WAIT` by default
    meanwhile : what to say beside the bar of what the page shows until then
    """
    job = _job(work)
    if job.under_way:
        job.ended.wait(WAIT if wait is None else wait)
    polled, found = _waited_for(job, work), dict(job.found)
    drawn = False

    def part() -> None:
        nonlocal drawn
        now = _job(work)
        news = draw is None and len(now.found) > len(found)
        if drawn and (news or _waited_for(now, work) != polled):
            # A run of the whole page is what ends the timer, or begins it.
            st.rerun()
        drawn = True
        place = st.container()
        if draw is not None:
            draw(dict(now.found))
        with place:
            _how_far(now, work, meanwhile)

    st.fragment(part, run_every=POLL if polled else None)()
    return found


def _job(work: Work) -> Job:
    return JOBS.look(work) if _is_stopped(work) else JOBS.watch(_watcher(work), work)


def _watcher(work: Work) -> tuple[str, str]:
    return st.session_state.setdefault(_SESSION, uuid4().hex), work.name


def _waited_for(job: Job, work: Work) -> bool:
    return job.under_way and not _is_stopped(work)


def _stopped(work: Work) -> str:
    return f"lv_stopped_{work.name}"


def _is_stopped(work: Work) -> bool:
    return _stopped(work) in st.session_state and st.session_state[_stopped(work)] == work.about


def _stop(work: Work) -> None:
    st.session_state[_stopped(work)] = work.about
    JOBS.leave(_watcher(work), work)


def _go_on(work: Work) -> None:
    st.session_state.pop(_stopped(work), None)
    JOBS.retry(work)


def _how_far(job: Job, work: Work, meanwhile: str) -> None:
    """The bar with its button, or what became of the work; nothing for work that is done, or only just begun."""
    if job.state == "done" or (_waited_for(job, work) and JOBS.seconds(job) < BAR):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if job.state == "failed":
            st.error(job.problem)
            st.button("Try again", key=f"retry_{work.name}", on_click=_go_on, args=(work,))
        elif _is_stopped(work):
            st.markdown(f"{work.doing}: stopped at {job.share:.0%}.")
            st.button("Go on", key=f"go_on_{work.name}", on_click=_go_on, args=(work,))
        else:
            turn = f". {describe_turn(*JOBS.before(job))}" if job.state == "waiting" else ""
            st.progress(min(1.0, job.share), f"{work.doing}: {job.share:.0%}{turn}")
            st.button("Stop", key=f"stop_{work.name}", on_click=_stop, args=(work,))
    if meanwhile:
        st.caption(meanwhile)
