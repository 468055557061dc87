"""When two values are about the same, and how one became another: one rule for every sentence."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.words.phrases import listing, number

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


def span_of(model: Model, *answers: ArrayLike) -> float:
    """The range of answers by which they are about the same or not: 1 of probabilities; what numbers are scaled by.

    Parameters
    ----------
    answers : some of them, whose own range it is where nothing tells how the network's numbers are scaled
    """
    task = model.task
    if task.is_classifier or not (isinstance(task.reader, Numbers) or answers):
        return 1.0
    if isinstance(task.reader, Numbers):
        return task.reader.spread
    return float(np.ptp(np.concatenate([np.ravel(np.asarray(each, dtype=np.float64)) for each in answers])))


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
    """Values by name in groups, the largest values first; in a group each is about the same as the next.

    Examples
    --------
    >>> grouped({"LSTM": 0.17, "GRU": 0.15, "RNN": 0.49})
    [{'RNN': 0.49}, {'LSTM': 0.17, 'GRU': 0.15}]
    """
    found: list[dict[str, float]] = []
    for name, value in sorted(values.items(), key=lambda each: -each[1]):
        if found and alike(min(found[-1].values()), value, span):
            found[-1][name] = value
        else:
            found.append({name: value})
    # Within a group nothing is ranked: its names stand in the order in which they were given.
    return [{name: group[name] for name in values if name in group} for group in found]


def told(values: Mapping[str, float], span: float = 1.0, unit: str = "") -> str:
    """Values by name, with those that are about the same said to be so.

    Examples
    --------
    >>> told({"LSTM": 0.17, "GRU": 0.15, "RNN": 0.49})
    'RNN 0.49; LSTM 0.17 and GRU 0.15, about the same'
    >>> told({"LSTM": 0.17, "GRU": 0.17})
    'LSTM 0.17 and GRU 0.17, the same'
    """
    parts = []
    for group in grouped(values, span):
        shown = {name: f"{number(value)} {unit}".rstrip() for name, value in group.items()}
        same = "about the same" if alike(min(group.values()), max(group.values()), span) else "close together"
        same = f", {'the same' if len(set(shown.values())) == 1 else same}" if len(group) > 1 else ""
        parts.append(listing([" ".join(each) for each in shown.items()]) + same)
    return "; ".join(parts)
