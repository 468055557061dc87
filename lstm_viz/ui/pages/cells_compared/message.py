"""What RNN, LSTM, GRU sends to the browser."""

from typing import Any

from lstm_viz.ui.views.envelope import Envelope


class ComparisonMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    rows: list[list[str]]
    cells: list[dict[str, Any]]
    order: list[int]
    answer: dict[str, Any]
