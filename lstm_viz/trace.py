"""What a run of a recurrent network leaves behind: plain data that checks itself, and knows nothing of torch."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from lstm_viz.cells import CELLS, Cell, Quantity

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]
DIRECTIONS = ("forward", "backward")
LOAD_LIMIT = 1 << 30
"""Most bytes that a saved trace may take once it is unpacked."""
_TOLERANCE = {"float32": 1e-4, "float64": 1e-9}
_SLACK = 1e-6
_FORMAT = "lstm_viz trace 1"


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """Every recorded quantity of one layer, in one direction. T: time steps, H: units, P: units after a projection.

    ================  ==================================  ======  =====================================
    cell              quantities                          shape   ``initial_state`` holds
    ================  ==================================  ======  =====================================
    lstm              input_gate, forget_gate, candidate  (T, H)
                      output_gate, cell_state             (T, H)  cell_state (H,)
                      hidden_state                        (T, P)  hidden_state (P,); P = H without a
                                                                  projection
    gru               reset_gate, update_gate, candidate  (T, H)
                      hidden_state                        (T, H)  hidden_state (H,)
    rnn, rnn_relu     hidden_state                        (T, H)  hidden_state (H,)
    ================  ==================================  ======  =====================================

    Every row belongs to the token at that position, in both directions: a backward layer's step 3 read token 3 after
    tokens T−1 … 4. Arrays are read-only, float32 or float64, and also attributes: ``layer.forget_gate``.

    Parameters
    ----------
    cell : name of a cell definition
    index : layer number, from 0 at the input
    direction : "forward" or "backward"
    values : quantity name → (T, H)
    initial_state : state name → (H,), what the first step processed found
    clamped : names of the quantities that were held at a value, whose own equation need not hold

    Raises
    ------
    ValueError
        naming the field that is missing, misshapen, out of range, not finite, or breaks the cell's own equation.
    """

    cell: str
    index: int
    direction: str
    values: Mapping[str, Array]
    initial_state: Mapping[str, Array]
    clamped: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise ValueError(f"cell: {self.cell!r} is not known; known are {', '.join(CELLS)}")
        if self.direction not in DIRECTIONS:
            raise ValueError(f"direction: got {self.direction!r}, expected one of {', '.join(DIRECTIONS)}")
        if not isinstance(self.index, int) or self.index < 0:
            raise ValueError(f"index: got {self.index!r}, expected a layer number from 0")
        recorded = [q.name for q in self.definition.recorded]
        if unknown := sorted(self.clamped - set(recorded)):
            raise ValueError(f"clamped: {unknown[0]!r} is not a quantity of this cell; it has {', '.join(recorded)}")
        object.__setattr__(self, "values", _read_only(self.values, recorded, 2))
        states = [q.name for q in self.definition.states]
        object.__setattr__(self, "initial_state", _read_only(self.initial_state, states, 1, "initial_state."))
        self._check_shapes()
        for name, array in self.initial_state.items():
            if not np.isfinite(array).all():
                unit = np.flatnonzero(~np.isfinite(array))[0]
                raise ValueError(f"initial_state.{name}: {array[unit]} at unit {unit} is not a finite number")
        largest = {q.name: self._check_range(q) for q in self.definition.recorded}
        self._check_equations(largest)

    def __reduce__(self) -> tuple[Any, ...]:
        # Read-only mappings cannot be pickled; made anew, a copy is read-only and checked as well.
        fields = (self.cell, self.index, self.direction, dict(self.values), dict(self.initial_state), self.clamped)
        return type(self), fields

    @property
    def definition(self) -> Cell:
        """The cell's definition: symbols, ranges, roles, equations."""
        return CELLS[self.cell]

    @property
    def quantities(self) -> tuple[str, ...]:
        """Names of the recorded quantities, in the order of computation."""
        return tuple(self.values)

    @property
    def name(self) -> str:
        """``layer 0, forward``."""
        return f"layer {self.index}, {self.direction}"

    def __getitem__(self, name: str) -> Array:
        try:
            return self.values[name]
        except KeyError:
            raise KeyError(f"{name!r} is not recorded for {self.cell}; it has {', '.join(self.values)}") from None

    def __getattr__(self, name: str) -> Array:
        # "values" itself can be missing while a copy is being unpickled.
        if name != "values" and name in self.values:
            return self.values[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}; {self.cell} records {', '.join(self.values)}")

    def __len__(self) -> int:
        return len(self.hidden_state)

    @property
    def units(self) -> int:
        """H, the number of units in the layer."""
        return next(iter(self.values.values())).shape[1]

    def before(self, name: str) -> Array:
        """A state as each step found it: (T, H), the initial state where nothing was processed before."""
        state, start = self[name], self.initial_state[name][None]
        if self.direction == "forward":
            return np.concatenate([start, state[:-1]])
        return np.concatenate([state[1:], start])

    def _check_shapes(self) -> None:
        first = self.quantities[0]
        steps, units = self.values[first].shape
        if not steps:
            raise ValueError(f"{first}: has no time steps; a trace needs at least one")
        shown = self.definition["hidden_state"]
        for name, array in self.values.items():
            # Only what is neither remembered nor weighted itself can be shown through a projection.
            free = name == shown.name and not (shown.is_memory or shown.weighted)
            expected = (steps, array.shape[1] if free else units)
            if array.shape != expected:
                raise ValueError(f"{name}: shape {array.shape}, expected {expected} like {first}")
        for name, array in self.initial_state.items():
            expected_state = (self.values[name].shape[1],)
            if array.shape != expected_state:
                raise ValueError(f"initial_state.{name}: shape {array.shape}, expected {expected_state}")

    def _check_range(self, quantity: Quantity) -> float:
        """Check that values are finite and in range; return the largest magnitude."""
        array, (low, high) = self.values[quantity.name], quantity.range
        smallest, largest = float(array.min()), float(array.max())
        # NaN compares false with everything, so it fails too.
        if not (low - _SLACK <= smallest and largest <= high + _SLACK and math.isfinite(largest - smallest)):
            low, high = self._widest(quantity)
            wrong = ~((array >= low - _SLACK) & (array <= high + _SLACK) & np.isfinite(array))
            if wrong.any():
                step, unit = np.argwhere(wrong)[0]
                raise ValueError(
                    f"{quantity.name}: {array[step, unit]} at time_step {step}, unit {unit} is not a finite number "
                    f"in {low:g} … {high:g}"
                )
        return max(largest, -smallest)

    def _widest(self, quantity: Quantity) -> tuple[float, float]:
        """The range that a quantity keeps to in this layer, where that is wider than its cell's."""
        low, high = quantity.range
        if self._is_projected(quantity):
            return -math.inf, math.inf
        if quantity.is_memory:
            # It blends what it held with what comes in, and may have been given anything to start from.
            initial = self.initial_state[quantity.name]
            return min(low, float(initial.min())), max(high, float(initial.max()))
        return low, high

    def _check_equations(self, largest: Mapping[str, float]) -> None:
        """Recompute every state that follows from recorded quantities alone, such as c_t = f·c_{t−1} + i·g."""
        now, before = _Recorded(self.values), _Found(self)
        for quantity in self.definition.quantities:
            own_weights = quantity.weighted or quantity.parameters
            if own_weights or quantity.name in self.clamped or self._is_projected(quantity):
                continue
            expected = quantity.compute(now, before)
            if not quantity.recorded:
                setattr(now, quantity.name, expected)
                continue
            found = self.values[quantity.name]
            wrong = found - expected
            if not max(wrong.max(), -wrong.min()) <= _TOLERANCE[found.dtype.name] * (1 + largest[quantity.name]):
                step, unit = np.unravel_index(np.abs(wrong).argmax(), wrong.shape)
                raise ValueError(
                    f"{quantity.name}: breaks its equation at time_step {step}, unit {unit}: "
                    f"{found[step, unit]:.6g}, where the other quantities give {expected[step, unit]:.6g}"
                )

    def _is_projected(self, quantity: Quantity) -> bool:
        """Whether a projection, which is not recorded, stands between a quantity and its equation."""
        return quantity.name == "hidden_state" and self.values["hidden_state"].shape[1] != self.units


