"""A sentence on what an edit changed."""

import numpy as np

from lstm_viz.analysis.change.edits import Edit
from lstm_viz.words.phrases import count, number, place, quoted_list

_UNCHANGED = 1e-6  # what rounding alone can change when a sequence of another length is computed


def describe_edit(edit: Edit) -> str:
    """Which tokens were edited, how many units that moved, how far the change travelled, and what is new."""
    return " ".join(part for part in (_changed(edit), _new(edit)) if part)


def _changed(edit: Edit) -> str:
    if edit.kind == "same":
        return _without_edit(edit)
    untouched = edit.largest("hidden_state").max() < _UNCHANGED
    if edit.room == 0 and untouched and edit.kind != "replaced":
        return _at_the_end(edit)
    return f"{_subject(edit)} {_effect(edit)}."


def _new(edit: Edit) -> str:
    """Of tokens without a counterpart: that they are new, and how far they move the hidden state."""
    if not edit.new.size:
        return ""
    tokens = quoted_list([edit.labels[step] for step in edit.new])
    row, unit = np.unravel_index(np.abs(edit.entered).argmax(), edit.entered.shape)
    size = number(abs(edit.entered[row, unit]))
    if len(edit.new) == 1:
        said = "is new, with nothing to be compared with: its column shows how far it moves"
    else:
        said = "are new, with nothing to be compared with: their columns show how far each moves"
    return f"{tokens[:1].upper()}{tokens[1:]} {said} the hidden state, by {size} at most (unit {unit})."


def _subject(edit: Edit) -> str:
    start, stop = edit.alignment.after_span
    if edit.kind == "inserted":
        if stop == len(edit.labels) and start:
            return f"Adding {quoted_list(edit.inserted)} at the end"
        return f"Inserting {quoted_list(edit.inserted)} {_steps(edit.alignment.inserted)}"
    if edit.kind == "removed":
        return f"Removing {quoted_list(edit.removed)} {_steps(edit.alignment.removed, 'from')}"
    if edit.removed == edit.inserted:
        return f"Changing the input {_steps(edit.alignment.inserted)}"
    return f"Replacing {quoted_list(edit.removed)} with {quoted_list(edit.inserted)} {_steps(edit.alignment.inserted)}"


def _steps(steps: tuple[int, ...], preposition: str = "at") -> str:
    if len(steps) == 1:
        return f"{preposition} step {steps[0]}"
    if steps[-1] - steps[0] >= len(steps):
        return f"between steps {steps[0]} and {steps[-1]}"
    return f"{preposition} steps {steps[0]}–{steps[-1]}"


def _without_edit(edit: Edit) -> str:
    if not edit.moved.any():
        if edit.largest("hidden_state").max() < _UNCHANGED:
            return "Nothing changed."
        return f"The input is the same; {_largest_change(edit)}."
    return f"The input is the same, but {_how_many(edit)} moved by more than {edit.threshold:g}."


def _at_the_end(edit: Edit) -> str:
    others, side = len(edit.steps), "before" if edit.direction == "forward" else "after"
    rest = f"leaves the {count(others, 'step')} {side} it as {'it was' if others == 1 else 'they were'}"
    if edit.kind == "removed":
        return f"{_subject(edit)} {rest}."
    arrived = int((np.abs(edit.arrival) > edit.threshold).sum())
    moves = f"moves {arrived or 'none'} of {count(len(edit.arrival), 'unit')} by more than {edit.threshold:g}"
    return f"{_subject(edit)} {rest}, and {moves}."


def _effect(edit: Edit) -> str:
    if not edit.moved.any():
        return f"moved no unit by more than {edit.threshold:g}; {_largest_change(edit)}"
    return f"moved {_how_many(edit)} by more than {edit.threshold:g}{_travel(edit)}"


def _how_many(edit: Edit) -> str:
    return f"{int(edit.moved.sum()):,} of {count(len(edit.moved), 'unit')}"


def _largest_change(edit: Edit) -> str:
    sizes = np.abs(edit.changes["hidden_state"])
    row, unit = np.unravel_index(sizes.argmax(), sizes.shape)
    where = place(edit.labels, int(edit.steps[row]))
    return f"the largest change is {number(sizes[row, unit])}, in unit {unit} at {where}"


def _travel(edit: Edit) -> str:
    if not edit.room:
        return ""
    later, end = ("later", "at the end") if edit.direction == "forward" else ("earlier", "at the start")
    if edit.reach == edit.room:
        return f"; the change is still felt {count(edit.reach, 'step')} {later}, {end}"
    if not edit.reach or edit.last_moved is None:
        return f"; one step {later} the change is over"
    last = place(edit.labels, edit.last_moved)
    return f"; the change is felt for {edit.reach} of the {count(edit.room, 'step')} that follow, up to {last}"
