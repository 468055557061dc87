"""What Gates over time depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.analysis.ordering import UNIT_ORDERS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Flag


@dataclass(frozen=True, kw_only=True)
class GatesFields:
    """See `Settings`."""

    own_scale: bool = setting(False, Flag())
    """Whether the candidate and the states are drawn on a scale of its own for each unit: it changes no number."""
    order: str = setting("similarity", Choice(tuple(UNIT_ORDERS)))
    """In which order the units are drawn: it permutes rows and changes no number. What if? draws them so too."""
