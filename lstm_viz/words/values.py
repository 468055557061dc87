"""Sentences on the heatmap of a quantity, and on the lines of a unit."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.ordering import keeping_gate
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.words.alike import alike
from lstm_viz.words.phrases import apart, count, listing, number, place

_NAMED = 3  # steps of equal value that a sentence names


def describe_quantity(layer: LayerTrace, name: str, labels: Sequence[str]) -> str:
    """What the heatmap of one quantity shows: its average, and where it is furthest to either side.

    Parameters
    ----------
    layer, name : whose heatmap
    labels : T token labels

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(1, 3), labels=["film"])
    >>> describe_quantity(trace.layers[0], "forget_gate", trace.labels)[:41]
    'At “film”, the only step, the forget gate'
    """
    if layer.definition[name].range.is_share:
        return _describe_share(layer, name, labels)
    return _describe_size(layer, name, labels)


def _describe_share(layer: LayerTrace, name: str, labels: Sequence[str]) -> str:
    values = layer[name].astype(np.float64)
    alone = values.shape[1] == 1
    label = layer.definition[name].label
    average = number(values.mean())
    each = values.mean(axis=1)
    high, low = int(each.argmax()), int(each.argmin())
    subject = f"The {label.lower()}" if alone else f"{label}s"
    if len(values) == 1:
        here = f"At {place(labels, 0)}, the only step, the {label.lower()}"
        if alone:
            return f"{here} is {average}."
        lowest, highest = float(values.min()), float(values.max())
        if number(lowest) == number(highest):
            return f"{here}s are {average} in every unit."
        if alike(lowest, highest):
            return f"{here}s average {average}, about the same in every unit ({number(lowest)} to {number(highest)})."
        ends = (f"{number(end)} ({_units(values[0], end)})" for end in (lowest, highest))
        return f"{here}s average {average}, from {' to '.join(ends)}."
    if number(each[high]) == number(each[low]):
        return f"{subject} {'is' if alone else 'average'} {average} at every step."
    if alike(float(each[low]), float(each[high])):
        between = f"{number(each[low])} to {number(each[high])}"
        return f"{subject} {'averages' if alone else 'average'} {average}, about the same at every step ({between})."
    return (
        f"{subject} {'averages' if alone else 'average'} {average}; {'it is' if alone else 'they are'} widest open at "
        f"{_where(each, high, labels)} and closest to shut at {_where(each, low, labels)}."
    )


def _where(each: NDArray[np.float64], step: int, labels: Sequence[str], shown: Array | None = None) -> str:
    """The step of an extreme with its value; of steps that look equal, up to three, or how many."""
    shown = each if shown is None else shown
    look = number(shown[step])
    # Only what is near can look equal, and writing a number takes longer than comparing it; "not >" keeps what is none.
    near = np.flatnonzero(~(np.abs(shown - shown[step]) > apart(shown[step])))
    same = [other for other in near.tolist() if number(shown[other]) == look]
    places = listing([place(labels, other) for other in same]) if len(same) <= _NAMED else count(len(same), "step")
    return f"{places} ({look})"


def _units(row: NDArray[np.float64], end: float) -> str:
    """The unit of an extreme, or how many look equal."""
    same = [unit for unit, value in enumerate(row) if number(value) == number(end)]
    return f"unit {same[0]}" if len(same) == 1 else count(len(same), "unit")


def _describe_size(layer: LayerTrace, name: str, labels: Sequence[str]) -> str:
    values = layer[name].astype(np.float64)
    alone = values.shape[1] == 1
    label = layer.definition[name].label
    sizes = np.abs(values)
    average, each = number(sizes.mean()), sizes.mean(axis=1)
    step, unit = (int(index) for index in np.unravel_index(sizes.argmax(), sizes.shape))
    extreme = number(values[step, unit])
    if len(values) == 1:
        here = f"At {place(labels, 0)}, the only step, the {label.lower()}"
        if alone:
            return f"{here} is {extreme}."
        if number(values.min()) == number(values.max()):
            return f"{here}s are {extreme} in every unit."
        size = number(sizes.max())
        ties = sum(number(value) == size for value in sizes[0])
        most = f"values lie {size} from 0: {ties:,} of them" if ties > 1 else f"is unit {unit}’s {extreme}"
        return f"{here}s lie {average} from 0 on average; the most extreme {most}."
    if number(values.min()) == number(values.max()):
        return f"{f'The {label.lower()} is' if alone else f'{label}s are'} {extreme} throughout."
    subject = f"The {label.lower()} lies" if alone else f"{label}s lie"
    far, near = int(each.argmax()), int(each.argmin())
    if number(each[far]) == number(each[near]):
        spread = f"{subject} {average} from 0 on average at every step."
    elif alike(float(each[near]), float(each[far]), float(sizes.max())):
        between = f"{number(each[near])} to {number(each[far])}"
        spread = f"{subject} {average} from 0 on average, about the same at every step ({between})."
    else:
        # One unit's values are shown with their sign, several units' as a mean size.
        shown = values[:, 0] if alone else each
        spread = (
            f"{subject} {average} from 0 on average: furthest at {_where(each, far, labels, shown)}, "
            f"nearest at {_where(each, near, labels, shown)}."
        )
    if alone:
        return spread
    size = number(sizes[step, unit])
    ties = _alike_largest(sizes)
    if ties > 1:
        return f"{spread} The most extreme values lie {size} from 0: {ties:,} of them."
    return f"{spread} The most extreme value is unit {unit}’s {extreme} at {place(labels, step)}."


def _alike_largest(sizes: NDArray[np.float64]) -> int:
    """How many of some sizes look like the largest; a large run has millions, too many to write each."""
    high = float(sizes.max())
    look, low = number(high), high - apart(high)
    # Halved down to the smallest one that looks so: what is written grows with the size.
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if number(middle) == look else (middle, high)
    return int((sizes >= high).sum())


def describe_unit(layer: LayerTrace, unit: int, labels: Sequence[str]) -> str:
    """What the lines of one unit show: how its memory moves, and what the gate that keeps it does meanwhile.

    For a cell without a memory, how its state moves.

    Raises
    ------
    ValueError
        when there is no such unit.
    """
    main = layer.definition.memory or layer.definition.states[-1]
    course = _course(layer, main.name, unit)
    steps = np.arange(len(course))
    if layer.direction == "backward":
        course, steps = course[::-1], steps[::-1]
    subject = f"Unit {unit}’s {main.label.lower()}"
    gate = keeping_gate(layer.definition)
    meanwhile = "" if gate is None else f", while its {gate.label.lower()} {_bounds(_course(layer, gate.name, unit))}"
    return f"{subject} {_movement(course, steps, labels)}{meanwhile}."


def _course(layer: LayerTrace, name: str, unit: int) -> Array:
    values = layer[name]
    if not 0 <= unit < values.shape[1]:
        raise ValueError(f"unit: {unit} does not exist; {name} has {values.shape[1]} (0–{values.shape[1] - 1})")
    return values[:, unit]


def _movement(course: Array, steps: NDArray[np.intp], labels: Sequence[str]) -> str:
    """How a course runs, in the order in which the layer reads; `steps` are the positions of its values."""
    if len(course) == 1:
        return f"is {number(course[0])} at {place(labels, 0)}, the only step"
    shown = [number(value) for value in course]
    if len(set(shown)) == 1:
        return f"stays at {shown[0]} throughout"
    furthest = int(np.abs(course).argmax())
    end = "" if furthest == len(course) - 1 else f" and ends at {shown[-1]}"
    where = place(labels, int(steps[furthest]))
    if shown[furthest] == shown[0]:
        if number(abs(course[0])) == number(abs(course[-1])) and shown[0] != shown[-1]:
            return f"starts at {shown[0]} and ends at {shown[-1]}, as far from 0 as it gets to either side"
        return f"starts at {shown[0]}, as far from 0 as it gets, and ends at {shown[-1]}"
    joined = "," if end else " and"
    return f"starts at {shown[0]}{joined} reaches {shown[furthest]} at {where}{end}"


def _bounds(course: Array) -> str:
    low, high = number(course.min()), number(course.max())
    if low == high:
        return f"is {low}" if len(course) == 1 else f"stays at {low}"
    if course.min() >= 0.5:
        return f"never falls below {low}"
    if course.max() <= 0.5:
        return f"never rises above {high}"
    return f"ranges from {low} to {high}"