class _Recorded:
    """A layer's arrays as a definition's arithmetic sees them."""

    tanh = staticmethod(np.tanh)

    def __init__(self, values: Mapping[str, Array]):
        self.__dict__.update(values)

    @staticmethod
    def project(values: Array) -> Array:
        return values


class _Found:
    """The states as each step found them, made where a definition asks for one."""

    def __init__(self, layer: LayerTrace):
        self._layer = layer

    def __getattr__(self, name: str) -> Array:
        return self._layer.before(name)


def _read_only(arrays: Mapping[str, Any], names: list[str], dimensions: int, prefix: str = "") -> Mapping[str, Array]:
    unexpected, missing = [n for n in arrays if n not in names], [n for n in names if n not in arrays]
    if unexpected:
        raise ValueError(f"{prefix}{unexpected[0]}: is not a quantity of this cell; expected {', '.join(names)}")
    if missing:
        raise ValueError(f"{prefix}{missing[0]}: is missing; expected {', '.join(names)}")
    result = {}
    for name in names:
        array = np.asarray(arrays[name])
        if array.dtype not in (np.float32, np.float64):
            raise ValueError(f"{prefix}{name}: dtype {array.dtype}, expected float32 or float64")
        if array.ndim != dimensions:
            raise ValueError(f"{prefix}{name}: shape {array.shape}, expected {dimensions} dimension(s)")
        array = array.view()
        array.flags.writeable = False
        result[name] = array
    return MappingProxyType(result)


