"""The units that keep track of something, as the model card found them, for a row of buttons."""

from collections.abc import Mapping
from typing import Any, TypedDict

from lstm_viz.analysis.seen import ROUGHLY
from lstm_viz.ui.views.card import turned
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import number
from lstm_viz.words.points.memory import NAMES


class Tracking(TypedDict):
    """A unit, what it keeps track of, and how closely."""

    unit: int
    what: str
    how: str


def tracking(view: View) -> list[Tracking]:
    """Of the first layer, from the card's findings: those that go with what they were chosen for on fresh text too."""
    found = view.model.card.get("findings", {}).get("units", [])
    return [_said(view, each) for each in found if view.place == view.source.places[0] and closeness(each) >= ROUGHLY]


def closeness(found: Mapping[str, Any]) -> float:
    """From 0, as by chance, to 1: the size of a correlation, or how far an area is from even."""
    score = float(found["score"])
    return abs(score) if found["measure"] == "correlation" else abs(2 * score - 1)


def _said(view: View, found: Mapping[str, Any]) -> Tracking:
    quantity = view.source.cell[found["quantity"]].label.lower()
    unit, score = int(found["unit"]), number(found["score"])
    return {
        "unit": unit,
        "what": NAMES.get(found["property"], found["property"]) + turned(found),
        "how": f"Unit {unit}’s {quantity}: {found['measure']}, {score} on {found['steps']:,} fresh steps",
    }
