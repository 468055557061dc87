"""Sentences on what clamps or an edit changed: where the difference starts, how far it travels, and what comes out."""

import numpy as np

from lstm_viz.analysis.change.edits import Edit
from lstm_viz.words.alike import moved
from lstm_viz.words.phrases import count, number, place


def describe_difference(edit: Edit) -> str:
    """How many units moved, at which step the first of them did, and how long the difference lasts."""
    moved, units = int(edit.moved.sum()), len(edit.moved)
    sizes = np.abs(edit.changes["hidden_state"])
    if not sizes.size or not sizes.max():
        return "Every hidden state is as it was."
    if edit.first_moved is None or edit.last_moved is None:
        row, unit = np.unravel_index(sizes.argmax(), sizes.shape)
        where = place(edit.labels, int(edit.steps[row]))
        return (
            f"No unit’s hidden state moves by more than {edit.threshold:g}; the largest difference is "
            f"{number(edit.changes['hidden_state'][row, unit])}, in unit {unit} at {where}."
        )
    start = f"The hidden state of {moved:,} of {count(units, 'unit')} moves by more than {edit.threshold:g}"
    first, last = place(edit.labels, edit.first_moved), place(edit.labels, edit.last_moved)
    at_end = edit.last_moved == (len(edit.labels) - 1 if edit.direction == "forward" else 0)
    if edit.first_moved == edit.last_moved:
        ending = ", the end." if at_end else ": one step later the difference is below that."
        return f"{start}, all of it at {first}{ending}"
    travelled = abs(edit.last_moved - edit.first_moved)
    ending = f"is still above that at {last}, the end" if at_end else f"last is at {last}"
    return f"{start}. The difference first passes that at {first} and {ending}, {count(travelled, 'step')} on."


def describe_outcome(before: float, after: float, name: str, *, unit: str = "", span: float = 1.0) -> str:
    """What a prediction ends at with and without the changes; `span` as `lstm_viz.words.alike.alike` takes it."""
    if number(before) == number(after):
        return f"{name} still ends at {number(after)} {unit}".rstrip() + "."
    return f"{name} at the end {moved(before, after, unit, span)}."
