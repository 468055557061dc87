"""Replicas behind nginx, as `make serve` runs them: what they carry, and what their readers lose when one dies."""

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
from typing import Any
from urllib.parse import parse_qs

import numpy as np
from playwright.sync_api import Browser, Page
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from benchmarks.load import BUDGET, WAYS, Way, loop_in_a_thread
from benchmarks.report import Line, Section
from benchmarks.students import Classroom, Measured, processor_time
from benchmarks.tabs import AppTab, Tab
from deploy.serve import Watched, everything, running, taken, wait_until_well
from lstm_viz.ui.navigation import HOME
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
WATCH = """() => {
  const began = performance.now();
  const there = () => new URL(location).searchParams.get("text")?.endsWith("!");
  window.came = new Promise((done) => {
    const looking = setInterval(() => {
      if (there() || performance.now() - began > 60000) done(performance.now() - began), clearInterval(looking);
    }, 20);
  });
}"""
"""Notes when an address has what was typed: milliseconds from now, at most a minute."""
DONE = [["set", {"unit": 11, "order": "index"}], ["hold", "forget_gate", 1, "", "3"]]
"""What every simulated student has done before; the texts are their own."""
HELD = ("unit", "order", "clamps")
"""What shows it."""


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


class Remembering(AppTab):
    """A tab that knows what was typed last, what had been done before, and when another session knew of it all."""

    typed = ""
    done: tuple[object, ...] = ()
    back: float | None = None
    _wanted: int | None = None

    def answered(self, component: BidiComponent) -> int:
        """See `Tab`."""
        before = self.told.get("session")
        number = super().answered(component)
        if before is not None and self.told["session"] != before:
            self._wanted = self.number + 1
        elif self._wanted is not None and number >= self._wanted:
            self.back, self._wanted = time.perf_counter(), None
        return number

    async def say(self, said: Any, *, timed: bool) -> None:
        """See `Tab`."""
        if isinstance(said, str):
            self.typed = said
        await super().say(said, timed=timed)


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
        room = Classroom(server, partial(Remembering, server.url, runs=True), every_key=False)
        start(_come_in(room, students)).result()
        pages = {name: _opened(browser, f"{server.url}/{name}", view) for name, view in VIEWS.items()}
        lost = server.apps[1]
        assert lost.process is not None
        tabs = [tab for tab in room.tabs if isinstance(tab, Remembering)]
        mine = [tab for tab in tabs if _seat(tab) == "2"]
        others = [tab for tab in tabs if _seat(tab) != "2"]
        writing = start(room.write(AFTER))
        time.sleep(AFTER / 5)
        before = [len(tab.waits) for tab in others]
        began = time.perf_counter()
        os.kill(lost.process.pid, signal.SIGKILL)
        again = start(_well_again(lost, began))
        typed = [_typed(page, began) for page in pages.values()]
        seen = {name: _came(pages[name], VIEWS[name], late) for name, late in zip(pages, typed, strict=True)}
        met, took = writing.result(), again.result()
        seconds = [tab.back - began for tab in mine if tab.back is not None]
        whole = sum(_whole(tab) for tab in mine)
        waits = [wait for tab, first in zip(others, before, strict=True) for wait in tab.waits[first:]]
        moved = sum(_seat(tab) == "1" for tab in mine)
        start(room.leave()).result()
        for page in pages.values():
            page.context.close()
    for error in sorted(set(met.errors)):
        print(f"killed, {met.errors.count(error)} times: {error}")
    lines = [
        _back_again("simulated students of the killed one", len(mine), whole, seconds),
        *(_back_again(f"a real browser, {name or HOME}", 1, int(ok), [late]) for name, (late, ok) in seen.items()),
        Line(("students of the other one: rest to words", f"{len(others)}", f"{len(others)}", *_times(waits))),
        Line(("the killed replica, until it answers again", "–", "–", *_times([took]))),
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
        await tab.say(DONE, timed=False)
    for tab in room.tabs:
        await tab.answered_all()
        assert isinstance(tab, Remembering)
        tab.done = _done(tab)
        assert all(tab.done), "done and told"


def _done(tab: AppTab) -> tuple[object, ...]:
    return tuple(tab.told["settings"][name] for name in HELD)


def _whole(tab: Remembering) -> bool:
    """Whether what the server told last is what its reader did last."""
    return tab.told["text"] == tab.typed and _done(tab) == tab.done


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


def _typed(page: Page, began: float) -> float:
    """Type on, as a reader does who has noticed nothing → how many seconds after the kill that was."""
    page.locator("textarea.lv-editor").focus()
    page.keyboard.press("Control+End")
    page.evaluate(WATCH)
    page.keyboard.type("!")
    return time.perf_counter() - began


def _came(page: Page, view: str, late: float) -> tuple[float, bool]:
    """Seconds from the kill until the server has what was typed, and whether all that was there before still is."""
    late += page.evaluate("() => window.came") / 1000
    before, now = (parse_qs(each) for each in (view, page.url.partition("?")[2]))
    same = all(now[name] == before[name] for name in before if name not in ("text", "step"))
    return late, same and now["text"] == [f"{before['text'][0]}!"]


async def _well_again(part: Watched, began: float) -> float:
    while part.well.is_set():
        await asyncio.sleep(0.01)
    while not part.well.is_set():
        await asyncio.sleep(0.05)
    return time.perf_counter() - began


def _proxy_time(server: Replicas) -> float:
    """Seconds of processor time of nginx, its workers included."""
    assert server.nginx.process is not None
    pid = server.nginx.process.pid
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(processor_time, (pid, *map(int, workers))))


def _back_again(what: str, many: int, whole: int, seconds: Sequence[float]) -> Line:
    """A row; one view that is not whole misses the budget, however fast."""
    longest = max(seconds) if whole == many == len(seconds) else float("inf")
    return Line((what, f"{many}", f"{whole}", *_times(seconds)), longest, BUDGET_BACK)


def _times(seconds: Sequence[float]) -> tuple[str, str, str]:
    p50, p95, most = np.percentile(list(seconds) or [np.nan], [50, 95, 100])
    return f"{p50:.1f}", f"{p95:.1f}", f"{most:.1f}"


def _line(way: Way, count: int, met: Measured, opened: float, proxy: float, gain: float, seats: Sequence[str]) -> Line:
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
