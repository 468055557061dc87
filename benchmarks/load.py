"""A class that types at once: from a rest to its words, for more and more simulated students."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.live import KEYS, TEXT, places
from benchmarks.pages import open_running, press_and_time, replace_text
from benchmarks.report import Line, Section
from benchmarks.students import BURST, GAP, LONGEST, MOST_STUDENTS, PAUSE, REST, Classroom, Measured
from benchmarks.tabs import AppTab, EchoTab, Tab
from tests.driving import ROOT, serve

STUDENTS = (1, 10, 50, 100, 300)
SECONDS = 15.0
BUDGET = 2000.0  # milliseconds, p95, for the most students
BETWEEN = 0.12  # seconds between the keys in the real browser beside the students

Start = Callable[[Coroutine[Any, Any, Any]], Future[Any]]


@dataclass(frozen=True)
class Way:
    """A way to answer a class.

    Attributes
    ----------
    script : what is served
    tab : makes a tab of it from its address
    every_key : whether a tab tells the server of every key
    watched : whether somebody types in a real browser meanwhile
    """

    name: str
    script: Path
    tab: Callable[[str], Tab]
    every_key: bool = False
    watched: bool = False


WAYS = (
    Way("bare echo", Path(__file__).with_name("echo_app.py"), EchoTab),
    Way("app", ROOT / "app.py", lambda url: AppTab(url, runs=True), watched=True),
    Way("app, the server counts", ROOT / "app.py", lambda url: AppTab(url, runs=False), every_key=True),
)


def measure(browser: Browser, students: Sequence[int] = STUDENTS, seconds: float = SECONDS) -> Section:
    """Measure every way to answer, one server after the other.

    Parameters
    ----------
    students : how many at a time, each time; at most `MOST_STUDENTS`
    seconds : for which they type, at most `LONGEST`
    """
    if not (all(0 < many <= MOST_STUDENTS for many in students) and 0 < seconds <= LONGEST):
        raise ValueError(
            f"{seconds:g} s with {list(students)} students: expected 1 to {MOST_STUDENTS} students, and at most "
            f"{LONGEST:g} s"
        )
    lines = []
    for way in WAYS:
        with serve(way.script) as server, loop_in_a_thread() as start:
            page = browser.new_page() if way.watched else None
            if page:
                open_running(page, server.url)
                replace_text(page, TEXT)
            room = Classroom(server, partial(way.tab, server.url), every_key=way.every_key)
            for many in sorted(students):
                opened = start(room.come_in(many)).result()
                met, keys = beside(start(room.write(seconds)), page)
                lines.append(line(way, met, opened, keys))
                for error, times in sorted({error: met.errors.count(error) for error in met.errors}.items()):
                    print(f"{way.name}, {many} students, {times} times: {error}")
            start(room.leave()).result()
            if page:
                page.close()
            print(server.tracebacks(), end="")
    return Section(
        "A class that types at once",
        "Simulated students on this machine, beside the server, who speak as Streamlit's front end does. Each opens "
        f"the page once, with a text of about 60 words, and types bursts of {BURST} keys {GAP:g} s apart with rests of "
        f"{REST[0]:g} to {REST[1]:g} s between them: two keys a second. Timed from when the server is told of a rest "
        f"({PAUSE:g} s after its last key; where it is told of every key, at once) until its answer has been read, for "
        f"{seconds:g} s. Milliseconds of processor time are for each message to the server, shares are of one core. "
        "Keys are those of one real browser at the same time, until the repaint.",
        (
            *("way, students", "p50, ms", "p95, ms", "p99, ms", "messages a second", "kB a second", "kB a rest"),
            *("processor, ms", "server, share", "students, share", "memory, MB", "all opened, s", "key p95, ms"),
            "errors",
        ),
        lines,
    )


@contextmanager
def loop_in_a_thread() -> Iterator[Start]:
    """Run an event loop beside the main thread, which Playwright has one in; gives what starts work there."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield lambda work: asyncio.run_coroutine_threadsafe(work, loop)
    finally:
        asyncio.run_coroutine_threadsafe(end_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def end_all() -> None:
    """End what an error has left running in this loop."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def beside(writing: Future[Measured], page: Page | None) -> tuple[Measured, list[float]]:
    """Type in a real page until the students are done; return what they met, and the milliseconds of every key."""
    times = []
    for key, caret in cycle(places(TEXT, KEYS)):
        if page is None or writing.done():
            break
        times.append(press_and_time(page, key, caret))
        time.sleep(BETWEEN)
        page.keyboard.press("Backspace")
        time.sleep(BETWEEN)
    return writing.result(), times


def line(way: Way, met: Measured, opened: float, keys: Sequence[float]) -> Line:
    """One row of the table."""
    waits = [f"{each:,.0f}" for each in np.percentile(met.waits or [np.nan], [50, 95, 99]) * 1000]
    cells = (
        f"{way.name}, {met.students}",
        *waits,
        f"{met.messages / met.seconds:.1f}",
        f"{met.received / met.seconds / 1e3:,.0f}",
        f"{met.received / max(1, len(met.waits)) / 1e3:.1f}",
        f"{1e3 * met.server / max(1, met.messages):.1f}",
        f"{met.server / met.seconds:.0%}",
        f"{met.client / met.seconds:.0%}",
        f"{met.resident:.0f}",
        f"{opened:.1f}",
        f"{np.percentile(keys, 95):.1f}" if keys else "–",
        f"{len(met.errors)}",
    )
    return Line(cells, float(waits[1].replace(",", "")), BUDGET if way.watched else None)
