"""On which scale a number is asked for and drawn, and how it is written: from the definitions, and as pages show it."""

from dataclasses import dataclass

from lstm_viz.figures.style import DARK, LIGHT, limits, round_up
from lstm_viz.lessons.references.reference import Measure
from lstm_viz.lessons.references.runs import Ran
from lstm_viz.tasks.readers import Numbers
from lstm_viz.words.phrases import number

ROOM = 1.5
"""How much further a scale reaches than any value of what it is for, so that its ends give no value away."""


@dataclass(frozen=True)
class Scale:
    """A scale.

    Attributes
    ----------
    low, high : its ends
    decimals : to how many a number is written
    unit : of the number, "" for none
    colour : code name of what it is drawn in the colour of
    log : whether it is drawn by powers of ten
    """

    low: float
    high: float
    decimals: int = 2
    unit: str = ""
    colour: str = "accent"
    log: bool = False

    @classmethod
    def counted(cls) -> "Scale":
        """Of what is counted."""
        return cls(0, 1, 0)

    @property
    def span(self) -> float:
        """Its length, by which values are about the same or not."""
        return self.high - self.low

    def shown(self, value: float) -> float:
        """A value as it is written, as a number."""
        return round(value, self.decimals) + 0.0

    def said(self, value: float) -> str:
        """A value as it is written, with its unit."""
        text = number(value) if self.decimals == 2 else f"{value:,.{self.decimals}f}".replace("-", "−")
        return f"{text} {self.unit}".rstrip()


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
    ends = [*known, float(said.min()), float(said.max())]
    marks = isinstance(task.reader, Numbers) and task.reader.marks
    # The sum of two numbers reaches twice as far as each of them.
    high = round_up((2 if marks else 1) * max(map(abs, ends)))
    low = 0.0 if min(ends) >= 0 else -high
    if measure.change:
        low = -high
    return Scale(low, high, 2 if marks else 1, task.unit)


def colours(scale: Scale) -> dict[str, str]:
    """What it is drawn in, light and dark."""
    return {theme.name: theme.colour(scale.colour) for theme in (LIGHT, DARK)}
