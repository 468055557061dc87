"""Notes, checked: is what my lecture notes say true? Each claim with its verdict, number and figure."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_viz.claims import CLAIMS, Finding
from lstm_viz.ui.bridge import own, session
from lstm_viz.ui.bridge.components import component
from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.jobs import JOBS, Work, whole
from lstm_viz.ui.pages.notes.message import claims_message, summary
from lstm_viz.ui.pages.notes.taken import notes_taking
from lstm_viz.ui.taking.taking import Taking
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.long_work import long_work
from lstm_viz.ui.widgets.prose import caption
from lstm_viz.ui.widgets.take_away import take_away

WORK = Work("claims", "", "Checking the claims", {claim.name: whole(claim.check) for claim in CLAIMS}, kept=1)
"""Checking every claim: its name → what came out. Nothing in that depends on the reader."""

_component = component("claims")


def show() -> None:
    """The whole page."""
    head(
        "Notes, checked",
        "Sentences as they stand in study notes, each put to the test when this page is built: a computation, its "
        "number, and a figure. “Try it” opens the page, text, step and unit that show it.",
    )
    own.not_here(
        "each claim is checked on the network or the equations that it speaks of. “Try it” opens those; your own "
        "stays in the menu of tasks."
    )
    live()
    with part("conclusions"):
        caption(
            "Checks on a trained network speak of that network and its examples; those on random networks of one seed. "
            "What follows from the equations (that f·c + i·g is the memory, that |h| ≤ o) holds for every LSTM."
        )


def live() -> None:
    """Every claim with what came of checking it, as the work goes on."""
    with part("take_away"):
        take_away("notes_checked", _taking)
    with part("claims"):
        long_work(WORK, show_claims)


def _taking(asked: Mapping[str, Any]) -> Taking:
    found = dict(JOBS.look(WORK).found)
    return notes_taking(found, str(asked.get("claim") or session.settings().claim))


def show_claims(found: Mapping[str, Finding]) -> None:
    """Every claim, with what came out of those that have been checked so far, and how many hold once all have been."""
    top = st.container()
    if len(found) == len(CLAIMS):
        top.markdown(summary(found))
    _component(key="claims", data=claims_message(found, session.settings().claim, session.address()))
