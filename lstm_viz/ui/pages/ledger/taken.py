"""What can be taken away from the memory ledger."""

import numpy as np

from lstm_viz.analysis.memory.attention import memory_attention
from lstm_viz.ui.pages.ledger.view import LedgerView
from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.taking import extras
from lstm_viz.ui.taking.shown import follows, named, shown
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.ledger import ledger


def ledger_taken(view: View) -> Taken:
    """The run, what is left at every time of what every step put in, and each step's share of the answer."""
    added = extras.predictions(view.model, view.run)
    if view.source.cell.memory is not None:
        added += _ledger(LedgerView(view))
    return Taken({"": view.run}, added, view.place.index, view.place.direction, view.unit)


def _ledger(here: LedgerView) -> list[Extra]:
    parts, initial = here.left
    steps = range(len(initial))
    at = {} if here.overall else {"unit": here.unit}
    what = "mean size left" if here.overall else "left"
    found = [
        Extra("left", f"{what} of what source_step put in", parts, {"time_step": steps, "source_step": steps}, at),
        Extra("left of the initial state", f"{what} of the initial state", initial, {"time_step": steps}, at),
    ]
    row = memory_attention(here.layer, step=here.step, units=None if here.overall else here.unit)
    mean, at_step = "mean attention weight" if here.overall else "attention weight", {"time_step": here.step, **at}
    found += [
        Extra("attention weights", mean, row.weights.mean(axis=1), {"source_step": steps}, at_step),
        Extra("attention weight of the initial state", mean, row.initial.mean(), {}, at_step),
    ]
    if here.is_split:
        split = here.split
        of = f"share of {here.readout.title}"
        rest = np.array([split.initial, split.bias, split.empty])
        names = ("initial state", "always there", "shown of an empty memory")
        found.append(Extra("share of the answer", of, split.parts, {"source_step": steps}, {"time_step": here.step}))
        found.append(Extra("rest of the answer", of, rest, {"label": names}, {"time_step": here.step}))
    return found


def ledger_snippet(view: View, theme: str) -> str:
    """The view as Python."""
    here, memory = LedgerView(view), view.source.cell.memory is not None
    return ledger(
        shown(view, "Memory ledger", theme),
        memory=memory,
        overall=view.settings.overall,
        source=here.source if memory else 0,
        split=here.readout.title if memory and here.is_split else "",
        follows=follows(view),
    )


def ledger_taking(view: View) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("memory ledger", *named(view)),
        (lambda: ledger_taken(view)) if view.trace else None,
        lambda theme: ledger_snippet(view, theme),
        lambda _, tell: saved_page("ledger", view, tell),  # it follows its reader's theme
        view.source.own,
    )
