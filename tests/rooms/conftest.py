"""Stores of rooms: in memory, and in a real Redis that is started for the tests and keeps nothing."""

import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from lstm_viz.rooms import Memory, Store
from lstm_viz.rooms.shared import Shared


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Start a Redis on a socket of its own, and return its address."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed. On Debian or Ubuntu: apt-get install redis-server")
    with tempfile.TemporaryDirectory() as folder:  # whose name is short: a socket's may have 107 letters
        socket = Path(folder) / "redis.sock"
        options = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", folder)
        process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        try:
            url = f"unix://{socket}"
            _wait(url, process)
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60
    with Redis.from_url(url) as client:
        while time.monotonic() < give_up and process.poll() is None:
            try:
                client.ping()
                return
            except RedisError:
                time.sleep(0.01)
    raise RuntimeError("redis-server did not start")


@pytest.fixture(params=["memory", "redis"])
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return a function that gives a store as one process has it: all that it gives have the same rooms."""
    if request.param == "memory":
        store = Memory()
        return lambda: store
    url, prefix = request.getfixturevalue("redis_url"), f"test:{secrets.token_hex(8)}"
    return lambda: Shared(url, prefix)
