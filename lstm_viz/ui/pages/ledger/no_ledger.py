"""What the page shows for a cell without a ledger: what each step still changes, and which cells have one."""

from lstm_viz.analysis.aggregate import column_labels
from lstm_viz.analysis.answers.readout import readout
from lstm_viz.cells import CELLS
from lstm_viz.sources import cells_of
from lstm_viz.ui.pages.ledger.message import LeftOut
from lstm_viz.ui.views.view import View
from lstm_viz.words.alike import span_of
from lstm_viz.words.ledger import describe_answers_without, describe_states_without

MAIN = ("lstm", "gru")
"""The cells offered in place of one without a ledger, where the task has them."""


def with_ledger(view: View) -> list[tuple[str, str]]:
    """The cells that the same text has a ledger with: name and title."""
    there = cells_of(view.source.task.name)
    return [(name, CELLS[name].title) for name in MAIN if name in there]


def without_each(view: View) -> LeftOut | None:
    """What the run without each step says; None for a text of one step, or of none."""
    if view.trace is None:
        return None
    tokens, labels = view.reading.tokens, view.run.labels
    found = view.source.left_out(tokens, view.place)
    if found is None:
        return None
    said: LeftOut = {
        "labels": list(column_labels(labels, found.edges)),
        "name": "",
        "answer": [],
        "state": [round(float(each), 5) for each in found.states],
        "captions": {"answer": "", "state": describe_states_without(found, labels)},
    }
    if found.answer is None:
        return said
    predictions = view.model.predictions(view.run)
    read = readout(view.model, predictions[-1])
    said["name"] = name = read.shown
    said["answer"] = [round(float(found.answer - each), 5) for each in found.answers]
    unit = view.source.task.unit
    span = span_of(view.model, predictions[:, read.column])
    said["captions"]["answer"] = describe_answers_without(found, labels, name, unit=unit, span=span)
    return said
