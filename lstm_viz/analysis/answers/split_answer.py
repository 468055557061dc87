"""What of a model's answer comes from which step: the readout and the split of its memory, in one."""

from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.equations.weighted_sums import layer_weights
from lstm_viz.analysis.memory.split import Split, split_output
from lstm_viz.arguments import expect, whole
from lstm_viz.tasks import Model
from lstm_viz.trace import Trace, top_layers


def split_answer(model: Model, trace: Trace, *, step: int | None = None) -> Split:
    """Split what a model says after a step exactly over the steps that its memory came from.

    Of two labels, or the two likeliest, it is the log-odds of one against the other; of a number, the number.

    Parameters
    ----------
    model : whose answer
    trace : a run of it, of a cell with a memory
    step : after which step; the last one by default

    Raises
    ------
    TypeError, ValueError
        for what is neither model nor trace, a step that does not exist, a cell without a memory, and an answer that is
        read from several directions or behind a projection.

    Examples
    --------
    >>> from lstm_viz.tasks import load_model
    >>> model = load_model("adding")
    >>> trace = model.trace("0.2* 0.5 0.3*")
    >>> split = split_answer(model, trace)
    >>> abs(split.total - model.predict("0.2* 0.5 0.3*")["sum"]) < 1e-4
    True
    """
    expect(model, Model, "model", "a Model, such as lstm_viz.load_model returns")
    expect(trace, Trace, "trace", "a Trace that this model made")
    step = len(trace) - 1 if step is None else whole(step, "step", high=len(trace) - 1)
    number = readout(model, model.predictions(trace)[step])
    top = top_layers(trace.layers)
    if len(top) > 1:
        raise ValueError("trace: the answer is read from both directions; a split takes one that is read from one")
    further = layer_weights(model.network.recurrent, top[0]).parameters
    return split_output(top[0], number.weights, number.bias, step=step, further=further)
