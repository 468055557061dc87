"""Starting the app and a browser, for the browser tests and the benchmarks."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from lstm_viz.ui.server.options import LOG
from tests.warm import Warm

ROOT = Path(__file__).parents[1]
STREAMLIT = ("-m", "streamlit", "run")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOWLESS = "chromium-headless-shell"
"""The same engine without what only windows need: what is tested takes a fifth less time in it. Nothing is measured in
it, for it is not what readers have."""
AS_WIDE = "--font-render-hinting=none"
"""Has text be as wide in it as in Chromium."""
FAILED = re.compile(r'Traceback \(most recent call last\)|^.*(level=|"level": ")error.*$', re.MULTILINE)
"""What the log has of an error, however it is written."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Server:
    """A running Streamlit server."""

    url: str
    pid: int
    log: Path

    @property
    def pids(self) -> Sequence[int]:
        """The processes that answer: this one. Of several behind nginx, see `benchmarks.replicas`."""
        return (self.pid,)

    def tracebacks(self) -> str:
        """Return what the server has logged from its first error on; empty if there was none."""
        found = FAILED.search(text := self.log.read_text(encoding="utf-8", errors="replace"))
        return text[found.start() :] if found else ""

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Keep the server from doing anything until the block ends; what it is sent meanwhile waits."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)


def find_browser(*, windowless: bool = False) -> str | None:
    """Return the path of a Chromium on this machine, or None; the windowless one where that will do, if it is there."""
    names = (WINDOWLESS, *BROWSERS) if windowless else BROWSERS
    return next((path for name in names if (path := shutil.which(name))), None)


def chromium(*, windowless: bool = False) -> dict[str, Any]:
    """Which browser Playwright starts, the machine's Chromium, and with what."""
    path = find_browser(windowless=windowless)
    if path is None:
        raise FileNotFoundError(f"no browser: none of {', '.join(BROWSERS)} is on the PATH")
    return {"executable_path": path, "args": [*FLAGS, *([AS_WIDE] if windowless else [])]}


def launch(playwright: Playwright, *, windowless: bool = False) -> Browser:
    """Start it without a window."""
    return playwright.chromium.launch(**chromium(windowless=windowless))


def free_port() -> int:
    """Return a port that nothing listened on a moment ago, below those that the system lends to any connection."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until_healthy(url: str, process: subprocess.Popen[bytes] | Warm, seconds: float = 180) -> None:
    """Return once the server answers; raise if it ends or takes longer than ``seconds``."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the server at {url} did not start (exit status {process.poll()})")


@contextmanager
def serve(
    script: Path,
    *,
    settings: Path = ROOT,
    command: tuple[str, ...] = STREAMLIT,
    port: int | None = None,
    base: str = "",
    warm: bool = False,
) -> Iterator[Server]:
    """Run a Streamlit script until the block ends, with the settings of a folder's .streamlit.

    Parameters
    ----------
    port : any free one, unless given
    base : "/…" where the app's address has a path of its own
    warm : whether what the app needs is loaded already, not what a user starts; see `tests.warm`
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}{base}"
    options = ("--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true")
    arguments = [*command, str(script), *options, "--server.baseUrlPath", base]
    # With the messages of errors, for whoever reads why a test failed; nobody else has typed anything here.
    environment = {LOG.name: "everything"} | os.environ | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as output:
            process: subprocess.Popen[bytes] | Warm
            if warm:
                process = Warm(arguments[2:], settings, environment, log)
            else:
                program = [sys.executable, *arguments]
                process = subprocess.Popen(program, cwd=settings, env=environment, stdout=output, stderr=output)
            try:
                wait_until_healthy(url, process)
                yield Server(url, process.pid, log)
            except RuntimeError as error:
                error.add_note(log.read_text(encoding="utf-8", errors="replace")[-4000:])
                raise
            finally:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
