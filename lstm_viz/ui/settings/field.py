"""One field of the settings: its default and its kind are all that links, files, checks and controls need."""

from dataclasses import field
from typing import Any

from lstm_viz.ui.settings.kinds import Kind


def setting(default: Any, kind: Kind, *, always: bool = False) -> Any:
    """A field of a settings class; `always` writes it into links and files even at its default."""
    return field(default=default, metadata={"kind": kind, "always": always})
