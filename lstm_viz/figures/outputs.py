"""What an output layer gives after every step, as it is: a strip an output, of many those that move most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.figures.style import round_up
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array
from lstm_viz.words.outputs_given import describe_outputs

MOST = 12
"""How many outputs are drawn."""


@dataclass(frozen=True, eq=False)
class Outputs:
    """Some of the numbers that a network gives. C: columns, O: outputs drawn.

    Attributes
    ----------
    which : their places among all, in order
    names : O of them
    values : (C, O)
    limit : what the ends of the scale around 0 stand for
    caption : a sentence made from the values
    """

    which: list[int]
    names: list[str]
    values: Array
    limit: float
    caption: str


def moving_most(values: Array) -> list[int]:
    """Of outputs (T, L), the places of those whose values spread furthest, at most `MOST`, in their own order."""
    spread = values.max(axis=0) - values.min(axis=0)
    return sorted(np.argsort(-spread, kind="stable")[:MOST].tolist())


def outputs_data(values: Array, axis: TokenAxis, names: Sequence[str]) -> Outputs:
    """What is drawn of the outputs (T, L), over an axis of T tokens, with L names."""
    which = moving_most(values)
    shown, told = values[:, which], [names[k] for k in which]
    limit = round_up(float(np.abs(shown).max()))
    return Outputs(which, told, axis.aggregate(shown), limit, describe_outputs(shown, axis.labels, told, len(names)))
