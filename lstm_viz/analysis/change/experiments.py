"""Experiments on one text, tried: a gate held shut or open for a step or throughout, a token left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.analysis.change.each_clamp import last_states
from lstm_viz.capture import layers_of
from lstm_viz.clamp import Clamp
from lstm_viz.tasks import Model
from lstm_viz.trace import Array

MOST_RUNS = 40
"""How many clamps are tried on a text."""
MOST_STEPS = 20_000
"""How many steps all their runs may take together."""
LEFT_OUT = 6
"""How many tokens are left out in turn."""
SAME = 0.005
"""What an answer must move by to be worth showing."""


@dataclass(frozen=True)
class Experiment:
    """One experiment, and what it does to the answer at the end: a gate held, or a token left out.

    Attributes
    ----------
    clamp : what is held in all units, at one step or at all; None where a token is left out
    step : at which step; None for all
    before, after : what the network says at the end, of the label that is followed without it
    """

    clamp: Clamp | None
    step: int | None
    before: float
    after: float

    @property
    def size(self) -> float:
        """How far the answer moves."""
        return abs(self.after - self.before)


def experiments(
    model: Model, tokens: Sequence[str], index: int = 0, direction: str = "forward", *, most_runs: int = MOST_RUNS
) -> list[Experiment]:
    """What moves the answer most: for each gate one way to hold it, and a token left out; the largest first.

    Of a long text only the steps are tried at which the answer moves most. A cell without gates has tokens alone.

    Parameters
    ----------
    tokens : at least one
    index, direction : the layer whose gates are held
    most_runs : how many clamps are tried
    """
    free = model.trace_tokens(tokens)
    predictions = model.predictions(free)
    column = followed(model, predictions)
    before = float(predictions[-1, column])
    steps = np.argsort(-np.abs(np.diff(predictions[:, column], prepend=predictions[0, column])), kind="stable").tolist()

    def ends(clamp: Clamp | None, without: int | None = None) -> float:
        left = [token for k, token in enumerate(tokens) if k != without]
        return float(model.predictions(model.trace_tokens(left, clamp=[clamp] if clamp else []))[-1, column])

    layer = next(each for each in free.layers if (each.index, each.direction) == (index, direction))
    found = []
    if layer.definition.gates:
        clamps = _clamps(
            [gate.name for gate in layer.definition.gates], steps, len(tokens), index, direction, most_runs
        )
        if len(layers_of(model.network.recurrent)) == 1:
            last = last_states(model.network.recurrent, free.inputs, clamps)
            reached = _answers(model, last)[:, column]
        else:
            clamps = clamps[:LEFT_OUT]
            reached = np.array([ends(clamp) for clamp in clamps])
        best: dict[str, int] = {}
        for k in np.argsort(-np.abs(reached - before), kind="stable").tolist():
            best.setdefault(clamps[k].quantity, k)
        # The runs above are in the network's own precision; these are those that a page shows.
        found = [Experiment(clamps[k], clamps[k].steps, before, ends(clamps[k])) for k in best.values()]  # type: ignore[arg-type]
    if len(tokens) > 1:
        # Within a run of equal tokens it is one and the same text, whichever of them is left out.
        texts = {(*tokens[:step], *tokens[step + 1 :]): step for step in reversed(steps[:LEFT_OUT])}
        dropped = [Experiment(None, step, before, ends(None, step)) for step in texts.values()]
        found += _largest(dropped)[: 1 if found else 3]
    return _largest(each for each in found if each.size >= SAME)


def _largest(found: Iterable[Experiment]) -> list[Experiment]:
    return sorted(found, key=lambda each: -each.size)


def _clamps(
    gates: Sequence[str], steps: Sequence[int], length: int, index: int, direction: str, most: int
) -> list[Clamp]:
    """Every gate open throughout, and shut and open at as many of the steps as there is time for.

    Shut throughout, a gate leaves an answer to nothing, which tells little.
    """
    each = max(1, min(most, MOST_STEPS // length) // (2 * len(gates)))
    places = [(None, 1.0), *((step, value) for step in steps[:each] for value in (0.0, 1.0))]
    return [Clamp(gate, value, None, step, index, direction) for step, value in places for gate in gates]


def _answers(model: Model, last: Array) -> Array:
    """What the network says of hidden states after the last step, (n, P) → (n, labels)."""
    weight, bias = model.head
    return np.asarray(model.task.answers(last @ weight.T + bias))
