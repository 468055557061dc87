"""How far a prediction is from what is so, in words: short, with the real numbers, and never a reproach."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lstm_viz.words.alike import ALIKE
from lstm_viz.words.gradients import raised, size
from lstm_viz.words.phrases import count, place

_TIE = 1e-12  # distances no further apart than rounding makes them are the same


class Gap(NamedTuple):
    """What lies between a prediction and what is so.

    Attributes
    ----------
    right : whether it was predicted; None where that is no matter of yes or no
    gap : how far off: of a number and a curve (its mean) in their unit, or as a factor where the scale is one of
        factors; of a step in steps; None where there is no distance
    said : one to three sentences
    """

    right: bool | None
    gap: float | None
    said: str


@dataclass(frozen=True)
class Scale:
    """The axis on which something was predicted.

    Attributes
    ----------
    low, high : its ends
    log : whether equal distances on it are equal factors
    decimals : of a number on it, where it is not logarithmic
    unit : "" or such as "°C"
    """

    low: float
    high: float
    log: bool = False
    decimals: int = 2
    unit: str = ""

    def shown(self, value: float) -> str:
        """A value as text, as `web/parts/predict/scale.js` writes it too.

        Examples
        --------
        >>> Scale(0, 1).shown(0.714), Scale(-40, 40, decimals=1, unit="°C").shown(-3.04)
        ('0.71', '−3.0 °C')
        >>> Scale(1e-9, 1, log=True).shown(2e-7)
        '2×10⁻⁷'
        """
        text = _power(value) if self.log else _signed(f"{self.rounded(value):.{self.decimals}f}")
        return f"{text} {self.unit}".rstrip()

    def rounded(self, value: float) -> float:
        """A value as it is shown, so that a reader who subtracts finds what is said."""
        return float(f"{value:.3g}") if self.log else round(value, self.decimals)

    def distance(self, one: float, other: float) -> float:
        """How far two values are apart: on a logarithmic axis in powers of ten, where 0 is taken for its low end."""
        if self.log:
            return abs(math.log10(one if one > 0 else self.low) - math.log10(other if other > 0 else self.low))
        return abs(one - other)

    def alike(self, distance: float) -> bool:
        """Whether values so far apart are about the same: see `alike.ALIKE`."""
        span = math.log10(self.high / self.low) if self.log else self.high - self.low
        return distance <= ALIKE * span + 1e-9

    def gap(self, distance: float) -> float:
        """A distance as a number: a factor where the axis is one of factors."""
        return 10**distance if self.log else distance

    def apart(self, distance: float) -> str:
        """The same as text: ``0.13``, ``2.0 °C``, ``a factor of 3.2``."""
        if self.log:
            factor = f"{10**distance:.2g}"
            return (
                f"a factor of {factor if distance < 1 else f'{float(factor):,.0f}' if distance < 4 else size(distance)}"
            )
        return f"{distance:.{self.decimals}f} {self.unit}".rstrip()


def describe_choice(options: Sequence[str], chosen: int, truth: int, found: str = "") -> Gap:
    """Of one option of several.

    Parameters
    ----------
    found : a sentence with the numbers that decide

    Examples
    --------
    >>> describe_choice(["below 0.2", "above 0.8"], 0, 1, "The forget gate is 0.93.").said
    'You chose “below 0.2”; the answer is “above 0.8”. The forget gate is 0.93.'
    """
    own, so = (each if each.startswith("“") else f"“{each}”" for each in (options[chosen], options[truth]))
    said = f"As you said, {so}." if chosen == truth else f"You chose {own}; the answer is {so}."
    return Gap(chosen == truth, None, f"{said} {found}".rstrip())


def describe_number(guess: float, truth: float, name: str, scale: Scale) -> Gap:
    """Of a number.

    Parameters
    ----------
    name : what it is the number of, such as "forget gate of unit 23 at “but”"

    Examples
    --------
    >>> describe_number(0.4, 0.93, "forget gate of unit 23", Scale(0, 1)).said
    'You said 0.40; the forget gate of unit 23 is 0.93, 0.53 higher.'
    """
    distance = scale.distance(scale.rounded(guess), scale.rounded(truth))
    mine, so = scale.shown(guess), scale.shown(truth)
    if mine == so:
        said = f"As you said, {_the(name)} is {so}."
    elif scale.alike(distance):
        said = f"You said {mine}; {_the(name)} is {so}, about the same."
    else:
        way = "higher" if truth > guess else "lower"
        off = f"{way} by {scale.apart(distance)}" if scale.log else f"{scale.apart(distance)} {way}"
        said = f"You said {mine}; {_the(name)} is {so}, {off}."
    return Gap(scale.alike(distance), scale.gap(distance), said)


def describe_place(chosen: int, truths: Sequence[int], name: str, labels: Sequence[str] | None = None) -> Gap:
    """Of a step or a unit.

    Parameters
    ----------
    truths : all that are right, of which there may be several alike
    name : what was asked for, such as "the step where the forget gate of unit 23 is lowest"
    labels : the tokens, of a step; None for a unit

    Examples
    --------
    >>> describe_place(1, [3], "the step where the forget gate is lowest", ["a", "long", "film", "but"]).said
    'You chose “long”. “but” is the step where the forget gate is lowest, two steps later.'
    >>> describe_place(5, [5, 7], "the unit whose cell state moves most").said
    'As you said: unit 5 or unit 7 is the unit whose cell state moves most.'
    """
    there = " or ".join(_place(labels, each) for each in truths)
    if chosen in truths:
        return Gap(True, 0.0 if labels else None, f"As you said: {there} is {name}.")
    said = f"You chose {_place(labels, chosen)}. {there[:1].upper()}{there[1:]} is {name}"
    if labels is None:
        return Gap(False, None, f"{said}.")
    nearest = min(truths, key=lambda each: abs(each - chosen))
    away = abs(nearest - chosen)
    steps = {1: "one step", 2: "two steps"}.get(away, count(away, "step"))
    off = f", {steps} {'later' if nearest > chosen else 'earlier'}" if len(truths) == 1 else ""
    return Gap(False, float(away), f"{said}{off}.")


def describe_drawing(
    drawn: Sequence[float | None],
    truth: Sequence[float | None],
    labels: Sequence[str],
    scale: Scale,
    axis: str = "step",
) -> Gap:
    """Of a drawn curve: how far off on average, where most, whether its largest move was foreseen, what was left open.

    Parameters
    ----------
    drawn, truth : a value a label; None where nothing was drawn, or nothing is
    axis : what the labels are: "step", of tokens, or such as "length", of numbers

    Raises
    ------
    ValueError
        where the curves have other lengths than the labels, or nothing was drawn where something is.

    Examples
    --------
    >>> describe_drawing([0.9, 0.9, 0.9], [0.8, 0.9, 0.2], ["a", "film", "but"], Scale(0, 1)).said
    'Your curve lies 0.27 from the real one on average, furthest at “but”: you drew 0.90, it is 0.20. \
Its largest move, the fall from 0.90 to 0.20 at “but”, hardly shows in yours.'
    """
    if not len(drawn) == len(truth) == len(labels):
        raise ValueError(f"a curve over {len(labels)} {axis}s has a value for each; {len(drawn)} were drawn")
    far = furthest(drawn, truth, scale)
    if far is None:
        raise ValueError("nothing was drawn where the curve is; draw at least one value")
    distances = [scale.distance(a, b) for a, b in zip(drawn, truth, strict=True) if a is not None and b is not None]
    mean = math.fsum(distances) / len(distances)
    sentences = [_distance(mean, distances, far, drawn, truth, labels, scale, axis)]
    if moved := _largest_move(drawn, truth, labels, scale, axis):
        sentences.append(moved)
    if left := sum(value is None for value in drawn):
        sentences.append(f"{left} of the {count(len(drawn), axis)} {'was' if left == 1 else 'were'} left open.")
    return Gap(None, scale.gap(mean), " ".join(sentences))


def furthest(drawn: Sequence[float | None], truth: Sequence[float | None], scale: Scale) -> int | None:
    """The place at which a drawing is furthest from what is so, the first of several; None where none has both.

    `web/parts/predict/series.js` marks the same.
    """
    found, most = None, -1.0
    for k, (mine, so) in enumerate(zip(drawn, truth, strict=True)):
        if mine is not None and so is not None and scale.distance(mine, so) > most + _TIE:
            found, most = k, scale.distance(mine, so)
    return found


def _distance(
    mean: float,
    distances: Sequence[float],
    far: int,
    drawn: Sequence[float | None],
    truth: Sequence[float | None],
    labels: Sequence[str],
    scale: Scale,
    axis: str,
) -> str:
    if scale.alike(max(distances)):
        return f"Your curve runs close to the real one, nowhere further from it than {scale.apart(max(distances))}."
    off = f"is off by {scale.apart(mean)}" if scale.log else f"lies {scale.apart(mean)} from the real one"
    close = "Your curve runs close to the real one" if scale.alike(mean) else ""
    opening = f"{close}, {scale.apart(mean)} off on average" if close else f"Your curve {off} on average"
    mine, so = (scale.shown(each[far] or 0.0) for each in (drawn, truth))  # `furthest` has found both
    return f"{opening}, furthest at {_where(labels, far, axis)}: you drew {mine}, it is {so}."


def _largest_move(
    drawn: Sequence[float | None], truth: Sequence[float | None], labels: Sequence[str], scale: Scale, axis: str
) -> str:
    """Whether the largest move of the real curve is in the drawn one; "" where it hardly moves or was left open."""
    moves = [
        (scale.distance(before, after), k)
        for k, (before, after) in enumerate(pairwise(truth), start=1)
        if before is not None and after is not None
    ]
    largest, step = max(moves, key=lambda move: (move[0], -move[1]), default=(0.0, 0))
    before, after = truth[step - 1] if step else None, truth[step]
    own, then = drawn[step - 1] if step else None, drawn[step]
    if scale.alike(largest) or before is None or after is None or own is None or then is None:
        return ""
    way = "rise" if after > before else "fall"
    span = f"from {scale.shown(before)} to {scale.shown(after)}"
    move = f"Its largest move, the {way} {span} at {_where(labels, step, axis)},"
    if scale.alike(scale.distance(own, then)):
        return f"{move} hardly shows in yours."
    same = (then > own) == (after > before)
    return f"{move} is a {way} in yours too." if same else f"{move} is a {'rise' if then > own else 'fall'} in yours."


def _where(labels: Sequence[str], step: int, axis: str) -> str:
    return place(labels, step) if axis == "step" else f"{axis} {labels[step]}"


def _place(labels: Sequence[str] | None, where: int) -> str:
    return f"unit {where}" if labels is None else place(labels, where)


def _the(name: str) -> str:
    """A name as the subject of a sentence.

    Examples
    --------
    >>> _the("forget gate of unit 23"), _the("P(positive) at “but”")
    ('the forget gate of unit 23', 'P(positive) at “but”')
    """
    return name if name.startswith(("P(", "the ")) else f"the {name}"


def _power(value: float) -> str:
    """A number that may be small: three digits, or two and a power of ten."""
    if value <= 0:
        return "0"
    if 1e-3 <= value < 1e4:
        return f"{float(f'{value:.3g}'):.15g}"
    lead, exponent = f"{value:.1e}".split("e")
    return f"{lead.removesuffix('.0')}×10{raised(int(exponent))}"


def _signed(text: str) -> str:
    """A number with a true minus sign, and no negative zero."""
    if not text.startswith("-"):
        return text
    return f"−{text[1:]}" if any(digit in "123456789" for digit in text) else text[1:]
