"""What the memory ledger sends to the browser."""

from typing import Any

from lstm_viz.ui.views.envelope import Envelope


class LedgerMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    reason: str
    order: list[int]
    overall: bool
    notation: str
    notations: list[tuple[str, str]]
    memory: dict[str, Any]
    split: dict[str, Any] | None
    captions: dict[str, str]
