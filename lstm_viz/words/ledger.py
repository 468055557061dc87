"""Sentences on what the memory is made of, how a contribution fades, and what each step's share does to the output."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.change.left_out import LeftOut
from lstm_viz.analysis.memory.ledger import half_life
from lstm_viz.analysis.memory.split import Split
from lstm_viz.words.alike import alike, within
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
    same = [part for part in (*parts, initial) if part * total > 0]
    if all(parts[j] * total > 0 for j in largest) and 2 * abs(parts[largest].sum()) > abs(sum(same)):
        named = _named(parts, largest, labels)
        if others <= 0:
            return f"{opening}, all of it from {named}."
        what = f"{others:,} other parts together make" if others > 1 else "one other part makes"
        return f"{opening}. Most of it comes from {named}; the {what} {number(total - float(parts[largest].sum()))}."
    sides = [_side(parts, labels, up=up) for up in ((True, False) if total > 0 else (False, True))]
    if number(initial) != "0.00":
        sides.append(f"{number(initial)} of it is left of the initial state")
    return f"{opening}: {'; '.join(filter(None, sides))}."


def _named(parts: NDArray[Any], steps: Sequence[int], labels: Sequence[str]) -> str:
    """Steps with what is left of each."""
    return listing([f"{place(labels, j)} ({number(parts[j])})" for j in steps])


def _side(parts: NDArray[Any], labels: Sequence[str], *, up: bool) -> str:
    """What the parts of one sign do to a memory; "" where that is nothing to see."""
    steps = [int(j) for j in np.argsort(-np.abs(parts), kind="stable") if (parts[j] > 0 if up else parts[j] < 0)]
    whole = number(abs(float(parts[steps].sum())))
    verb = "raise" if up else "lower"
    if whole == "0.00":
        return ""
    if len(steps) == 1:
        return f"{_named(parts, steps, labels)} {verb}s it"
    if len(steps) <= _NAMED and all(number(parts[j]) != "0.00" for j in steps):
        return f"{_named(parts, steps, labels)} {verb} it"
    return f"{len(steps):,} steps {verb} it by {whole}, {_most(parts, steps, labels)}"


def _most(parts: NDArray[Any], steps: Sequence[int], labels: Sequence[str]) -> str:
    """The largest of some parts, the largest first; where others look as large, that none is larger."""
    size = number(abs(parts[steps[0]]))
    if number(abs(parts[steps[1]])) == size:
        return f"none of them by more than {size}"
    return f"most of all {_named(parts, steps[:1], labels)}"


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
        most, *others = sorted(map(int, steps), key=lambda step: -abs(split.parts[step]))
        if not others:
            told.append(f"The memory of {place(labels, most)} {does.format(whole)}")
        elif number(split.parts[most]) == number(split.parts[others[0]]):
            told.append(
                f"The memory of {len(steps):,} steps {does.format(whole)}, no step’s more than "
                f"{number(abs(split.parts[most]))}"
            )
        else:
            largest = f"that of {place(labels, most)} most ({number(split.parts[most])})"
            told.append(f"The memory of {len(steps):,} steps {does.format(whole)}, {largest}")
    if number(split.initial) != "0.00":
        told.append(f"{number(split.initial)} comes from the initial state")
    if split.empty:
        told.append(f"{number(split.empty)} is what this step would show of an empty memory")
    told.append(f"{number(split.bias)} is there before anything is read")
    return f"{'. '.join(told)}."


def describe_answers_without(
    found: LeftOut, labels: Sequence[str], name: str, *, unit: str = "", span: float = 1.0
) -> str:
    """Which step's absence changes an answer most, and that such changes do not add up."""
    assert found.answer is not None
    changes = found.answer - found.answers
    most = int(np.abs(changes).argmax())
    whole, without = (f"{number(value)} {unit}".rstrip() for value in (found.answer, found.answers[most]))
    opening = f"{name} at the end is {whole}"
    if alike(found.answer, float(found.answers[most]), span):
        told = f"{opening}, and leaving any one step out moves it by no more than {within(span, unit)}."
    else:
        told = f"{opening}; without {_column(labels, found, most)} it would be {without}, the largest change of all."
    return f"{told} Each bar is the difference of two runs. They do not sum to the answer."


def describe_states_without(found: LeftOut, labels: Sequence[str]) -> str:
    """Of which step most is still to be seen in the state at the end, and of which least."""
    most, least = int(found.states.argmax()), int(found.states.argmin())
    high, low = number(found.states[most]), number(found.states[least])
    what = "How far the hidden state at the end would be from what it is, on average over the units"
    if high == low:
        return f"{what}: {high} without any one step."
    return f"{what}: {_without(labels, found, most)}, {_without(labels, found, least)}."


def _without(labels: Sequence[str], found: LeftOut, column: int) -> str:
    """How far the state would be without a column's steps; of columns that look equal, how many."""
    value = number(found.states[column])
    same = sum(number(other) == value for other in found.states)
    if same > 1:
        return f"{value} without any one of {same:,} {'steps' if len(found.states) == len(labels) else 'columns'}"
    return f"{value} without {_column(labels, found, column)}"


def _column(labels: Sequence[str], found: LeftOut, column: int) -> str:
    """The steps of a column, as they are named in a sentence."""
    first, last = int(found.edges[column]), int(found.edges[column + 1]) - 1
    return place(labels, first) if first == last else f"steps {first:,} to {last:,}"
