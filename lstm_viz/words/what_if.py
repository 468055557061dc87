"""Sentences on what clamps or an edit changed: where the difference starts, how far it travels, and what comes out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.change.edits import Edit
from lstm_viz.words.alike import alike, apart, moved
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


def describe_outcome(
    before: float, after: float, name: str, *, unit: str = "", span: float = 1.0, truth: float | None = None
) -> str:
    """What a prediction ends at with and without the changes, and which is nearer to the truth where that is known.

    Parameters
    ----------
    span : as `lstm_viz.words.alike.alike` takes it
    truth : what it should be; None where nothing tells

    Examples
    --------
    >>> describe_outcome(0.38, 0.19, "Sum", truth=0.36)
    'Sum at the end falls from 0.38 to 0.19, further from the true 0.36.'
    """
    beside = "" if truth is None else f", {nearness(before, after, truth, span)} {unit}".rstrip()
    if number(before) == number(after):
        return f"{name} still ends at {number(after)} {unit}".rstrip() + f"{beside}."
    return f"{name} at the end {moved(before, after, unit, span)}{beside}."


def nearness(before: float, after: float, truth: float, span: float = 1.0) -> str:
    """Whether a change of a prediction brings it nearer to the truth, as all three are shown."""
    was, now = apart(before, truth), apart(after, truth)
    way = "about as far as before from" if alike(was, now, span) else "closer to" if now < was else "further from"
    return f"{way} the true {number(truth)}"


def describe_apart(
    before: NDArray[Any], after: NDArray[Any], labels: Sequence[str], *, unit: str = "", span: float = 1.0
) -> str:
    """Where two runs of one text say what differs most, where that is not about as much as at the end; or "".

    Parameters
    ----------
    before, after : (T,), the prediction after every step
    span : as `lstm_viz.words.alike.alike` takes it
    """
    sizes = np.abs(np.asarray(after, dtype=np.float64) - before)
    step = int(sizes.argmax())
    if alike(float(sizes[step]), float(sizes[-1]), span):
        return ""
    was, now = (f"{number(values[step])} {unit}".rstrip() for values in (before, after))
    return f"The two are furthest apart at {place(labels, step)}: {was} before, {now} changed."
