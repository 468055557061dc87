"""What becomes of a training: opened on other pages, saved as a file, and opened from one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from lstm_viz.ui.bridge import session, trainings
from lstm_viz.ui.navigation import HOME, PAGES, SHOWS_ANY
from lstm_viz.ui.pages.watch.held import Held, hold
from lstm_viz.ui.pages.watch.plans import names, set_plans
from lstm_viz.ui.server import metrics
from lstm_viz.ui.settings.link import address

_GO = "lv_watch_go"
_READ = "lv_watch_read"
MOST_BYTES = 20 * 2**20
"""Bytes of a file that is opened here; the largest training that is made here has a few."""
TOO_LARGE = "The file has {given:.0f} MB; a training that was saved here has {most:.0f} at most."


COMPARES = ("rnn_lstm_gru", "vanishing_gradient")
"""Pages that show a network beside others; a race stands there side by side."""


def pages() -> list[tuple[str, str]]:
    """The pages that show any network, by name and title."""
    wanted = [*(HOME if name == "" else name for name in SHOWS_ANY), *COMPARES]
    titles = {name: title for listed in PAGES.values() for name, title in listed}
    return [(name, titles[name]) for name in wanted]


def offers(held: Held) -> list[dict[str, Any]]:
    """What can be done with each network of a training that stands and has learnt something."""
    if not any(each.update for each in held.training.news):
        return []
    alone = len(held.plans) == 1
    return [
        {"lane": lane, "title": "Open it on" if alone else f"Open {name} on", "pages": pages()}
        for lane, name in enumerate(names(held.plans))
    ]


def open_on(held: Held, act: Mapping[str, Any]) -> None:
    """Have a network as it stands among those of the session, and go to a page with it, once the page is run.

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room.
    """
    lane, page = act.get("lane"), act.get("page")
    if page not in [name for name, _ in pages()] or not isinstance(lane, int) or not 0 <= lane < len(held.plans):
        return
    probe = held.speaker.probe
    with held.training.lock:
        courses: list[Any] = held.training.courses
        # The other one of a race goes along.
        trainings.open_courses([courses[lane], *(each for k, each in enumerate(courses) if k != lane)], probe)
    # Vanishing gradient has networks of its own to choose from.
    session.do(["set", {"networks": "trained"}])
    st.session_state[_GO] = page


def go() -> None:
    """Go where `open_on` was to lead, if it was asked to."""
    if page := st.session_state.pop(_GO, None):
        st.switch_page(f"pages/{page}.py", query_params=parse_qs(address(session.settings())))


def save_without_routes(held: Held) -> None:
    """Buttons for a browser that cannot fetch the files by itself."""
    for lane, name in enumerate(names(held.plans)):
        with held.training.lock:
            course: Any = held.training.courses[lane]
            content, file = course.saved(), f"{course.plan.task}-{course.plan.cell}-{course.update}.safetensors"
        st.download_button(f"Save {name}", content, file, key=f"watch_save_{lane}")


def opener() -> None:
    """Where a training that was saved is opened again, to go on."""
    given = st.file_uploader(
        "Open a training that was saved here (.safetensors)", type=["safetensors"], key="watch_file", max_upload_size=20
    )
    if given is None or st.session_state.get(_READ) == given.file_id:
        return
    st.session_state[_READ] = given.file_id
    from lstm_viz.learning import Course

    try:
        if given.size > MOST_BYTES:
            raise ValueError(TOO_LARGE.format(given=given.size / 2**20, most=MOST_BYTES / 2**20))
        course = Course.opened(given.getvalue())
        held = hold([course], begun=False, probe=None, layer=session.settings().layer)
    except ValueError as error:
        metrics.refused("file")
        st.error(session.plain(str(error)))
        return
    session.do(["set", {**set_plans(held.plans), "watch_probe": None}])
    st.rerun()
