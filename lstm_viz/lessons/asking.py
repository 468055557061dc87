"""A question for a browser, without its answer; and what came of a prediction, with it."""

import math
from typing import Any

import numpy as np

from lstm_viz.lessons.lesson import Question
from lstm_viz.lessons.questions import curled
from lstm_viz.lessons.references.reference import Place, StepAt
from lstm_viz.lessons.references.scale import Scale, colours
from lstm_viz.lessons.references.values import Course, curve_of, named_step, number_of, place_of
from lstm_viz.ui.views.view import View
from lstm_viz.words.alike import ALIKE

MOST_DRAWN = 120
"""Steps of a curve that a reader can be asked to draw; of a gradient, so many distances are picked."""
PICKED = 41


def asked(question: Question, view: View) -> dict[str, Any]:
    """What a browser needs to ask a question: nothing in it tells the answer.

    ValueError says why the question cannot be asked of this view.
    """
    first = question.about[0]
    common = {"kind": question.kind, "prompt": question.prompt}
    if question.kind == "choose":
        return {**common, "options": list(question.options)}
    if question.kind == "number":
        scale = number_of(first, view).scale  # type: ignore[arg-type]
        return {**common, "range": [scale.low, scale.high], "decimals": scale.decimals, "unit": scale.unit,
                "name": curled(first.said)}  # fmt: skip
    if question.kind == "draw":
        course = drawn(question, view)
        scale = course.scale
        return {
            **common,
            "range": [scale.low, scale.high],
            "scale": "log" if scale.log else "linear",
            "labels": list(course.labels),
            "decimals": scale.decimals,
            "unit": scale.unit,
            "name": curled(first.said),
            "colour": colours(scale),
        }
    found = place_of(first, view)  # type: ignore[arg-type]
    if question.kind == "find":
        return {**common, "what": found.what}
    return {**common, "what": found.what, "labels": list(view.run.labels), "units": view.order}


def drawn(question: Question, view: View) -> Course:
    """The curve that a question asks for, with no more points than can be drawn by hand."""
    course = curve_of(question.about[0], view)  # type: ignore[arg-type]
    count = len(course.values)
    if count <= MOST_DRAWN:
        return course
    if not course.scale.log:
        raise ValueError(f"a curve over {count:,} steps; at most {MOST_DRAWN} can be drawn: choose a shorter text")
    picked = np.linspace(0, count - 1, PICKED).round().astype(int)
    return Course(course.values[picked], tuple(course.labels[k] for k in picked), course.scale)


def right_options(question: Question, view: View) -> list[int]:
    """Which options of a choice are right, by the numbers as they are shown; one, in a lesson without problems."""
    choices = question.choices
    assert choices is not None
    if choices.rule == "among":
        found = place_of(question.about[0], view)  # type: ignore[arg-type]
        return [k for k, each in enumerate(choices.places) if _named(each, view) in found.places]
    values = [number_of(each, view) for each in question.about]  # type: ignore[arg-type]
    shown = [each.scale.shown(each.value) for each in values]
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
    alike = abs(one - two) <= ALIKE * scale.span + 1e-9
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
    return _ANSWERED[question.kind](question, view, prediction)


def _chosen(question: Question, view: View, prediction: Any) -> dict[str, Any]:
    count = len(question.options)
    if isinstance(prediction, bool) or not isinstance(prediction, int) or not 0 <= prediction < count:
        raise ValueError(f"a choice is a whole number from 0 to {count - 1}")
    right = right_options(question, view)
    return {
        "truth": right[0] if right else None,
        "right": prediction in right,
        "gap": None,
        "said": _of_choice(question, view, prediction, right),
    }


def _of_choice(question: Question, view: View, prediction: int, right: list[int]) -> str:
    told = "; ".join(f"{curled(each.said)}: {_told(each, view)}" for each in question.about)
    if prediction in right:
        return f"Right. {_capital(told)}."
    answer = f" It is “{question.options[right[0]]}”." if right else ""
    return f"Not so.{answer} {_capital(told)}."


def _told(reference: Any, view: View) -> str:
    if isinstance(reference, Place):
        found = place_of(reference, view)
        return f"unit {found.places[0]}" if found.what == "unit" else f"“{found.labels[found.places[0]]}”"
    return number_of(reference, view).said


def _number(question: Question, view: View, prediction: Any) -> dict[str, Any]:
    given = _finite(prediction, "a prediction is one number")
    value = number_of(question.about[0], view)  # type: ignore[arg-type]
    scale = value.scale
    truth, guess = scale.shown(value.value), scale.shown(given)
    gap = scale.shown(abs(truth - guess))
    right = gap <= ALIKE * scale.span + 1e-9
    said = f"You said {scale.said(guess)}; it is {scale.said(truth)}"
    said += f", {scale.said(gap)} away." if gap else "."
    return {
        "truth": truth,
        "right": right,
        "gap": gap,
        "said": f"{said}, {scale.said(gap)} away." if gap else f"{said}.",
    }


def _finite(given: Any, sentence: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise ValueError(sentence)
    return float(given)


def _pointed(question: Question, view: View, prediction: Any) -> dict[str, Any]:
    found = place_of(question.about[0], view)  # type: ignore[arg-type]
    count = len(found.labels)
    if isinstance(prediction, bool) or not isinstance(prediction, int) or not 0 <= prediction < count:
        raise ValueError(f"a place is a whole number from 0 to {count - 1}")
    right = prediction in found.places
    told = _told(question.about[0], view)
    said = (
        f"Right: it is {told}."
        if right
        else f"You chose {_place_said(found.what, found.labels, prediction)}; it is {told}."
    )
    return {"truth": list(found.places), "right": right, "gap": None, "said": said}


def _place_said(what: str, labels: tuple[str, ...], place: int) -> str:
    return f"unit {place}" if what == "unit" else f"“{labels[place]}”"


def _drawing(question: Question, view: View, prediction: Any) -> dict[str, Any]:
    course = drawn(question, view)
    count, scale = len(course.values), course.scale
    sentence = f"a drawing is a list of {count} numbers, or nothing where it was not drawn"
    if not isinstance(prediction, (list, tuple)) or len(prediction) != count:
        raise ValueError(sentence)
    guess = np.array([np.nan if each is None else _finite(each, sentence) for each in prediction])
    if np.isnan(guess).all():
        raise ValueError("nothing is drawn yet")
    truth = np.array([scale.shown(float(each)) for each in course.values]) if not scale.log else course.values
    heights = [_height(each, scale) for each in (truth, guess)]
    gap = float(np.nanmean(np.abs(heights[0] - heights[1])))
    return {
        "truth": truth.tolist(),
        "right": bool(gap <= ALIKE),
        "gap": gap if scale.log else scale.shown(gap * scale.span),
        "said": _of_drawing(course, truth, guess, heights),
    }


def _height(values: Any, scale: Scale) -> Any:
    """Where values lie between the ends of a scale, as they are drawn: from 0 to 1."""
    if not scale.log:
        return (values - scale.low) / scale.span
    return np.log10(np.maximum(values, scale.low) / scale.low) / math.log10(scale.high / scale.low)


def _of_drawing(course: Course, truth: Any, guess: Any, heights: list[Any]) -> str:
    off = np.abs(heights[0] - heights[1])
    worst = int(np.nanargmax(off))
    where = f"“{course.labels[worst]}”"
    return (
        f"Your line is furthest off at {where}: you drew {course.scale.said(float(guess[worst]))}, and it is "
        f"{course.scale.said(float(truth[worst]))}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_ANSWERED = {"choose": _chosen, "number": _number, "click": _pointed, "find": _pointed, "draw": _drawing}