@dataclass(frozen=True, eq=False)
class Trace:
    """A whole run: the layers in PyTorch's order (layer 0 forward, layer 0 backward, layer 1 …), inputs and labels.

    Parameters
    ----------
    layers : each with the same number of time steps T
    inputs : (T, I), what arrived at each step
    labels : T token labels; the step numbers by default
    notes : sentences on how the run was made, for the reader of a figure

    Raises
    ------
    ValueError
        naming the field whose length or content does not fit.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(5, 3))
    >>> trace.layers[0].forget_gate.shape
    (5, 8)
    """

    layers: tuple[LayerTrace, ...]
    inputs: Array
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("layers: is empty; a trace needs at least one layer")
        steps = len(self.layers[0])
        object.__setattr__(self, "layers", tuple(self.layers))
        object.__setattr__(self, "labels", tuple(map(str, self.labels)) or tuple(map(str, range(steps))))
        object.__setattr__(self, "inputs", _read_only({"inputs": self.inputs}, ["inputs"], 2)["inputs"])
        if len(self.inputs) != steps:
            raise ValueError(f"inputs: has {len(self.inputs)} time steps, the layers have {steps}")
        if len(self.labels) != steps:
            raise ValueError(f"labels: has {len(self.labels)} entries, the layers have {steps} time steps")
        for k, layer in enumerate(self.layers):
            if layer.cell != self.layers[0].cell:
                raise ValueError(f"layers: {layer.name} is a {layer.cell}, {self.layers[0].name} a {self.cell.name}")
            if layer.name in (earlier.name for earlier in self.layers[:k]):
                raise ValueError(f"layers: {layer.name} is given twice")
            if len(layer) != steps:
                raise ValueError(f"layers: {layer.name} has {len(layer)} time steps, {self.layers[0].name} has {steps}")

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def cell(self) -> Cell:
        """The definition of the cell that all layers share."""
        return self.layers[0].definition

    def layer(self, index: int = 0, direction: str = "forward") -> LayerTrace:
        """One layer by number and direction; ValueError lists those there are."""
        for layer in self.layers:
            if (layer.index, layer.direction) == (index, direction):
                return layer
        raise ValueError(
            f"there is no layer {index}, {direction}; this trace has {'; '.join(x.name for x in self.layers)}"
        )

    def to_frame(self) -> "pd.DataFrame":
        """A tidy table: layer, direction, time_step, token, unit, quantity, value; one row a number."""
        import pandas as pd

        return pd.concat([self._layer_frame(layer) for layer in self.layers], ignore_index=True)

    def _layer_frame(self, layer: LayerTrace) -> "pd.DataFrame":
        import pandas as pd

        frames = []
        for name, array in layer.values.items():
            step, unit = (index.ravel() for index in np.indices(array.shape))
            frames.append(
                pd.DataFrame(
                    {
                        "layer": layer.index,
                        "direction": layer.direction,
                        "time_step": step,
                        "token": np.array(self.labels, dtype=object)[step],
                        "unit": unit,
                        "quantity": name,
                        "value": array.ravel(),
                    }
                )
            )
        return pd.concat(frames, ignore_index=True)

    def save(self, file: str | Path | IO[bytes]) -> None:
        """Write the trace as a compressed ``.npz``, to a path or an open binary file; `load_trace` reads it back."""
        about = {
            "format": _FORMAT,
            "labels": self.labels,
            "notes": self.notes,
            "layers": [[x.cell, x.index, x.direction, sorted(x.clamped)] for x in self.layers],
        }
        arrays: dict[str, Any] = dict(self._arrays())
        np.savez_compressed(file, about=np.array(json.dumps(about)), inputs=self.inputs, **arrays)

    def _arrays(self) -> Iterator[tuple[str, Array]]:
        for k, layer in enumerate(self.layers):
            yield from ((f"{k}.{name}", array) for name, array in layer.values.items())
            yield from ((f"{k}.initial.{name}", array) for name, array in layer.initial_state.items())


def load_trace(file: str | Path | IO[bytes]) -> Trace:
    """Read a trace that `Trace.save` wrote. Nothing in the file is unpickled.

    Raises
    ------
    ValueError
        when the file is not such a trace, or its content breaks an invariant.
    """
    try:
        with np.load(file, allow_pickle=False) as archive:
            size = sum(member.file_size for member in archive.zip.infolist())
            if size > LOAD_LIMIT:
                raise ValueError(f"it would take {size:,} bytes of memory; the limit is {LOAD_LIMIT:,}")
            arrays = {name: archive[name] for name in archive.files}
        about = json.loads(str(arrays["about"]))
        if about["format"] != _FORMAT:
            raise ValueError(f"its format is {about['format']!r}")
        layers = tuple(
            LayerTrace(
                cell=cell,
                index=index,
                direction=direction,
                values=_named(arrays, f"{k}."),
                initial_state=_named(arrays, f"{k}.initial."),
                clamped=frozenset(clamped),
            )
            for k, (cell, index, direction, clamped) in enumerate(about["layers"])
        )
        return Trace(layers, arrays["inputs"], tuple(about["labels"]), tuple(about["notes"]))
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise
    # What numpy, zipfile and json raise on damaged content is not documented, and more than one would list.
    except Exception as error:
        raise ValueError(f"this file is not a trace saved by lstm_viz, or is damaged: {error}") from error


def _named(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    names = (name.removeprefix(prefix) for name in arrays if name.startswith(prefix))
    return {name: arrays[prefix + name] for name in names if "." not in name}
