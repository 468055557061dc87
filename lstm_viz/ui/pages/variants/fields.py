"""What the variant lab depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.cells import CELLS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice


@dataclass(frozen=True, kw_only=True)
class VariantsFields:
    """See `Settings`."""

    lab: str = setting("parts", Choice(("parts", "successors")))
    """What is held against the LSTM: itself with one part changed, or the cells that came after it."""
    variant: str = setting("no_forget_gate", Choice(tuple(CELLS)))
    """Which cell is held against the LSTM."""
