"""The token axis of every live page: what stands over each column, and which steps a column holds."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import numpy as np

from lstm_viz.analysis.aggregate import Edges, aggregation_note, column_labels
from lstm_viz.ui.views.input_field import strange, why_strange
from lstm_viz.ui.views.view import View


class Axis(TypedDict):
    """What the browser draws. Column k holds the steps from ``edges[k]`` to before ``edges[k + 1]``.

    ``unknown``: columns whose token is new to the network; ``why``: what that means; ``letters``: whether labels are
    single characters; ``note``: what to say of columns of several steps. Where two texts share the axis, ``before`` are
    the labels of the other one, and ``edited`` the columns in which they differ.
    """

    labels: Sequence[str]
    unknown: list[int]
    why: str
    letters: bool
    edges: list[int]
    note: str
    before: NotRequired[Sequence[str] | None]
    edited: NotRequired[list[int]]


NOTHING: Axis = {"labels": [], "unknown": [], "why": "", "letters": False, "edges": [0], "note": ""}
"""The axis of an empty text."""


def axis(view: View, edges: Edges) -> Axis:
    """The axis of a view's text."""
    alone = len(edges) == len(view.run) + 1
    return {
        "labels": column_labels(view.run.labels, edges),
        "unknown": strange(view.model, view.reading.tokens) if alone else [],
        "why": why_strange(view.model),
        "letters": view.source.task.editor == "characters",
        "edges": np.asarray(edges).tolist(),
        "note": aggregation_note(edges),
    }
