"""``make serve``: several processes of the app behind nginx, watched; whatever ends is started again.

Ends all that it started when it is ended itself. Needs Debian's nginx; and redis-server, for more than one process,
unless LSTM_VIZ_REDIS names a Redis.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from deploy.nginx import at, filled

ROOT = Path(__file__).parents[1]
HERE, HEALTH = "127.0.0.1", "/health"
MOST = 64
"""Replicas of one machine."""
SECRET, REDIS = "STREAMLIT_SERVER_COOKIE_SECRET", "LSTM_VIZ_REDIS"
LOOKS, PATIENCE, DEAF = 5.0, 10.0, 6
"""Seconds between two looks at a replica, and for its answer; how often in turn none may come before it is ended."""
ELSEWHERE = ("/usr/sbin", "/sbin")
"""Where Debian puts programs that not every user has on the path."""
TO_END = 15.0
"""Seconds that something has to end by itself."""
WAITS = (0.0, 1.0, 5.0, 15.0, 60.0)
"""Seconds before something is started again: the first time, and each time after that it ended within `SOON`."""
SOON = 120.0


class Missing(Exception):
    """What cannot be done without, in a sentence for whoever starts the server."""


def said(line: str) -> None:
    """Tell whoever runs the server, in one line a fact."""
    print(f"serve: {line}", file=sys.stderr, flush=True)


class Watched(threading.Thread):
    """Something that runs until it is stopped, and is started again when it ends.

    Parameters
    ----------
    name : as it is spoken of
    command, environment : how it is started, in the app's folder
    health : an address that answers while it is well; without one, it is well while it runs
    quiet : whether what it prints is of no interest, unlike its errors
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        health: str = "",
        *,
        quiet: bool = False,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.command, self.environment, self.health = command, environment, health
        self.output = subprocess.DEVNULL if quiet else None
        self.process: subprocess.Popen[bytes] | None = None
        self.well = threading.Event()
        """Set once it has answered since it was started last."""
        self.failed = threading.Event()
        """Set once it has ended before it ever answered."""
        self._stopped = threading.Event()

    def run(self) -> None:
        """Start it, look after it, and start it again, until `stop`."""
        quick = 0
        while not self._stopped.is_set():
            began = time.monotonic()
            # In a group of its own: Ctrl-C in a terminal is for this program, which ends all in order.
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=dict(self.environment), stdout=self.output, start_new_session=True
            )
            self._look_after(self.process)
            if self._stopped.is_set():
                break
            if not self.well.is_set():
                self.failed.set()
            self.well.clear()
            quick = quick + 1 if time.monotonic() - began < SOON else 0
            wait = WAITS[min(quick, len(WAITS) - 1)]
            said(f"{self.name} ended ({_how(self.process.returncode)}); it is started again in {wait:g} s")
            self._stopped.wait(wait)
        self._end()

    def stop(self) -> None:
        """End it for good; `join` returns when it has."""
        self._stopped.set()

    def _look_after(self, process: subprocess.Popen[bytes]) -> None:
        deaf, look = 0, 0.0
        while process.poll() is None and not self._stopped.is_set():
            if time.monotonic() >= look:
                answered = not self.health or _answers(self.health)
                look = time.monotonic() + (LOOKS if self.well.is_set() else 0.2)
                if answered:
                    deaf = 0
                    self.well.set()
                elif self.well.is_set():
                    deaf += 1
            if deaf >= DEAF:
                said(f"{self.name} runs and does not answer; it is ended")
                process.kill()
                process.wait()
            self._stopped.wait(0.1)

    def _end(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _how(status: int) -> str:
    return f"by signal {signal.Signals(-status).name}" if status < 0 else f"with status {status}"


def program(name: str, package: str) -> str:
    """Where a program is.

    Raises
    ------
    Missing
        where it is not installed
    """
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), *ELSEWHERE)))
    if found is None:
        raise Missing(f"{name} is not installed. On Debian or Ubuntu: apt-get install {package}")
    return found


