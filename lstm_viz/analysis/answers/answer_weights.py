"""How much each unit of the last hidden state counts for what a model says."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.arguments import expect
from lstm_viz.tasks import Model
from lstm_viz.tasks.answers import Softmax
from lstm_viz.trace import Trace


def answer_weights(model: Model, trace: Trace) -> NDArray[np.float64]:
    """How much each unit counts for the answer: for classes, the followed one against the mean of all; norm 1.

    Parameters
    ----------
    model : whose answer
    trace : a run of it: of several classes, the likeliest at its end is followed

    Returns
    -------
    array, (H,)
        What `gradients` takes as `output_weights`.

    Examples
    --------
    >>> from lstm_viz.tasks import load_model
    >>> model = load_model("adding")
    >>> answer_weights(model, model.trace("0.2* 0.5 0.3*")).shape
    (16,)
    """
    expect(model, Model, "model", "a Model, such as lstm_viz.load_model returns")
    expect(trace, Trace, "trace", "a Trace that this model made")
    rows = model.network.head.weight.detach().double().numpy()
    weights = rows[0]
    if isinstance(model.task.answers, Softmax):
        weights = rows[followed(model, model.predictions(trace))] - rows.mean(axis=0)
    return np.asarray(weights / np.linalg.norm(weights))
