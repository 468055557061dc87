"""What each step of a text still changes at its end: the run with it against the run without it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.analysis.aggregate import Edges, columns
from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.trace import Array, Trace

MOST_RUNS = 60
"""In how many runs, at most, something is left out."""


@dataclass(frozen=True, eq=False)
class LeftOut:
    """What leaving out the steps of each column changes. C: columns.

    Attributes
    ----------
    edges : of the columns, see `columns`
    answer : what the network says at the end of the whole text; None where it says nothing
    answers : (C,), what it says without each; empty where it says nothing
    states : (C,), how far the hidden state at the end then is from what it was, on average over units
    """

    edges: Edges
    answer: float | None
    answers: Array
    states: Array


def left_out(model: Model, tokens: Sequence[str], layer: int = 0, *, most_runs: int = MOST_RUNS) -> LeftOut | None:
    """Leave out each step in turn, of a long text several together; None for one step, without which nothing is left.

    Unlike the parts of a memory these do not sum to the whole: each is the difference of two runs, and what a step
    does depends on the others.

    Parameters
    ----------
    tokens : at least one
    layer : whose hidden state is compared, by its place among the layers of a trace
    most_runs : in how many runs, at most, something is left out
    """
    if len(tokens) < 2:
        return None
    edges = columns(len(tokens), most_runs)
    whole = model.trace_tokens(tokens)
    predictions = model.predictions(whole)
    column = followed(model, predictions) if model.answers else None

    def state(trace: Trace) -> Array:
        mine = trace.layers[layer]
        return np.asarray(mine.hidden_state[0 if mine.direction == "backward" else -1], dtype=np.float64)

    answers, states = [], []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        without = model.trace_tokens([*tokens[:first], *tokens[last:]])
        if column is not None:
            answers.append(float(model.predictions(without)[-1, column]))
        states.append(float(np.abs(state(whole) - state(without)).mean()))
    whole_answer = None if column is None else float(predictions[-1, column])
    return LeftOut(edges, whole_answer, np.array(answers), np.array(states))
