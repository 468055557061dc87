"""What is trained, as a setting: a plan as a link has it."""

from dataclasses import dataclass

from lstm_viz.ui.settings.kinds import Name, quoted


@dataclass(frozen=True)
class Written(Name):
    """A training, as `lstm_viz.learning.Plan.written` has it; "" for none. Equal plans are written alike."""

    limit: int = 2000

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
