"""A show of hands: how long telephones wait in one room, kept in the server's memory and in a Redis."""

import asyncio
import json
import os
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from benchmarks.report import Line, Section, percentiles
from benchmarks.students import processor_time
from benchmarks.telephones import POLL, Waits, show_of_hands
from lstm_viz.rooms import MOST_ANSWERS
from lstm_viz.rooms.here import VARIABLE
from tests.driving import Server, serve
from tests.redis_server import MISSING, find_redis, redis_server

APP = Path(__file__).with_name("room_app.py")
PHONES = (40,)
SECONDS = 12.0
"""Within which all answer."""


def measure(phones: Sequence[int] = PHONES, seconds: float = SECONDS) -> Section:
    """Measure a room in memory, and one in Redis where there is one.

    Parameters
    ----------
    phones : how many at a time
    """
    if wrong := [many for many in phones if not 0 < many <= MOST_ANSWERS]:
        raise ValueError(f"{wrong[0]} telephones; expected 1 to {MOST_ANSWERS}, as many as a room takes answers of")
    lines = [_line("memory", many, seconds, "") for many in phones]
    if find_redis():
        with redis_server() as url:
            lines += [_line("Redis", many, seconds, url) for many in phones]
    else:
        print(f"Leaving out the rooms in Redis: {MISSING}")
    method = (
        f"Simulated telephones in one room of an app process on this machine: each draws a curve within {seconds:g} s, "
        f"changes it once, and asks how the room stands every {POLL:g} s, on average. Milliseconds; from the reveal "
        "until a telephone has the answer is mostly the wait until it asks."
    )
    columns = ("rooms in", "telephones", "answer p50", "p95", "poll p50", "p95", "reveal p95", "server, % of a core")
    return Section("A show of hands", method, columns, lines)


def _line(name: str, many: int, seconds: float, redis: str) -> Line:
    with naming(redis) if redis else nullcontext(), serve(APP) as server:
        waits, load = hold(server, many, seconds)
    if waits.refused:
        raise RuntimeError(f"{len(waits.refused)} refused, the first: {waits.refused[0]}")
    times = (*percentiles(waits.answer), *percentiles(waits.poll), percentiles(waits.reveal)[1])
    return Line((name, str(many), *(f"{1000 * each:.1f}" for each in times), f"{100 * load:.0f}"))


def hold(server: Server, many: int, seconds: float) -> tuple[Waits, float]:
    """Hold a show of hands → how long telephones waited, and what part of a core the server took."""
    with urllib.request.urlopen(f"{server.url}/opened") as answer:
        room = json.load(answer)
    before = processor_time(server.pid)
    waits, came, results = asyncio.run(show_of_hands(server.url, room["code"], room["secret"], many, seconds))
    took = processor_time(server.pid) - before
    counted = len(results["predictions"])
    if counted != many or any(not each.get("said") for each in came):
        raise RuntimeError(f"{counted} of {many} answers counted; {came[0]}")
    return waits, took / seconds


@contextmanager
def naming(redis: str) -> Iterator[None]:
    """Have servers that are started meanwhile keep their rooms in a Redis."""
    os.environ[VARIABLE] = redis
    try:
        yield
    finally:
        del os.environ[VARIABLE]
