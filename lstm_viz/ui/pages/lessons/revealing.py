"""What is so, for a reader who wants to see it without having predicted."""

from typing import Any

from lstm_viz.lessons import Question, answered
from lstm_viz.ui.views.view import View


def shown_without_prediction(question: Question, view: View, asked: dict[str, Any]) -> dict[str, Any]:
    """The truth as `answered` gives it, with nothing said of a prediction, for there was none."""
    found = answered(question, view, any_prediction(asked))
    return {**found, "right": None, "gap": None, "said": "You saw this without a prediction."}


def any_prediction(asked: dict[str, Any]) -> Any:
    """A prediction that makes sense, whatever is asked."""
    low = asked.get("range", [0])[0]
    return {"number": low, "draw": [low] * len(asked.get("labels", []))}.get(asked["kind"], 0)
