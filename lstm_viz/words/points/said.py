"""What is said of one thing to look at, and how a number that a network says is called."""

from typing import NamedTuple

from lstm_viz.analysis.seen import Seen
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.words.phrases import number


class Said(NamedTuple):
    """What one network does at a point.

    Attributes
    ----------
    sentence : of one network
    subject, brief : of several: what is compared, and what one of them does there
    """

    sentence: str
    subject: str
    brief: str


def name_of(seen: Seen, label: str = "") -> str:
    """What is followed, at the start of a sentence: ``P(positive)``, ``The guess``."""
    if not seen.model.task.is_classifier:
        return "The guess"
    return f"P({seen.model.labels[seen.column(label)]})"


def span_of(model: Model) -> float:
    """The range of answers by which they are about the same or not: 1 of probabilities; what numbers are scaled by."""
    reader = model.task.reader
    return reader.spread if isinstance(reader, Numbers) and not model.task.is_classifier else 1.0


def degrees(seen: Seen, value: float) -> str:
    """A number with the task's unit."""
    return f"{number(value)} {seen.model.task.unit}".rstrip()


def capital(text: str) -> str:
    """A phrase at the start of a sentence."""
    return text[0].upper() + text[1:]
