"""What RNN, LSTM, GRU sends to the browser."""

from typing import Any

from lstm_viz.ui.views.envelope import Numbers, Words


class ComparisonWords(Words):
    """What it says of the cells and their answers; `captions` of an empty text are none.

    `beside`: the cells whose networks can stand there untrained as well, as (value, title).
    """

    beside: list[tuple[str, str]]
    rows: list[list[str]]
    cells: list[dict[str, Any]]
    order: list[int]
    captions: dict[str, str]


class ComparisonNumbers(Numbers, total=False):
    """What it draws, which needs a run; the browser makes the same. `limits`: cell → ends of its colour scale."""

    answer: dict[str, Any]
    limits: dict[str, tuple[float, float]]


class ComparisonMessage(ComparisonWords, ComparisonNumbers, total=False):
    """The header of the page's message."""
