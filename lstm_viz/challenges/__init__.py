"""What one LSTM unit can be made to do by hand: challenges with a goal that is checked by running the unit."""

from collections.abc import Mapping

from lstm_viz.challenges.adding import ADDING
from lstm_viz.challenges.challenge import Challenge, Trial
from lstm_viz.challenges.comma import COMMA
from lstm_viz.challenges.counter import COUNTER
from lstm_viz.challenges.judging import Judged, Miss, judge, judge_unit
from lstm_viz.challenges.latch import LATCH

CHALLENGES: Mapping[str, Challenge] = {each.name: each for each in (LATCH, COUNTER, ADDING, COMMA)}
"""Every challenge, by name, in the order in which they build on one another."""

__all__ = [
    "ADDING",
    "CHALLENGES",
    "COMMA",
    "COUNTER",
    "LATCH",
    "Challenge",
    "Judged",
    "Miss",
    "Trial",
    "judge",
    "judge_unit",
]
