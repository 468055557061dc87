"""What a checked claim is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_viz.figures.chart import Chart

VERDICTS = {"holds": "True", "refined": "Half true", "refuted": "False"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Finding:
    """What came out.

    Attributes
    ----------
    verdict : one of `VERDICTS`, from the numbers
    sentence : what was found, with its numbers
    numbers : the same numbers by name; a test computes each of them another way
    chart : the figure
    settings : what the page should show on which it can be tried: a text, a step, a unit, clamps
    recomputed : for a number that follows from others in the sentence: the texts of those, what a reader does with
        them, and the text of the result; see `lstm_viz.words.recomputed`
    """

    verdict: str
    sentence: str
    numbers: Mapping[str, float]
    chart: Chart
    settings: Mapping[str, Any] = field(default_factory=dict)
    recomputed: tuple[tuple[tuple[str, ...], Callable[..., float], str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim as study notes make it, and where the reader can try it.

    Attributes
    ----------
    name : code name, and its address
    note : the claim, as a student writes it down
    check : computes the finding
    page, page_title : where to try it
    """

    name: str
    note: str
    check: Callable[[], Finding]
    page: str
    page_title: str


def verdict(*, holds: bool, refined: bool = False) -> str:
    """A verdict from what was measured: "holds", or "refined" where only part of it does, or "refuted"."""
    return "holds" if holds else "refined" if refined else "refuted"
