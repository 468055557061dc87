"""What a caller gives a figure, read or refused in the words of `lstm_viz.arguments`: runs, labels, values, options."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import choice, expect, finite, given, text, whole
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.trace.checks import DIRECTIONS

Labels = Sequence[str] | Trace | None
"""T token labels, or the trace that has them, or None for the run's own, or the step numbers where there is no run."""
A_RUN = "a Trace, as lstm_viz.trace returns it (of a batch one of them: traces[0]), or one of its layers"
_MOST = 10_000_000  # numbers that one argument can hold
_Kind = TypeVar("_Kind")


def run_of(
    trace: Trace | LayerTrace,
    labels: Labels = None,
    *,
    layer: int = 0,
    direction: str = "forward",
) -> tuple[LayerTrace, tuple[str, ...]]:
    """The layer to draw and one label a step, of a trace or of one of its layers.

    Parameters
    ----------
    trace : a run, of which `layer` and `direction` choose the layer; or a layer
    labels : see `Labels`

    Raises
    ------
    TypeError
        for anything else.
    ValueError
        for a layer that does not exist, and for labels that are not one a step.
    """
    expect(trace, (Trace, LayerTrace), "trace", A_RUN)
    asked = whole(layer, "layer"), choice(direction, "direction", DIRECTIONS)
    if isinstance(trace, LayerTrace):
        if asked not in ((0, "forward"), _place(trace)):
            raise ValueError(
                f"layer: got {given(layer)}, {direction}, beside {trace.name} itself; give the Trace that has both"
            )
        return trace, labels_of(labels, len(trace))
    chosen = trace.layer(*asked)
    return chosen, trace.labels if labels is None else labels_of(labels, len(trace))


def _place(layer: LayerTrace) -> tuple[int, str]:
    return layer.index, layer.direction


def labels_of(labels: Labels, steps: int, whose: str = "the layer") -> tuple[str, ...]:
    """One label a step: those given, those of a trace, or the step numbers."""
    if labels is None:
        return tuple(map(str, range(steps)))
    found: Any = labels.labels if isinstance(labels, Trace) else labels
    if not is_list(found) and not isinstance(found, str):
        raise TypeError(f"labels: got {given(found)}; expected {steps} words, one a step, or the Trace that has them")
    if len(found) != steps:
        raise ValueError(f"labels: has {len(found)} entries, {whose} has {steps} time steps; give one a step")
    return tuple(map(str, found))


def is_list(value: Any) -> bool:
    """Whether it has several entries in an order."""
    if isinstance(value, np.ndarray):
        return value.ndim > 0
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def names_of(names: Sequence[str], name: str) -> list[str]:
    """A list of names, at least one."""
    if not is_list(names):
        raise TypeError(f"{name}: got {given(names)}; expected a list of names")
    if not len(names):
        raise ValueError(f"{name}: none were given; expected a list of names, at least one")
    return [text(each, name, "a list of names") for each in names]


def units_of(units: Sequence[int], size: int) -> NDArray[np.intp]:
    """The units asked for, of so many, each once."""
    if not is_list(units):
        raise TypeError(f"units: got {given(units)}; expected a list of unit numbers, such as [0, 3]")
    if not len(units):
        raise ValueError(f"units: none were given; the layer has {size} (0–{size - 1})")
    if len(units) > size:
        raise ValueError(f"units: has {len(units):,} entries; the layer has {size} (0–{size - 1}), give each once")
    chosen = [place_of(unit, "units", size, "the layer has", "unit ") for unit in units]
    if twice := [unit for k, unit in enumerate(chosen) if unit in chosen[:k]]:
        raise ValueError(f"units: unit {twice[0]} is given twice; give each once")
    return np.array(chosen, dtype=np.intp)


def place_of(value: int, name: str, size: int, whose: str = "there are", noun: str = "") -> int:
    """One of so many things, numbered from 0."""
    try:
        return whole(value, name, 0, size - 1)
    except ValueError:
        raise ValueError(f"{name}: {noun}{given(value)} does not exist; {whose} {size} (0–{size - 1})") from None


def ends_of(ends: tuple[float, float], name: str) -> tuple[float, float]:
    """The two ends of an axis, rising."""
    if not is_list(ends) or len(ends) != 2:
        raise TypeError(f"{name}: got {given(ends)}; expected two numbers, such as (0, 1)")
    low, high = (finite(end, name) for end in ends)
    if not low < high:
        raise ValueError(f"{name}: ({low:g}, {high:g}) does not rise; give the lower end first")
    return low, high


def flag(value: bool, name: str) -> bool:
    """True or False."""
    expect(value, (bool, np.bool_), name, "True or False")
    return bool(value)


def floats(values: Any, name: str, shape: tuple[int | None, ...], expected: str) -> NDArray[Any]:
    """Numbers as an array of a shape, in which None is any size from 1; not a number stands for what is not known.

    Parameters
    ----------
    values : array, tensor or list; a tensor may need a gradient
    expected : the shape in words
    """
    if isinstance(values, range) and len(values) > _MOST:  # it takes no room until it is an array
        raise ValueError(f"{name}: got {given(values)}; expected at most {_MOST:,} numbers, {expected}")
    try:
        array = np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        array = np.asarray(None)
    if array.dtype.kind not in "fiub" or isinstance(values, (Mapping, Set)):
        raise TypeError(f"{name}: got {given(values)}; expected numbers, {expected}")
    fits = array.ndim == len(shape) and all(
        size > 0 if asked is None else size == asked for size, asked in zip(array.shape, shape, strict=True)
    )
    if not fits:
        wanted = f"{shape}: {expected}" if None not in shape else f"one or more, {expected}"
        raise ValueError(f"{name}: shape {array.shape}, expected {wanted}")
    if np.isinf(array).any():
        raise ValueError(f"{name}: holds infinity; expected finite numbers, or NaN where there is none")
    return array


def over_steps(
    values: Any, name: str, labels: Labels, *sizes: int, expected: str
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Labels, and values of which each is a step's: (T, …), of further sizes."""
    array = floats(values, name, (None,) * (1 + len(sizes)), expected)
    known = labels if isinstance(labels, (Trace, str)) or is_list(labels) else array
    array = floats(array, name, (len(known), *sizes), expected)  # type: ignore[arg-type]
    return labels_of(labels, len(array)), array


def mapping_of(things: Mapping[str, _Kind], name: str, what: str) -> Mapping[str, _Kind]:
    """Names → things, at least one."""
    expect(things, Mapping, name, f"a dictionary, name → {what}")
    if not things:
        raise ValueError(f"{name}: none were given; expected a dictionary, name → {what}")
    for each in things:
        text(each, name, f"a dictionary, name → {what}")
    return things


def one_of_a_kind(value: Any, kind: type[_Kind], name: str, made_by: str) -> _Kind:
    """A thing of one kind; made_by: which function makes one."""
    expect(value, kind, name, f"a {kind.__name__}, as {made_by} returns it")
    found: _Kind = value
    return found
