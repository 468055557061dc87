"""What changed in a network between two points of its training, on the text in front of the reader."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.readout import Readout, readout
from lstm_viz.analysis.saturation import OPEN, SHUT, gate_saturation
from lstm_viz.tasks import Model
from lstm_viz.tasks.scores import figure
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.words.phrases import count, listing, number, percent, place


@dataclass(frozen=True, eq=False)
class Moment:
    """A network at one point of its training, and its run on a text.

    Attributes
    ----------
    model : as it was then
    steps : after how many training steps
    is_end : whether training ended there
    score : measured then, on held-out data
    trace, layer : the run, and the part of it that is on show
    """

    model: Model
    steps: int
    is_end: bool
    score: float
    trace: Trace
    layer: LayerTrace

    @property
    def name(self) -> str:
        """Such as ``untrained`` or ``273 steps``."""
        return "untrained" if not self.steps else "the end" if self.is_end else count(self.steps, "step")

    @property
    def predictions(self) -> NDArray[np.float32]:
        """What it says after every step, (T, labels)."""
        return self.model.predictions(self.trace)

    @property
    def past_ends(self) -> dict[str, float]:
        """Label of each gate → share of its values below `SHUT` or above `OPEN`."""
        label = {gate.name: gate.label for gate in self.layer.definition.gates}
        return {label[each.gate].lower(): each.shut_share + each.open_share for each in gate_saturation(self.layer)}


def describe_state(steps: int) -> str:
    """``untrained``, or such as ``after 273 training steps``; about_view.js says the same."""
    return f"after {count(steps, 'training step')}" if steps else "untrained"


def describe_training(before: Moment, now: Moment, score_name: str, *, reads_units: bool) -> str:
    """How gates, answer, units and score differ between two points of one network's training.

    Parameters
    ----------
    before, now : runs on the same text
    score_name : what was measured, as `tasks.scores` reads it
    reads_units : whether the answer is read from the units of the layer on show
    """
    said = [_gates(before, now)]
    if now.model.answers:
        said.append(_answer(before, now, reads_units=reads_units))
    said.append(f"On held-out data, {score_name}: {_score(before, score_name)} → {_score(now, score_name)}.")
    opening = f"{before.name[0].upper()}{before.name[1:]} → {now.name}."
    return " ".join(filter(None, [opening, *said]))


def _gates(before: Moment, now: Moment) -> str:
    """Which gates have moved from the middle to the ends, or back."""
    then, here = before.past_ends, now.past_ends
    if not here:
        return ""
    parts = [f"{gate} {_went(percent(then[gate]), percent(share))}" for gate, share in here.items()]
    return f"Gate values below {SHUT:g} or above {OPEN:g}: {listing(parts)}."


def _answer(before: Moment, now: Moment, *, reads_units: bool) -> str:
    """How the last answer differs, and which unit puts most into it."""
    # The same number of both: the one that tells most about what is said now.
    wanted = now.predictions[-1]
    reading = readout(now.model, wanted)
    values = [number(float(each.predictions[-1, reading.column])) for each in (before, now)]
    unit = f" {reading.unit}".rstrip()
    said = f"After {place(now.trace.labels, len(now.trace) - 1)}, {reading.shown}: {_went(*values)}{unit}"
    if not reads_units:
        return f"{said}."
    shares = [_shares(each, readout(each.model, wanted)) for each in (before, now)]
    k, earlier = (int(np.abs(each).argmax()) for each in reversed(shares))
    held = [number(float(each[k])) for each in shares]
    same = "as before" if k == earlier else f"before, unit {earlier} did"
    return f"{said}; unit {k} puts most into {_into(reading)} ({same}), {_went(*held)}."


def _into(reading: Readout) -> str:
    return f"the {reading.title}" if reading.labels else "it"


def _shares(moment: Moment, reading: Readout) -> Array:
    """What each unit puts into the last answer, (H,)."""
    return np.asarray(reading.weights * moment.layer.hidden_state[-1])


def _went(first: str, second: str) -> str:
    return f"{first} in both" if first == second else f"{first} → {second}"


def _score(moment: Moment, name: str) -> str:
    return figure({"name": name, "value": moment.score})
