"""The gradients of the page Vanishing gradient, found beside it."""

from dataclasses import asdict, replace

import streamlit as st

from lstm_viz.tasks.made import MADE as MADE
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets.long_work import long_work

_SHOWN = "lv_gradients_shown"


def measured(view: Vanishing) -> Vanishing:
    """The view with what has been found of it.

    Until all is found, the view of the settings before stays, so that moving a slider moves lines and removes none.
    """
    earlier = _earlier(view)
    meanwhile = "Until that is done, the charts show the settings before." if earlier else ""
    found = long_work(view.work, meanwhile=meanwhile)
    if len(found) == len(view.work.pieces):
        st.session_state[_SHOWN] = asdict(view.settings)
    elif earlier:
        return earlier
    return replace(view, found=found)


def _earlier(view: Vanishing) -> Vanishing | None:
    """What this session saw last of the same networks, where that is still remembered."""
    if _SHOWN not in st.session_state:
        return None
    shown = Vanishing(replace(Settings(**st.session_state[_SHOWN]), clip=view.settings.clip))
    if (shown.settings.networks, shown.cells) != (view.settings.networks, view.cells):
        return None
    found = dict(JOBS.look(shown.work).found)
    return replace(shown, found=found) if len(found) == len(shown.work.pieces) else None
