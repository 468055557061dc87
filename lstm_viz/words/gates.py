"""Sentences on saturated gates, and on gates that are held at a value."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.saturation import MOSTLY, OPEN, SHUT, GateSaturation
from lstm_viz.cells import Cell
from lstm_viz.clamp import Clamp
from lstm_viz.words.phrases import count, listing, number, percent, place

_HALF = "half the time" if MOSTLY == 0.5 else f"{MOSTLY:.0%} of the time"


def describe_saturation(cell: Cell, gate: GateSaturation) -> str:
    """How many units of a gate are stuck, which one most, and how much of all the gate's values that makes."""
    label, units = cell[gate.gate].label.lower(), len(gate.shut)
    shut, opened = len(gate.mostly_shut), len(gate.mostly_open)
    below, above = f"below {SHUT:g}", f"above {OPEN:g}"
    if units == 1:
        return (
            f"The {label} of the only unit is {below} at {percent(gate.shut_share)} of the steps "
            f"and {above} at {percent(gate.open_share)}."
        )
    if gate.steps == 1:
        return f"At the only step, {shut} of {units} {label}s {_is(shut)} {below} and {opened} {above}."
    overall = f"{percent(gate.shut_share)} of all {label} values are {below}, {percent(gate.open_share)} {above}."
    if not shut and not opened:
        return f"No unit’s {label} is {below}, or {above}, for more than {_HALF}; {overall}"
    hyphened = label.replace(" ", "-")
    parts = [
        f"{shut} of {units} {hyphened} units {_is(shut)} shut ({below}) for more than {_HALF}",
        f"{opened} {_is(opened)} open ({above})",
    ]
    return f"{listing(parts)}. {_longest(gate)} {overall[0].upper()}{overall[1:]}"


def _is(size: int) -> str:
    return "is" if size == 1 else "are"


def _longest(gate: GateSaturation) -> str:
    stuck = []
    for word, units, shares in (("shut", gate.mostly_shut, gate.shut), ("open", gate.mostly_open, gate.open)):
        if len(units):
            # Shares are counts of steps, so several units often have the largest.
            first = np.flatnonzero(shares == shares[units[0]])
            who = f"{_is(len(first))} {_numbered(first, 'unit')}"
            stuck.append(f"{word} longest {who} ({percent(shares[units[0]])} of the steps)")
    text = listing(stuck)
    return f"{text[0].upper()}{text[1:]}."


def describe_clamps(clamps: Iterable[Clamp], cell: Cell, labels: Sequence[str], units: int) -> str:
    """Which gates are held, at what value, in which units and at which steps; a sentence each."""
    return " ".join(_describe_clamp(clamp, cell, labels, units) for clamp in clamps)


def _describe_clamp(clamp: Clamp, cell: Cell, labels: Sequence[str], units: int) -> str:
    mask = clamp.mask(cell, len(labels), units)
    held_units, held_steps = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    subject = f"The {cell[clamp.quantity].label.lower()} is held at {number(clamp.value)}"
    if not held_units.size:
        return f"{subject} nowhere: no step or unit is chosen."
    inside = "in all units" if len(held_units) == units else f"in {_numbered(held_units, 'unit')}"
    if len(held_steps) == len(labels):
        when = "at every step"
    elif len(held_steps) == 1:
        when = f"at {place(labels, int(held_steps[0]))}"
    else:
        when = f"at {_numbered(held_steps, 'step')}"
    return f"{subject} {inside}, {when}."


def _numbered(indices: NDArray[np.intp], noun: str) -> str:
    """``unit 3``, ``units 3 and 5``, ``steps 4–8``, or how many where a list would be long."""
    if len(indices) == 1:
        return f"{noun} {indices[0]}"
    if len(indices) > 2 and (np.diff(indices) == 1).all():
        return f"{noun}s {indices[0]}–{indices[-1]}"
    if len(indices) <= 4:
        return f"{noun}s {listing([str(index) for index in indices])}"
    return count(len(indices), noun)
