"""A real Redis for the tests and the benchmarks: on a socket of its own, and it keeps nothing."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

MISSING = "redis-server is not installed. On Debian or Ubuntu: apt-get install redis-server"


def find_redis() -> str | None:
    """Return the path of redis-server on this machine, or None."""
    return shutil.which("redis-server")


@contextmanager
def redis_server() -> Iterator[str]:
    """Run one until the block ends, and give its address."""
    program = find_redis()
    if program is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory() as folder:
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
