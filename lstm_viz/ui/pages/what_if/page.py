"""The What if? page as a Streamlit component, with its history and its ranking."""

from functools import partial
from typing import Any

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import Changes, change_settings, component
from lstm_viz.ui.doing import history
from lstm_viz.ui.jobs import Tell, Work
from lstm_viz.ui.pages.what_if.actions import perform
from lstm_viz.ui.pages.what_if.ranked import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets.long_work import long_work

EARLIER = "This is the ranking of an earlier text or of other clamps; the new one is not there yet."
_HISTORY, _REFUSAL, _RANKING = "lv_what_if_history", "lv_what_if_refusal", "lv_what_if_ranking"


def _receive(changes: Changes) -> None:
    actions = changes.pop("actions", [])
    change_settings(changes)
    for action in actions:
        after, past, refusal = perform(action, session.settings().__dict__, _past())
        st.session_state[_HISTORY], st.session_state[_REFUSAL] = past, refusal
        session.change(**after)


_show = component("what_if", receive=_receive)


@st.fragment
def what_if() -> None:
    """The editor, the clamps and what they change; a fragment, so that a key press runs only this."""
    view = WhatIfView(session.settings())
    page, progress = st.container(), st.container()
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
    """The units by what shutting them does; found beside the page, and kept for this session until there is another."""
    settings = view.settings
    if not settings.ranking or view.trace is None:
        return None
    about = (settings.task, settings.cell, settings.degrees, settings.clamps, settings.ranking, settings.notation)
    # The work keeps the settings rather than the view, which holds a whole run.
    piece = partial(_ranked, settings)
    work = Work("ranking", (*about, *view.reading[0]), "Shutting each unit in turn", {"ranking": piece})
    with place:
        # Typing waits for nothing: the list follows when it is there.
        found = long_work(work, wait=0.0)
    network = [settings.task, settings.cell]
    if found:
        st.session_state[_RANKING] = {"network": network, "found": found["ranking"]}
        return dict(found["ranking"])
    kept = st.session_state.get(_RANKING)
    return {**kept["found"], "caption": EARLIER} if kept and kept["network"] == network else None


def _ranked(settings: Settings, tell: Tell) -> dict[str, Any]:
    return ranked(WhatIfView(settings), tell)
