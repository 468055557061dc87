"""The token axis of every live page: what stands over each column, which steps a column holds, and what is said of it.

`web/analysis/axis.js` makes the same numbers in the browser.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import numpy as np

from lstm_viz.analysis.aggregate import SEVERAL_STEPS, Edges, column_labels
from lstm_viz.ui.views.input_field import strange, why_strange
from lstm_viz.ui.views.view import View


class Axis(TypedDict):
    """What the browser draws. Column k holds the steps from ``edges[k]`` to before ``edges[k + 1]``.

    ``unknown``: columns whose token is new to the network. Where two texts share the axis, ``before`` are the labels of
    the other one, ``edited`` the columns in which they differ, and ``places`` the bounds of the columns among the
    places of both.
    """

    labels: Sequence[str]
    unknown: list[int]
    edges: list[int]
    before: NotRequired[Sequence[str] | None]
    edited: NotRequired[list[int]]
    places: NotRequired[list[int]]


class AxisWords(TypedDict):
    """What is said of it.

    ``why``: what it means that a token is unknown; ``letters``: whether labels are single characters; ``note``: what to
    say of columns of several steps, with their numbers left blank.
    """

    why: str
    letters: bool
    note: str


NOTHING: Axis = {"labels": [], "unknown": [], "edges": [0]}
"""The axis of an empty text."""


def axis(view: View, edges: Edges) -> Axis:
    """The axis of a view's text."""
    alone = len(edges) == len(view.run) + 1
    return {
        "labels": column_labels(view.run.labels, edges),
        "unknown": strange(view.model, view.reading.tokens) if alone else [],
        "edges": np.asarray(edges).tolist(),
    }


def axis_words(view: View) -> AxisWords:
    """What is said of the axis of any text that this network reads."""
    return {
        "why": why_strange(view.model),
        "letters": view.source.task.editor == "characters",
        "note": SEVERAL_STEPS,
    }
