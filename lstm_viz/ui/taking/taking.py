"""What a page gives to be taken away, and the answer to a browser that asks for some of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from lstm_viz.sources.own import Own
from lstm_viz.ui.jobs import Tell
from lstm_viz.ui.taking.taken import MOST_ROWS, Taken

CSV, NPZ, PYTHON, HTML, NETWORK = "csv", "npz", "py", "html", "safetensors"
"""What is asked of the server, each called by how its file's name ends."""
NOTHING = "There is nothing to take away yet: the network has read nothing."
OFFERS = {
    CSV: ("Numbers, CSV", f"A row a number, for spreadsheets and pandas: up to {MOST_ROWS:,}, of more the chosen unit"),
    NPZ: ("Numbers, NPZ", "The same for NumPy; lstm_viz.load_trace opens a run"),
    "svg": ("Picture, SVG", "What is on screen, sharp at any size"),
    "png": ("Picture, PNG", "The same, for slides"),
    HTML: ("Live page, HTML", "One file that works without a server or a network"),
    PYTHON: ("Python", "What makes exactly this view in a notebook"),
    NETWORK: ("The network", "What was trained here, as .safetensors: opens again on Watch it learn and Your model"),
}
"""What pages offer, in this order: kind → title, and what it is."""
PICTURES = ("svg", "png")
"""What the browser makes by itself."""
LONG = (CSV, NPZ, HTML)
"""What may take seconds to make."""
BYTES = "application/octet-stream"
TYPES = {CSV: "text/csv", NPZ: BYTES, PYTHON: "text/x-python", HTML: "text/html", NETWORK: BYTES}


class Offer(TypedDict):
    """One line of the menu."""

    kind: str
    title: str
    about: str


class Given(TypedDict):
    """An answer: the file whose bytes come along, or none; what is to be said of it, "" for nothing.

    ``id``: of what was asked; ``address``: where the file is to be fetched, "" where it comes along; ``made``: whether
    this is all; if not, ``share`` of it is done, and ``turn`` says what comes first, "" where it is under way
    """

    id: str
    kind: str
    name: str
    type: str
    note: str
    address: str
    made: bool
    share: float
    turn: str


@dataclass(frozen=True, eq=False)
class Taking:
    """What a page gives, each found when it is asked for.

    Attributes
    ----------
    name : what its files are called, without an ending
    numbers : finds all numbers; None where there are none
    snippet : theme → Python
    live : finds the page as one file, and tells meanwhile how much of it is done; None where it has none
    own : of a network that is its reader's own, what can be had of it
    """

    name: str
    numbers: Callable[[], Taken] | None
    snippet: Callable[[str], str]
    live: Callable[[str, Tell], str] | None = None
    own: Own | None = None

    @property
    def network(self) -> Callable[[], bytes] | None:
        """Gives the file of a network that was trained here; None for any other."""
        return self.own.saved if self.own else None

    def offers(self) -> list[Offer]:
        """The lines of the menu."""
        lacks = {HTML: self.live is None, NETWORK: self.network is None}
        return offers(kind for kind in OFFERS if not lacks.get(kind))

    def is_long(self, asked: Mapping[str, Any]) -> bool:
        """Whether what is asked for may take seconds to make."""
        return asked.get("kind") in LONG and self.numbers is not None

    def answer(self, asked: Mapping[str, Any], tell: Tell = lambda share: None) -> tuple[Given, bytes]:
        """A file, and its bytes.

        Parameters
        ----------
        asked : ``id``, ``kind``, and ``theme`` of the browser
        tell : called now and then with how much of it is done
        """
        given, kind = answer_to(asked, made=True), str(asked.get("kind"))
        theme = "dark" if asked.get("theme") == "dark" else "light"
        if kind == NETWORK and self.own and self.network:
            return {**given, "name": self.own.file}, self.network()
        if kind not in TYPES or self.numbers is None or (kind == HTML and self.live is None):
            return {**given, "note": NOTHING}, b""
        if kind in (CSV, NPZ):
            taken = self.numbers()
            content, note = taken.to_csv(tell) if kind == CSV else taken.to_npz(tell)
        elif kind == PYTHON:
            content, note = self.snippet(theme).encode(), ""
        else:
            assert self.live is not None
            content, note = self.live(theme, tell).encode(), ""
        return {**given, "name": f"{self.name}.{kind}" if content else "", "note": note}, content


def answer_to(asked: Mapping[str, Any], *, made: bool, share: float = 0.0, turn: str = "", note: str = "") -> Given:
    """An answer without a file."""
    kind = str(asked.get("kind"))
    return {
        "id": str(asked.get("id")),
        "kind": kind,
        "name": "",
        "type": TYPES.get(kind, ""),
        "note": note,
        "address": "",
        "made": made,
        "share": share,
        "turn": turn,
    }


def title(asked: Mapping[str, Any]) -> str:
    """What the menu calls a thing that is asked for."""
    return OFFERS.get(str(asked.get("kind")), ("the file",))[0]


def offers(kinds: Iterable[str]) -> list[Offer]:
    """Lines of the menu."""
    return [{"kind": kind, "title": OFFERS[kind][0], "about": OFFERS[kind][1]} for kind in kinds]


def file_name(*parts: str) -> str:
    """What the files of a view are called: letters, digits and hyphens.

    Examples
    --------
    >>> file_name("gates over time", "sentiment", "lstm")
    'gates-over-time-sentiment-lstm'
    """
    text = "-".join(parts).lower()
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text).split())
