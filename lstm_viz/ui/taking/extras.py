"""What several pages add to a run: what the network says after every step, and what an edit changed."""

import numpy as np

from lstm_viz.analysis.change.edits import Edit
from lstm_viz.tasks import Model
from lstm_viz.trace import Trace
from lstm_viz.ui.taking.taken import Extra


def predictions(model: Model, run: Trace, name: str = "") -> list[Extra]:
    """What the network says after every step, and what may follow where it says that.

    Parameters
    ----------
    name : of the run, "" for the only one
    """
    at, prefix = ({"run": name}, f"{name} ") if name else ({}, "")
    steps = range(len(run))
    found = [
        Extra(
            f"{prefix}prediction", "prediction", model.predictions(run), {"time_step": steps, "label": model.labels}, at
        )
    ]
    if symbols := model.task.followers:
        over = {"time_step": steps, "label": symbols}
        found.append(Extra(f"{prefix}may follow", "may_follow", model.may_follow(run), over, at))
    return found


def change(edit: Edit) -> Extra:
    """How much every unit's hidden state changed at each step that both runs have."""
    changed = edit.changes["hidden_state"]
    over = {"time_step": edit.steps.tolist(), "unit": range(changed.shape[1])}
    return Extra("change", "change of hidden_state", np.asarray(changed), over)
