"""What the user changed, and what changes with it. No Streamlit here."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lstm_viz.analysis.change.alignment import align, baseline
from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.settings.settings import Settings, nearest_settings
from lstm_viz.ui.views.degrees import rewritten
from lstm_viz.ui.views.view import View, opening, read, telling_cell


def with_consequences(settings: Settings, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser changed in these settings, and what changes with it."""
    found = dict(changes)
    if "text" in found:
        return found | _after_edit(settings, found["text"])
    after = nearest_settings(asdict(settings) | found)[0]
    if "task" in found:
        # What was typed for one task is no input of another.
        return found | opening(after)
    if after.degrees != settings.degrees:
        texts = {"text": View(settings).text, "before": settings.before}
        old, new = View(settings).model, View(after).model
        return found | {name: text and rewritten(text, old, new) for name, text in texts.items()}
    return found


def _after_edit(settings: Settings, text: str) -> dict[str, Any]:
    model = View(settings).model
    if text in (example.text for example in model.task.examples):
        return {"before": None} | telling_cell(model, model.trace(text))
    return _edited(settings, text)


def _edited(settings: Settings, text: str) -> dict[str, Any]:
    """The text to compare a new one with, so that typing one word counts as one edit; the chosen step goes along."""
    view = View(settings)
    current, new = (read(view.model, each)[0] for each in (view.text, text))
    change = align(current, new)
    step = {} if change.is_identity or not new else {"step": min(change.after_span[1] or 1, len(new)) - 1}
    begun = settings.before
    if begun is not None and baseline(read(view.model, begun)[0], current, new) == read(view.model, begun)[0]:
        return {"before": begun} | step
    return {"before": view.text} | step


def restored(query: Mapping[str, str | list[str]], text: str, **chosen: Any) -> Settings:
    """The view that a browser shows, after the server that knew it is gone.

    Parameters
    ----------
    query : the last address that the browser was told
    text : what is in its editor
    chosen : settings that it may have changed since
    """
    settings, _ = from_query(query)
    if View(settings).text != text:
        chosen["text"] = text
    return nearest_settings(asdict(settings) | chosen)[0]
