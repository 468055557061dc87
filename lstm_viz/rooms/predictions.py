"""What a room can ask, and whether an answer is one: the JSON of a question, as lessons make it, and of an answer."""

import json
from collections.abc import Mapping
from typing import Any

from lstm_viz.rooms.errors import Wrong

KINDS = ("choose", "number", "click", "draw")
"""Kinds of question that a telephone can answer. To find something in a view takes the view, which it is not sent."""
LONGEST = 200
"""Points of a curve, or places to choose from, at most: more are too many for a telephone."""
LARGEST = 32_768
"""Bytes of a question and its answer, at most."""


def question(asked: Mapping[str, Any], truth: Any) -> bytes:
    """A question and its answer, to be kept.

    Parameters
    ----------
    asked : the question as a browser is given it
    truth : its answer, of the same shape as a prediction

    Raises
    ------
    Wrong
        where a room cannot ask this
    """
    if why := why_not(asked):
        raise Wrong(why)
    made = json.dumps({"asked": asked, "truth": truth}, ensure_ascii=False, allow_nan=False).encode()
    if len(made) > LARGEST:
        raise Wrong(f"A room takes questions of at most {LARGEST:,} bytes; this one has {len(made):,}.")
    return made


def why_not(asked: Mapping[str, Any]) -> str:
    """Why a room cannot ask a question, as a sentence; "" where it can."""
    if asked["kind"] not in KINDS:
        return "A telephone does not show the view, so nothing can be looked for in it there: ask for a show of hands."
    if (many := max(len(asked.get(name, ())) for name in ("options", "labels", "units"))) > LONGEST:
        return f"A telephone has room for {LONGEST} places at most; this question has {many:,}."
    return ""


def prediction(asked: Mapping[str, Any], given: Any) -> bytes:
    """An answer to be kept.

    Raises
    ------
    Wrong
        where it is none to this question
    """
    return json.dumps(_CHECKS[asked["kind"]](asked, given)).encode()


def any_prediction(asked: Mapping[str, Any]) -> Any:
    """Some answer that can be given, of the shape that all have."""
    if asked["kind"] in ("number", "draw"):
        low = float(asked["range"][0])
        return low if asked["kind"] == "number" else [low] * len(asked["labels"])
    return asked["units"][0] if asked.get("what") == "unit" and "units" in asked else 0


def _chosen(asked: Mapping[str, Any], given: Any) -> int:
    return _one_of(range(len(asked["options"])), given, "the number of an option")


def _clicked(asked: Mapping[str, Any], given: Any) -> int:
    places = asked["units"] if asked["what"] == "unit" else range(len(asked["labels"]))
    return _one_of(places, given, f"the number of a {asked['what']}")


def _one_of(places: Any, given: Any, what: str) -> int:
    if type(given) is not int or given not in places:
        raise Wrong(f"That is no answer to this question: expected {what}.")
    return given


def _number(asked: Mapping[str, Any], given: Any) -> float:
    low, high = asked["range"]
    # A telephone rounds to as many digits as it shows, and may so pass an end of the range.
    slack = 0.005 * high if asked.get("scale") == "log" else 0.5 * 10 ** -asked["decimals"]
    if type(given) not in (int, float) or not low - slack <= given <= high + slack:  # nor is NaN
        raise Wrong(f"That is no answer to this question: expected a number from {low} to {high}.")
    return float(min(max(given, low), high))


def _drawn(asked: Mapping[str, Any], given: Any) -> list[float | None]:
    length = len(asked["labels"])
    if not isinstance(given, list) or len(given) != length:
        raise Wrong(f"That is no answer to this question: expected a curve of {length} points.")
    curve = [None if each is None else _number(asked, each) for each in given]
    if not any(each is not None for each in curve):
        raise Wrong("The curve is empty: draw at least one point of it.")
    return curve


_CHECKS = {"choose": _chosen, "number": _number, "click": _clicked, "draw": _drawn}
