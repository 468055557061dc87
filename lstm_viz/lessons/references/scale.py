"""On which scale a number is asked for and drawn, and how it is written: from the definitions, and as pages show it."""

from dataclasses import dataclass

from lstm_viz.figures.style import DARK, LIGHT, limits, round_up
from lstm_viz.lessons.references.reference import Measure
from lstm_viz.lessons.references.runs import Ran
from lstm_viz.tasks.readers import Numbers
from lstm_viz.words import predictions

ROOM = 1.5
"""How much further a scale reaches than any value of what it is for, so that its ends give no value away."""


@dataclass(frozen=True)
class Scale(predictions.Scale):
    """A scale, with the code name of what it is drawn in the colour of; "answer" for a network's."""

    colour: str = "answer"

    @classmethod
    def counted(cls) -> "Scale":
        """Of what is counted."""
        return cls(0, 1, decimals=0)


def scale_of(measure: Measure, ran: Ran) -> Scale:
    """The scale of a measure in a run: 0 to 1 of shares; of what has no bounds, wider than any unit needs."""
    if measure.kind in ("label", "answer"):
        return _of_answers(measure, ran)
    low, high = limits(ran.layer, measure.name)
    if not ran.quantity(measure.name).range.is_share and (low, high) != (-1.0, 1.0):
        high = max(1.0, round_up(ROOM * high))
        low = -high
    if measure.change:
        low, high = low - high, high - low
        if (low, high) == (-1.0, 1.0) or measure.kind == "share":
            return Scale(-1.0, 1.0, colour=measure.name)
    return Scale(low, high, colour=measure.name)


def _of_answers(measure: Measure, ran: Ran) -> Scale:
    task = ran.view.source.task
    if task.is_classifier:
        return Scale(-1.0 if measure.change else 0.0, 1.0)
    known, said = ran.view.model.training_range, ran.predictions[:, 0]
    marks = isinstance(task.reader, Numbers) and task.reader.marks
    # The sum of two numbers reaches twice as far as each of them.
    ends = [*((2 if marks else 1) * end for end in known), float(said.min()), float(said.max())]
    high = round_up(max(ends))
    low = 0.0 if min(ends) >= -0.02 * high else -round_up(-min(ends))
    if measure.change:
        low, high = low - high, high - low
    return Scale(low, high, decimals=2 if marks else 1, unit=task.unit)


def colours(scale: Scale) -> dict[str, str]:
    """What it is drawn in, light and dark."""
    return {
        each.name: each.positive if scale.colour == "answer" else each.colour(scale.colour) for each in (LIGHT, DARK)
    }
