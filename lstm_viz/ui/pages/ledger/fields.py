"""What the memory ledger depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import NUMBER_LIMIT, Flag, Integer


@dataclass(frozen=True, kw_only=True)
class LedgerFields:
    """See `Settings`."""

    source: int = setting(NUMBER_LIMIT, Integer())
    """The source step j, whose part of the memory at t is followed; past the end, the one with the largest part."""
    overall: bool = setting(False, Flag())
    """Whether the ledger is shown over all units, by mean size, or for unit k."""
