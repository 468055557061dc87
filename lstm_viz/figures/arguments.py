"""What a caller gave, checked: every figure says in the same words what it got, what it expects and what to do."""

import math
import operator
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from lstm_viz.trace import LayerTrace, Trace

_LONGEST = 60  # characters of a value that are repeated in a sentence
_Kind = TypeVar("_Kind")


def described(value: object) -> str:
    """A value as a sentence on it can name it: short ones as they are written, others by their kind."""
    if isinstance(value, (str, bytes, int, float, complex, np.generic)) or value is None:
        try:
            text = repr(value.item() if isinstance(value, np.generic) else value)
        except ValueError:  # a whole number of more digits than Python writes
            return "a number of thousands of digits"
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    shape = getattr(value, "shape", None)
    kind = type(value).__name__
    name = f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"
    if isinstance(shape, tuple):
        return f"{name} of shape {tuple(map(int, shape))}"
    return f"{name} of {len(value)}" if isinstance(value, Collection) else name


def run_of(
    trace: Trace | LayerTrace,
    labels: "Sequence[str] | Trace | None" = None,
    *,
    layer: int = 0,
    direction: str = "forward",
    name: str = "trace",
) -> tuple[LayerTrace, tuple[str, ...]]:
    """The layer to draw and one label a step, of a trace or of one of its layers.

    Parameters
    ----------
    trace : a run, of which `layer` and `direction` choose the layer; or a layer
    labels : T token labels, or the trace that has them; the run's own by default, for a layer the step numbers
    name : what the argument is called where it is not a run

    Raises
    ------
    TypeError
        for anything else.
    ValueError
        for a layer that does not exist, and for labels that are not one a step.
    """
    if isinstance(trace, LayerTrace):
        if (layer, direction) not in ((0, "forward"), (trace.index, trace.direction)):
            asked = f"layer {described(layer)}, {described(direction)}"
            raise ValueError(f"layer: {asked} was asked for, of {trace.name}; give the Trace that has both")
        return trace, labels_of(labels, len(trace))
    if not isinstance(trace, Trace):
        raise TypeError(
            f"{name}: got {described(trace)}; expected a Trace, as lstm_viz.trace returns it, or one of its layers"
        )
    chosen = trace.layer(whole("layer", layer), text("direction", direction))
    return chosen, trace.labels if labels is None else labels_of(labels, len(trace))


def labels_of(labels: "Sequence[str] | Trace | None", steps: int, *, whose: str = "the layer") -> tuple[str, ...]:
    """One label a step: those given, those of a trace, or the step numbers."""
    if labels is None:
        return tuple(map(str, range(steps)))
    if isinstance(labels, Trace):
        labels = labels.labels
    if isinstance(labels, (Mapping, Set, bytes)) or not isinstance(labels, (Sequence, np.ndarray)):
        raise TypeError(
            f"labels: got {described(labels)}; expected a list of {steps} words, or the Trace that has them"
        )
    if np.ndim(labels) == 0 and not isinstance(labels, str):
        raise TypeError(f"labels: got {described(labels)}; expected a list of {steps} words")
    if len(labels) != steps:
        raise ValueError(f"labels: has {len(labels)} entries, {whose} has {steps} time steps; give one a step")
    return tuple(map(str, labels))


def names_of(name: str, names: Sequence[str]) -> list[str]:
    """A list of names, at least one."""
    if isinstance(names, (str, bytes, Mapping, Set)) or not isinstance(names, (Sequence, np.ndarray)):
        raise TypeError(f"{name}: got {described(names)}; expected a list of names")
    wrong = [each for each in names if not isinstance(each, str)]
    if wrong:
        raise TypeError(f"{name}: holds {described(wrong[0])}; expected a list of names")
    if not len(names):
        raise ValueError(f"{name}: none were given; give at least one")
    return list(names)


def units_of(size: int, units: Sequence[int]) -> NDArray[np.intp]:
    """The units asked for, of so many, each once."""
    if isinstance(units, (str, bytes, Mapping, Set)) or not isinstance(units, (Sequence, np.ndarray)):
        raise TypeError(f"units: got {described(units)}; expected a list of unit numbers, such as [0, 3]")
    if np.ndim(units) == 0 or not len(units):
        raise ValueError(f"units: none were given; the layer has {size} (0–{size - 1})")
    if len(units) > size:
        raise ValueError(f"units: has {len(units)} entries; the layer has {size} (0–{size - 1}), give each once")
    chosen = [whole("units", unit, size=size, what="unit", whose="the layer has") for unit in units]
    if len(set(chosen)) < len(chosen):
        twice = next(unit for unit in chosen if chosen.count(unit) > 1)
        raise ValueError(f"units: unit {twice} is given twice; give each once")
    return np.array(chosen, dtype=np.intp)