def taken(address: str, port: int) -> bool:
    """Whether something listens there already."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return True
    return False


def app(port: int, base: str) -> list[str]:
    """The command that starts one replica."""
    options = {"port": str(port), "address": HERE, "headless": "true", "baseUrlPath": base}
    given = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *given]


def redis(place: Path) -> list[str]:
    """The command that starts a Redis which keeps nothing, at a socket that only this user may open."""
    keeps_nothing = ("--save", "", "--appendonly", "no", "--dir", str(place.parent))
    at_socket = ("--port", "0", "--unixsocket", str(place), "--unixsocketperm", "700")
    return [program("redis-server", "redis-server"), *at_socket, *keeps_nothing]


def everything(replicas: int, address: str, port: int, base: str, folder: Path) -> list[Watched]:
    """All that runs, in the order in which it is started.

    Raises
    ------
    Missing
        where a program is not installed or the port is taken
    """
    nginx = program("nginx", "nginx")
    base = at(base)
    ports = range(port + 1, port + 1 + replicas)
    for each in (port, *ports):
        if taken(address if each == port else HERE, each):
            raise Missing(
                f"port {each} is taken: end what listens there, or choose others with PORT=…. Readers come at "
                f"{port}; the replicas listen at {ports[0]} to {ports[-1]}, for this machine alone."
            )
    own = {SECRET: secrets.token_hex(32), "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}
    environment = own | {name: value for name, value in os.environ.items() if value}
    parts = []
    if REDIS not in environment and replicas > 1:
        place = folder / "redis.sock"
        parts.append(Watched("redis", redis(place), environment, quiet=True))
        environment[REDIS] = f"unix://{place}"
    parts += [
        Watched(f"replica {number}", app(each, base), environment, f"http://{HERE}:{each}{base}{HEALTH}")
        for number, each in enumerate(ports, start=1)
    ]
    settings = folder / "nginx.conf"
    places = [f"{HERE}:{each}" for each in ports]
    text = filled(places, listen=f"{address}:{port}", base=base, folder=str(folder))
    settings.write_text(text, encoding="utf-8")
    command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(settings), "-g", "daemon off;"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if tested.returncode:
        raise Missing(f"nginx does not take its configuration: {tested.stderr.strip()}")
    parts.append(Watched("nginx", command, environment))
    return parts


@contextmanager
def running(parts: Sequence[Watched]) -> Iterator[None]:
    """Start all, and end all when the block ends."""
    for part in parts:
        part.start()
    try:
        yield
    finally:
        for part in reversed(parts):
            part.stop()
        for part in reversed(parts):
            part.join()


def wait_until_well(parts: Sequence[Watched], ended: threading.Event) -> None:
    """Return once all that can be asked have answered, or this program is to end.

    Raises
    ------
    Missing
        where one of them ended before it answered
    """
    while not all(part.well.is_set() for part in parts) and not ended.wait(0.1):
        if any(part.failed.is_set() for part in parts):
            raise Missing("not everything started; what is said above tells why. All was ended.")


def serve(replicas: int, address: str, port: int, base: str) -> None:
    """Run all until this program is told to end."""
    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: ended.set())
    with tempfile.TemporaryDirectory(prefix="lstm-viz-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # nginx gives up root, where it was started with it, and still writes below
        parts = everything(replicas, address, port, base, folder)
        with running(parts):
            wait_until_well(parts, ended)
            if not ended.is_set():
                own = " ".join(f"{HERE}:{port + each}" for each in range(1, replicas + 1))
                said(
                    f"{replicas} replicas, each by itself at {own}; readers come to http://{address}:{port}{at(base)}/"
                )
            ended.wait()


def main() -> None:
    """Read what was asked for, and serve."""
    parser = argparse.ArgumentParser(prog="python -m deploy.serve", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replicas", type=int, default=2, metavar="N", help=f"processes of the app, 1 to {MOST}")
    parser.add_argument("--port", type=int, default=8501, help="at which readers come")
    parser.add_argument("--address", default="0.0.0.0", help="of this machine, at which readers come: 0.0.0.0 for all")
    parser.add_argument("--base", default="", metavar="PATH", help="of the app's own address, as in courses/lstm")
    given = parser.parse_args()
    if not 1 <= given.replicas <= MOST:
        parser.error(f"{given.replicas} replicas: expected 1 to {MOST}")
    if not 0 < given.port <= 65535 - given.replicas:
        parser.error(
            f"port {given.port}: expected 1 to {65535 - given.replicas}, for the replicas listen right above it"
        )
    try:
        serve(given.replicas, given.address, given.port, given.base)
    except (Missing, ValueError) as error:
        parser.exit(1, f"serve: {error}\n")


if __name__ == "__main__":
    main()
