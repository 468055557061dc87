"""What a lesson's step depends on beside its view."""

from dataclasses import dataclass

from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Name, Number

LONGEST_NAME = 500
"""Characters; a lesson's name may be its address."""


@dataclass(frozen=True, kw_only=True)
class LessonsFields:
    """See `Settings`."""

    lesson: str = setting("", Name(LONGEST_NAME))
    """Which lesson is open, by its name; "" for none."""
    at: int = setting(1, Number(1, 1000, 1, whole=True))
    """Which of its steps, from 1; the one past the last is the lesson's end."""
