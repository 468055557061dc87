"""A class that types at once: from a rest to its words, for more and more simulated students."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.report import Line, Section
from benchmarks.students import BURST, GAP, LONGEST, MOST_STUDENTS, PAUSE, REST, Classroom, Measured
from benchmarks.tabs import AppTab, EchoTab, Tab
from tests.driving import ROOT, Server, serve

STUDENTS = (1, 10, 50, 100, 300)
SECONDS = 15.0
BUDGET = 2000.0  # milliseconds, p95, for the most students

Way = tuple[str, Path, Callable[[str], Tab], bool]
"""A name, the script that is served, a tab of it by its address, and whether it tells the server of every key."""
WAYS: tuple[Way, ...] = (
    ("bare echo", Path(__file__).with_name("echo_app.py"), EchoTab, False),
    ("app", ROOT / "app.py", lambda url: AppTab(url, runs=True), False),
    ("app, a message a key", ROOT / "app.py", lambda url: AppTab(url, runs=False), True),
)


async def attend(server: Server, way: Way, students: Sequence[int], seconds: float) -> list[tuple[Measured, float]]:
    """Let more and more students come in and type."""
    _, _, tab, every_key = way
    room = Classroom(server, lambda: tab(server.url), every_key=every_key)
    met = []
    for many in sorted(students):
        opened = await room.come_in(many)
        met.append((await room.write(seconds), opened))
    await room.leave()
    return met


def line(way: str, met: Measured, opened: float) -> Line:
    """One row of the table."""
    p50, p95, p99 = np.percentile(met.waits or [float("nan")], [50, 95, 99]) * 1000
    cells = (
        f"{way}, {met.students}",
        *(f"{each:,.0f}" for each in (p50, p95, p99)),
        f"{met.messages / met.seconds:.1f}",
        f"{met.received / met.seconds / 1e3:,.0f}",
        f"{met.received / max(1, len(met.waits)) / 1e3:.1f}",
        f"{1e3 * met.server / max(1, met.messages):.1f}",
        f"{met.server / met.seconds:.0%}",
        f"{met.client / met.seconds:.0%}",
        f"{met.resident:.0f}",
        f"{opened:.1f}",
        f"{len(met.errors)}",
    )
    return Line(cells, float(p95), BUDGET if way == "app" and met.students == max(STUDENTS) else None)


def measure(students: Sequence[int] = STUDENTS, seconds: float = SECONDS) -> Section:
    """Measure every way to answer, one server after the other.

    Parameters
    ----------
    students : how many at a time, each time; at most `MOST_STUDENTS`
    seconds : for which they type, at most `LONGEST`
    """
    lines = []
    for way in WAYS:
        with serve(way[1]) as server:
            for met, opened in asyncio.run(attend(server, way, students, seconds)):
                lines.append(line(way[0], met, opened))
                for error in dict.fromkeys(met.errors):
                    print(f"{way[0]}, {met.students}: {error}")
            print(server.tracebacks(), end="")
    return Section(
        "A class that types at once",
        f"Simulated students on this machine, who speak as Streamlit's front end does, in one process beside the "
        f"server. Each opens the page once, with a text of about 60 words, and types in bursts of {BURST} keys {GAP:g} "
        f"s apart with rests of {REST[0]:g} to {REST[1]:g} s between them: two keys a second. Timed from when the "
        f"server is told of a rest ({PAUSE:g} s after its last key; where every key is told, at once) until its answer "
        f"has been read, for {seconds:g} s. All servers run with this app's settings.",
        (
            *("way and students", "p50, ms", "p95, ms", "p99, ms", "messages a second", "kB a second", "kB a rest"),
            *("server, ms a message", "server's processor", "students' processor", "MB", "opened in, s", "errors"),
        ),
        lines,
    )


__all__ = ["LONGEST", "MOST_STUDENTS", "SECONDS", "STUDENTS", "measure"]
