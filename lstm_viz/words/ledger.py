"""Sentences on what the memory is made of, how a contribution fades, and what each step's share does to the output."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.memory.ledger import half_life
from lstm_viz.analysis.memory.split import Split
from lstm_viz.words.phrases import count, listing, number, percent, place

_NAMED = 3  # contributions that a sentence names


def describe_makeup(parts: NDArray[Any], initial: float, labels: Sequence[str], step: int, name: str) -> str:
    """What a memory is made of at one step, the largest parts first.

    Parameters
    ----------
    parts : (T,), what is left at the step of what each step put in; of one unit, with its sign
    initial : what is left of the initial state
    labels : T token labels
    step : the step at which the memory is read
    name : of the memory, such as ``unit 3’s cell state``
    """
    total = float(parts.sum() + initial)
    largest = [int(j) for j in np.argsort(-np.abs(parts), kind="stable")[:_NAMED] if number(parts[j]) != "0.00"]
    opening = f"At {place(labels, step)}, {name} is {number(total)}"
    if not largest:
        return f"{opening}; no step’s part of it reaches 0.01."
    others = int(np.count_nonzero(parts)) - len(largest) + (initial != 0)
    rest = ""
    if others > 0:
        what = f"{others:,} other parts together make" if others > 1 else "one other part makes"
        rest = f"; the {what} {number(total - float(parts[largest].sum()))}"
    same = [part for part in (*parts, initial) if part * total > 0]
    if all(parts[j] * total > 0 for j in largest) and 2 * abs(parts[largest].sum()) > abs(sum(same)):
        named = listing([f"{place(labels, j)} ({number(parts[j])})" for j in largest])
        return f"{opening}. Most of it comes from {named}{rest}." if rest else f"{opening}, all of it from {named}."
    sides = [_side(parts, [j for j in largest if (parts[j] > 0) == up], labels, up=up) for up in (True, False)]
    # What has the sign of the whole comes first.
    told = [side for side in (sides if total > 0 else sides[::-1]) if side]
    return f"{opening}: {', '.join(told)}{rest}."


def _side(parts: NDArray[Any], steps: list[int], labels: Sequence[str], *, up: bool) -> str:
    """What parts of one sign do to a memory; "" for none."""
    if not steps:
        return ""
    verb = "raise" if up else "lower"
    return f"{listing([f'{place(labels, j)} ({number(parts[j])})' for j in steps])} {verb}{'s' * (len(steps) == 1)} it"


def describe_sizes(sizes: NDArray[Any], labels: Sequence[str], step: int) -> str:
    """Which steps the memory of all units holds most of at one step: `sizes` (T,) are means over the units."""
    total = float(sizes.sum())
    if total <= 0:
        return f"At {place(labels, step)}, the memory of every unit is empty."
    largest = [int(j) for j in np.argsort(-sizes, kind="stable")[:_NAMED] if sizes[j] > 0]
    named = listing([f"{place(labels, j)} ({percent(sizes[j] / total)})" for j in largest])
    return f"At {place(labels, step)}, by size and over all units, the memory holds most of {named}."


def describe_fading(course: NDArray[Any], labels: Sequence[str], source: int, *, backward: bool = False) -> str:
    """How what one step put in fades: how much, its half-life, and what is left at the end.

    Parameters
    ----------
    course : (n,), what is left, from the source step on, in the order of reading
    """
    start, end = number(course[0]), number(course[-1])
    who = place(labels, source)
    opening = f"{who[0].upper()}{who[1:]} puts in {start}"
    if len(course) == 1:
        return f"{opening}, at the last step that is read."
    if course[0] == 0:
        return f"{who[0].upper()}{who[1:]} puts in nothing."
    share = percent(min(1.0, abs(course[-1] / course[0])))
    after = half_life(course)
    if after is None:
        return f"{opening}. More than half of it is still there at the end: {end}, which is {share}."
    where = place(labels, source - after if backward else source + after)
    return (
        f"{opening}. Half of it is gone after {count(after, 'step')}, at {where}; at the end {end} is left ({share})."
    )


def describe_split(split: Split, labels: Sequence[str], title: str, *, unit: str = "") -> str:
    """What the memory of all steps adds to an output, what it takes off, and which step's does either most."""
    ending = f" {unit}" if unit else ""
    verb = "are" if title.startswith("log-odds") else "is"
    told = [f"After {place(labels, split.step)}, the {title} {verb} {number(split.total)}{ending}"]
    for sign, does in ((1, "adds {}"), (-1, "takes {} off")):
        steps = np.flatnonzero(sign * split.parts > 0)
        whole = number(abs(float(split.parts[steps].sum())))
        if whole == "0.00":
            continue
        most = int(steps[np.abs(split.parts[steps]).argmax()])
        if len(steps) == 1:
            told.append(f"The memory of {place(labels, most)} {does.format(whole)}")
        else:
            largest = f"that of {place(labels, most)} most ({number(split.parts[most])})"
            told.append(f"The memory of {len(steps):,} steps {does.format(whole)}, {largest}")
    if number(split.initial) != "0.00":
        told.append(f"{number(split.initial)} comes from the initial state")
    if split.empty:
        told.append(f"{number(split.empty)} is what this step would show of an empty memory")
    told.append(f"{number(split.bias)} is there before anything is read")
    return f"{'. '.join(told)}."
