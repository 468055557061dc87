"""References in a text, in braces, replaced by what they amount to in a view."""

from lstm_viz.lessons.references.grammar import read_any
from lstm_viz.lessons.references.reference import Curve, Place, Reference, is_curve, is_heavy
from lstm_viz.lessons.references.values import curve_of, number_of, place_of
from lstm_viz.lessons.written import plain, references_in, with_references
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import place as place_in_words

UNKNOWN = "–"
"""What stands where a number cannot be worked out in a view that a reader has changed."""


def fill(text: str, view: View) -> str:
    """A text with each {reference} replaced by what it amounts to in a view, written as the pages write it."""
    told = {}
    for said in references_in(text):
        try:
            told[said] = plain(value_told(read_any(said), view))
        except ValueError:
            told[said] = UNKNOWN
    return with_references(text, told)


def fill_is_heavy(text: str) -> bool:
    """Whether filling a text takes a moment, the first time."""
    for said in references_in(text):
        try:
            if is_heavy(read_any(said)):
                return True
        except ValueError:
            continue
    return False


def value_told(reference: Reference, view: View) -> str:
    """What a reference amounts to, in words: a number, a token, a unit, or how far a curve reaches."""
    if isinstance(reference, Place):
        found = place_of(reference, view)
        first = found.places[0]
        return f"unit {first}" if found.what == "unit" else place_in_words(found.labels, first)
    if isinstance(reference, Curve) or is_curve(reference):
        course = curve_of(reference, view)
        low, high = (course.scale.shown(float(each)) for each in (course.values.min(), course.values.max()))
        return f"{low} to {high}"
    return number_of(reference, view).said
