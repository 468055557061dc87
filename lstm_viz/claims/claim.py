"""What a checked claim is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_viz.figures.chart import Chart

VERDICTS = {"holds": "Holds", "refined": "Holds, with a condition", "refuted": "Does not hold"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Finding:
    """What came out.

    Attributes
    ----------
    verdict : one of `VERDICTS`
    sentence : what was found, with its numbers
    numbers : the same numbers by name; a test computes each of them another way
    chart : the figure
    """

    verdict: str
    sentence: str
    numbers: Mapping[str, float]
    chart: Chart


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim as study notes make it, and where the reader can try it.

    Attributes
    ----------
    name : code name
    note : the claim
    check : computes the finding
    page, page_title : where to try it
    settings : what that page should show
    """

    name: str
    note: str
    check: Callable[[], Finding]
    page: str
    page_title: str
    settings: Mapping[str, Any] = field(default_factory=dict)
