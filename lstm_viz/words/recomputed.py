"""Numbers that follow from each other, written so that whoever works one out from the others finds it: one rule.

A result is written as briefly as its sentence wants it. What it follows from gets as many digits as that needs, and no
more: 0.99995¹⁰⁰⁰ is not 95.6 %, 0.999955¹⁰⁰⁰ is. For lines of equations `analysis.equations.decimals` has the rule.
"""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

LEAST, MOST = 2, 17
"""Digits that are tried: with 17 a number is what it is."""


def significant(value: float, digits: int) -> str:
    """A number with so many digits that count: from 1 on those that it has, below 0.9 those behind leading zeros.

    Near 1 it is the distance from 1 that has so many digits, since that is what a power or a product feels.

    Examples
    --------
    >>> significant(0.99331, 2), significant(0.000911, 2), significant(3.14159, 3), significant(-0.25, 1)
    ('0.9933', '0.00091', '3.14', '−0.3')
    """
    size = float(abs(value))
    if not size:
        return "0"
    felt = 1 - size if 0.9 < size < 1 else size
    places = max(0, digits - 1 - math.floor(math.log10(felt)))
    text = f"{Decimal(repr(size)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return f"−{text}" if value < 0 and read(text) else text


def read(text: str) -> float:
    """A number as a reader takes it: with a true minus sign, commas, and perhaps a per cent sign."""
    plain = text.replace("−", "-").replace(",", "").strip()
    return float(plain.removesuffix("%")) / 100 if plain.endswith("%") else float(plain)


def as_shown(
    compute: Callable[..., float],
    values: Sequence[float],
    write: Callable[[float], str],
    least: int = LEAST,
    *,
    text: Callable[[float, int], str] = significant,
    reading: Callable[[str], float] = read,
) -> tuple[tuple[str, ...], str]:
    """What a result follows from, as texts, and the result as `write` writes it.

    Parameters
    ----------
    compute : what the reader does with the numbers
    values : what it is given, as precise as they are
    least : the fewest digits of each, as `text` counts them
    text, reading : how a value is written with so many digits, and how the reader takes it back

    Raises
    ------
    ValueError
        where not even all digits give the result.

    Examples
    --------
    >>> as_shown(lambda f: f**1000, [0.9999546], "{:.1%}".format)
    (('0.999955',), '95.6%')
    """
    wanted = write(compute(*values))
    for digits in range(least, MOST + 1):
        texts = tuple(text(value, digits) for value in values)
        if write(compute(*map(reading, texts))) == wanted:
            return texts, wanted
    raise ValueError(f"no number of digits of {values} gives {wanted}")
