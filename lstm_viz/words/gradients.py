"""Sentences on how far back a gradient reaches."""

import math
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.recomputed import as_shown

Floats = NDArray[np.floating]

SMALL = -3.0
"""A gradient counts as gone once it is a thousandth of what it was at the end: log10 of that."""
EDGE = 31
"""Powers of ten at which an axis is cut: past them lies nothing that a float32 could use."""
DIGITS = 3
"""How many digits a size is shown with."""
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = {raised: plain for plain, raised in _RAISED.items()}


def size(log10: float, digits: int = DIGITS) -> str:
    """A positive number given as its log10, as text: 0.0314, 2.4×10⁻⁷, 0; before a power of ten one digit less.

    Examples
    --------
    >>> size(-1.5), size(3.5), size(-602.06), size(float("-inf"))
    ('0.0316', '3162', '8.7×10⁻⁶⁰³', '0')
    """
    if log10 == -math.inf:
        return "0"
    if -3 <= log10 < 4:
        text = f"{10**log10:.{digits}g}"
        return f"{10**log10:.0f}" if "e" in text else text
    whole = math.floor(log10)
    lead = f"{10 ** (log10 - whole):.{digits - 2}f}"
    if float(lead) == 10:
        lead, whole = f"{1:.{digits - 2}f}", whole + 1
    return f"{lead}×10{str(whole).translate(_RAISED)}"


def size_read(text: str) -> float:
    """The log10 of a size as `size` shows it.

    Examples
    --------
    >>> size_read("100"), round(size_read("2.0×10⁻⁷"), 3)
    (2.0, -6.699)
    """
    lead, _, power = text.partition("×10")
    return math.log10(float(lead)) + int(power.translate(_LOWERED) or 0) if float(lead) else -math.inf


def sizes_as_shown(compute: Callable[..., float], logs: Iterable[float]) -> tuple[tuple[str, ...], str]:
    """Sizes given as log10, with the digits that give, by `compute` from their log10, the result as it is shown.

    Examples
    --------
    >>> sizes_as_shown(lambda first, over: first - over, [-5.2909, 0.0397])
    (('5.12×10⁻⁶', '1.096'), '4.7×10⁻⁶')
    """
    return as_shown(compute, list(logs), size, DIGITS, text=size, reading=size_read)


def raised(number: float) -> str:
    """A whole number as an exponent."""
    return str(int(number)).translate(_RAISED)


def reach(logs: Floats) -> int | None:
    """How many steps before the end a gradient first lies below a thousandth of its size there; None if it never does.

    Parameters
    ----------
    logs : (T,) log10 of its size, by time step
    """
    below = np.flatnonzero(logs[::-1] < logs[-1] + SMALL)
    return int(below[0]) if len(below) else None


def describe_reach(name: str, logs: Floats) -> str:
    """One clause on one line of a chart: where it falls below a thousandth of its size at the end, and its far end."""
    far, steps = float(logs[0]), len(logs) - 1
    gone = reach(logs)
    if gone is not None:
        back = f"{gone} step{'s' * (gone != 1)} back"
        if far >= logs[-1] + SMALL:
            return f"{name}: falls below a thousandth {back} and comes back, to {size(far)} at the first step"
        return f"{name}: first below a thousandth {back}, {size(far)} at the first step"
    peak = float(logs.max())
    if peak > logs[-1] - SMALL:
        times = f", {size(peak - logs[-1])} times its size at the end"
        return f"{name}: grows to {size(peak)}{times if size(peak) != size(peak - logs[-1]) else ''}"
    return f"{name}: never below a thousandth of its size at the end; {size(far)} when {steps:,} steps back"


def describe_edges(lines: Mapping[str, Floats], low: float, high: float) -> str:
    """What lies past the axis, in a sentence; "" for nothing."""
    parts = []
    for name, logs in lines.items():
        values = logs[np.isfinite(logs)]
        if len(values) and values.min() < low:
            parts.append(f"{name} goes on down to {size(float(values.min()))}")
        if len(values) and values.max() > high:
            parts.append(f"{name} goes on up to {size(float(values.max()))}")
    if not parts:
        return ""
    return f" The axis is cut at 10{raised(low)} and 10{raised(high)}, and lines stay on its edge: {'; '.join(parts)}."


def logs_range(lines: Iterable[Floats]) -> tuple[float, float]:
    """An axis around all lines of log10 sizes, at least from a thousandth to 10, at most `EDGE` powers either way."""
    values = np.concatenate([np.asarray(line)[np.isfinite(line)] for line in lines])
    low, high = (values.min(), values.max()) if len(values) else (0.0, 0.0)
    return float(max(-EDGE, min(SMALL, np.floor(low)))), float(min(EDGE, max(1.0, np.ceil(high))))
