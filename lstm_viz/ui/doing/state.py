"""What a session remembers of a reader: the settings on show, and the way that led there."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from lstm_viz.ui.settings.link import PACKED, from_query, to_query
from lstm_viz.ui.settings.settings import Settings

UNDONE = ("task", "training", "cell", "degrees", "text", "before", "clamps", "layer", "direction")
"""Settings that undo and redo go through: what runs, and on what."""
KEPT = (*UNDONE, "step", "unit")
"""What is brought back with them, though a change of it alone is nothing to undo."""
MOST = 100
"""Changes that can be undone."""
MOST_CHARACTERS = 2_000_000
"""What all of them together may take, so that a few very long texts do not fill the server."""


@dataclass(frozen=True)
class Rules:
    """How a page differs from the others in what follows from what is done on it.

    Attributes
    ----------
    lasting_comparison : whether edits are compared with the text as it was when the comparison began, until the reader
        begins anew; elsewhere an edit is one word
    opens_at_end : whether a text that is chosen opens at its last step; elsewhere, where there is most to see
    """

    lasting_comparison: bool = False
    opens_at_end: bool = False


@dataclass(frozen=True)
class State:
    """Settings, and what was on show before.

    Attributes
    ----------
    settings : on show
    past : the views before each change, the newest last, each as the query that `entry` makes
    future : those that were undone, the next one to redo last
    typing : whether the last change was a key typed in the edit under way, which one undo takes back as a whole
    said : sentences for the reader on what was done last: what could not be, what was ignored
    """

    settings: Settings = field(default_factory=Settings)
    past: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    typing: bool = False
    said: tuple[str, ...] = ()


def entry(settings: Settings) -> str:
    """What undo brings back of a view, as a query."""
    query = to_query(settings)
    return urlencode({name: value for name, value in query.items() if name.removesuffix(PACKED) in KEPT})


def values_of(kept: str) -> dict[str, object]:
    """The settings that an `entry` holds, all of `KEPT`."""
    settings, _ = from_query(parse_qs(kept, keep_blank_values=True))
    return {name: getattr(settings, name) for name in KEPT}


def trimmed(past: tuple[str, ...]) -> tuple[str, ...]:
    """The newest changes, as many as are kept."""
    size, first = 0, len(past)
    while first and len(past) - first < MOST and size + len(past[first - 1]) <= MOST_CHARACTERS:
        first -= 1
        size += len(past[first])
    return past[first:]
