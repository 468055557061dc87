"""The live view as a Streamlit component: what the browser sends changes the settings, and the view answers."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from lstm_viz.analysis.alignment import align, baseline
from lstm_viz.ui import session
from lstm_viz.ui.degrees import rewritten
from lstm_viz.ui.link import from_file
from lstm_viz.ui.modules import joined, style
from lstm_viz.ui.view import View, opening, read, telling_cell

KEY = "live"

_component = st.components.v2.component(
    "lstm_viz_live", js=joined("live.js"), css=style("style.css") + style("tasks.css")
)


@st.fragment
def live_view() -> None:
    """The editor and everything the network did with its text; a fragment, so that a key press runs only this."""
    message = last_message(KEY)
    view = View(session.settings())
    _component(key=KEY, data=view.message(message["edits"], message["number"]), on_message_change=_receive)
    session.announce_ignored()


def _receive() -> None:
    session.change(**with_consequences(last_message(KEY)["changes"]))


def with_consequences(changes: dict[str, Any]) -> dict[str, Any]:
    """What the browser changed, and what changes with it."""
    settings = session.settings()
    if "file" in changes:
        opened, ignored = from_file(changes["file"].encode(errors="replace"))
        session.note(ignored)
        return asdict(opened) if opened else {}
    if "text" in changes:
        return changes | _after_edit(changes["text"])
    if "task" in changes:
        # What was typed for one task is no input of another.
        return changes | opening(session.nearest(**changes))
    if changes.get("degrees", settings.degrees) != settings.degrees:
        texts = {"text": View(settings).text, "before": settings.before}
        old, new = (View(each).model for each in (settings, session.nearest(degrees=changes["degrees"])))
        return changes | {name: text and rewritten(text, old, new) for name, text in texts.items()}
    return changes


def _after_edit(text: str) -> dict[str, Any]:
    model = View(session.settings()).model
    if text in (example.text for example in model.task.examples):
        return {"before": None} | telling_cell(model, text)
    return _edited(text)


def _edited(text: str) -> dict[str, Any]:
    """The text to compare a new one with, so that typing one word counts as one edit; the chosen step goes along."""
    view = View(session.settings())
    current, new = (read(view.model, each)[0] for each in (view.text, text))
    change = align(current, new)
    step = {} if change.is_identity or not new else {"step": min(change.after_span[1] or 1, len(new)) - 1}
    begun = view.settings.before
    if begun is not None and baseline(read(view.model, begun)[0], current, new) == read(view.model, begun)[0]:
        return {"before": begun} | step
    return {"before": view.text} | step


def last_message(key: str) -> dict[str, Any]:
    """The last message from the browser, with its number and how many edits it had seen."""
    state = st.session_state.get(key) or {}
    return state.get("message") or {"number": 0, "edits": 0, "changes": {}}
