"""With how many decimals numbers are shown, so that every line is right as shown: the one rule, for all pages.

Two promises: every number shown is a value of the trace, correctly rounded, and whoever works out a line from the
numbers shown gets the next number shown, to its last digit. So the numbers that go into a line get as many decimals
more than what comes out as that line needs: often none, mostly one or two. A value may therefore appear as 0.251 where
it is a result and as 0.2507 where it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.equations.evaluation import Floats, evaluate
from lstm_viz.analysis.equations.stages import Equation
from lstm_viz.cells.expression import Expression, Symbol, key_of, keys_in
from lstm_viz.trace import Array

RESULT_DIGITS = (3, 4, 2, 5)
"""Decimals of a result: the first number of digits with which the line can be made right."""
MOST_EXTRA_DIGITS = 4
TOO_CLOSE = 1e-6
"""Results so near to halfway between two last digits, in units of the last digit, are shown with other decimals: a
calculator that rounds its own steps might fall on the other side."""

Digits = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class LineOfNumbers:
    """One equation's numbers.

    Attributes
    ----------
    equation : its form
    digits : (stages + 1, …), the decimals of every stage's numbers and, last, of the result
    holds : (…), whether every stage as shown gives the next; False only where no number of decimals does
    """

    equation: Equation
    digits: Digits
    holds: NDArray[np.bool_]


def right_as_shown(equation: Equation, values: Mapping[str, Array]) -> LineOfNumbers:
    """Find the decimals: for each number of decimals of the result, work backwards from it, stage by stage.

    Parameters
    ----------
    values : name → (…), one number for every line to be shown, of all leaves of the equation and of its quantity
    """
    result = values[equation.quantity]
    reductions = [*equation.reductions, ((Symbol(equation.quantity), equation.stages[-1]),)]
    names = {name for each in reductions for leaf, part in each for name in (key_of(leaf), *keys_in(part))}
    flat = {name: _like(values[name], result).ravel().astype(np.float64) for name in names}
    digits = np.full((len(reductions) + 1, result.size), RESULT_DIGITS[0], np.int8)
    left = np.arange(result.size)
    for result_digits in RESULT_DIGITS:
        found = np.full((len(reductions) + 1, left.size), result_digits, np.int8)
        fine = np.ones(left.size, bool)
        here = {name: value[left] for name, value in flat.items()}
        for stage in reversed(range(len(reductions))):
            extra = _extra_digits(reductions[stage], here, found[stage + 1])
            fine &= extra >= 0
            found[stage] = found[stage + 1] + np.maximum(extra, 0)
        digits[:, left[fine]] = found[:, fine]
        left = left[~fine]
        if not left.size:
            break
    holds = np.ones(result.size, bool)
    holds[left] = False
    return LineOfNumbers(equation, digits.reshape(-1, *result.shape), holds.reshape(result.shape))


def _like(values: Array, result: Array) -> Array:
    return values if values.shape == result.shape else np.broadcast_to(values, result.shape)


def _extra_digits(
    reduction: tuple[tuple[Symbol, Expression], ...], values: Mapping[str, Floats], digits: Digits
) -> Digits:
    """How many more decimals a stage's numbers need than what comes out of them has; −1 where none is enough."""
    extra = np.full(digits.size, -1, np.int8)
    left = np.arange(digits.size)
    for more in range(MOST_EXTRA_DIGITS + 1):
        fine = np.ones(left.size, bool)
        for leaf, expression in reduction:
            shown = {name: rounded(values[name][left], digits[left] + more) for name in keys_in(expression)}
            fine &= _rounds_to(evaluate(expression, shown), values[key_of(leaf)][left], digits[left])
        extra[left[fine]] = more
        left = left[~fine]
        if not left.size:
            break
    return extra


def rounded(values: Floats, digits: Digits | int) -> Floats:
    """Values to so many decimals, halves away from zero."""
    scale = 10.0**digits
    return np.copysign(np.floor(np.abs(values) * scale + 0.5), values) / scale


def _rounds_to(found: Floats, wanted: Floats, digits: Digits) -> NDArray[np.bool_]:
    """Whether what a calculator finds rounds to what is shown, and is not too close to halfway."""
    scale = 10.0**digits
    size = np.abs(found) * scale
    with np.errstate(invalid="ignore"):  # what is −∞ is nowhere between two digits
        near_half = np.abs(size - np.floor(size) - 0.5) < TOO_CLOSE
    same = np.floor(size + 0.5) * np.sign(found) == np.floor(np.abs(wanted) * scale + 0.5) * np.sign(wanted)
    return np.asarray(same & ~near_half)
