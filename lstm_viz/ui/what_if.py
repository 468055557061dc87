"""The What if? page as a Streamlit component, with its history and its ranking."""

import time
from functools import partial
from typing import Any

import streamlit as st

from lstm_viz.ui import history, session
from lstm_viz.ui.ranking import ranked
from lstm_viz.ui.talk import Changes, change_settings, component
from lstm_viz.ui.what_if_actions import perform
from lstm_viz.ui.what_if_view import WhatIfView

PATIENCE = 1.0  # seconds after which a progress bar says that something is under way
_HISTORY, _REFUSAL, _RANKING = "lv_what_if_history", "lv_what_if_refusal", "lv_what_if_ranking"


def _receive(changes: Changes) -> None:
    actions = changes.pop("actions", [])
    change_settings(changes)
    for action in actions:
        after, past, refusal = perform(action, session.settings().__dict__, _past())
        st.session_state[_HISTORY], st.session_state[_REFUSAL] = past, refusal
        session.change(**after)


_show = component("what_if", "what_if.css", receive=_receive)


@st.fragment
def what_if() -> None:
    """The editor, the clamps and what they change; a fragment, so that a key press runs only this."""
    view = WhatIfView(session.settings())
    page, progress = st.container(), st.empty()
    past = _past()
    extra = {
        "undo": bool(past["past"]),
        "redo": bool(past["future"]),
        "refusal": st.session_state.get(_REFUSAL, ""),
        "ranking": _ranking(view, progress),
    }
    with page:
        _show(partial(view.message, session=extra))


def _past() -> dict[str, Any]:
    return st.session_state.get(_HISTORY) or history.fresh()


def _ranking(view: WhatIfView, place: Any) -> dict[str, Any] | None:
    """The units by what shutting them does; worked out once for a text and its clamps, and kept for this session."""
    settings = view.settings
    if not settings.ranking or view.trace is None:
        return None
    about = (settings.task, settings.cell, settings.degrees, settings.clamps, settings.ranking, settings.notation)
    key = [*about, *view.reading[0]]
    kept = st.session_state.get(_RANKING)
    if kept and kept["key"] == key:
        return dict(kept["found"])
    begun = time.monotonic()

    def tell(share: float) -> None:
        if time.monotonic() - begun > PATIENCE:
            place.progress(min(1.0, share), "Shutting each unit in turn")

    found = ranked(view, tell)
    place.empty()
    st.session_state[_RANKING] = {"key": key, "found": found}
    return found
