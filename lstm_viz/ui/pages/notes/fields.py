"""What Notes, checked depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.claims import CLAIMS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice


@dataclass(frozen=True, kw_only=True)
class NotesFields:
    """See `Settings`."""

    claim: str = setting("", Choice(("", *(claim.name for claim in CLAIMS))))
    """Which claim the page opens at; "" for its beginning."""
