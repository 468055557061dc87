"""Fair share: how much later others' words come while one session, or three, ask for all the heavy work they may."""

import asyncio
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.hostile import BEGUN, KINDS
from benchmarks.load import loop_in_a_thread
from benchmarks.report import Line, Section, percentiles
from benchmarks.students import Classroom, bursts, processor_time
from benchmarks.tabs import AppTab
from tests.driving import ROOT, Server, serve

STUDENTS = 20
EVERY = 3.0
"""Seconds between two rests of a student, on average."""
SECONDS = 20.0
"""That are measured each time."""
BUDGET = 2.0
"""How many times later words may come, 95th percentile."""
SESSIONS = (1, 3)
"""Hostile sessions at a time."""
TAKES_HOLD = 2.0
"""Seconds from when the hostile pages are open, not measured."""
LETS_GO = 3.0
"""Seconds after it, not measured either."""


async def rests(room: Classroom, seconds: float) -> list[float]:
    """Let every student rest again and again with a text of their own; seconds from each rest to its words."""
    until = perf_counter() + seconds

    async def student(number: int) -> list[float]:
        tab, chance, found = room.tabs[number], random.Random(f"{number} {until}"), list[float]()
        texts = bursts(number)
        await asyncio.sleep(chance.uniform(0, EVERY))
        while perf_counter() < until:
            tab.forget()
            await tab.say(next(texts)[-1], timed=True)
            await tab.answered_all()
            found += tab.waits
            await asyncio.sleep(chance.uniform(0.5, 1.5) * EVERY)
        return found

    each = await asyncio.gather(*(student(number) for number in range(len(room.tabs))))
    return [wait for waits in each for wait in waits]


@contextmanager
def attacked(server: Server, kind: str, sessions: int) -> Iterator[Path]:
    """Have hostile sessions ask for one kind of work meanwhile; gives the folder of what each says it got."""
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for seed in range(1, sessions + 1):
            # They stand for other machines, so they have what is left of this one.
            command = ["nice", "-n", "19", sys.executable, "-m", "benchmarks.hostile", kind, server.url, str(seed)]
            with (Path(folder) / f"{seed}.log").open("w") as log:
                running.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT))
        try:
            while not all(BEGUN in log.read_text() for log in Path(folder).glob("*.log")):
                sleep(0.1)
            yield Path(folder)
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
            for process in running:
                process.wait(30)


def measure(kinds: Sequence[str] = tuple(KINDS), sessions: Sequence[int] = SESSIONS) -> Section:
    """Measure every kind of heavy work, between quiet times."""
    lines, errors = [], list[str]()
    with serve(ROOT / "app.py") as server, loop_in_a_thread() as start:
        room = Classroom(server, partial(AppTab, server.url, runs=True), every_key=False)
        start(room.come_in(STUDENTS)).result()
        start(rests(room, 2 * EVERY)).result()  # warms up
        before = start(rests(room, SECONDS)).result()
        for kind in kinds:
            for many in sessions:
                with attacked(server, kind, many) as folder:
                    start(asyncio.sleep(TAKES_HOLD)).result()
                    spent, began = processor_time(server.pid), perf_counter()
                    loud = start(rests(room, SECONDS)).result()
                    share = (processor_time(server.pid) - spent) / (perf_counter() - began)
                    got = [log.read_text().strip().splitlines()[-1:] or ["nothing"] for log in folder.glob("*.log")]
                start(asyncio.sleep(LETS_GO)).result()
                after = start(rests(room, SECONDS)).result()
                lines.append(line(kind, many, before + after, loud, share, got[0][0]))
                print(lines[-1].cells, flush=True)
                before = after
        errors = [error for tab in room.tabs for error in tab.errors]
        start(room.leave()).result()
        print(*sorted(set(errors)), server.tracebacks(), sep="\n", end="")
    return Section(
        "Fair share",
        f"{STUDENTS} simulated students rest every {EVERY:g} s on average, {SECONDS:g} s each time, while one hostile "
        "session, or three, in processes of their own on the same machine ask for one kind of heavy work without a "
        "pause; held against the quiet time before and after. Times are from a rest to its words; the server’s share "
        f"is of one core. {len(errors)} errors. The budget is of the ratio of the 95th percentiles.",
        ("work, sessions", "quiet p50, ms", "p95, ms", "beside it p50, ms", "p95, ms", "server, share", "ratio p95"),
        lines,
    )


def line(kind: str, many: int, quiet: Sequence[float], loud: Sequence[float], share: float, got: str) -> Line:
    """One row of the table."""
    (q50, q95), (l50, l95) = percentiles(quiet), percentiles(loud)
    print(f"{kind}, {many}: {len(quiet)} and {len(loud)} rests; the first hostile session: {got}", flush=True)
    times = [f"{1000 * each:.0f}" for each in (q50, q95, l50, l95)]
    return Line((f"{kind}, {many}", *times, f"{share:.0%}", f"{l95 / q95:.2f}"), l95 / q95, BUDGET)
