"""Simulated students: each opens the page once, then types in bursts and rests between them."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter, thread_time
from urllib.parse import urlencode

from benchmarks.live import STEPS
from benchmarks.memory import Processes, resident
from benchmarks.tabs import Tab
from lstm_viz.tasks import TASKS

MOST_STUDENTS, LONGEST = 300, 120.0
"""Students at a time, and seconds that they type, at most."""
OPENING = 4
"""How many open the page at a time."""
BURST, GAP = 8, 0.15
"""Keys in a burst, and seconds between them."""
REST = (2.0, 4.0)
"""Seconds that a student rests after a burst, at least and at most; with the bursts, two keys a second."""
PAUSE = 0.25
"""Seconds without a key after which a page that runs the network tells the server of the text."""
SETTLE = 4.0
"""Seconds of typing that are not measured, until the students are out of step."""
BASE = STEPS - 10
"""Words that stand there from the start; a student writes on until there are `STEPS`, and begins again."""


@dataclass(frozen=True)
class Measured:
    """What some students met while they typed: seconds, messages each way, and bytes from the server.

    ``waits``: from each rest to its words; ``server`` and ``client``: processor time; ``resident``: the server's memory
    in MB.
    """

    students: int
    seconds: float
    waits: Sequence[float]
    messages: int
    received: int
    server: float
    client: float
    resident: float
    errors: Sequence[str]


def bursts(student: int) -> Iterator[list[str]]:
    """Burst after burst, the text after each of its keys; no two students write at the same word."""
    words = [word for example in TASKS["sentiment"].examples for word in example.text.split()]
    start = student % len(words)
    mine = (words[start:] + words[:start]) * STEPS
    base, more = " ".join(mine[:BASE]) + " ", " ".join(mine[BASE:STEPS])
    for burst in count():
        done = burst * BURST % (len(more) // BURST * BURST)
        yield [base + more[: done + key] for key in range(1, BURST + 1)]


def first_text(student: int) -> str:
    """What a student's page is opened with."""
    return next(bursts(student))[0][:-2]


def taken_by(server: Processes) -> float:
    """Seconds of processor time that a server's processes have taken so far."""
    return sum(map(processor_time, server.pids))


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has taken so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Classroom:
    """The students of one server, of whom more can come in; one event loop has them all.

    Parameters
    ----------
    make : a tab that is not open yet
    every_key : whether a page tells the server of every key, as it does where it cannot run the network
    """

    def __init__(self, server: Processes, make: Callable[[], Tab], *, every_key: bool):
        self.server, self.make, self.every_key = server, make, every_key
        self.tabs: list[Tab] = []

    async def come_in(self, students: int) -> float:
        """Let students open the page until there are so many; return how many seconds that took."""
        began, door = perf_counter(), asyncio.Semaphore(OPENING)

        async def enter(student: int) -> Tab:
            async with door:
                return await self.make().open(urlencode({"text": first_text(student), "step": 0, "unit": 0}))

        self.tabs += await asyncio.gather(*(enter(student) for student in range(len(self.tabs), students)))
        return perf_counter() - began

    async def write(self, seconds: float) -> Measured:
        """Let all type for a while, and measure all but its beginning."""
        until = perf_counter() + SETTLE + seconds
        typing = [asyncio.create_task(self._write(k, tab, until)) for k, tab in enumerate(self.tabs)]
        await asyncio.sleep(SETTLE)
        for tab in self.tabs:
            tab.forget()
        began, server, client = perf_counter(), taken_by(self.server), thread_time()
        await asyncio.gather(*typing)
        return Measured(
            students=len(self.tabs),
            seconds=perf_counter() - began,
            waits=[wait for tab in self.tabs for wait in tab.waits],
            messages=sum(tab.messages for tab in self.tabs),
            received=sum(tab.received for tab in self.tabs),
            server=taken_by(self.server) - server,
            client=thread_time() - client,
            resident=resident(self.server),
            errors=[error for tab in self.tabs for error in tab.errors],
        )

    async def _write(self, student: int, tab: Tab, until: float) -> None:
        """One student; what is under way at the end is waited for."""
        chance = random.Random(student)
        await asyncio.sleep(chance.uniform(0, SETTLE))
        for texts in bursts(student):
            for key, text in enumerate(texts):
                last = key == BURST - 1
                if self.every_key:
                    await tab.say(text, timed=last)
                await asyncio.sleep(PAUSE if last else GAP)
            if not self.every_key:
                await tab.say(texts[-1], timed=True)
            rest = chance.uniform(*REST) - PAUSE
            if perf_counter() + rest > until:
                break
            await asyncio.sleep(rest)
        await tab.answered_all()

    async def leave(self) -> None:
        """Close every tab."""
        await asyncio.gather(*(tab.close() for tab in self.tabs))
