"""References read from text. The words are few and every rule looks ahead by one, so reading takes as long as the text.

Words are read in any case and “the” counts for nothing; quotation marks are straight or curly.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.names import cells, nearest, quantities
from lstm_viz.lessons.references.reference import (
    EXTREMES,
    PASSES,
    Count,
    Curve,
    CurveLike,
    Far,
    Measure,
    Number,
    NumberLike,
    Place,
    Power,
    Product,
    Reference,
    StepAt,
)

LONGEST = 300
"""Most characters of a reference."""
MOST_FACTORS = 3
"""Of a product."""
DEEPEST = 3
"""How often a reference may name a place by another reference."""

_WORD = re.compile(
    r'"[^"]{1,80}"|“[^”]{1,80}”|[Pp]\([^()]{1,60}\)|\((?:\d{1,6}(?:st|nd|rd|th)|last)\)|[+−-]?\d{1,9}(?:\.\d{1,9})?(?![\w.])'
    r"|[\w-]{1,40}|\S"
)
_NTH = re.compile(r"\(?(\d{1,6})(?:st|nd|rd|th)\)?")
EXAMPLES = (
    'forget gate of unit 3 at "but"',
    'mean forget gate at "but"',
    'P(positive) at "but"',
    "the answer at the end",
    'share of "not" in cell state of unit 3 at the end',
    "change of cell state of unit 3 at step 4",
    "error of the GRU at length 200",
    "gradient of the LSTM at distance 50",
    "gradient of the cell state of the LSTM at distance 50",
    "the power",
    "score of the LSTM",
    "number of units",
    "error of the GRU by length",
    "gradient of the LSTM by distance",
    "the step where the forget gate of unit 3 is lowest",
    "the unit whose cell state moves most",
    "the token that put most into cell state of unit 3 at the end",
)
"""One reference of each kind, to show what can be understood."""

_STATES = {"cell state": "cell_state", "hidden state": "hidden_state"}
"""States with respect to which a gradient can be asked for."""

Found = TypeVar("Found")


def read_number(text: str) -> NumberLike:
    """A number; without a step it is that of the view's. ValueError says what cannot be understood, and what can."""
    return _read(text, _number)


def read_curve(text: str) -> CurveLike:
    """A curve; as `read_number`."""
    return _read(text, _curve)


def read_place(text: str) -> Place:
    """A place that has to be found; as `read_number`."""
    return _read(text, _place)


def read_step(text: str) -> StepAt:
    """A step that is named: a token in quotation marks, ``step 4``, ``the end``; as `read_number`."""
    return _read(text, lambda words: words.step(0))  # type: ignore[return-value]


def read_any(text: str) -> Reference:
    """A place or a number, whichever it is; as `read_number`."""
    return _read(text, lambda words: _place(words) if words.begins_place() else _number(words))


def _read(text: str, rule: "Callable[[Words], Found]") -> Found:
    said = " ".join(text.split())
    if not said:
        raise ValueError("a reference is missing here")
    words = Words(said)
    found = rule(words)
    if words.more:
        raise words.lost()
    return found


