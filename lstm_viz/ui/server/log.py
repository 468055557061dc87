"""The log: one fact a line, for whoever runs the server, and never with what somebody typed."""

import json
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TextIO

from lstm_viz.ui.server import metrics
from lstm_viz.ui.server.options import LOG

Said = int | float | bool | str
NAME = re.compile(r"[\w.,:/+@-]{0,120}")
"""What a text in a fact may be: a name of ours, of a page, a job, a file of the program; not a sentence."""
KEPT_BACK = "…"
"""Stands for a text that is no such name."""
FRAMES = 12
"""Places in the program that are named of an error, the innermost."""
ROOT = Path(__file__).parents[3]

out: TextIO | None = None
"""Where lines go; None for wherever errors of the process go now."""
_writing = Lock()


def fact(event: str, /, level: str = "info", **values: Said) -> None:
    """Write down that something happened.

    Parameters
    ----------
    event : what, as a name
    level : "info", "warning" or "error"
    values : numbers, and names that the program gave; nothing that a reader typed, uploaded or named
    """
    write(line({"event": event, **_held(values)}, level))


def failure(event: str, error: BaseException, **values: Said) -> None:
    """Write down that something failed: what kind of error, from which others, and where; never its message."""
    write(line({"event": event, **_held(values), **about(error)}, "error"))


def about(error: BaseException) -> dict[str, Said]:
    """What may be said of an error: an error's message may hold anything, its kind and its place are the program's."""
    metrics.error()
    said: dict[str, Said] = {"error": type(error).__qualname__}
    came: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(came) < FRAMES:
        came.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    if came:
        said["from"] = "/".join(came)
    frames = [(frame.f_code, number) for frame, number in traceback.walk_tb(error.__traceback__)][-FRAMES:]
    said["at"] = "<".join(f"{place(code.co_filename)}:{number}:{code.co_name}" for code, number in reversed(frames))
    return said


def place(file: str) -> str:
    """A file of the program, from its root or its package on."""
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[path.parts.index("site-packages") + 1 :]) if "site-packages" in path.parts else path.name


def line(values: dict[str, Said], level: str) -> str:
    """The line of a fact."""
    said: dict[str, Said] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level}
    said |= {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}
    if LOG.value() == "json":
        return json.dumps(said, ensure_ascii=False)
    return " ".join(f"{name}={_plain(value)}" for name, value in said.items())


def write(line: str) -> None:
    """Put a line into the log."""
    with _writing:
        print(line, file=out or sys.stderr, flush=True)


def _held(values: Mapping[str, Said]) -> dict[str, Said]:
    """These, without texts that are no names."""
    return {
        name: KEPT_BACK if isinstance(value, str) and not re.fullmatch(NAME, value) else value
        for name, value in values.items()
    }


def _plain(value: Said) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)
