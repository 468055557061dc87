"""A real Prometheus for the tests: it scrapes what it is told to, keeps nothing, and is asked over its own API."""

import json
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.driving import ROOT, free_port

FOLDER = ROOT / "deploy" / "prometheus"
MISSING = "prometheus is not installed. On Debian or Ubuntu: apt-get install prometheus"
EVERY = "250ms"
"""Between two scrapes."""
PATIENCE = 60.0


def find_prometheus() -> str | None:
    """Return the path of prometheus on this machine, or None; promtool comes with it."""
    return shutil.which("prometheus")


class Prometheus:
    """One that runs.

    Parameters
    ----------
    url : its address
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, **query: str) -> Any:
        """What its API answers."""
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(query)}", timeout=10) as answer:
            return json.load(answer)["data"]

    def values(self, query: str) -> Mapping[str, float]:
        """What a query comes to now: labels, joined → value."""
        found = self.ask("query", query=query)["result"]
        labels = [",".join(f"{name}={value}" for name, value in sorted(each["metric"].items())) for each in found]
        return {label: float(each["value"][1]) for label, each in zip(labels, found, strict=True)}

    def wait(self, query: str, accept: Callable[[Mapping[str, float]], bool]) -> Mapping[str, float]:
        """Return what a query comes to once that is accepted; fail with what it came to last."""
        give_up = time.monotonic() + PATIENCE
        while not accept(seen := self.values(query)):
            assert time.monotonic() < give_up, f"{query} is still {seen}"
            time.sleep(0.05)
        return seen


@contextmanager
def prometheus(target: str) -> Iterator[Prometheus]:
    """Run one until the block ends, with `deploy/prometheus`, but for its target and how often it asks.

    Parameters
    ----------
    target : host and port of what it scrapes
    """
    program = find_prometheus()
    if program is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(FOLDER / "rules.yml", folder)
        config = (FOLDER / "prometheus.yml").read_text(encoding="utf-8")
        config = config.replace("127.0.0.1:8501", target).replace("15s", EVERY)
        (folder / "prometheus.yml").write_text(config, encoding="utf-8")
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        options = (f"--web.listen-address=127.0.0.1:{port}", f"--storage.tsdb.path={folder / 'kept'}")
        command = [program, f"--config.file={folder / 'prometheus.yml'}", *options]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(url, process)
            yield Prometheus(url)
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/-/ready", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise RuntimeError(f"prometheus did not start (exit status {process.poll()})")
