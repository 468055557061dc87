"""What Build by hand depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.challenges import CHALLENGES
from lstm_viz.challenges.breaking import BREAKING
from lstm_viz.challenges.challenge import DECIMALS, LARGEST
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Integer, Name, Numbers, Text

MOST_WEIGHTS = max(each.count for each in CHALLENGES.values())
"""The most weights that a unit has."""


@dataclass(frozen=True, kw_only=True)
class ByHandFields:
    """See `Settings`."""

    challenge: str = setting(next(iter(CHALLENGES)), Choice((*CHALLENGES, BREAKING)))
    """What the unit is to do."""
    weights: str = setting("", Numbers(most=MOST_WEIGHTS, largest=LARGEST, decimals=DECIMALS))
    """Its weights, row by row; those left out are 0."""
    trial: int = setting(0, Integer())
    """Which trial is on show; past the last it is the last."""
    sequence: str | None = setting(None, Text())
    """A sequence of the reader's own, shown in place of a trial; None for none."""
    shut: str = setting("", Name(1000))
    """Which gates of the trained counter are shut: ``input_gate.3~output_gate.0``."""
