"""Build by hand: which weights make one LSTM unit remember, count, add, forget?"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_viz.challenges.breaking import counter, fewest
from lstm_viz.live_page.lasting import digest
from lstm_viz.ui.bridge import components, frame, session
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.jobs import JOBS, Work
from lstm_viz.ui.pages.by_hand.message import OWN, changing, constant
from lstm_viz.ui.pages.by_hand.taken import by_hand_taking
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.take_away import take_away

KEY = "by_hand"
WORK = Work("breaking", "", "Searching for the fewest gates", {"fewest": lambda tell: fewest(counter(), tell)}, kept=1)
"""The search for the fewest gates that break the trained counter; it is the same for every reader."""
NOTHING_YET: Mapping[str, Any] = {"number": 0, "settings": {}, "has": "", "search": False}
"""The message of a browser in which nothing has happened."""

_component = components.component(KEY)


def show() -> None:
    """The whole page."""
    head(
        "Build by hand",
        "Set the weights of a single LSTM unit yourself until it does what is asked, and see every gate answer as you "
        "do. The goal is checked by running the unit, here in your browser, at every move.",
    )
    take_away("build_by_hand", lambda asked: by_hand_taking(session.settings()))
    st.fragment(live)()


def live() -> None:
    """The challenges, without the page's title."""
    given = _given()
    # The browser asks again until it is found; nobody waits for it here.
    job = JOBS.watch((session.name(), KEY), WORK) if given["search"] else JOBS.look(WORK)
    header, arrays = constant(session.settings().notation, components.from_files())
    name = digest(header)
    message = {
        **changing(session.settings(), session.address(), job.found.get("fewest"), job.problem),
        "received": given["number"],
        "frame": frame.header(),
        "hide": list(session.settings().hide),
        "holds": name,
    }
    # What the browser holds already is not sent again.
    data = pack(message, {}) if given["has"] == name else pack({**header, **message}, arrays)
    _component(key=KEY, data=data, on_message_change=_take)


def _given() -> dict[str, Any]:
    return components.told(KEY, "message", NOTHING_YET)


def _take() -> None:
    given = _given()["settings"]
    session.do(["set", {name: given[name] for name in OWN if name in given}])
