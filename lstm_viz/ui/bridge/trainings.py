"""Networks that a reader trained here: a few a session, in that session's memory alone, given back with it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from lstm_viz.sources import Source
from lstm_viz.sources.trained import kept_bytes, trained
from lstm_viz.tasks.trained import NAME
from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.held import MB, Held, give_back, give_back_at_end
from lstm_viz.ui.views import chosen

if TYPE_CHECKING:
    from lstm_viz.learning import Course

MOST = 2
"""Networks of a session: the two of a race, or the last two that were opened."""
MISSING = (
    "This view is of a network that was trained on the page Watch it learn: {said}. Such a network stays in the "
    "session that trained it, and is gone when its tab is closed or loaded again. The link holds what it was trained "
    "with: train it again, which on one kind of machine gives the same weights, open it, and the view is shown, with "
    "its text, step and clamps."
)
_SOURCES = "lv_trained"


def _bytes(sources: Iterable[Source]) -> int:
    return sum(map(kept_bytes, sources))


HELD = Held(
    150 * MB,
    "The server has no room to open this network now: those that readers have trained and opened take {taken} of "
    "{total} MB, and this one needs {needed}. Try again when others have closed their tabs, or run LSTM Viz on your "
    "own machine.",
    _bytes,
)
"""What the networks that were trained in all sessions take, with their states on the way."""


def open_courses(courses: Sequence["Course"], text: str | None = None) -> None:
    """Put trainings as they stand among the networks that this session has open, and the first of them on show.

    Of more than `MOST`, those that were opened first are given back. A network takes the place of one of its key.

    Parameters
    ----------
    courses : one, or the two of a race; nothing else may have them advance meanwhile
    text : what is in the editor then, by default the first example; a link that asked for the network has its own

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room; what was open stays.
    """
    sources = [trained(course) for course in courses]
    keys = {each.own.key for each in sources if each.own}
    before = here()
    kept = tuple(each for each in before if each.own and each.own.key not in keys)
    after = (*kept, *sources[:MOST])[-MOST:]
    HELD.take(after, before)
    st.session_state[_SOURCES] = after
    first = sources[0].own
    assert first is not None
    session.do(["own", NAME, first.said, text])
    give_back()
    give_back_at_end()


def here() -> tuple[Source, ...]:
    """The networks that this session has open, the one opened last at the end."""
    sources: tuple[Source, ...] = st.session_state.get(_SOURCES, ())
    return sources


chosen.look_in(NAME, here)
