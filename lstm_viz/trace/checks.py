"""What a trace must satisfy. Every message starts with the name of the field that does not."""

import math
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import expect, given
from lstm_viz.cells import CELLS, Quantity
from lstm_viz.trace.arithmetic import Arithmetic

if TYPE_CHECKING:
    from lstm_viz.trace.layer import LayerTrace

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]
DIRECTIONS = ("forward", "backward")
_TOLERANCE = {"float32": 1e-4, "float64": 1e-9}
_SLACK = 1e-6


def read_only(arrays: Mapping[str, Any], names: list[str], dimensions: int, prefix: str = "") -> Mapping[str, Array]:
    """Check that exactly these arrays are there, of the right type; return them so that no one can write to them."""
    expect(arrays, Mapping, prefix.rstrip(".") or "values", "a mapping from names to arrays")
    unexpected, missing = [n for n in arrays if n not in names], [n for n in names if n not in arrays]
    if unexpected:
        raise ValueError(f"{prefix}{unexpected[0]}: is not a quantity of this cell; expected {', '.join(names)}")
    if missing:
        raise ValueError(f"{prefix}{missing[0]}: is missing; expected {', '.join(names)}")
    result = {}
    for name in names:
        array = as_array(arrays[name], prefix + name)
        if array.dtype not in (np.float32, np.float64):
            raise ValueError(f"{prefix}{name}: dtype {array.dtype}, expected float32 or float64")
        if array.ndim != dimensions:
            raise ValueError(f"{prefix}{name}: shape {array.shape}, expected {dimensions} dimension(s)")
        result[name] = _kept(array)
    return MappingProxyType(result)


def as_array(value: Any, name: str) -> NDArray[Any]:
    """An array of whatever was given; TypeError where NumPy can make none of it."""
    try:
        if isinstance(value, range):  # it may be longer than any memory
            raise TypeError
        return np.asarray(value)
    except (TypeError, ValueError, RuntimeError):
        raise TypeError(f"{name}: got {given(value)}; expected an array of numbers") from None


def _kept(array: Array) -> Array:
    """The array itself where no one can write to its memory, else a copy."""
    memory: Any = array
    while isinstance(memory, np.ndarray) and not memory.flags.writeable:
        memory = memory.base
    if memory is not None:
        array = array.copy()
        array.flags.writeable = False
    return array


def check_facts(layer: "LayerTrace") -> None:
    """Check what a layer says about itself."""
    if not isinstance(layer.cell, str) or layer.cell not in CELLS:
        raise ValueError(f"cell: {given(layer.cell)} is not known; known are {', '.join(CELLS)}")
    if not isinstance(layer.direction, str) or layer.direction not in DIRECTIONS:
        raise ValueError(f"direction: got {given(layer.direction)}, expected one of {', '.join(DIRECTIONS)}")
    if not isinstance(layer.index, int) or isinstance(layer.index, bool) or layer.index < 0:
        raise ValueError(f"index: got {given(layer.index)}, expected a layer number from 0")
    recorded = [quantity.name for quantity in layer.definition.recorded]
    expect(layer.clamped, (set, frozenset), "clamped", "a frozenset of names of quantities")
    if unknown := sorted(map(str, layer.clamped - set(recorded))):
        raise ValueError(f"clamped: {unknown[0]!r} is not a quantity of this cell; it has {', '.join(recorded)}")


def check_numbers(layer: "LayerTrace") -> None:
    """Check a layer's arrays: shapes, then finite values in range, then the equations of its states."""
    _check_shapes(layer)
    for name, array in layer.initial_state.items():
        wrong = ~(np.isfinite(array) | (array == layer.definition[name].first))
        if wrong.any():
            unit = np.flatnonzero(wrong)[0]
            raise ValueError(f"initial_state.{name}: {array[unit]} at unit {unit} is not a finite number")
    largest = {quantity.name: _check_range(layer, quantity) for quantity in layer.definition.recorded}
    _check_equations(layer, largest)


def check_computed(layer: "LayerTrace") -> None:
    """Check a layer whose gates and memory were just computed by its definition from the hidden states.

    A logistic sigmoid or a tanh cannot leave its range but for NaN, and a memory that was scanned keeps its equation.
    What is left to go wrong shows in the states: that the memory is finite, and that the hidden states, which came from
    elsewhere, are what the other quantities give. Into that goes every gate, so a NaN in one shows there too.
    """
    largest = {quantity.name: _check_range(layer, quantity) for quantity in layer.definition.states}
    _check_equations(layer, largest, ("hidden_state",))


