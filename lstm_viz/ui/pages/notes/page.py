"""Notes, checked: is what my lecture notes say true? Each claim with its verdict, number and figure."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lstm_viz.claims import CLAIMS, VERDICTS, Claim, Finding
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.long_work import long_work

_ICONS = {"holds": ":material/check:", "refined": ":material/edit:", "refuted": ":material/close:"}
_COLOURS = {"holds": "green", "refined": "orange", "refuted": "red"}

WORK = Work("claims", "", "Checking the claims", {claim.name: whole(claim.check) for claim in CLAIMS}, kept=1)
"""Checking every claim: its name → what came out. Nothing in that depends on the reader."""


def show() -> None:
    """The whole page."""
    st.title("Notes, checked", anchor=False)
    st.caption(
        "Claims as study notes make them, each put to the test when this page is built: a computation, its number, and "
        "a figure."
    )
    long_work(WORK, show_claims)
    st.caption(
        "Checks on the trained sentiment network speak of that network and its examples; those on random networks of "
        "one seed. What follows from the equations (that f·c + i·g is the memory, that |h| ≤ o) holds for every LSTM."
    )


def show_claims(found: Mapping[str, Finding]) -> None:
    """Every claim that has been checked so far, and how many hold once all have been."""
    top = st.container()
    if len(found) == len(CLAIMS):
        top.markdown(summary(found))
    for number, claim in enumerate(CLAIMS, 1):
        if claim.name in found:
            show_claim(number, claim, found[claim.name])


def show_claim(number: int, claim: Claim, finding: Finding) -> None:
    """One claim."""
    with st.container(border=True):
        left, right = st.columns([5, 6], gap="medium")
        with left:
            st.markdown(f"#### {number}. {claim.note}")
            st.badge(VERDICTS[finding.verdict], icon=_ICONS[finding.verdict], color=_COLOURS[finding.verdict])  # type: ignore[arg-type]
            st.markdown(finding.sentence.replace("$", r"\$").replace("~", r"\~").replace("*", r"\*"))
            st.markdown(f"[Try it: {claim.page_title}]({try_it(claim)})")
        with right:
            show_charts(f"claim_{claim.name}", [finding.chart])


def try_it(claim: Claim) -> str:
    """The address of the page where the claim can be tried."""
    return link(replace(Settings(), **claim.settings), f"./{claim.page}") or f"./{claim.page}"


def summary(found: Mapping[str, Finding]) -> str:
    """How many claims hold, in a sentence."""
    verdicts = [finding.verdict for finding in found.values()]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    return (
        f"Of {len(verdicts)} claims, {counts['holds']} hold as they stand, {counts['refined']} hold with a condition, "
        f"and {counts['refuted']} do not hold."
    )
