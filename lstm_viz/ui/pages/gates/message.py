"""What Gates over time sends to the browser."""

from typing import Any

from lstm_viz.ui.views.envelope import Envelope


class GatesMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    quantities: list[dict[str, Any]]
    reach: list[float]
    order: list[int]
    orderName: str
    orders: list[tuple[str, str]]
    notation: str
    notations: list[tuple[str, str]]
    saturation: dict[str, Any] | None
    prediction: dict[str, Any]
    followers: dict[str, Any]
    change: dict[str, Any]
