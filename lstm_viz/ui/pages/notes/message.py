"""What Notes, checked sends to the browser. No Streamlit here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lstm_viz.claims import CLAIMS, TOPICS, VERDICTS, Claim, Finding
from lstm_viz.figures.chart import Floats
from lstm_viz.live_page.colours import named_colours
from lstm_viz.live_page.terms import TERMS
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.navigation import linked
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets.charts import parts
from lstm_viz.words.phrases import listing

_TOLD = {
    "holds": ("is true", "are true"),
    "refined": ("is half true", "are half true"),
    "refuted": ("is false", "are false"),
}


def claims_message(found: Mapping[str, Finding], chosen: str, address: str) -> bytes:
    """All claims, with what came out of those that have been checked.

    Parameters
    ----------
    chosen : the claim at which the page opens
    address : where it is to be had
    """
    arrays: dict[str, Floats] = {}
    names: set[str] = set()
    topics = []
    for title, claims in TOPICS.items():
        told = [{"name": claim.name, "note": claim.note} for claim in claims]
        for header, claim in zip(told, claims, strict=True):
            if claim.name in found:
                chart, own = parts(found[claim.name].chart)
                header |= _told(claim, found[claim.name]) | {"chart": chart}
                arrays |= own
                names |= found[claim.name].chart.colours()
        topics.append({"title": title, "claims": told})
    message = {
        "topics": topics,
        "verdicts": VERDICTS,
        "chosen": chosen,
        "address": address,
        "glossary": TERMS,
        "themes": named_colours(names),
    }
    return pack(message, {name: np.asarray(values, dtype=np.float32) for name, values in arrays.items()})


def _told(claim: Claim, finding: Finding) -> dict[str, Any]:
    return {
        "verdict": finding.verdict,
        "sentence": finding.sentence,
        "page": claim.page_title,
        "href": try_it(claim, finding),
    }


def try_it(claim: Claim, finding: Finding) -> str:
    """The address of the view that shows it."""
    found = link(replace(Settings(), **finding.settings), linked(claim.page))
    assert found is not None, f"{claim.name}: the view does not fit into a link"
    return found


def summary(found: Mapping[str, Finding]) -> str:
    """How many claims hold, in a sentence."""
    verdicts = [finding.verdict for finding in found.values()]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    parts = [f"{count} {_TOLD[verdict][count != 1]}" for verdict, count in counts.items() if count]
    return f"Of {len(CLAIMS)} claims, {listing(parts)}."
