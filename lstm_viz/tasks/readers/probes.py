"""Sequences that are made rather than measured, from a line of text: an impulse, a step, a sine, noise.

``impulse at 5, 60 steps``; ``step at 20 of 0.5``; ``sine of period 20, 100 steps, feature 2``; ``noise, seed 3``. The
words may stand in any order. `web/network/readers/probes.js` makes the same numbers.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

KINDS = ("impulse", "step", "sine", "noise")
STEPS = 60
"""Steps of a probe that does not say how many."""
_ASCII = re.IGNORECASE | re.ASCII
_NUMBER = r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)"
KIND = re.compile(r"\b(impulse|step|sine|noise)\b", _ASCII)
_STEPS = re.compile(r"(?<![.0-9])([0-9]+)[ \t]*(?:time[ \t]*)?steps\b", _ASCII)
_PLACES = {
    "at": re.compile(r"\bat[ \t]*(?:step[ \t]*)?([0-9]+)\b", _ASCII),
    "period": re.compile(rf"\bperiod[ \t]*(?:of[ \t]*)?{_NUMBER}", _ASCII),
    "size": re.compile(rf"\b(?:size|height|amplitude|(?<!period )of)[ \t]*{_NUMBER}", _ASCII),
    "seed": re.compile(r"\bseed[ \t]*([0-9]+)\b", _ASCII),
    "feature": re.compile(r"\bfeature[ \t]*([0-9]+)\b", _ASCII),
}
_MOST = 1e6
_SHORTEST = 1e-3
"""Steps of the shortest period of a sine."""
DIGITS = 15
"""Digits of the longest whole number that is read: JavaScript has no longer ones."""
_STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Probe:
    """One number a step, put into all features or one.

    Attributes
    ----------
    kind : one of `KINDS`
    steps : how many
    at : the step of an impulse; the first one at a step's height
    size : of the impulse, the step, the sine; the spread of the noise
    period : of the sine, in steps
    seed : of the noise
    feature : from 0; None for all
    """

    kind: str
    steps: int = STEPS
    at: int | None = None
    size: float = 1.0
    period: float = 20.0
    seed: int = 1
    feature: int | None = None

    def values(self) -> list[float]:
        """The number of every step, to four decimals."""
        return [_rounded(value * self.size) for value in _SHAPES[self.kind](self)]


def probe(line: str, features: int, limit: int) -> Probe | None:
    """The probe that a line describes; None for a line that names none.

    Raises
    ------
    ValueError
        naming what of it cannot be.
    """
    found = KIND.findall(line)
    if not found:
        return None
    kind = found[0].lower()
    steps = whole(match[1]) if (match := _STEPS.search(line)) else STEPS
    given = {name: match[1] for name, pattern in _PLACES.items() if (match := pattern.search(line))}
    if not 1 <= steps <= limit:
        raise ValueError(f"a probe of {steps:,} steps; between 1 and {limit:,} can be made")
    at = whole(given["at"]) if "at" in given else None
    if at is not None and at >= steps:
        raise ValueError(f"the {kind} is at step {at:,}, but the steps are 0 to {steps - 1:,}")
    feature = whole(given["feature"]) if "feature" in given else None
    if feature is not None and feature >= features:
        last = f"0 to {features - 1:,}" if features > 1 else "0 alone"
        raise ValueError(f"there is no feature {feature:,}; the features are {last}")
    period, size = float(given.get("period", 20)), float(given.get("size", 1))
    if not _SHORTEST <= period <= _MOST:
        raise ValueError(f"a sine’s period is {_SHORTEST:g} to {_MOST:,.0f} steps long; this one has {period:g}")
    if abs(size) > _MOST:
        raise ValueError(f"the size {size:g} is too large; sizes between ±{_MOST:,.0f} can be read")
    return Probe(kind, steps, at, size, period, whole(given.get("seed", "1")) % 2**32, feature)


def whole(digits: str) -> int:
    """A whole number that is written out.

    Raises
    ------
    ValueError
        where it has more than `DIGITS`.
    """
    if len(digits) > DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits is too long; {DIGITS} can be read")
    return int(digits)


def _rounded(value: float) -> float:
    """To four decimals, halves away from zero, as JavaScript rounds them."""
    return float(Decimal(value).quantize(_STEP, ROUND_HALF_UP)) + 0.0


def _impulse(made: Probe) -> list[float]:
    at = min(5, made.steps - 1) if made.at is None else made.at
    return [float(step == at) for step in range(made.steps)]


def _step(made: Probe) -> list[float]:
    at = made.steps // 3 if made.at is None else made.at
    return [float(step >= at) for step in range(made.steps)]


def _sine(made: Probe) -> list[float]:
    return [math.sin(2 * math.pi * step / made.period) for step in range(made.steps)]


def _noise(made: Probe) -> list[float]:
    """About normal, of mean 0 and spread 1: twelve even draws less six, which both sides add up alike."""
    draw = _draws(made.seed)
    return [sum(draw() for _ in range(12)) - 6 for _ in range(made.steps)]


def _draws(seed: int) -> Callable[[], float]:
    """Even draws from 0 to 1, in whole arithmetic of 32 bits: a counter, mixed (mulberry32)."""
    state = seed

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ state >> 15) * (1 | state)) & 0xFFFFFFFF
        mixed ^= (mixed + ((mixed ^ mixed >> 7) * (61 | mixed))) & 0xFFFFFFFF
        mixed &= 0xFFFFFFFF
        return (mixed ^ mixed >> 14) / 2**32

    return draw


_SHAPES = {"impulse": _impulse, "step": _step, "sine": _sine, "noise": _noise}
