"""Several replicas behind nginx, as `make serve` runs them: what they carry, and what their readers lose when one dies."""

import asyncio
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.load import BUDGET, WAYS, Way, loop_in_a_thread
from benchmarks.report import Line, Section
from benchmarks.students import Classroom, Measured, processor_time
from benchmarks.tabs import AppTab, Tab
from deploy.serve import Watched, everything, running, taken, wait_until_well
from tests.driving import free_port

REPLICAS = (1, 2)
STUDENTS, SECONDS = 300, 15.0
LOST = 100
"""Students who type when one of two replicas is killed."""
AFTER = 25.0
"""Seconds for which they type on."""
BUDGET_BACK = 20.0
"""Seconds after which every view is to be there again."""
CARRIED = tuple(way for way in WAYS if way.tab is not WAYS[0].tab)
COOKIE = "lstm_viz_seat"
VIEWS = {
    "": "text=The+film+is+good.&step=2&unit=7&order=index",
    "what_if": "text=The+film+is+good.&step=2&unit=9&order=index&clamps=input_gate+0+t2",
}
"""What two real browsers have on show, by page."""
CLAMPS = "forget_gate 1 t3"
UNIT = 11
"""What every simulated student holds, and has chosen; texts are their own."""


@dataclass(frozen=True)
class Replicas:
    """Replicas behind nginx that run now.

    Attributes
    ----------
    url : at which readers come
    apps : the replicas, in the order of their seats
    nginx : what stands before them
    """

    url: str
    apps: Sequence[Watched]
    nginx: Watched

    @property
    def pids(self) -> Sequence[int]:
        """The replicas' processes."""
        return [each.process.pid for each in self.apps if each.process is not None]


@contextmanager
def served(count: int) -> Iterator[Replicas]:
    """Run this many until the block ends."""
    port = free_port()
    while any(taken("127.0.0.1", port + each) for each in range(count + 1)):
        port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        parts = everything(count, "127.0.0.1", port, "", folder)
        with running(parts):
            wait_until_well(parts, threading.Event())
            apps = [each for each in parts if each.health]
            yield Replicas(f"http://127.0.0.1:{port}", apps, parts[-1])


def measure(browser: Browser, students: int = STUDENTS, seconds: float = SECONDS) -> Section:
    """Let a class type on one replica and on two, the pages running the network or leaving it to the server.

    Parameters
    ----------
    students : how many
    seconds : for which they type
    """
    lines = []
    for way in CARRIED:
        alone = 0.0
        for count in REPLICAS:
            with served(count) as server, loop_in_a_thread() as start:
                room = Classroom(server, partial(way.tab, server.url), every_key=way.every_key)
                opened = start(room.come_in(students)).result()
                proxy = _proxy_time(server)
                met = start(room.write(seconds)).result()
                proxy = _proxy_time(server) - proxy
                seats = [_seat(tab) for tab in room.tabs]
                start(room.leave()).result()
            rate = met.messages / met.seconds
            alone = alone or rate
            lines.append(_line(way, count, met, opened, proxy, rate / alone, seats))
            for error in sorted(set(met.errors)):
                print(f"{way.name}, {count} replicas, {met.errors.count(error)} times: {error}")
    return Section(
        "One replica and two",
        f"{students} simulated students type as above for {seconds:g} s, through nginx as `make serve` puts it before "
        "the replicas; students, nginx and replicas share this machine. Messages a second are what is answered: where "
        "the server counts, it is told of every key and cannot keep up, so that is what it carries. Processor time and "
        "memory are of all replicas together; readers by replica says how evenly nginx spreads them.",
        (
            *("way, replicas", "p50, ms", "p95, ms", "messages a second", "to one replica", "processor, ms"),
            *("replicas, share", "nginx, share", "students, share", "memory, MB", "all opened, s"),
            *("readers by replica", "errors"),
        ),
        lines,
    )


def killed(browser: Browser, students: int = LOST) -> Section:
    """Kill one of two replicas while a class types and two real browsers have a view open on it.

    Parameters
    ----------
    students : how many type
    """
    with served(2) as server, loop_in_a_thread() as start:
        room = Classroom(server, partial(AppTab, server.url, runs=True), every_key=False)
        start(_come_in(room, students)).result()
        pages = {name: _opened(browser, f"{server.url}/{name}", view) for name, view in VIEWS.items()}
        lost = server.apps[1]
        assert lost.process is not None
        mine = [tab for tab in room.tabs if _seat(tab) == "2"]
        others = [tab for tab in room.tabs if tab not in mine]
        sessions = {id(tab): _session(tab) for tab in mine}
        writing = start(room.write(AFTER))
        time.sleep(AFTER / 5)
        before = [len(tab.waits) for tab in others]
        began = time.perf_counter()
        os.kill(lost.process.pid, signal.SIGKILL)
        back = start(_back(mine, sessions, began))
        seen = {name: _typed_and_back(page, VIEWS[name], began) for name, page in pages.items()}
        again = _well_again(lost, began)
        met = writing.result()
        seconds = back.result()
        whole = sum(_whole(tab) for tab in mine)
        waits = [wait for tab, first in zip(others, before, strict=True) for wait in tab.waits[first:]]
        moved = sum(_seat(tab) == "1" for tab in mine)
        start(room.leave()).result()
        for page in pages.values():
            page.context.close()
    for error in sorted(set(met.errors)):
        print(f"killed, {met.errors.count(error)} times: {error}")
    lines = [
        Line(
            ("simulated students of the killed one", f"{len(mine)}", f"{whole}", *_times(seconds)),
            float(len(mine) - whole),
            0.0,
        ),
        *(
            Line(
                (f"a real browser, {name or 'gates_over_time'}", "1", f"{int(ok)}", *_times([took])), took, BUDGET_BACK
            )
            for name, (took, ok) in seen.items()
        ),
        Line(("students of the other one: rest to words", f"{len(others)}", f"{len(others)}", *_times(waits))),
        Line(("the killed replica, until it answers again", "–", "–", *_times([again]))),
    ]
    return Section(
        "A replica is killed under load",
        f"Of two replicas behind nginx one is killed (SIGKILL) while {students} simulated students type, each with a "
        "text of their own, a unit chosen and a gate held, and two real browsers have a view open on it. A page of the "
        "killed replica is back when the other has taken in all there was and answered; a student's view is whole when "
        "at the end its text is the one typed last, and the unit and the clamp are those from before; a browser's when "
        "what was typed into it after the kill is in its address beside its unit and clamps. "
        f"{moved} of {len(mine)} students have their seat with the other replica since.",
        ("what", "how many", "view whole", "p50, s", "p95, s", "longest, s"),
        lines,
    )