class Words:
    """The words of a reference, taken from the front."""

    def __init__(self, said: str):
        if len(said) > LONGEST:
            raise ValueError(
                f"“{short(said, 40)}” has {len(said):,} characters; what is referred to has at most {LONGEST}"
            )
        self.said, self.told = said, short(said)
        self.words = [word if word[0] in '"“Pp' else word.lower() for word in _WORD.findall(said)]
        self.words = [word for word in self.words if word.lower() != "the"]
        self.at = 0

    @property
    def more(self) -> bool:
        """Whether there are any left."""
        return self.at < len(self.words)

    @property
    def next(self) -> str:
        """The next word, in lower case where it is not a quotation or a label; "" at the end."""
        return self.words[self.at] if self.more else ""

    def take(self, phrase: str) -> bool:
        """Take a phrase if it comes next."""
        parts = phrase.split()
        there = [word.lower() for word in self.words[self.at : self.at + len(parts)]] == parts
        self.at += len(parts) * there
        return there

    def name(self, names: dict[str, str]) -> str:
        """Take the longest of some names, and return what it stands for; "" if none comes next."""
        for length in range(7, 0, -1):
            name = " ".join(self.words[self.at : self.at + length]).lower()
            if name in names and self.at + length <= len(self.words):
                self.at += length
                return names[name]
        return ""

    def whole(self, what: str) -> int:
        """Take a whole number from 0."""
        if not self.next.isdecimal():
            raise ValueError(f"“{self.told}”: {what} is followed by a whole number, not by {self.shown()}")
        self.at += 1
        return int(self.words[self.at - 1])

    def number(self, what: str) -> float:
        """Take any number."""
        word = self.next.replace("−", "-")
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", word):
            raise ValueError(f"“{self.told}”: {what} is followed by a number, not by {self.shown()}")
        self.at += 1
        return float(word)

    def shown(self) -> str:
        """The next word for a sentence."""
        return f"“{self.next}”" if self.more else "nothing"

    def lost(self) -> ValueError:
        """What to raise where no rule goes on."""
        known = {**quantities(), **cells()}
        word = " ".join(self.words[self.at : self.at + 2]) or self.said
        like = nearest(word, known) or nearest(self.next, known)
        near = nearest(self.said, EXAMPLES) or EXAMPLES[0]
        example = next(each for each in EXAMPLES if each.lower() == near.lower())
        hint = f"did you mean “{like}”? " if like and like != word else ""
        where = f", from {self.shown()} on" if self.more and self.at else ""
        return ValueError(f"“{self.told}” cannot be understood{where}: {hint}it can be like “{example}”")

    def begins_place(self) -> bool:
        """Whether a place that has to be found comes next."""
        one, two = (*self.words[self.at : self.at + 2], "", "")[:2]
        return (one, two) in {("step", "where"), ("token", "where"), ("unit", "whose"), ("token", "that")}

    def step(self, depth: int) -> StepAt | Place:
        """Take a step, named or to be found."""
        if self.begins_place():
            return _place(self, depth + 1)
        if self.take("end") or self.take("last step"):
            return StepAt(end=True)
        if self.take("start") or self.take("first step"):
            return StepAt(0)
        self.take("token")
        if self.take("step"):
            return StepAt(self.whole("step"))
        which = self._which()
        if self.next[:1] in ('"', "“"):
            token = self.next[1:-1]
            self.at += 1
            which = which or self._which()
            return StepAt(which[0], token, which[1]) if which else StepAt(0, token)
        raise ValueError(f"“{self.told}”: a step is a token in quotes, “step 4” or “the end”, not {self.shown()}")

    def _which(self) -> tuple[int, bool] | None:
        """Take which of several equal tokens it is: how many before it, or none after it."""
        if self.take("last") or self.take("(last)"):
            return 0, True
        if match := _NTH.fullmatch(self.next):
            if not int(match[1]):
                raise ValueError(f"“{self.told}”: tokens are counted from the 1st")
            self.at += 1
            return int(match[1]) - 1, False
        return None


def _number(words: Words, depth: int = 0) -> NumberLike:
    if words.take("number of"):
        of = "units" if words.take("units") else "steps" if words.take("steps") else ""
        if not of:
            raise words.lost()
        return Count(words.said, of)  # type: ignore[arg-type]
    if words.take("power"):
        return Power(words.said)
    if (far := _far(words, curve=False)) is not None:
        return far
    factors = [Number(words.said, *_measure(words, depth, with_step=True))]
    while len(factors) < MOST_FACTORS and (words.take("×") or words.take("times")):
        factors.append(Number(words.said, *_measure(words, depth, with_step=True)))
    return Product(words.said, tuple(factors)) if len(factors) > 1 else factors[0]


def _curve(words: Words) -> CurveLike:
    if (far := _far(words, curve=True)) is not None:
        return far
    measure, _, _ = _measure(words, 0, with_step=False)
    return Curve(words.said, measure)


def _far(words: Words, *, curve: bool) -> Far | None:
    for kind, over in (("error", "length"), ("gradient", "distance"), ("score", "")):
        if not words.take(f"{kind} of"):
            continue
        state = words.name(_STATES) if kind == "gradient" else ""
        if state and not words.take("of"):
            raise ValueError(f"“{words.told}”: say of which cell, such as “gradient of the cell state of the LSTM”")
        cell = words.name(cells())
        if not cell:
            raise words.lost()
        if not over:
            if curve:
                raise ValueError(f"“{words.told}”: a score is one number, and cannot be drawn")
            return Far(words.said, "score", cell)
        if curve:
            words.take(f"by {over}")
            return Far(words.said, kind, cell, None, state or "hidden_state")  # type: ignore[arg-type]
        if not words.take(f"at {over}"):
            raise ValueError(f"“{words.told}”: say at which {over}, such as “{kind} of the LSTM at {over} 50”")
        return Far(words.said, kind, cell, words.whole(over), state or "hidden_state")  # type: ignore[arg-type]
    return None


