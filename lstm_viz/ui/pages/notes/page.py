"""The claims on a page: each with its verdict, its number, its figure and a link to where it can be tried."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lstm_viz.claims import CLAIMS, VERDICTS, Claim, Finding
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets.charts import show_charts

_ICONS = {"holds": ":material/check:", "refined": ":material/edit:", "refuted": ":material/close:"}
_COLOURS = {"holds": "green", "refined": "orange", "refuted": "red"}

WORK = Work("claims", "", "Checking the claims", {claim.name: whole(claim.check) for claim in CLAIMS}, kept=1)
"""Checking every claim: its name → what came out. Nothing in that depends on the reader."""


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