async def _come_in(room: Classroom, students: int) -> None:
    """Open the pages; then each reader does something that only the address and the session know."""
    await room.come_in(students)
    for tab in room.tabs:
        await tab.say([["set", {"clamps": CLAMPS, "unit": UNIT}]], timed=False)
    for tab in room.tabs:
        await tab.answered_all()


async def _back(tabs: Sequence[Tab], sessions: dict[int, str], began: float) -> list[float]:
    """Seconds until each has another session that knows all; of those that never have, nothing."""
    took: dict[int, float] = {}
    while len(took) < len(tabs) and time.perf_counter() - began < AFTER:
        for tab in tabs:
            if id(tab) not in took and tab.settled and _session(tab) != sessions[id(tab)]:
                took[id(tab)] = time.perf_counter() - began
        await asyncio.sleep(0.02)
    return list(took.values())


def _session(tab: Tab) -> str:
    assert isinstance(tab, AppTab)
    return str(tab.told["session"])


def _whole(tab: Tab) -> bool:
    """Whether what the server told last is what its reader did last."""
    assert isinstance(tab, AppTab)
    settings = tab.told["settings"]
    return (tab.told["text"], settings["clamps"], settings["unit"]) == (tab.typed, CLAMPS, UNIT)


def _seat(tab: Tab) -> str:
    return tab.line.cookies.get(COOKIE, "").partition("-")[0]


def _opened(browser: Browser, address: str, view: str) -> Page:
    """Open a view in a window of its own, on the second replica."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": COOKIE, "value": "2-browser", "url": address}])
    page = context.new_page()
    page.goto(f"{address}?{view}")
    page.wait_for_selector(".lv-page[data-runs]", timeout=120_000)
    return page


def _typed_and_back(page: Page, view: str, began: float) -> tuple[float, bool]:
    """Type on, as a reader does who has noticed nothing → seconds until the server has it, and whether all is there."""
    page.locator("textarea.lv-editor").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.wait_for_function("() => new URL(location).searchParams.get('text')?.endsWith('!')", timeout=120_000)
    took = time.perf_counter() - began
    before, now = (parse_qs(each) for each in (view, page.url.partition("?")[2]))
    same = all(now[name] == before[name] for name in before if name not in ("text", "step"))
    return took, same and now["text"] == [f"{before['text'][0]}!"]


def _well_again(part: Watched, began: float) -> float:
    while not part.well.is_set():
        time.sleep(0.05)
    return time.perf_counter() - began


def _proxy_time(server: Replicas) -> float:
    """Seconds of processor time of nginx, its workers included."""
    assert server.nginx.process is not None
    pid = server.nginx.process.pid
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(processor_time, (pid, *map(int, workers))))


def _times(seconds: Sequence[float]) -> tuple[str, str, str]:
    p50, p95, most = np.percentile(list(seconds) or [np.nan], [50, 95, 100])
    return f"{p50:.1f}", f"{p95:.1f}", f"{most:.1f}"


def _line(
    way: Way, count: int, met: Measured, opened: float, proxy: float, gain: float, seats: Sequence[str]
) -> Line:
    p50, p95 = np.percentile(met.waits or [np.nan], [50, 95]) * 1000
    cells = (
        f"{way.name}, {count}",
        f"{p50:,.0f}",
        f"{p95:,.0f}",
        f"{met.messages / met.seconds:.1f}",
        f"{gain:.2f}×",
        f"{1e3 * met.server / max(1, met.messages):.1f}",
        f"{met.server / met.seconds:.0%}",
        f"{proxy / met.seconds:.0%}",
        f"{met.client / met.seconds:.0%}",
        f"{met.resident:.0f}",
        f"{opened:.1f}",
        " + ".join(str(seats.count(str(seat))) for seat in range(1, count + 1)),
        f"{len(met.errors)}",
    )
    return Line(cells, float(p95), BUDGET if way.watched else None)
