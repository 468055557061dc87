"""From the memory to the answer: how much of the model's output each step's share of the memory makes up."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.ledger import chosen_units, ledger_rows, memory_of, reading_order
from lstm_viz.trace import Array, LayerTrace


@dataclass(frozen=True, eq=False)
class Split:
    """A model's output after one step, split by the steps that its memory came from. T: steps.

    Attributes
    ----------
    step : after which step the output is read
    parts : (T,), signed; 0 for steps not read by then
    initial : the part of the initial state
    bias : the part that is there whatever the input
    """

    step: int
    parts: Array
    initial: float
    bias: float

    @property
    def total(self) -> float:
        """The output: the sum of everything."""
        return float(self.parts.sum()) + self.initial + self.bias


def split_output(
    layer: LayerTrace,
    weights: NDArray[Any],
    bias: float = 0.0,
    *,
    step: int | None = None,
    newest_first: bool = False,
) -> Split:
    """Split ``weights · h_t + bias`` exactly over the steps that the memory behind h_t came from.

    The hidden state is a function of the memory and of this step's gates: for an LSTM ``h_t = o_t · tanh(c_t)``. The
    memory is built up source by source, and each source gets what the hidden state gains when it is added; these
    differences telescope to the whole. Since tanh bends, what a source gets depends on the order in which they are
    added. Here it is the order of reading, the initial state before all of them; `newest_first` adds them the other
    way round, and other orders are as exact. A GRU's memory is its hidden state: there the order makes no difference.

    Parameters
    ----------
    layer : of a cell with a memory
    weights : (H,), from the hidden state to one output
    bias : of that output
    step : after which step; the last one that the layer reads by default
    newest_first : see above

    Raises
    ------
    ValueError
        for a cell without a memory, a step that does not exist, weights of another size than the layer, and a layer
        whose hidden state does not follow from its memory and recorded gates alone.
    """
    steps = len(layer)
    step = reading_order(layer)[-1] if step is None else step
    if not 0 <= step < steps:
        raise ValueError(f"step: {step} does not exist; there are {steps} (0–{steps - 1})")
    weights = np.asarray(weights, dtype=np.float64)
    if weights.shape != (layer.units,):
        raise ValueError(f"weights: shape {weights.shape}, expected ({layer.units},), one a unit")
    memory_of(layer)
    found = next((initial, parts) for at, initial, parts in ledger_rows(layer, chosen_units(layer, None)) if at == step)
    initial, parts = (part.astype(np.float64) for part in found)
    backward = layer.direction == "backward"
    ordered = np.concatenate([initial[None], parts[::-1] if backward else parts])
    if newest_first:
        ordered = ordered[::-1]
    built = np.concatenate([np.zeros_like(initial)[None], ordered.cumsum(axis=0)])
    shown = _hidden_states(layer, step, built) @ weights
    gains = np.diff(shown)
    if newest_first:
        gains = gains[::-1]
    result = np.zeros(steps)
    result[step if backward else 0 : steps if backward else step + 1] = gains[1:][::-1] if backward else gains[1:]
    # What is shown of an empty memory is 0 for every cell whose state is a gate times a function that keeps 0.
    return Split(step, result, float(gains[0]), float(bias + shown[0]))


def _hidden_states(layer: LayerTrace, step: int, memories: Array) -> Array:
    """What the cell would show at a step, its gates as they were, for other contents of its memory: (n, H) → (n, H)."""
    cell, memory = layer.definition, memory_of(layer)
    if memory.name == "hidden_state":
        return memories
    if layer["hidden_state"].shape[1] != layer.units:
        raise ValueError("layer: a projection, which a trace does not record, stands between its memory and its output")
    now = _Step({name: layer[name][step].astype(np.float64) for name in layer.quantities})
    setattr(now, memory.name, memories)
    after = cell.quantities[cell.quantities.index(memory) + 1 :]
    for quantity in after:
        if quantity.weighted:
            continue  # a gate, as recorded
        try:
            setattr(now, quantity.name, quantity.compute(now, None))
        except AttributeError:
            raise ValueError(
                f"layer: in {cell.title} the output needs weights between memory and output, which a trace does not "
                "record; it cannot be split"
            ) from None
    return np.asarray(vars(now)["hidden_state"])


class _Step:
    """One step's recorded values, as a definition's arithmetic sees them."""

    tanh = staticmethod(np.tanh)

    def __init__(self, values: dict[str, Array]):
        self.__dict__.update(values)

    @staticmethod
    def project(values: Array) -> Array:
        return values
