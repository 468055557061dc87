"""One layer's part of a trace. The table of shapes is here, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from lstm_viz.arguments import given
from lstm_viz.cells import CELLS, Cell
from lstm_viz.trace.checks import Array, check_computed, check_facts, check_numbers, read_only


def check_layer(layer: object) -> None:
    """TypeError unless it is one layer of a trace; of a whole trace it says how to get one."""
    if not isinstance(layer, LayerTrace):
        raise TypeError(f"layer: got {given(layer)}; expected one LayerTrace, such as trace.layers[0]")


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

    Examples
    --------
    >>> import torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(5, 3)).layers[0]
    >>> layer.name, layer.quantities[:2], layer.forget_gate.shape
    ('layer 0, forward', ('input_gate', 'forget_gate'), (5, 8))
    >>> layer["cell_state"] is layer.cell_state
    True
    """

    cell: str
    index: int
    direction: str
    values: Mapping[str, Array]
    initial_state: Mapping[str, Array]
    clamped: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        check_facts(self)
        recorded, states = ([q.name for q in part] for part in (self.definition.recorded, self.definition.states))
        object.__setattr__(self, "values", read_only(self.values, recorded, 2))
        object.__setattr__(self, "initial_state", read_only(self.initial_state, states, 1, "initial_state."))
        check_numbers(self)

    @classmethod
    def computed(
        cls, cell: str, index: int, direction: str, values: Mapping[str, Array], initial_state: Mapping[str, Array]
    ) -> "LayerTrace":
        """A layer that `lstm_viz.capture` has just computed from its hidden states, in arrays that no one else holds.

        Nothing is copied, and nothing checked that cannot be wrong; see `checks.check_computed`.
        """
        layer = object.__new__(cls)
        for array in (*values.values(), *initial_state.values()):
            array.flags.writeable = False
        kept = MappingProxyType(dict(values)), MappingProxyType(dict(initial_state))
        vars(layer).update(
            cell=cell, index=index, direction=direction, values=kept[0], initial_state=kept[1], clamped=frozenset()
        )
        check_computed(layer)
        return layer

    def __repr__(self) -> str:
        return f"LayerTrace({self.cell}, {self.name}: {len(self)} steps × {self.units} units)"

    def __reduce__(self) -> tuple[Any, ...]:
        # Read-only mappings cannot be pickled; made anew, a copy is read-only and checked as well.
        made_from = (self.cell, self.index, self.direction, dict(self.values), dict(self.initial_state), self.clamped)
        return type(self), made_from

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
        except (KeyError, TypeError):
            raise KeyError(f"{given(name)} is not recorded for {self.cell}; it has {', '.join(self.values)}") from None

    def __getattr__(self, name: str) -> Array:
        # "values" itself can be missing while a copy is being unpickled.
        if name != "values" and name in self.values:
            return self.values[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}; {self.cell} records {', '.join(self.values)}")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.values})

    def __len__(self) -> int:
        return len(self.hidden_state)

    @property
    def units(self) -> int:
        """H, the number of units in the layer."""
        return next(iter(self.values.values())).shape[1]

    def before(self, name: str) -> Array:
        """What each step found of a state: (T, H), the initial state where nothing was processed before.

        Also of what a variant's steps see without its being a state, such as the gates of the step before: there the
        first step finds zeros.
        """
        if not isinstance(name, str) or name not in self.values:
            raise ValueError(f"name: {given(name)} is not recorded for {self.cell}; it has {', '.join(self.values)}")
        state = self[name]
        start = self.initial_state[name][None] if name in self.initial_state else np.zeros_like(state[:1])
        if self.direction == "forward":
            return np.concatenate([start, state[:-1]])
        return np.concatenate([state[1:], start])
