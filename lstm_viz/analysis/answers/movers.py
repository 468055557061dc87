"""Which units move the answer; `web/analysis/movers.js` finds the same in the browser."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.readout import readout
from lstm_viz.tasks import Model
from lstm_viz.trace import Array, LayerTrace

MOST = 3
"""How many units are named."""


def moving_step(predictions: Array) -> int:
    """Of predictions (T, labels), the step at which one of them moves most."""
    return int(np.abs(np.diff(predictions, axis=0, prepend=predictions[:1])).max(axis=1).argmax())


def moved(model: Model, layer: LayerTrace, predictions: Array, step: int) -> NDArray[np.float64]:
    """By how much every unit moves what a model says at a step, (H,); their sum is how far that moves.

    Parameters
    ----------
    layer : the one that the answer is read from
    predictions : (T, labels); the number that is moved is `readout`'s for those at the step
    """
    change = (layer.hidden_state - layer.before("hidden_state"))[step]
    return np.asarray(readout(model, predictions[step]).weights * change)


def movers(model: Model, layer: LayerTrace, predictions: Array, step: int) -> list[int]:
    """The units that move it most, the first one furthest; those that do not move it are not among them."""
    sizes = np.abs(moved(model, layer, predictions, step))
    return [k for k in np.argsort(-sizes, kind="stable")[:MOST].tolist() if sizes[k] > 0]