def _measure(words: Words, depth: int, *, with_step: bool) -> tuple[Measure, StepAt | Place | None, bool]:
    """Take what is measured, with all that says of which unit, in which run and, where that is wanted, when."""
    if depth > DEEPEST:
        raise ValueError(f"“{words.told}”: places within places, more than {DEEPEST} deep")
    change = words.take("change of") or words.take("change in")
    mean = words.take("mean")
    source: StepAt | Place | None = None
    if words.take("share of"):
        source = words.step(depth)
        if not words.take("in"):
            raise ValueError(f'“{words.told}”: say in what, such as “share of "not" in cell state of unit 3”')
        found = Measure("share", _quantity(words), source=source)
    elif words.next[:2] in ("P(", "p("):
        found = Measure("label", words.next[2:-1].strip())
        words.at += 1
    elif words.take("answer"):
        found = Measure("answer")
    else:
        found = Measure("quantity", _quantity(words))
    if mean and found.kind != "quantity":
        raise ValueError(f"“{words.told}”: a mean is taken over the units of a quantity")
    found = replace(found, mean=mean, change=change)
    at: StepAt | Place | None = None
    before = False
    while words.more:
        if found.kind in ("quantity", "share") and not mean and found.unit is None and words.take("of"):
            found = replace(found, unit=_unit(words, depth))
            # "of the unit whose cell state moves most at …": one step, for finding the unit and for its number.
            at = found.unit.at if with_step and at is None and isinstance(found.unit, Place) else at
        elif words.take("without holds"):
            found = replace(found, run=replace(found.run, free=True))
        elif words.take("in layer"):
            layer = words.whole("layer")
            way = next((each for each in ("forward", "backward") if words.take(each)), "")
            found = replace(found, run=replace(found.run, layer=layer, direction=way))
        elif not found.run.cell and words.take("in"):
            cell = words.name(cells())
            if not cell:
                raise words.lost()
            found = replace(found, run=replace(found.run, cell=cell))
        elif with_step and at is None and (words.take("at") or words.take("after")):
            at = words.step(depth)
        elif with_step and at is None and words.take("before"):
            at, before = words.step(depth), True
            if isinstance(found.unit, Place):
                found = replace(found, unit=replace(found.unit, at=at))
        else:
            break
    return found, at, before


def _quantity(words: Words) -> str:
    name = words.name(quantities())
    if not name:
        raise words.lost()
    return name


def _unit(words: Words, depth: int) -> int | Place:
    if words.begins_place():
        place = _place(words, depth + 1)
        if place.what != "unit":
            raise ValueError(f"“{words.told}”: after “of” comes a unit, not a step")
        return place
    if not words.take("unit"):
        raise words.lost()
    return words.whole("unit")


def _place(words: Words, depth: int = 0) -> Place:
    if words.take("token that put most into"):
        name = _quantity(words)
        unit = _unit(words, depth) if words.take("of") else None
        at = words.step(depth) if words.take("at") else None
        return Place(words.said, "step", Measure("share", name, unit), "put", at)
    if words.take("step where") or words.take("token where"):
        measure, _, _ = _measure(words, depth, with_step=False)
        for said, which in PASSES.items():
            if words.take(said):
                return Place(words.said, "step", measure, which, mark=words.number(said))
        return Place(words.said, "step", measure, _extreme(words))
    if words.take("unit whose"):
        measure, _, _ = _measure(words, depth, with_step=False)
        if measure.kind != "quantity" or measure.unit is not None or measure.mean:
            raise ValueError(f"“{words.told}”: after “the unit whose” comes a quantity, such as “cell state”")
        extreme = _extreme(words)
        at = words.step(depth) if words.take("at") else None
        return Place(words.said, "unit", measure, extreme, at)
    raise ValueError(
        f"“{words.told}” names no place: it begins with “the step where”, “the unit whose” or “the token that put most "
        "into”"
    )


def _extreme(words: Words) -> str:
    for said, which in EXTREMES.items():
        if words.take(said):
            return which
    raise ValueError(f"“{words.told}”: say what is extreme there, one of: {', '.join((*EXTREMES, *PASSES))}")
