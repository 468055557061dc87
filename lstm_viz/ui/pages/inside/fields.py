"""What Inside the cell depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.analysis.equations.wiring import stage_names
from lstm_viz.cells import CELLS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice

WEIGHED = tuple(dict.fromkeys(quantity.name for cell in CELLS.values() for quantity in cell.quantities))
READ_OUT = "answer"
"""The stage in which the answer is read from the hidden state; no cell's own."""
SPEEDS = ("0.5", "1", "2", "4")


@dataclass(frozen=True, kw_only=True)
class InsideFields:
    """See `Settings`."""

    speed: str = setting("1", Choice(SPEEDS))
    """How fast a step is played, relative to the usual pace."""
    stage: str = setting("", Choice(("", *stage_names(), READ_OUT)))
    """Which stage of a step is lit, by its title; "" for none, and where the cell has no such stage."""
    weighed: str = setting("", Choice(("", *WEIGHED)))
    """Whose weighted sum is told term by term; "" for one of which the stage speaks, or the cell's first."""
