"""What Watch it learn depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Name, Text, quoted


@dataclass(frozen=True)
class Written(Name):
    """What is trained, as `lstm_viz.learning.Plan.written` has it; "" for nothing."""

    limit: int = 400

    def nearest(self, value: object, default: str) -> tuple[str, str]:  # type: ignore[override]
        """See `Kind`."""
        text, problem = super().nearest(value, default)
        if not text:
            return "", problem
        # What only training needs is not loaded with the settings of every page.
        from lstm_viz.learning import Plan

        try:
            return Plan.read(text).written, problem
        except ValueError as error:
            return "", f"{quoted(text)} is no training: {error}"


@dataclass(frozen=True, kw_only=True)
class WatchFields:
    """See `Settings`."""

    watch: str = setting("", Written())
    """What is trained; "" for the first preset."""
    watch_against: str = setting("", Written())
    """What it races against; "" for nothing."""
    watch_probe: str | None = setting(None, Text())
    """The sequence on which the gates are shown; None for the task's first example."""
