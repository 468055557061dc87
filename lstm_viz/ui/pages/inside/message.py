"""What Inside the cell sends to the browser."""

from typing import Any, TypedDict

from lstm_viz.analysis.equations.senses import Sense
from lstm_viz.ui.pages.inside.ends import Arriving, ReadOut
from lstm_viz.ui.views.envelope import Numbers, Words


class Drawn(TypedDict):
    """The drawing and the equations of a network."""

    title: str
    summary: str
    notes: list[str]
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


class OtherSheet(Sense):
    """The same for notations that define a gate the other way round, and how its numbers follow."""

    notations: list[str]
    sheet: Drawn


class Sheet(Drawn):
    """What the browser keeps of a network."""

    opposite: OtherSheet | None


class InsideWords(Words):
    """What only Python can say."""

    notation: str
    notations: list[tuple[str, str]]
    speed: str
    speeds: list[tuple[str, str]]
    stage: str
    weighed: str
    intro: str
    arriving: Arriving
    readOut: ReadOut | None
    order: list[int]
    sheet: Sheet


class InsideNumbers(Numbers, total=False):
    """What follows from the text; its own fields need a run, and only the server's have a key.

    ``rows``: for each label its row in the embedding table, where there is one; ``answers``: what is read after it,
    where this layer is read: a name and a number.
    """

    key: str
    first: int
    labels: list[str]
    unknown: list[int]
    rows: list[int]
    answers: list[tuple[str, float]]
    backward: bool
    limits: dict[str, tuple[float, float]]


class InsideMessage(InsideWords, InsideNumbers):
    """The header of the page's message."""
