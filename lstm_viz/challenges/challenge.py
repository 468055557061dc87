"""What a challenge is: inputs, a goal as numbers, hints, the idea, and weights that reach the goal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import exp
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_viz.cells import LSTM

LARGEST = 20.0
"""The largest weight that can be set, to either side of 0: a gate needs some 10 to be as good as open or shut."""
STEP = 0.1
"""How finely a slider sets a weight."""
DECIMALS = 3
"""Decimals of a weight that a link keeps."""
LONGEST = 250
"""Most steps of a sequence that a reader writes."""


Writes = Literal["letters", "marked"]
"""How a sequence is written: letters in a row, or numbers with spaces between them of which a star marks some."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One sequence that the unit is run on, and what it is asked for.

    Attributes
    ----------
    name : in a few words, what is tried
    text : the sequence as a reader writes it
    inputs : (T, n)
    low, high : (T,) between which the number that is read must lie; infinite where there is no such bound, NaN where
        nothing is asked
    begins : the steps from which on something new is to be kept, the first among them
    """

    name: str
    text: str
    inputs: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    begins: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        for name in ("inputs", "low", "high"):
            value = np.asarray(getattr(self, name), dtype=np.float64)
            if len(value) != len(self.inputs):
                raise ValueError(f"{self.name}: {name} has {len(value)} steps, the inputs have {len(self.inputs)}")
            value.setflags(write=False)
            object.__setattr__(self, name, value)

    @property
    def asked(self) -> NDArray[np.bool_]:
        """At which steps something is asked."""
        return ~np.isnan(self.low)


@dataclass(frozen=True, eq=False, kw_only=True)
class Challenge:
    """Something that one LSTM unit can do if its weights are right.

    Attributes
    ----------
    name, title : code name, name on screen
    task : what is to be done, in a sentence or two
    inputs : name of an input → what it tells, in the order of the columns
    writes : how a sequence is written
    first : what a sequence of the reader's own begins with
    reads : the quantity that the goal looks at, "hidden_state" or "cell_state"
    trials : what it is tried on, made from fixed seeds
    wants : the inputs of any sequence → low and high, as a `Trial` has them
    within : how far off the number may be, or for a sign, how far from 0 it must be
    hold : up to how many steps in a row are counted
    state : how far it is, with {held}, {hold}, {passed}, {trials}, {error}
    hints : each helps further than the one before
    idea : why the solution works, told after it is found or given up
    solution : weights that reach the goal, (4, n + 2), rows as `rows`, columns the inputs, h, and the bias
    """

    name: str
    title: str
    task: str
    inputs: Mapping[str, str]
    writes: Writes
    first: str
    reads: str
    trials: tuple[Trial, ...]
    wants: Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
    within: float
    hold: int
    state: str
    hints: tuple[str, ...]
    idea: str
    solution: Mapping[str, Mapping[str, float]]
    rows: tuple[str, ...] = field(default=tuple(each.name for each in LSTM.weighted))

    @property
    def columns(self) -> tuple[str, ...]:
        """What a weight is multiplied with: each input, what the unit showed a step ago, and 1."""
        return (*self.inputs, "hidden_state", "bias")

    @property
    def shape(self) -> tuple[int, int]:
        """Of the weights: a row for each calculation, a column for each of `columns`."""
        return len(self.rows), len(self.columns)

    @property
    def count(self) -> int:
        """How many weights there are."""
        return self.shape[0] * self.shape[1]

    @cached_property
    def solved(self) -> NDArray[np.float64]:
        """The solution as an array; weights that it does not name are 0."""
        weights = np.zeros(self.shape)
        for row, named in self.solution.items():
            for column, value in named.items():
                weights[self.rows.index(row), self.columns.index(column)] = value
        return weights

    @property
    def zeros(self) -> NDArray[np.float64]:
        """All weights at 0, where everyone starts."""
        return np.zeros(self.shape)


def sigmoid(x: float) -> float:
    """What a gate makes of a sum.

    Examples
    --------
    >>> sigmoid(0)
    0.5
    """
    return 1 / (1 + exp(-x))


def share(x: float) -> str:
    """What a gate makes of a sum, in as many digits as tell it from 0 and 1.

    Examples
    --------
    >>> share(5), share(10), share(-10)
    ('0.993', '0.99995', '0.00005')
    """
    value, digits = sigmoid(x), 3
    while round(value, digits) in (0.0, 1.0):
        digits += 1
    return f"{value:.{digits}f}"
