"""What is said of gates and states, of a cell that has them: what is kept, what is bounded, what follows a count."""

import math

import numpy as np

from lstm_viz.analysis.ordering import keeping_gate, share_kept
from lstm_viz.analysis.seen import CLOSELY, ROUGHLY, Seen
from lstm_viz.tasks.points import Bounds, Keeping, Tracks
from lstm_viz.words.alike import alike
from lstm_viz.words.phrases import listing, number, percent, place
from lstm_viz.words.points.said import Said

NAMES = {
    "a's without a b": "the number of a’s still open",
    "open brackets": "the depth of the brackets",
    "position in the line": "the position in the line",
    "an odd number of ones": "the parity of the ones",
}
"""What a property of `lstm_viz.analysis.seen.PROPERTIES` is called in a sentence."""


def keeping(point: Keeping, seen: Seen) -> Said:
    """How much of the memory a token leaves; of a cell without a gate for that, what it does instead."""
    layer, step = seen.states, seen.step(point.at)
    where = place(seen.trace.labels, step)
    subject = f"Of the old memory, kept at {where}"
    gate, kept = keeping_gate(layer.definition), share_kept(layer)
    if gate is None or kept is None:
        return Said(layer.definition.summary, subject, "no gate decides it")
    rest = np.delete(kept, step, axis=0) if len(kept) > 1 else kept
    here, others = float(kept[step].mean(dtype=np.float64)), float(rest.mean(dtype=np.float64))
    gates = f"See the {gate.label.lower()}s at {where}: averaged over all units,"
    said = f"{gates} they keep {percent(here)} of the old memory"
    against = (kept[step] - rest.mean(axis=0, dtype=np.float64)) * (here - others) < 0
    alone = "; a single unit may do otherwise" if against.any() else ""
    if alike(here, others):
        sentence = f"{said}, about as much as elsewhere ({percent(others)})."
    elif here < others:
        sentence = f"{said}, elsewhere {percent(others)}: they make room{alone}."
    else:
        sentence = f"{said}, elsewhere {percent(others)}: they hold on to it{alone}."
    return Said(sentence, subject, percent(here))


def bounds(point: Bounds, seen: Seen) -> Said:
    """What cannot grow past a bound by the way it is computed, and what can."""
    layer, definition = seen.states, seen.states.definition
    bounded, free = [], []
    if definition.gates:
        bounded.append("gates lie between 0 and 1")
    for state in definition.states:
        reached = number(np.abs(layer[state.name]).max())
        # A projection mixes the units' states into numbers without a bound of their own.
        if math.isfinite(state.range.low + state.range.high) and layer[state.name].shape[1] == layer.units:
            low, high = (f"{end:g}".replace("-", "−") for end in state.range)
            verb = "" if bounded else "lies "
            bounded.append(f"the {state.label.lower()} {verb}between {low} and {high} (here it reaches {reached})")
        else:
            free.append(f"The {state.label.lower()} has no such bound: it reaches {reached}.")
    said = [f"Whatever comes in, {listing(bounded)}."] if bounded else []
    sentence = " ".join([*said, *free])
    sizes = [f"{state.label.lower()} {number(np.abs(layer[state.name]).max())}" for state in definition.states]
    return Said(sentence, "The largest size of a state", listing(sizes))


def tracks(point: Tracks, seen: Seen) -> Said:
    """How closely a unit's state follows a count."""
    state, unit, likeness, named = seen.tracking(point.what)
    what, label = NAMES[point.what], seen.states.definition[state].label.lower()
    values, size = seen.states[state][:, unit], abs(round(likeness, 2))
    course = f"follows {what}" if likeness >= 0 else f"falls as {what} rises"
    if size >= ROUGHLY:
        sentence = (
            f"Choose unit {unit}: its {label} {'' if size >= CLOSELY else 'roughly '}{course} (correlation "
            f"{number(likeness)}), between {number(values.min())} and {number(values.max())}."
        )
    else:
        why = "which the model card names for it" if named else "the nearest of all"
        sentence = f"Unit {unit}’s {label}, {why}, hardly follows {what} (correlation {number(likeness)})."
    return Said(sentence, f"Nearest to {what}", f"unit {unit}’s {label} ({number(likeness)})")