def _check_shapes(layer: "LayerTrace") -> None:
    first = layer.quantities[0]
    steps, units = layer.values[first].shape
    if not steps:
        raise ValueError(f"{first}: has no time steps; a trace needs at least one")
    shown = layer.definition["hidden_state"]
    for name, array in layer.values.items():
        # Only what is neither remembered nor weighted itself can be shown through a projection.
        free = name == shown.name and not (shown.is_memory or shown.weighted)
        expected = (steps, array.shape[1] if free else units)
        if array.shape != expected:
            raise ValueError(f"{name}: shape {array.shape}, expected {expected} like {first}")
    for name, array in layer.initial_state.items():
        expected_state = (layer.values[name].shape[1],)
        if array.shape != expected_state:
            raise ValueError(f"initial_state.{name}: shape {array.shape}, expected {expected_state}")


def _check_range(layer: "LayerTrace", quantity: Quantity) -> float:
    """Check that values are finite and in range; return the largest magnitude."""
    array, (low, high) = layer.values[quantity.name], quantity.range
    smallest, largest = float(array.min()), float(array.max())
    # NaN compares false with everything, so it fails too.
    if not (low - _SLACK <= smallest and largest <= high + _SLACK and math.isfinite(largest - smallest)):
        low, high = _widest(layer, quantity)
        wrong = ~((array >= low - _SLACK) & (array <= high + _SLACK) & np.isfinite(array))
        if wrong.any():
            step, unit = np.argwhere(wrong)[0]
            if layer.clamped and not np.isfinite(array[step, unit]):
                raise ValueError(
                    f"clamp: with {', '.join(sorted(layer.clamped))} held, the numbers grow past what can be computed: "
                    f"{quantity.name} is {array[step, unit]} at time_step {step}, unit {unit}; hold nearer to what is "
                    "there without"
                )
            raise ValueError(
                f"{quantity.name}: {array[step, unit]} at time_step {step}, unit {unit} is not a finite number "
                f"in {low:g} … {high:g}"
            )
    return max(largest, -smallest)


def _widest(layer: "LayerTrace", quantity: Quantity) -> tuple[float, float]:
    """The range that a quantity keeps to in this layer, where that is wider than its cell's."""
    low, high = quantity.range
    if _is_projected(layer, quantity):
        return -math.inf, math.inf
    if not _keeps_its_range(layer, quantity):
        # Held or given, what follows from another no longer keeps the two in balance.
        return -math.inf, math.inf
    if quantity.is_memory:
        # It blends what it held with what comes in, and may have been given anything to start from.
        initial = layer.initial_state[quantity.name]
        return min(low, float(initial.min())), max(high, float(initial.max()))
    return low, high


def _keeps_its_range(layer: "LayerTrace", quantity: Quantity) -> bool:
    """Whether nothing that a quantity owes its range to was held, or given to start from."""
    cell = layer.definition
    held = {name for name in layer.clamped if not cell[name].weighted}
    begun = {name for name, start in layer.initial_state.items() if (start != cell[name].first).any()}
    return not (held | (begun - {quantity.name})) & cell.leans_on(quantity.name)


def _check_equations(layer: "LayerTrace", largest: Mapping[str, float], only: Collection[str] = ()) -> None:
    """Recompute every state that follows from recorded quantities alone, such as c_t = f·c_{t−1} + i·g; or some."""
    now, before = _Recorded(layer.values), _Found(layer)
    for quantity in layer.definition.quantities:
        has_weights = quantity.weighted or quantity.parameters
        if has_weights or quantity.name in layer.clamped or _is_projected(layer, quantity):
            continue
        if only and quantity.recorded and quantity.name not in only:
            continue
        expected = quantity.compute(now, before)
        if not quantity.recorded:
            setattr(now, quantity.name, expected)
            continue
        found = layer.values[quantity.name]
        wrong = found - expected
        if not max(wrong.max(), -wrong.min()) <= _TOLERANCE[found.dtype.name] * (1 + largest[quantity.name]):
            step, unit = np.unravel_index(np.abs(wrong).argmax(), wrong.shape)
            raise ValueError(
                f"{quantity.name}: breaks its equation at time_step {step}, unit {unit}: "
                f"{found[step, unit]:.6g}, where the other quantities give {expected[step, unit]:.6g}"
            )


def _is_projected(layer: "LayerTrace", quantity: Quantity) -> bool:
    """Whether a projection, which is not recorded, stands between a quantity and its equation."""
    return quantity.name == "hidden_state" and layer.values["hidden_state"].shape[1] != layer.units


class _Recorded(Arithmetic):
    """A layer's arrays as a definition's arithmetic sees them."""

    def __init__(self, values: Mapping[str, Array]):
        self.__dict__.update(values)


class _Found:
    """The states as each step found them, made where a definition asks for one."""

    def __init__(self, layer: "LayerTrace"):
        self._layer = layer

    def __getattr__(self, name: str) -> Array:
        return self._layer.before(name)
