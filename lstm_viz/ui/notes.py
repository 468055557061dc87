"""The claims on a page: each with its verdict, its number, its figure and a link to where it can be tried."""

from dataclasses import replace

import streamlit as st

from lstm_viz.ui.charts import show_charts
from lstm_viz.ui.claims import CLAIMS, VERDICTS, Claim, Finding
from lstm_viz.ui.link import link
from lstm_viz.ui.settings import Settings

_ICONS = {"holds": ":material/check:", "refined": ":material/edit:", "refuted": ":material/close:"}
_COLOURS = {"holds": "green", "refined": "orange", "refuted": "red"}


@st.cache_data(max_entries=len(CLAIMS), show_spinner="Checking …")
def found(name: str) -> Finding:
    """What came out of checking a claim: nothing in it depends on the reader."""
    return next(claim for claim in CLAIMS if claim.name == name).check()


def show_claim(number: int, claim: Claim) -> None:
    """One claim."""
    finding = found(claim.name)
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


def summary() -> str:
    """How many claims hold, in a sentence."""
    verdicts = [found(claim.name).verdict for claim in CLAIMS]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    return (
        f"Of {len(CLAIMS)} claims, {counts['holds']} hold as they stand, {counts['refined']} hold with a condition, "
        f"and {counts['refuted']} do not hold."
    )