def whole(name: str, value: int, *, size: int | None = None, what: str = "", whose: str = "there are") -> int:
    """A whole number; of so many things numbered from 0 if `size` is given."""
    number = None
    if not isinstance(value, (bool, np.bool_)):
        try:
            number = operator.index(value)
        except TypeError:
            number = None
    if number is None:
        ends = "" if size is None else f" from 0 to {size - 1}"
        raise TypeError(f"{name}: got {described(value)}; expected a whole number{ends}")
    if size is not None and not 0 <= number < size:
        thing = f"{what} {described(number)}".strip()
        raise ValueError(f"{name}: {thing} does not exist; {whose} {size} (0–{size - 1})")
    return number


def at_least(name: str, value: int, least: int, most: int) -> int:
    """A whole number between two ends."""
    number = whole(name, value)
    if not least <= number <= most:
        raise ValueError(f"{name}: got {described(number)}; expected a whole number from {least} to {most:,}")
    return number


def real(name: str, value: float, *, above: float | None = None, least: float | None = None) -> float:
    """A finite number, above one end or no less than it."""
    if isinstance(value, (bool, np.bool_, str, bytes)) or not hasattr(value, "__float__") or np.ndim(value) != 0:
        raise TypeError(f"{name}: got {described(value)}; expected a number")
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{name}: got {described(value)}; expected a finite number")
    if above is not None and not number > above:
        raise ValueError(f"{name}: {number:g} must be above {above:g}")
    if least is not None and number < least:
        raise ValueError(f"{name}: {number:g} must be at least {least:g}")
    return number


def ends_of(name: str, ends: tuple[float, float]) -> tuple[float, float]:
    """The two ends of an axis, rising."""
    if isinstance(ends, (str, bytes, Mapping, Set)) or not isinstance(ends, (Sequence, np.ndarray)) or len(ends) != 2:
        raise TypeError(f"{name}: got {described(ends)}; expected two numbers, such as (0, 1)")
    low, high = (real(name, end) for end in ends)
    if not low < high:
        raise ValueError(f"{name}: ({low:g}, {high:g}) does not rise; give the lower end first")
    return low, high


def text(name: str, value: str) -> str:
    """A word or a sentence."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: got {described(value)}; expected a text")
    return value


def flag(name: str, value: bool) -> bool:
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}: got {described(value)}; expected True or False")
    return bool(value)


def one_of(name: str, value: str, choices: Collection[str]) -> str:
    """One of some names."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: got {described(value)}; expected one of {', '.join(choices)}")
    if value not in choices:
        raise ValueError(f"{name}: {described(value)} is not known; choose one of {', '.join(choices)}")
    return value


def floats(name: str, values: Any, shape: tuple[int | None, ...], expected: str) -> NDArray[Any]:
    """Numbers as an array of a shape, in which None is any size from 1; not a number stands for what is not known.

    Parameters
    ----------
    values : array, tensor or list
    expected : the shape in words
    """
    given = values.detach().cpu().numpy() if hasattr(values, "detach") else values
    if isinstance(given, (str, bytes, Mapping, Set)) or not isinstance(given, (Sequence, np.ndarray)):
        raise TypeError(f"{name}: got {described(values)}; expected numbers, {expected}")
    try:
        array = np.asarray(given)
    except (TypeError, ValueError, OverflowError):
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name}: got {described(values)}, not all of it numbers; expected numbers, {expected}")
    wanted = tuple(size if asked is None else asked for size, asked in zip(array.shape, shape, strict=False))
    if array.ndim != len(shape) or array.shape != wanted or not array.size:
        sizes = ", ".join("any" if size is None else str(size) for size in shape) + "," * (len(shape) == 1)
        raise ValueError(f"{name}: shape {array.shape}, expected ({sizes}): {expected}")
    if np.isinf(array).any():
        raise ValueError(f"{name}: holds infinity; give finite numbers, or NaN where there is none")
    return array


def over_steps(
    name: str, values: Any, labels: "Sequence[str] | Trace | None", *sizes: int, expected: str
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Labels, and values of which each is a step's: (T, …), of further sizes; labels as in `labels_of`."""
    array = floats(name, values, (None,) * (1 + len(sizes)), expected)
    known = isinstance(labels, Trace) or (isinstance(labels, (Sequence, np.ndarray)) and np.ndim(labels) > 0)
    steps = len(labels) if known and labels is not None else len(array)
    tokens = labels_of(labels, steps)
    return tokens, floats(name, array, (len(tokens), *sizes), expected)


def mapping_of(name: str, given: Mapping[str, _Kind], what: str) -> Mapping[str, _Kind]:
    """Names → things, at least one."""
    if not isinstance(given, Mapping):
        raise TypeError(f"{name}: got {described(given)}; expected a dictionary, name → {what}")
    if not given:
        raise ValueError(f"{name}: none were given; give at least one, name → {what}")
    for each in given:
        text(name, each)
    return given


def instance_of(name: str, value: object, kind: type[_Kind], made_by: str) -> _Kind:
    """A thing of one kind; made_by: which function makes one."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: got {described(value)}; expected a {kind.__name__}, as {made_by} makes it")
    return value
