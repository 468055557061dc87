"""What a session does with the file that its reader opened: it is read, put on show, shown otherwise, and closed."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lstm_viz.files import ModelFile
from lstm_viz.sources import shown_tasks
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.choosing import first_choices, revised
from lstm_viz.tasks.uploaded import NAME, Choices
from lstm_viz.ui.bridge import session, uploads
from lstm_viz.ui.bridge.held import give_back
from lstm_viz.ui.pages.yours.upload import Given
from lstm_viz.ui.pages.yours.words import shown
from lstm_viz.ui.server import metrics
from lstm_viz.ui.server.metrics import refused

_PLACE = "lv_yours"


@dataclass
class Yours:
    """What is kept of a file beside `uploads`, which has the file itself and the network on show.

    Attributes
    ----------
    given : a file on its way in, while the one before it is still on show
    choices : what is chosen of the file that is open
    problem : why the last file is not the one on show, or ""
    refused : why the last choice is not, or ""
    """

    given: Given | None = None
    choices: Choices = field(default_factory=Choices)
    problem: str = ""
    refused: str = ""


def yours() -> Yours:
    """What this session has."""
    kept: Yours = st.session_state.setdefault(_PLACE, Yours())
    return kept


def take(name: str, content: bytes) -> None:
    """A file was chosen: it will be read, and meanwhile the one before stays."""
    kept, given = yours(), Given(name, content)
    try:
        uploads.COMING.take([given], [kept.given])
    except ValueError as error:
        refused("file")
        kept.problem, kept.refused = str(error), ""
        return
    kept.given, kept.problem, kept.refused = given, "", ""


def settle() -> None:
    """A file has been read: it is on show now, or it is said why not, and the one before stays."""
    kept = yours()
    given, kept.given = kept.given, None
    if given is None:
        return
    kept.problem = given.problem
    if given.found is None:
        metrics.refused("file")
        return
    choices = first_choices(given.found)
    try:
        uploads.open_file(given.found, uploaded(given.found, choices, describe(given.found, choices)))
    except ValueError as error:
        metrics.refused("file")
        kept.problem = str(error)
        return
    kept.choices = choices
    give_back()


def choose(**changes: Any) -> None:
    """Choose something else of the file that is open; where that cannot be, it is said why, and nothing changes."""
    kept, file = yours(), uploads.current_file()
    if file is None:
        return
    kept.refused = ""
    try:
        choices = revised(file, kept.choices, **changes)
        uploads.open_source(uploaded(file, choices, describe(file, choices)))
    except ValueError as error:
        metrics.refused("file")
        kept.refused = str(error)
        return
    if changes.keys() & {"text", "held", "input", "recurrent", "below", "embedding"}:
        begin()
    kept.choices = choices


def refuse(problem: str) -> None:
    """Say why something that was given for the model cannot be used."""
    metrics.refused("file")
    yours().refused = problem


def begin() -> None:
    """Open the network's first example: what was in the editor was meant for another input."""
    source = uploads.current()
    if source is not None:
        session.do(["example", source.task.examples[0].text])


def on_show() -> bool:
    """Whether a file is open; its network is on show then, whatever another page showed last."""
    if uploads.current_file() is None or uploads.current() is None:
        return False
    if session.settings().task != NAME:
        session.do(["task", NAME])
    return True


def close() -> None:
    """Give all of it back."""
    uploads.close()
    st.session_state.pop(_PLACE, None)
    session.do(["task", shown_tasks()[0]])
    # The page draws no view now that would write the address anew.
    st.query_params.clear()
    give_back()


def describe(file: ModelFile, choices: Choices) -> str:
    """What a link says of the file."""
    return f"{file.format}: {shown(file, choices)}"
