"""What What if? sends to the browser."""

from typing import Any

from lstm_viz.ui.pages.what_if.view import ClampRow, PresetChip
from lstm_viz.ui.views.envelope import Envelope


class WhatIfMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    before: str | None
    ranking: dict[str, Any] | None
    clamps: list[ClampRow]
    presets: list[PresetChip]
    order: list[int]
    quantity: dict[str, Any]
    quantities: list[dict[str, Any]]
    holdable: list[Any]
    rankable: list[Any]
    notation: str
    notations: list[tuple[str, str]]
    prediction: dict[str, Any]
    moved: dict[str, Any]
    rankingGate: str
