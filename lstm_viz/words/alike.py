"""When two values are about the same, and how one became another: one rule for every sentence."""

from collections.abc import Mapping

from lstm_viz.words.phrases import number

ALIKE = 0.05
"""Values no further apart than this share of their range are about the same, and no sentence ranks them.

On a chart 130 pixels high they are 6 apart, less than an eye puts in order.
"""


def alike(one: float, other: float, span: float = 1.0) -> bool:
    """Whether two values are about the same, as they are shown.

    Examples
    --------
    >>> alike(0.51, 0.49), alike(0.5, 0.56), alike(20.1, 20.9, span=40)
    (True, False, True)
    """
    return apart(one, other) <= ALIKE * span + 1e-9


def apart(one: float, other: float) -> float:
    """How far apart two values are as they are shown, so that a reader who subtracts them finds the same.

    Examples
    --------
    >>> f"{apart(1.256, 1.204):.2f}"
    '0.06'
    """
    return abs(_as_shown(one) - _as_shown(other))


def _as_shown(value: float) -> float:
    return float(number(value).replace("−", "-").replace(",", ""))


def within(span: float = 1.0, unit: str = "") -> str:
    """The distance up to which values are about the same: ``0.05``, ``2.00 °C``."""
    return f"{number(ALIKE * span)} {unit}".rstrip()


def arrow(before: float, after: float, unit: str = "") -> str:
    """``0.62 → 0.06``; the one value where both look the same."""
    first, last = number(before), number(after)
    return f"{first} → {last} {unit}".rstrip() if first != last else f"{last} {unit}".rstrip()


def moved(before: float, after: float, unit: str = "", span: float = 1.0) -> str:
    """A predicate on a value that changed, or did not.

    Examples
    --------
    >>> [moved(0.62, after) for after in (0.06, 0.93, 0.6, 0.62)]
    ['falls from 0.62 to 0.06', 'rises from 0.62 to 0.93', 'hardly moves (0.62 → 0.60)', 'stays at 0.62']
    """
    first, last = number(before), number(after)
    if first == last:
        return f"stays at {last} {unit}".rstrip()
    if alike(before, after, span):
        return f"hardly moves ({arrow(before, after, unit)})"
    return f"{'rises' if after > before else 'falls'} from {first} to {last} {unit}".rstrip()


def grouped(values: Mapping[str, float], span: float = 1.0) -> list[dict[str, float]]:
    """Values by name in groups of which all are about the same, the largest values first.

    Examples
    --------
    >>> grouped({"LSTM": 0.17, "GRU": 0.15, "RNN": 0.49})
    [{'RNN': 0.49}, {'LSTM': 0.17, 'GRU': 0.15}]
    """
    found: list[dict[str, float]] = []
    for name, value in sorted(values.items(), key=lambda each: -each[1]):
        if found and alike(next(iter(found[-1].values())), value, span):
            found[-1][name] = value
        else:
            found.append({name: value})
    # Within a group nothing is ranked, so its names stand in the order in which they were given.
    return [{name: group[name] for name in values if name in group} for group in found]
