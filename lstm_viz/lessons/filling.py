"""References in a text, in braces, replaced by what they amount to in a view."""

import re
from contextlib import suppress
from dataclasses import replace

from lstm_viz.lessons.references.grammar import read_any
from lstm_viz.lessons.references.reference import Curve, Number, Place, Reference, is_curve, is_heavy
from lstm_viz.lessons.references.values import curve_of, number_of, place_of, step_of
from lstm_viz.lessons.written import plain, references_in, with_references
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import place as place_in_words

_DECIMALS = re.compile(r"(.{1,400}) to (\d) decimals?")
STILL_ASKED = "?"
"""What stands where a number would answer the question of its step."""
UNKNOWN = "–"
"""What stands where a number cannot be worked out in a view that a reader has changed."""


def fill(text: str, view: View, asked: tuple[Reference, ...] = ()) -> str:
    """A text with each {reference} replaced by what it amounts to in a view, written as the pages write it.

    Parameters
    ----------
    asked : what a question asks for that is still open, which is not told
    """
    told = {}
    for said in references_in(text):
        try:
            told[said] = STILL_ASKED if tells(said, asked, view) else plain(filled(said, view))
        except ValueError:
            told[said] = UNKNOWN
    return with_references(text, told)


def tells(said: str, asked: tuple[Reference, ...], view: View) -> bool:
    """Whether a reference of a text tells one of those that are asked for, however it is written."""
    reference, _ = read_filled(said)
    return any(_same(reference, each, view) for each in asked)


def _same(one: Reference, other: Reference, view: View) -> bool:
    if one == other:
        return True
    if not isinstance(one, Number) or not isinstance(other, Number):
        return False
    if (one.measure, one.before) != (other.measure, other.before):
        return False
    steps = {view.step if each.at is None else step_of(each.at, view) for each in (one, other)}
    return len(steps) == 1


def fill_is_heavy(text: str) -> bool:
    """Whether filling a text takes a moment, the first time."""
    return heavy_in(text) > 0


def heavy_in(text: str) -> int:
    """How many of a text's references take a moment each, the first time."""
    found = 0
    for said in references_in(text):
        with suppress(ValueError):
            found += is_heavy(read_filled(said)[0])
    return found


def read_filled(said: str) -> tuple[Reference, int | None]:
    """A reference of a text, and to how many decimals its number is written; None for as many as usual."""
    match = _DECIMALS.fullmatch(" ".join(said.split()))
    return (read_any(match[1]), int(match[2])) if match else (read_any(said), None)


def to_decimals(text: str, decimals: int) -> str:
    """A text whose references say to how many decimals, where they do not say it themselves."""
    found = (said for said in references_in(text) if not _DECIMALS.fullmatch(" ".join(said.split())))
    return with_references(text, {said: f"{{{said} to {decimals} decimals}}" for said in found})


def filled(said: str, view: View) -> str:
    """What a reference of a text amounts to, in words. ValueError says why it amounts to nothing."""
    reference, decimals = read_filled(said)
    return value_told(reference, view, decimals)


def value_told(reference: Reference, view: View, decimals: int | None = None) -> str:
    """What a reference amounts to, in words: a number, a token, a unit, or how far a curve reaches."""
    if isinstance(reference, Place):
        found = place_of(reference, view)
        first = found.places[0]
        return f"unit {first}" if found.what == "unit" else place_in_words(found.labels, first)
    if isinstance(reference, Curve) or is_curve(reference):
        course = curve_of(reference, view)
        low, high = (course.scale.shown(float(each)) for each in (course.values.min(), course.values.max()))
        return f"{low} to {high}"
    found_number = number_of(reference, view)
    scale = found_number.scale
    # What is counted, or told by powers of ten, has no decimals to choose.
    if decimals is not None and scale.decimals and not scale.log:
        scale = replace(scale, decimals=decimals)
    return scale.shown(found_number.value)
