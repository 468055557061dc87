"""What Watch it learn depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Text
from lstm_viz.ui.settings.written import Written


@dataclass(frozen=True, kw_only=True)
class WatchFields:
    """See `Settings`."""

    watch: str = setting("", Written())
    """What is trained; "" for the first preset."""
    watch_against: str = setting("", Written())
    """What it races against; "" for nothing."""
    watch_probe: str | None = setting(None, Text())
    """The sequence on which the gates are shown; None for the task's first example."""
