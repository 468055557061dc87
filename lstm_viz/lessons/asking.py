"""A question for a browser, without its answer; and what came of a prediction, with it."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_viz.lessons.filling import value_told
from lstm_viz.lessons.lesson import Question
from lstm_viz.lessons.questions import curled
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.reference import StepAt
from lstm_viz.lessons.references.scale import Scale, colours
from lstm_viz.lessons.references.values import Course, curve_of, named_step, number_of, place_of
from lstm_viz.ui.views.view import View
from lstm_viz.words.predictions import Gap, describe_choice, describe_drawing, describe_number, describe_place

MOST_DRAWN = 120
"""Steps of a curve that a reader can be asked to draw; of a gradient, so many distances are picked."""
PICKED = 41
MOST_TOLD = 3
"""Places, of several that are alike, that a sentence names."""


def asked(question: Question, view: View) -> dict[str, Any]:
    """What a browser needs to ask a question: nothing in it tells the answer.

    ValueError says why the question cannot be asked of this view.
    """
    first = question.about[0]
    common = {"kind": question.kind, "prompt": question.prompt}
    if question.kind == "choose":
        if not question.heavy:
            right_options(question, view)
        return {**common, "options": list(question.options)}
    if question.kind == "number":
        scale = number_of(first, view).scale  # type: ignore[arg-type]
        return {**common, "name": curled(first.said), **_axis(scale)}
    if question.kind == "draw":
        course = drawn(question, view)
        labels = {"labels": list(course.labels), "axis": course.axis}
        return {**common, "name": curled(first.said), **_axis(course.scale), **labels}
    found = place_of(first, view)  # type: ignore[arg-type]
    if question.kind == "find":
        return {**common, "what": found.what, **({"labels": list(view.run.labels)} if found.what == "step" else {})}
    return {**common, "what": found.what, "labels": list(view.run.labels), "units": view.order}


def _axis(scale: Scale) -> dict[str, Any]:
    kind = "log" if scale.log else "linear"
    ends = {"range": [scale.low, scale.high], "scale": kind, "decimals": scale.decimals, "unit": scale.unit}
    return {**ends, "colour": colours(scale)}


def drawn(question: Question, view: View) -> Course:
    """The curve that a question asks for, with no more points than can be drawn by hand."""
    course = curve_of(question.about[0], view)  # type: ignore[arg-type]
    count = len(course.values)
    if count <= MOST_DRAWN:
        return course
    if not course.scale.log:
        raise ValueError(f"a curve over {count:,} steps; at most {MOST_DRAWN} can be drawn: choose a shorter text")
    picked = np.linspace(0, count - 1, PICKED).round().astype(int)
    return Course(course.values[picked], tuple(course.labels[k] for k in picked), course.scale, course.axis)


def right_options(question: Question, view: View) -> list[int]:
    """Which options of a choice are right, by the numbers as they are shown; one, in a lesson without problems.

    ValueError says why none is.
    """
    if not (right := _right_options(question, view)):
        raise ValueError(f"none of the options is right: {short(value_told(question.about[0], view))}")
    return right


def _right_options(question: Question, view: View) -> list[int]:
    choices = question.choices
    assert choices is not None
    if choices.rule == "among":
        found = place_of(question.about[0], view)  # type: ignore[arg-type]
        return [k for k, each in enumerate(choices.places) if _named(each, view) in found.places]
    values = [number_of(each, view) for each in question.about]  # type: ignore[arg-type]
    shown = [each.scale.rounded(each.value) for each in values]
    if choices.rule == "ranges":
        # A range holds its ends; what is below or above a number is not that number.
        return [k for k, (low, high) in enumerate(choices.ranges) if _within(shown[0], low, high)]
    if choices.rule == "against":
        return [choices.words.index(word) for word in [_compared(shown, values[0].scale, choices.words)] if word]
    best = max(shown) if choices.rule == "largest" else min(shown)
    return [k for k, value in enumerate(shown) if value == best]


def _within(value: float, low: float, high: float) -> bool:
    if math.isinf(low):
        return value < high
    return value > low if math.isinf(high) else low <= value <= high


def _compared(shown: list[float], scale: Scale, words: tuple[str, ...]) -> str:
    """How the first number compares; "" where no option says so. About the same comes before larger and smaller."""
    one, two = shown
    alike = scale.alike(scale.distance(one, two))
    word = "larger" if one > two else "smaller" if one < two else "same"
    word = "same" if alike and "same" in words else word
    return word if word in words else ""


def _named(place: StepAt | int, view: View) -> int:
    if isinstance(place, int):
        if place >= view.source.units:
            raise ValueError(f"there is no unit {place}; units run from 0 to {view.source.units - 1}")
        return place
    return named_step(place, tuple(view.run.labels), view.reading.tokens)


def answered(question: Question, view: View, prediction: Any) -> dict[str, Any]:
    """The truth, and what came of a prediction: right or not, how far off, and that in words with the real numbers.

    ValueError says what is wrong with a prediction that makes no sense.
    """
    truth, gap = _ANSWERED[question.kind](question, view, prediction)
    return {"truth": truth, **gap._asdict()}


def _choice(question: Question, view: View, prediction: Any) -> tuple[int, Gap]:
    chosen = _index(prediction, len(question.options), "a choice")
    right = right_options(question, view)
    found = "; ".join(f"{curled(each.said)}: {value_told(each, view)}" for each in question.about)
    truth = chosen if chosen in right else right[0]
    return truth, describe_choice(question.options, chosen, truth, f"{found[:1].upper()}{found[1:]}.")


def _index(given: Any, count: int, what: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < count:
        raise ValueError(f"{what} is a whole number from 0 to {count - 1}")
    return given


def _number(question: Question, view: View, prediction: Any) -> tuple[float, Gap]:
    given, first = _finite(prediction, "a prediction is one number"), question.about[0]
    found = number_of(first, view)  # type: ignore[arg-type]
    guess = min(max(given, found.scale.low), found.scale.high)
    told = describe_number(guess, found.value, curled(first.said), found.scale)
    return found.scale.rounded(found.value), told


def _finite(given: Any, sentence: str) -> float:
    try:
        number = math.nan if isinstance(given, bool) or not isinstance(given, (int, float)) else float(given)
    except OverflowError:  # a whole number of hundreds of digits
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(sentence)
    return number


def _place(question: Question, view: View, prediction: Any) -> tuple[list[int], Gap]:
    first = question.about[0]
    found = place_of(first, view)  # type: ignore[arg-type]
    chosen = _index(prediction, len(found.labels), "a place")
    labels = None if found.what == "unit" else found.labels
    name = curled(first.said)
    name = name if name.lower().startswith("the ") else f"the {name}"
    told = [chosen] if chosen in found.places else found.places[:MOST_TOLD]
    return list(found.places), describe_place(chosen, told, name, labels)


def _drawing(question: Question, view: View, prediction: Any) -> tuple[list[float], Gap]:
    course = drawn(question, view)
    count, scale = len(course.values), course.scale
    sentence = f"a drawing is a list of {count} numbers, or nothing where it was not drawn"
    if not isinstance(prediction, (list, tuple)) or len(prediction) != count:
        raise ValueError(sentence)
    given = [None if each is None else _finite(each, sentence) for each in prediction]
    guess = [None if each is None else min(max(each, scale.low), scale.high) for each in given]
    truth = [scale.rounded(float(each)) for each in course.values]
    return truth, describe_drawing(guess, truth, course.labels, scale, course.axis)


_ANSWERED: dict[str, Callable[[Question, View, Any], tuple[Any, Gap]]] = {
    "choose": _choice,
    "number": _number,
    "click": _place,
    "find": _place,
    "draw": _drawing,
}
