"""The live view as a Streamlit component: what the browser sends changes the settings, and the view answers."""

from typing import Any

import streamlit as st

from lstm_viz.analysis.alignment import baseline
from lstm_viz.ui import session
from lstm_viz.ui.degrees import rewritten
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


def _receive() -> None:
    session.change(**with_consequences(last_message(KEY)["changes"]))


def with_consequences(changes: dict[str, Any]) -> dict[str, Any]:
    """What the browser changed, and what changes with it."""
    settings = session.settings()
    if "task" in changes:
        # What was typed for one task is no input of another.
        return changes | opening(session.nearest(task=changes["task"]))
    if changes.get("degrees", settings.degrees) != settings.degrees:
        texts = {"text": changes.get("text", View(settings).text), "before": settings.before}
        old, new = (View(each).model for each in (settings, session.nearest(degrees=changes["degrees"])))
        return changes | {name: text and rewritten(text, old, new) for name, text in texts.items()}
    return changes | _after_edit(changes["text"]) if "text" in changes else changes


def _after_edit(text: str) -> dict[str, Any]:
    model = View(session.settings()).model
    if text in (example.text for example in model.task.examples):
        return {"before": None} | telling_cell(model, text)
    return {"before": _edited_from(text)}


def _edited_from(text: str) -> str:
    """The text that a new one is to be compared with, so that typing one word counts as one edit."""
    view = View(session.settings())
    begun = view.settings.before
    if begun is None:
        return view.text
    before, current, new = (read(view.model, each)[0] for each in (begun, view.text, text))
    return begun if baseline(before, current, new) == before else view.text


def last_message(key: str) -> dict[str, Any]:
    """The last message from the browser, with its number and how many edits it had seen."""
    state = st.session_state.get(key) or {}
    return state.get("message") or {"number": 0, "edits": 0, "changes": {}}
