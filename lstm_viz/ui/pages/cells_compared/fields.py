"""What RNN, LSTM, GRU shows besides what all pages do."""

from dataclasses import dataclass

from lstm_viz.tasks.network import RECURRENT
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice


@dataclass(frozen=True, kw_only=True)
class ComparedFields:
    """See `Settings`."""

    untrained: str = setting("", Choice(("", *RECURRENT)))
    """Which cell's network stands beside the others as it was before training; "" for none."""
