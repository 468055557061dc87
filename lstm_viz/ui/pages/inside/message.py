"""What Inside the cell sends to the browser."""

from typing import Any

from lstm_viz.ui.views.envelope import Envelope


class InsideMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    key: str
    first: int
    notation: str
    notations: list[tuple[str, str]]
    speed: str
    speeds: list[tuple[str, str]]
    order: list[int]
    title: str
    summary: str
    notes: list[str]
    sizes: dict[str, int]
    also: str
    quantities: list[dict[str, Any]]
    symbols: dict[str, dict[str, str]]
    links: dict[str, str]
    labels: list[str]
    backward: bool
