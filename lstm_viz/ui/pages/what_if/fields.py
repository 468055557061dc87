"""What What if? depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.cells import CELLS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Clamps

_RECORDED = tuple(dict.fromkeys(q.name for cell in CELLS.values() for q in cell.recorded))
_GATES = tuple(dict.fromkeys(q.name for cell in CELLS.values() for q in cell.gates))


@dataclass(frozen=True, kw_only=True)
class WhatIfFields:
    """See `Settings`."""

    clamps: str = setting("", Clamps())
    """Gates held at a value: which, at what, in which units and at which steps."""
    shown: str = setting("forget_gate", Choice(_RECORDED))
    """Which quantity is compared with and without the clamps; the first one of a cell that lacks it."""
    ranking: str = setting("", Choice(("", "all", *_GATES)))
    """Which gate is shut in each unit in turn, to rank the units: one of them, all, or "" for no ranking."""
