"""What is so, for a reader who wants to see it without having predicted."""

from typing import Any

from lstm_viz.lessons import Question, answered
from lstm_viz.rooms.predictions import any_prediction
from lstm_viz.ui.views.view import View


def shown_without_prediction(question: Question, view: View, asked: dict[str, Any]) -> dict[str, Any]:
    """The truth as `answered` gives it, with nothing said of a prediction, for there was none."""
    found = answered(question, view, any_prediction(asked))
    return {**found, "right": None, "gap": None, "said": "You saw this without a prediction."}
