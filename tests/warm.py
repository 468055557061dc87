"""A process that has loaded what the app needs, and becomes a server for each line it reads: one starts at once.

A line is JSON: the arguments of ``streamlit``, the folder to run in, its environment, and the file for what it writes.
The answer is the server's process number.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[1]


class Warm:
    """A server that was started so; what the tests need of `subprocess.Popen`."""

    def __init__(self, arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
        waiting = _process()
        assert waiting.stdin is not None
        assert waiting.stdout is not None
        print(json.dumps([arguments, str(folder), environment, str(log)]), file=waiting.stdin, flush=True)
        self.pid = int(waiting.stdout.readline())

    def poll(self) -> int | None:
        """None while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def terminate(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float = 60) -> None:
        """Return once it has ended; `subprocess.TimeoutExpired` if it goes on for longer."""
        give_up = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > give_up:
                raise subprocess.TimeoutExpired("a server", timeout)
            time.sleep(0.02)


@cache
def _process() -> subprocess.Popen[str]:
    """The one that waits; it ends when this process does, whose end of the pipe is then closed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-m", "tests.warm"], env=environment, stdin=pipe, stdout=pipe, text=True)


def _become(arguments: list[str], folder: str, environment: dict[str, str], log: str) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for theirs, ours in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(theirs, ours)
    sys.argv = ["streamlit", *arguments]
    from streamlit.web import cli

    try:
        cli.main()
    finally:
        os._exit(1)


def _wait() -> None:
    # Loaded, and not run: threads do not survive becoming another process.
    import importlib
    import pkgutil

    import streamlit.web.bootstrap  # noqa: F401

    import lstm_viz.ui.pages as pages

    for found in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(found.name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        if (pid := os.fork()) == 0:
            _become(*json.loads(line))
        print(pid, flush=True)


if __name__ == "__main__":
    _wait()
