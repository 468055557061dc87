"""What Gates over time sends to the browser."""

from typing import Any

from lstm_viz.live_page.answers import AnswerWords
from lstm_viz.ui.pages.gates.tracking import Tracking
from lstm_viz.ui.views.envelope import Numbers, Words


class GatesWords(Words):
    """What only Python can say."""

    quantities: list[dict[str, Any]]
    order: list[int]
    orders: list[tuple[str, str]]
    notations: list[tuple[str, str]]
    answer: AnswerWords
    saturated: dict[str, float]
    changeWords: dict[str, str]
    chain: list[dict[str, Any]]
    tracking: list[Tracking]
    captions: dict[str, str]


class GatesNumbers(Numbers, total=False):
    """What follows from the text; its own fields need a run."""

    limits: dict[str, list[float]]
    ends: dict[str, list[float]]
    reach: list[float]
    letters: list[str]
    movers: dict[str, Any]
    prediction: dict[str, Any]
    followers: dict[str, Any]
    change: dict[str, Any]


class GatesMessage(GatesWords, GatesNumbers):
    """The header of the page's message."""
