"""What Python, Streamlit and their libraries log or print, as facts: whatever a reader's value could be in is left out.

A library's message is written as it stands in the library's source, with numbers where numbers belong, and without the
texts that were put into it; an error is its kind and its place. Nothing else gets past: what is printed is counted.
"""

import io
import logging
import sys
import threading
import warnings
from functools import partial
from types import CodeType, FrameType
from typing import Any, TextIO

from streamlit import logger

from lstm_viz.ui.server import log
from lstm_viz.ui.server.options import LOG

LEVELS = {logging.CRITICAL: "error", logging.ERROR: "error", logging.WARNING: "warning"}
LONGEST = 300
"""Letters of a message."""


def begin() -> None:
    """From now on, write facts alone, unless `LSTM_VIZ_LOG` asks for everything."""
    if LOG.value() == "everything":
        return
    log.out = sys.stderr
    sys.stdout, sys.stderr = Counted(sys.stdout), Counted(sys.stderr)
    logging.setLogRecordFactory(record)
    for each in map(logging.getLogger, list(logging.root.manager.loggerDict)):
        if each.handlers:
            _written(each)
    _written(logging.root)
    # By which Streamlit gives a handler of its own to every logger that it makes.
    logger.setup_formatter = _written
    sys.excepthook = lambda kind, error, trace: log.failure("ended", error)
    threading.excepthook = partial(_raised, "thread")
    sys.unraisablehook = partial(_raised, "unraisable")
    warnings.showwarning = _warned


class Written(logging.Handler):
    """Puts records into the log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write its line."""
        log.write(record.getMessage())


def _written(logger: logging.Logger) -> None:
    logger.handlers = [Written()]


def record(
    name: str, level: int, file: str, number: int, message: Any, args: Any, raised: Any, *rest: Any, **more: Any
) -> logging.LogRecord:
    """A record whose message is the line of a fact, whoever writes it."""
    said: dict[str, log.Said] = {"event": "logged", "by": name}
    if text := written(message, args, sys._getframe(), file):
        said["said"] = text
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        said |= log.about(error)
    else:
        said["at"] = f"{log.place(file)}:{number}"
    return logging.LogRecord(name, level, file, number, log.line(said, LEVELS.get(level, "info")), (), None)


def written(message: Any, args: Any, frame: FrameType | None, file: str) -> str:
    """A message as it stands in the source of whoever logs it, with its numbers; "" where it does not stand there."""
    while frame is not None and frame.f_code.co_filename != file:
        frame = frame.f_back
    if not isinstance(message, str) or frame is None or not _stands_in(frame.f_code, message):
        return ""
    given = args if isinstance(args, tuple) else ()
    filled = tuple(each if isinstance(each, int | float) else log.KEPT_BACK for each in given)
    try:
        text = message % filled if filled else message
    except (TypeError, ValueError):
        text = message
    return " ".join(text.split())[:LONGEST]


def _stands_in(code: CodeType, message: str) -> bool:
    return any(isinstance(each, str) and each == message for each in code.co_consts)


class Counted(io.TextIOBase):
    """Takes the place of a stream of the process: says that something was printed, and how much, not what."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Count it."""
        if text.strip():
            log.fact("printed", letters=len(text))
        return len(text)

    def flush(self) -> None:
        """Nothing waits here."""
        self._stream.flush()

    def fileno(self) -> int:
        """Of the stream that this takes the place of, for whoever asks what it is."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """It is read by programs."""
        return False

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Of that stream."""
        return self._stream.encoding


def _raised(where: str, given: Any) -> None:
    if given.exc_value is not None:
        log.failure(where, given.exc_value)


def _warned(
    message: Any, category: type[Warning], filename: str, lineno: int, file: Any = None, line: str | None = None
) -> None:
    log.fact("warned", "warning", kind=category.__qualname__, at=f"{log.place(filename)}:{lineno}")
