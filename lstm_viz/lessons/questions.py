"""A question read from its line. Which answer is right is not in it: the line names what the app works out."""

import re
from collections.abc import Callable

from lstm_viz.lessons.lesson import Choices, Question
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.grammar import Words, read_curve, read_number, read_place, read_step
from lstm_viz.lessons.references.names import nearest, quantities
from lstm_viz.lessons.references.reference import Far, Measure, Place, Product, Reference, StepAt
from lstm_viz.lessons.written import split_outside

ASKING = ("choose", "number", "click", "find", "draw")
"""Keys that ask, each with its kind of answer."""
MOST_OPTIONS = 8

_RANGE = r"[+−-]?\d{1,9}(?:\.\d{1,9})?"
_BELOW = re.compile(rf"(?:below|under|less than)\s+({_RANGE})(?:\s.{{0,20}})?", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:above|over|more than)\s+({_RANGE})(?:\s.{{0,20}})?", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:between\s+|from\s+)?({_RANGE})\s*(?:to|and|–)\s*({_RANGE})(?:\s.{{0,20}})?", re.IGNORECASE)
_COMPARED = {
    "larger": "larger",
    "higher": "larger",
    "more": "larger",
    "smaller": "smaller",
    "lower": "smaller",
    "less": "smaller",
    "about the same": "same",
    "the same": "same",
}


def read_question(kind: str, line: str, prompt: str, meanwhile: str, hint: str) -> Question:
    """A question.

    Parameters
    ----------
    kind : one of `ASKING`
    line : what is asked for, as the file has it
    prompt, meanwhile, hint : the values of these keys, "" for none

    Raises
    ------
    ValueError
        in a sentence that says what cannot be understood, and what can.
    """
    about, options, choices = _READ[kind](line)
    seen = read_quantities(meanwhile)
    if taken := sorted({name for each in about for name in _names(each)} & set(seen)):
        raise ValueError(f"Meanwhile shows what is asked for: {', '.join(taken).replace('_', ' ')}")
    return Question(kind, prompt, about, options, seen, hint, choices)  # type: ignore[arg-type]


def read_quantities(text: str) -> tuple[str, ...]:
    """Quantities by code name, from their names with commas between. ValueError names one that there is not."""
    found = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        name = each.lower().removeprefix("the ")
        singular = name if name in quantities() else name.removesuffix("s")
        if singular not in quantities():
            like = nearest(name, quantities())
            raise ValueError(f"“{short(each)}” is not a quantity{f'; did you mean “{like}”?' if like else ''}")
        found.append(quantities()[singular])
    return tuple(dict.fromkeys(found))


Read = tuple[tuple[Reference, ...], tuple[str, ...], Choices | None]


def _choose(line: str) -> Read:
    for rule in ("largest", "smallest"):
        if line.lower().startswith(f"{rule} of "):
            parts = split_outside(line[len(rule) + 4 :], ";")
            _expect_several(parts, ";")
            return tuple(read_number(part) for part in parts), tuple(map(curled, parts)), Choices(rule)
    among = split_outside(line, " among ", 1)
    if len(among) == 2:
        parts = split_outside(among[1], ",")
        _expect_several(parts, ",")
        place = read_place(among[0])
        places = tuple(_option(part, place) for part in parts)
        return (place,), tuple(map(curled, parts)), Choices("among", places=places)
    halves = split_outside(line, ":", 1)
    if len(halves) < 2:
        raise ValueError(
            "after Choose: comes a number, a colon and the options with | between them; or “… against …: larger | "
            "smaller”; or a place “among” some; or “largest of” some numbers with ; between them"
        )
    options = split_outside(halves[1], "|")
    _expect_several(options, "|")
    against = split_outside(halves[0], " against ", 1)
    if len(against) == 2:
        words = tuple(_COMPARED.get(option.lower(), "") for option in options)
        if "" in words or len(set(words)) < len(words):
            raise ValueError(f"after “against”, options are two or three of: {' | '.join(_COMPARED)}")
        return tuple(map(read_number, against)), tuple(options), Choices("against", words=words)
    ranges = tuple(_range(option) for option in options)
    return (read_number(halves[0]),), tuple(options), Choices("ranges", ranges=ranges)


def _expect_several(parts: list[str], mark: str) -> None:
    if not 2 <= len(parts) <= MOST_OPTIONS or "" in parts:
        raise ValueError(f"a choice has 2 to {MOST_OPTIONS} options, with {mark} between them")


def _range(option: str) -> tuple[float, float]:
    def value(text: str) -> float:
        return float(text.replace("−", "-"))

    # Words may stand before a range: "unsure, 0.3 to 0.7".
    option = option.rpartition(", ")[2]
    if match := _BELOW.fullmatch(option):
        return -float("inf"), value(match[1])
    if match := _ABOVE.fullmatch(option):
        return value(match[1]), float("inf")
    if (match := _BETWEEN.fullmatch(option)) and value(match[1]) < value(match[2]):
        return value(match[1]), value(match[2])
    raise ValueError(f"“{short(option)}” is not a range: write “below 0.2”, “0.2 to 0.8” or “above 0.8”")


def _option(part: str, place: Place) -> StepAt | int:
    if place.what == "step":
        return read_step(part)
    words = Words(part)
    words.take("unit")
    number = words.whole("unit")
    if words.more:
        raise words.lost()
    return number


def _place(line: str) -> Read:
    return (read_place(line),), (), None


def _number(line: str) -> Read:
    found = read_number(line)
    if isinstance(found, Far) and found.kind == "gradient":
        raise ValueError("a gradient spans too many powers of ten for a slider: use Choose or Draw")
    return (found,), (), None


_READ: dict[str, Callable[[str], Read]] = {
    "choose": _choose,
    "number": _number,
    "click": _place,
    "find": _place,
    "draw": lambda line: ((read_curve(line),), (), None),
}


def _names(reference: Reference) -> set[str]:
    """Quantities whose sight would give a reference away."""
    if isinstance(reference, Product):
        return set().union(*map(_names, reference.factors))
    measure: Measure | None = getattr(reference, "measure", None)
    if measure is None:
        return set()
    return {measure.name} if measure.kind in ("quantity", "share") else set()


def curled(said: str) -> str:
    """A reference as it is read on screen: with curly quotation marks."""
    return re.sub(r'"([^"]*)"', r"“\1”", said)
