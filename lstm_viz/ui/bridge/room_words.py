"""What came of a telephone's answer, in the words of a lesson's predictions, from what a room knows alone."""

from collections.abc import Callable, Mapping
from typing import Any

from lstm_viz.words.predictions import (
    Gap,
    Scale,
    describe_choice,
    describe_drawing,
    describe_number,
    describe_place,
)

MOST_TOLD = 3
"""Of places that are right alike, so many are named."""


def came_of(asked: Mapping[str, Any], truth: Any, prediction: Any) -> Gap:
    """Whether an answer was right, how far off, and that in a sentence.

    Parameters
    ----------
    asked : the question as a browser is given it
    truth, prediction : what is so, and what was answered, as a room keeps them
    """
    return _WORDS[asked["kind"]](asked, truth, prediction)


def _choice(asked: Mapping[str, Any], truth: int, prediction: int) -> Gap:
    return describe_choice(asked["options"], prediction, truth)


def _place(asked: Mapping[str, Any], truth: list[int], prediction: int) -> Gap:
    told = [prediction] if prediction in truth else truth[:MOST_TOLD]
    return describe_place(prediction, told, "the answer", asked["labels"] if asked["what"] == "step" else None)


def _number(asked: Mapping[str, Any], truth: float, prediction: float) -> Gap:
    return describe_number(prediction, truth, asked["name"], _scale(asked))


def _drawing(asked: Mapping[str, Any], truth: list[float | None], prediction: list[float | None]) -> Gap:
    return describe_drawing(prediction, truth, asked["labels"], _scale(asked), asked.get("axis", "step"))


def _scale(asked: Mapping[str, Any]) -> Scale:
    low, high = asked["range"]
    return Scale(low, high, asked.get("scale") == "log", asked["decimals"], asked["unit"])


_WORDS: Mapping[str, Callable[[Mapping[str, Any], Any, Any], Gap]] = {
    "choose": _choice,
    "click": _place,
    "number": _number,
    "draw": _drawing,
}
