"""What is said of one thing to look at, and how a number that a network says is called."""

from typing import NamedTuple

from lstm_viz.analysis.seen import Seen
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


def degrees(seen: Seen, value: float) -> str:
    """A number with the task's unit."""
    return f"{number(value)} {seen.model.task.unit}".rstrip()


def capital(text: str) -> str:
    """A phrase at the start of a sentence."""
    return text[0].upper() + text[1:]
