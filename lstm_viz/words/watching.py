"""Sentences on a training under way: how its curves go, and which of two is ahead."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.gradients import size
from lstm_viz.words.phrases import count, number
from lstm_viz.words.waiting import describe_turn

Floats = NDArray[np.floating]

WINDOW = 5
"""How many of the newest values stand for now: one batch alone jumps about."""


def now(values: Floats) -> float:
    """Where a curve stands: the median of its newest values, NaN where it has none."""
    there = values[np.isfinite(values)]
    return float(np.median(there[-WINDOW:])) if len(there) else float("nan")


def last(values: Floats) -> float:
    """The last number of a curve that is measured on the same sequences each time, NaN where it has none."""
    there = values[np.isfinite(values)]
    return float(there[-1]) if len(there) else float("nan")


def small(value: float) -> str:
    """An error as it is said: three digits, as `size` shows them."""
    return size(float(np.log10(value))) if value > 0 else "0"


def describe_loss(curves: Mapping[str, tuple[Floats, Floats]]) -> str:
    """How far each loss has come; name → updates and losses.

    Examples
    --------
    >>> describe_loss({"LSTM": (np.arange(9), np.array([0.4, 0.3, 0.2, 0.1, 0.02, 0.02, 0.02, 0.02, 0.02]))})
    'LSTM: from 0.4 to 0.02 in 8 updates, a 20th of what it was.'
    >>> describe_loss({"RNN": (np.arange(1), np.array([0.4]))})
    'RNN: 0.4 before the first update.'
    """
    return _sentences({name: _course(updates, values, falls=True) for name, (updates, values) in curves.items()})


def describe_score(curves: Mapping[str, tuple[Floats, Floats]], what: str, *, lower_is_better: bool) -> str:
    """Where each score stands, and how good it ever was; name → updates and scores.

    Examples
    --------
    >>> describe_score({"LSTM": (np.arange(3), np.array([0.5, 0.9, 0.7]))}, "share right", lower_is_better=False)
    'LSTM: share right 0.70 now, 0.90 at best, at update 1.'
    """
    said = {}
    for name, (updates, values) in curves.items():
        there = np.flatnonzero(np.isfinite(values))
        if not len(there):
            said[name] = "not measured yet"
            continue
        shown = small if lower_is_better else number
        best = there[np.argmin(values[there]) if lower_is_better else np.argmax(values[there])]
        last, top = shown(float(values[there[-1]])), shown(float(values[best]))
        where = "the best so far" if last == top else f"{top} at best, at update {int(updates[best]):,}"
        said[name] = f"{what} {last} now, {where}"
    return _sentences(said)


def describe_lengths(curves: Mapping[str, tuple[Floats, Floats]]) -> str:
    """How long the sequences are that each is trained on; name → updates and lengths.

    Examples
    --------
    >>> describe_lengths({"LSTM": (np.array([0, 50, 90]), np.array([10, 10, 14]))})
    'LSTM: began with 10 steps and is trained on up to 14 now, since update 90.'
    """
    said = {}
    for name, (updates, values) in curves.items():
        since = int(updates[np.flatnonzero(values == values[-1])[0]])
        first, last = int(values[0]), int(values[-1])
        said[name] = (
            f"trained on {first:,} steps"
            if first == last
            else f"began with {first:,} steps and is trained on up to {last:,} now, since update {since:,}"
        )
    return _sentences(said)


def describe_norms(curves: Mapping[str, tuple[Floats, Floats]], limits: Mapping[str, float]) -> str:
    """How long the gradients were, and how many were clipped; name → updates and norms, and where each is clipped.

    Examples
    --------
    >>> norms = np.array([0.5, 3.0, 0.5, 8.0])
    >>> describe_norms({"RNN": (np.arange(4), norms)}, {"RNN": 1.0})
    'RNN: longest 8, at update 3; 2 of 4 that were noted are longer than 1 and were clipped to that.'
    """
    said = {}
    for name, (updates, values) in curves.items():
        there = np.flatnonzero(~np.isnan(values))
        if not len(there):
            said[name] = "none yet"
            continue
        top = there[np.argmax(values[there])]
        peak = small(float(values[top])) if np.isfinite(values[top]) else "past all numbers"
        limit, longest = limits[name], f"longest {peak}, at update {int(updates[top]):,}"
        over = int((values[there] > limit).sum())
        many = f"of {len(there):,} that were noted"
        if not limit:
            said[name] = f"{longest}; none is clipped"
        elif over:
            said[name] = f"{longest}; {over:,} {many} are longer than {limit:g} and were clipped to that"
        else:
            said[name] = f"{longest}; none {many} is longer than {limit:g}, so none was clipped"
    return _sentences(said)


def describe_lead(
    names: Sequence[str], updates: Sequence[int], values: Sequence[float], what: str, *, lower_is_better: bool
) -> str:
    """Which of two is ahead, and by how much.

    Parameters
    ----------
    names, updates, values : of either: what it is called, how far it is, and its score
    what : the score is called

    Examples
    --------
    >>> describe_lead(["LSTM", "RNN"], [300, 300], [0.002, 0.17], "error", lower_is_better=True)
    'After 300 updates the LSTM is ahead: error 0.002 against 0.17, 85 times less.'
    >>> describe_lead(["LSTM", "RNN"], [300, 280], [0.97, 0.5], "share right", lower_is_better=False)
    'The LSTM is ahead: share right 0.97 after 300 updates against 0.50 after 280, 0.47 more.'
    >>> describe_lead(["GRU, 8 units", "GRU, 4 units"], [9, 9], [0.9, 0.5], "share right", lower_is_better=False)
    'After 9 updates the GRU, 8 units, is ahead: share right 0.90 against 0.50, 0.40 more.'
    >>> describe_lead(["LSTM", "RNN"], [0, 0], [float("nan"), 0.5], "share right", lower_is_better=False)
    ''
    """
    if not np.isfinite(values).all():
        return ""
    shown = small if lower_is_better else number
    best = int(np.argmin(values) if lower_is_better else np.argmax(values))
    # What follows a name's comma ends with one.
    name = names[best] + "," * ("," in names[best])
    other = 1 - best
    told = [shown(value) for value in values]
    if told[0] == told[1]:
        return f"Neither is ahead: {what} {told[0]} both." if updates[0] else ""
    if lower_is_better:
        times = values[other] / values[best] if values[best] > 0 else np.inf
        by = f"{times:,.0f} times less" if 2 <= times < 1e6 else f"{shown(values[other] - values[best])} less"
    else:
        by = f"{shown(values[best] - values[other])} more"
    ahead = f"the {name} is ahead: {what} {told[best]}"
    if updates[0] == updates[1]:
        return f"After {count(updates[0], 'update')} {ahead} against {told[other]}, {by}."
    return f"T{ahead[1:]} after {count(updates[best], 'update')} against {told[other]} after {updates[other]:,}, {by}."


def _course(updates: Floats, values: Floats, *, falls: bool) -> str:
    there = np.flatnonzero(np.isfinite(values))
    if not len(there):
        return "no number any more" if len(values) else "not begun"
    first, last, many = float(values[there[0]]), now(values), int(updates[there[-1]])
    if not many:
        return f"{small(first)} before the first update"
    lost = "" if there[-1] == len(values) - 1 else "; after that it is no number any more"
    times = first / last if last > 0 else np.inf
    if times >= 2:
        by = f", {_part(times)} of what it was" if times < 1e6 else ""
    elif times <= 0.5:
        by = f", {1 / times:,.0f} times what it was" if times > 1e-6 else ""
    else:
        by = ", about what it was"
    return f"from {small(first)} to {small(last)} in {count(many, 'update')}{by}{lost}"


def _part(times: float) -> str:
    whole = round(times)
    return "half" if whole == 2 else "a third" if whole == 3 else "a quarter" if whole == 4 else f"a {_ordinal(whole)}"


def _ordinal(whole: int) -> str:
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


def _sentences(said: Mapping[str, str]) -> str:
    return f"{'; '.join(f'{name}: {each}' for name, each in said.items())}."


def describe_place(before: int, seconds: float | None = None) -> str:
    """How many come first, and how long that takes as it was measured; `seconds`: None where nothing was.

    Examples
    --------
    >>> describe_place(0), describe_place(2, 90.0)
    ('It is the next to begin.', '2 trainings come first: about 2 minutes.')
    """
    return describe_turn(before, seconds, "training")
