"""What Inside the cell sends to the browser."""

from typing import Any, TypedDict

from lstm_viz.ui.views.envelope import Envelope


class Sheet(TypedDict):
    """What the browser keeps of a text and a network, beside the numbers: the drawing and the equations."""

    title: str
    summary: str
    notes: list[str]
    sizes: dict[str, int]
    also: str
    quantities: list[dict[str, Any]]
    symbols: dict[str, dict[str, str]]
    links: dict[str, str]
    parts: list[dict[str, Any]]
    wires: list[dict[str, Any]]
    forks: list[Any]
    stages: list[dict[str, Any]]
    groups: list[list[float]]
    groupedIn: list[str]
    lines: list[dict[str, Any]]
    labels: list[str]
    unknown: list[int]
    backward: bool


class InsideMessage(Envelope, total=False):
    """The header of the page's message: what all live pages send, and its own fields, which need a run."""

    key: str
    first: int
    notation: str
    notations: list[tuple[str, str]]
    speed: str
    speeds: list[tuple[str, str]]
    order: list[int]
    sheet: Sheet
