"""A class that loses its Wi-Fi: all dropped at once, and back within 20 s, each with what it had and typed meanwhile.

Streamlit keeps at most 128 sessions whose connection is gone, for 120 s. Of a larger class, the others come back to
sessions that know nothing of them.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import parse_qs, urlencode

from benchmarks.lines import Air
from benchmarks.memory import resident
from benchmarks.report import Line, Section, percentiles
from benchmarks.students import MOST_STUDENTS, OPENING
from benchmarks.tabs import Action, AppTab
from lstm_viz.tasks import TASKS
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.settings.link import from_query, query_string
from tests.driving import ROOT, Server, free_port, serve

STUDENTS = (60, 300)
PAGES = ("", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
AWAY = (5.0, 16.0)
"""Seconds after which a student's network is there again; the connection follows within four."""
GIVE_UP = 400.0
"""Seconds after which a view counts as lost."""
WORDS = sorted({word for example in TASKS["sentiment"].examples for word in example.text.lower().split()})


@dataclass
class Student:
    """One of the class.

    Attributes
    ----------
    tab : on a page of its own view
    had : what was on show when the connection broke, and what could be undone
    typed : what was done while it was broken
    back : when the network was there again, and when the view was, since the connection broke, in s
    """

    number: int
    tab: AppTab
    chance: random.Random = field(init=False)
    had: State = field(default_factory=State)
    typed: Sequence[Action] = ()
    back: tuple[float, float] = (0.0, float("inf"))

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)

    def words(self, many: int) -> str:
        """Some words that hardly anyone else writes."""
        return " ".join(self.chance.choices(WORDS, k=many))

    async def open(self) -> None:
        """Open a page at a view of one's own, and type there."""
        step, unit = self.chance.randrange(8), self.chance.randrange(32)
        query = {"text": self.words(12), "step": step, "unit": unit, "clamps": f"forget_gate 0.25 u{unit} t{step}"}
        await self.tab.open(urlencode(query), PAGES[self.number % len(PAGES)])
        await self.tab.say(self.tab.told["text"] + " " + self.words(1), timed=False)
        await self.tab.answered_all()

    async def lose(self) -> None:
        """Be cut off, go on typing, and wait until the view is there again with all of it."""
        tab, away = self.tab, self.chance.uniform(*AWAY)
        settings, _ = from_query(parse_qs(tab.told["query"], keep_blank_values=True))
        self.had = State(settings, tuple(tab.past), tuple(tab.future))
        self.typed = [
            ["type", tab.told["text"] + " " + self.words(2)],
            ["set", {"step": self.chance.randrange(8), "notation": "udacity"}],
            ["hold", "input_gate", "1", str(self.chance.randrange(32)), "all"],
            ["example", self.words(10)],
        ][: self.chance.randrange(5)]
        began = perf_counter()
        tab.line.air.there = False
        tab.cut()
        heard = tab.answers
        for action in self.typed:
            await asyncio.sleep(away / 5)
            await tab.say([action], timed=False)
        await asyncio.sleep(max(0.0, away - (perf_counter() - began)))
        tab.line.air.there = True
        there = perf_counter() - began
        while perf_counter() - began < GIVE_UP and not tab.errors:
            await asyncio.sleep(0.02)
            if tab.came_back and tab.settled and tab.answers > heard and tab.line.connected:
                self.back = there, perf_counter() - began
                return

    def wrong(self) -> str:
        """What of the view is not as it was, with all that was done since; nothing where all is."""
        if self.tab.errors:
            return self.tab.errors[0]
        if self.back[1] == float("inf"):
            return f"not back after {GIVE_UP:g} s"
        wanted = reduce(self.had, self.typed, Rules(**self.tab.told["rules"]))
        if query_string(wanted.settings) != self.tab.told["query"]:
            return f"{self.tab.told['query']} in the place of {query_string(wanted.settings)}"
        if (list(wanted.past), list(wanted.future)) != (self.tab.past, self.tab.future):
            return f"{len(self.tab.past)} changes to undo in the place of {len(wanted.past)}"
        return ""


async def attend(url: str, many: int, meanwhile: Callable[[], None]) -> list[Student]:
    """Let a class open its pages, be cut off and come back; meanwhile: called once all have lost the connection."""
    students = [Student(number, AppTab(url, Air(), runs=True)) for number in range(many)]
    door = asyncio.Semaphore(OPENING)

    async def enter(student: Student) -> None:
        async with door:
            await student.open()

    await asyncio.gather(*map(enter, students))
    losing = [asyncio.create_task(student.lose()) for student in students]
    await asyncio.sleep(1)
    await asyncio.to_thread(meanwhile)
    await asyncio.gather(*losing)
    await asyncio.gather(*(student.tab.close() for student in students))
    return students


def measure(students: Sequence[int] = STUDENTS) -> Section:
    """Drop a class, and have it come back to the same server, and to one that was started anew.

    Parameters
    ----------
    students : how many, each time; at most `MOST_STUDENTS`
    """
    if wrong := [many for many in students if not 0 < many <= MOST_STUDENTS]:
        raise ValueError(f"{wrong[0]} students: expected 1 to {MOST_STUDENTS}")
    lines = [_line(many, anew=False) for many in students] + [_line(max(students), anew=True)]
    method = (
        "Simulated students on this machine, each with a text, a step, a unit and clamps of its own, on five pages. "
        "All connections are cut at once, without a word; each student's network is there again after "
        f"{AWAY[0]:g} to {AWAY[1]:g} s, and the connection when Streamlit's front end tries next, within 4 s. "
        "Meanwhile each does none to four things: types, chooses a step, holds a gate, opens an example. A view is "
        "restored when the settings in the server's answer and all that can be undone are what the reducer makes of "
        "what the student had and did. Seconds from when the network was there again until then. “Taken down” counts "
        "pages that the front end would have removed and built anew."
    )
    columns = (
        *("students", "resumed", "as new sessions", "views restored", "restored p50, s", "p95, s", "max, s"),
        *("all, s after the cut", "memory before, MB", "after, MB", "taken down", "tracebacks"),
    )
    return Section("A class that loses its Wi-Fi", method, columns, lines)


def _line(many: int, *, anew: bool) -> Line:
    """One row: a class of so many, whose server is started anew meanwhile, or not."""
    port = free_port()
    memory: list[float] = []
    with ExitStack() as first, ExitStack() as second:
        servers: list[Server] = [first.enter_context(serve(ROOT / "app.py", port=port))]

        def meanwhile() -> None:
            memory.append(resident(servers[-1]))
            if anew:
                first.close()
                servers.append(second.enter_context(serve(ROOT / "app.py", port=port)))

        there = asyncio.run(attend(servers[0].url, many, meanwhile))
        memory.append(resident(servers[-1]))
        raised = sum(server.tracebacks().count("Traceback") for server in servers[-1:])
    wrong = [said for student in there if (said := student.wrong())]
    for said, times in Counter(wrong).most_common(5):
        print(f"{many} students, {times} times: {said}")
    waits = [view - network for network, view in (student.back for student in there)]
    p50, p95 = percentiles(waits)
    cells = (
        f"{many}, the server started anew" if anew else f"{many}",
        f"{sum(student.tab.resumed > 0 for student in there)}",
        f"{sum(student.tab.anew > 0 for student in there)}",
        f"{many - len(wrong)}",
        *(f"{each:.1f}" for each in (p50, p95, max(waits), max(student.back[1] for student in there))),
        *(f"{each:.0f}" for each in memory),
        f"{sum(student.tab.removed for student in there)}",
        f"{raised}",
    )
    return Line(cells, float(len(wrong) + raised), 0.0)
