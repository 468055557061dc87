"""Sentences on answers that are probabilities of several things: classes, the next symbol, symbols that may follow."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.alike import alike
from lstm_viz.words.phrases import count, listing, number, place, quoted

LIKELY = 0.5
"""A symbol counts as one that may follow where its probability is at least this."""


def probability(share: float) -> str:
    """A probability with two decimals that says 0 and 1 only where that is exact.

    Examples
    --------
    >>> [probability(share) for share in (0, 0.001, 0.42, 0.999)]
    ['0', 'under 0.01', '0.42', 'over 0.99']
    """
    share = round(float(share), 9)
    if share in (0, 1):
        return f"{share:g}"
    if share < 0.005:
        return "under 0.01"
    return "over 0.99" if share >= 0.995 else number(share)


def describe_classes(values: NDArray[Any], labels: Sequence[str], names: Sequence[str]) -> str:
    """Which class ends as the likeliest, since when, and how far ahead.

    Parameters
    ----------
    values : (T, K), the probability of each class after every step
    labels : T token labels
    names : K classes, two or more

    Examples
    --------
    >>> describe_classes(np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]), ["Who", "is"], ["place", "person", "number"])
    'The lead changes once: “person” has it from “is” on, and ends at 0.80, ahead of “place” (0.10).'
    """
    values = _checked(values, labels, names)
    leaders = values.argmax(axis=1)
    first, second = _order(values[-1])[:2]
    beside = "about level with" if alike(values[-1, first], values[-1, second]) else "ahead of"
    end = f"{probability(values[-1, first])}, {beside} “{names[second]}” ({probability(values[-1, second])})"
    if len(values) == 1:
        return f"After {place(labels, 0)}, the only step, “{names[first]}” is likeliest: {end}."
    changes = int((np.diff(leaders) != 0).sum())
    if not changes:
        return f"“{names[first]}” leads throughout, and ends at {end}."
    since = int(np.flatnonzero(leaders != first)[-1]) + 1
    times = "once" if changes == 1 else "twice" if changes == 2 else f"{changes:,} times"
    return f"The lead changes {times}: “{names[first]}” has it from {place(labels, since)} on, and ends at {end}."


def describe_next(
    values: NDArray[Any], came: Sequence[int], labels: Sequence[str], names: Sequence[str], noun: str = "character"
) -> str:
    """How well each symbol was foreseen, which came as the greatest surprise, and what is expected next.

    Parameters
    ----------
    values : (T, V), the probability of each symbol to come next, after every step
    came : for each step, which symbol stands there, or −1 for one that is not among the V
    labels : T token labels
    names : V symbols, as they are shown
    noun : what a symbol is called

    Examples
    --------
    >>> describe_next(np.array([[0.1, 0.9], [0.2, 0.8]]), [0, 1], ["a", "b"], ["a", "b"])
    'The one character that could be foreseen, “b”, had 0.90. Next, “b” is likeliest (0.80), before “a” (0.20).'
    """
    values = _checked(values, labels, names)
    first, second = _order(values[-1])[:2]
    best, other = (f"{quoted(names[k])} ({probability(values[-1, k])})" for k in (first, second))
    ahead = f"Next, {quoted(names[first])} is likeliest ({probability(values[-1, first])}), before {other}."
    if alike(values[-1, first], values[-1, second]):
        ahead = f"Next, {best} is about as likely as {other}."
    given = given_to_what_came(values, came)
    steps = np.flatnonzero(~np.isnan(given))
    if not steps.size:
        return ahead
    if steps.size == 1:
        step = int(steps[0])
        return f"The one {noun} that could be foreseen, {place(labels, step)}, had {probability(given[step])}. {ahead}"
    bits = -np.log2(np.maximum(given[steps], np.finfo(np.float32).tiny)).mean()
    worst = int(np.nanargmin(given))
    return (
        f"On average a {noun} that came had been given {probability(given[steps].mean())}, "
        f"and took {number(bits)} bits; the least expected is {place(labels, worst)} "
        f"({probability(given[worst])}). {ahead}"
    )


def given_to_what_came(values: NDArray[Any], came: Sequence[int]) -> NDArray[np.float64]:
    """(T,), the probability given to each step's symbol one step before; NaN at step 0 and for unknown symbols."""
    given = np.full(len(values), np.nan)
    symbols = np.asarray(came[1:], dtype=np.intp)
    given[1:] = np.where(symbols >= 0, np.asarray(values)[np.arange(len(symbols)), symbols], np.nan)
    return given


def describe_followers(values: NDArray[Any], labels: Sequence[str], names: Sequence[str]) -> str:
    """Which symbols may follow the last step.

    Parameters
    ----------
    values : (T, S), for each symbol, the probability that it may follow, after every step
    labels : T token labels
    names : S symbols

    Examples
    --------
    >>> describe_followers(np.array([[0.1, 0.9]]), ["a"], ["(", ")"])
    'After “a”, “)” may follow (0.90), but not “(” (0.10).'
    """
    values = _checked(values, labels, names)
    shares = {name: f"{quoted(name)} ({probability(share)})" for name, share in zip(names, values[-1], strict=True)}
    may = [name for name, share in zip(names, values[-1], strict=True) if share >= LIKELY]
    not_ = [shares[name] for name in names if name not in may]
    after = f"After {place(labels, len(labels) - 1)}"
    if not may:
        return f"{after}, none of the {count(len(names), 'symbol')} may follow: {listing(not_)}."
    said = [f"{quoted(name)} may follow ({probability(values[-1, names.index(name)])})" for name in may]
    return f"{after}, {listing(said)}" + (f", but not {_or(not_)}." if not_ else ".")


def _or(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last


def _order(row: NDArray[Any]) -> list[int]:
    return [int(place) for place in np.argsort(-row, kind="stable")]


def _checked(values: NDArray[Any], labels: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(labels), len(names)):
        raise ValueError(f"values: shape {values.shape}, expected ({len(labels)}, {len(names)}): steps by names")
    return values
