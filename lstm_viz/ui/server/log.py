"""The log: one fact a line, for whoever runs the server, and never with what somebody typed."""

import json
import re
import sys
from datetime import UTC, datetime
from threading import Lock

from lstm_viz.ui.server.options import LOG

Said = int | float | bool | str
NAME = re.compile(r"[\w.:/+@-]{0,120}")
"""What a text in a fact may be: a name of ours, of a page, a job, a file of the program; not a sentence."""
KEPT_BACK = "…"
"""Stands for a text that is no such name."""

_writing = Lock()


def fact(event: str, /, level: str = "info", **values: Said) -> None:
    """Write down that something happened.

    Parameters
    ----------
    event : what, as a name
    level : "info", "warning" or "error"
    values : numbers, and names that the program gave; nothing that a reader typed, uploaded or named
    """
    line = written({"event": event, **values}, level)
    with _writing:
        print(line, file=sys.stderr, flush=True)


def written(values: dict[str, Said], level: str) -> str:
    """The line of a fact."""
    said: dict[str, Said] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level}
    said |= {name: _held(value) for name, value in values.items()}
    if LOG.value() == "json":
        return json.dumps(said, ensure_ascii=False)
    return " ".join(f"{name}={_plain(value)}" for name, value in said.items())


def _held(value: Said) -> Said:
    if isinstance(value, str):
        return value if NAME.fullmatch(value) else KEPT_BACK
    return round(value, 4) if isinstance(value, float) else value


def _plain(value: Said) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
