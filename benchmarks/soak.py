"""A term of lectures in minutes: sessions that come and go on all pages, and what the server keeps of them."""

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import torch
from safetensors.torch import save
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.report import Line, Section
from benchmarks.visitors import Visitor
from lstm_viz.learning import Plan
from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge.payload import unpack
from tests.driving import ROOT, Server, serve

SESSIONS, AT_ONCE, EDITS = 200, 50, 5000
PAUSE = 6.0
"""Seconds that a reader looks, on average, before the next edit: so long that of those who have left, whom Streamlit
keeps for two minutes, there are as many after 40 % of the edits as later."""
AGAIN = 0.5
"""Seconds after which a reader looks again whether a file is made."""
EVERY = 1.0
"""Seconds between two looks at the server."""
FORGOTTEN = 125.0
"""Seconds after which Streamlit has let go of a session that is not connected."""
WARM, LATE = (0.4, 0.5), (0.75, 0.85)
"""Between which shares of the edits the level is taken after warm-up, which lasts until as many sessions are forgotten
as come, and at the end, while all places are still taken."""
BUDGET = 5.0
"""Percent that the level may rise."""
LIVE = {
    "": "gates",
    "inside_the_cell": "inside",
    "memory_ledger": "ledger",
    "what_if": "what_if",
    "rnn_lstm_gru": "cells_compared",
}
"""Pages with an editor, and their components."""
OTHERS = ("vanishing_gradient", "variant_lab", "build_by_hand", "notes_checked", "start_here", "your_model")
WORDS = [word for example in TASKS["sentiment"].examples for word in example.text.split()]
UPLOADER = "A file with the weights of your model"
LESSON = "4-reading-a-trained-network"


@dataclass
class Done:
    """What was done so far, and what went wrong."""

    edits: int = 0
    sessions: int = 0
    extras: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def count(self, what: str) -> None:
        """One more."""
        self.extras[what] = self.extras.get(what, 0) + 1


@dataclass(frozen=True)
class Look:
    """The server at a moment: edits done until then, memory in MB, and what `counted` says."""

    at: float
    edits: int
    resident: float
    threads: int
    open_files: int
    counted: dict[str, Any]


class Reader:
    """A session from its beginning to its end; all that it does follows from its number."""

    def __init__(self, url: str, number: int, edits: int, done: Done) -> None:
        self.visitor, self.number, self.edits, self.done = Visitor(url), number, edits, done
        self.chance = random.Random(number)
        self.message = 0
        self.menu: dict[str, Any] = {}

    async def live(self) -> None:
        """Come, do everything, and go."""
        await self.visitor.come()
        try:
            extras: list[Callable[[], Coroutine[Any, Any, None]]] = [
                each for each in (self.upload, self.train, self.ask, self.predict, self.look_about) if self._does(each)
            ]
            places = [round((k + 1) * self.edits / (len(extras) + 1)) for k in range(len(extras))]
            component = ""
            for edit in range(self.edits):
                if edit in places:
                    extra = extras[places.index(edit)]
                    self.done.count(extra.__name__)
                    await extra()
                    component = ""
                if not component or not edit % 8:
                    component = await self.turn_to()
                await self.type(component)
                if self.chance.random() < 0.04:
                    await self.take(component, {"id": f"{edit}", "kind": "csv", "theme": "light"})
                    self.done.count("take")
                self.done.edits += 1
                await asyncio.sleep(self.chance.expovariate(1 / PAUSE))
        finally:
            self.done.errors += [f"session {self.number}: {each}" for each in self.visitor.errors]
            await self.visitor.leave()
            self.done.sessions += 1

    def _does(self, extra: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        share = {"upload": 0.25, "train": 0.2, "ask": 0.1, "predict": 0.25, "look_about": 0.5}
        return self.chance.random() < share[extra.__name__]

    def text(self) -> str:
        """Of a few words as a rule, and now and then of hundreds."""
        many = 400 if self.chance.random() < 0.02 else self.chance.randint(3, 60)
        return " ".join(self.chance.choice(WORDS) for _ in range(many))

    async def turn_to(self) -> str:
        """Another page with an editor → its component."""
        page = self.chance.choice([each for each in LIVE if each != self.visitor.page])
        states = {"task": "counting", "checkpoint": self.chance.randrange(400)} if self.chance.random() < 0.1 else {}
        await self.visitor.open(page, **states, text="aaabbb" if states else self.text(), step=0, unit=0)
        return LIVE[page]

    async def type(self, component: str) -> None:
        """Type something else."""
        words = self.header(component)["menu"]["task"] == "sentiment"
        await self.tell(component, ["type", self.text() if words else "ab" * self.chance.randint(1, 30)])

    async def take(self, component: str, asked: dict[str, Any]) -> None:
        """Take something away, asked for until it is made."""
        await self.tell(component, ["take", asked])
        while not self.header(component)["taken"]["made"]:
            await asyncio.sleep(AGAIN)
            await self.tell(component, ["take", asked])
        await self.tell(component, ["take", {"id": asked["id"], "leave": True}])

    async def tell(self, component: str, *actions: Any) -> None:
        """Say what was done, as a page that runs the network itself."""
        self.message += 1
        header = self.header(component)
        about = {"sender": "reader", "number": self.message, "edits": self.message, "before": []}
        has = {**header["parts"], "past": header["history"]["name"]}
        has |= {"runs": has["networks"]} if "networks" in has else {}
        known = {"session": header["session"], "has": has, "actions": actions}
        await self.visitor.tell(component, message=about | known)

    def header(self, component: str) -> dict[str, Any]:
        """What a component was told last; its menu is not told again."""
        header = unpack(self.visitor.bytes_of(component))[0]
        self.menu = header.get("menu") or self.menu
        return {**header, "menu": self.menu}

    async def upload(self) -> None:
        """Open a file of a megabyte, and look at it on two pages."""
        await self.visitor.open("your_model")
        torch.manual_seed(self.number)
        state = torch.nn.LSTM(32, 192 + 16 * self.chance.randrange(8)).state_dict()
        await self.visitor.upload(UPLOADER, f"model-{self.number}.safetensors", save(dict(state)))
        for network in self.header("gates")["networks"].values():
            await self.visitor.ask(network["weights"])
        await self.visitor.open("memory_ledger", task="yours")
        await self.visitor.open("what_if", task="yours", clamps="forget_gate=0.5")

    async def train(self) -> None:
        """Train a network to its end, and open it on another page."""
        plan = Plan(task="parity", units=self.chance.randint(2, 16), length=8, updates=60, seed=self.number + 1)
        await self.visitor.open("watch_it_learn", watch=plan.written)
        await self.visitor.tell("watch", message={"number": 1, "settings": {}, "act": {"id": 1, "what": "begin"}})
        where = unpack(self.visitor.bytes_of("watch"))[0]["training"]["address"]
        news: dict[str, Any] = {"goesOn": True, "number": "", "state": ""}
        while news["goesOn"]:
            known = f"number={news['number']}&state={news['state']}"
            news = unpack((await self.visitor.ask(f"{where}/news?{known}"))[1])[0]
        act = {"id": 2, "what": "open", "lane": 0, "page": "inside_the_cell"}
        await self.visitor.tell("watch", message={"number": 2, "settings": {}, "act": act})
        await self.visitor.open("rnn_lstm_gru", task="trained", text="0110", checkpoint=10)

    async def ask(self) -> None:
        """Have a room answer."""
        await self.visitor.open("lessons", lesson=LESSON, at=1)
        question = self.visitor.json_of("room")["question"]
        await self.visitor.tell("room", message={"question": question, "act": "ask", "id": "1"})
        room = self.visitor.json_of("room")["room"]
        if room is None:  # as many are open as there may be
            return
        for k in range(20):
            told = {"asking": 1, "browser": f"telephone-{self.number:06}-{k:02}", "prediction": k % 3}
            await self.visitor.ask(f"room/{room['code']}/answer", told)
        told = {"secret": room["secret"], "asking": 1}
        for name in ("reveal", "results", "close") if self.number % 3 else ("reveal",):
            await self.visitor.ask(f"room/{room['code']}/{name}", told)

    async def predict(self) -> None:
        """Answer a question of a lesson."""
        await self.visitor.open("lessons", lesson=LESSON, at=9)
        asked = self.visitor.json_of("prediction")
        guessed = {"question": asked["question"], "prediction": self.chance.random()}
        await self.visitor.tell("prediction", submitted=guessed)

    async def look_about(self) -> None:
        """Pages without an editor."""
        for page in self.chance.sample(OTHERS, 2):
            await self.visitor.open(page, **({"networks": "fresh", "length": 200} if page == OTHERS[0] else {}))
            if "Seed" in self.visitor.there:
                await self.visitor.use("Seed", self._seed)

    def _seed(self, widget: WidgetState) -> None:
        widget.int_value = self.number


async def term(
    server: Server, counts: Path, *, sessions: int = SESSIONS, at_once: int = AT_ONCE, edits: int = EDITS
) -> tuple[list[Look], Done]:
    """Let sessions come and go until so many edits are done; look at the server meanwhile, and after all have gone."""
    done, looks = Done(), [look(server, counts, Done())]
    draw = random.Random(0)
    each = edits // sessions
    waiting = [Reader(server.url, k, each, done) for k in reversed(range(sessions))]

    async def seat(first: float) -> None:
        await asyncio.sleep(first)
        while waiting:
            reader = waiting.pop()
            try:
                await reader.live()
            except Exception as error:  # what happens to one is counted
                done.errors.append(f"session {reader.number}: {error!r}")

    async def watch() -> None:
        while True:
            await asyncio.sleep(EVERY)
            looks.append(look(server, counts, done))

    watching = asyncio.create_task(watch())
    # Those who are there first come one after the other, and so do they go.
    await asyncio.gather(*(seat(draw.uniform(0, each * PAUSE)) for _ in range(at_once)))
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return looks, done


def look(server: Server, counts: Path, done: Done) -> Look:
    """The server now."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{server.pid}/status").read_text().splitlines() if ":" in line
    )
    files = len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
    counted = json.loads(counts.read_text()) if counts.exists() else {}
    resident = int(status["VmRSS"].split()[0]) * 1024 / 1e6
    return Look(time.monotonic(), done.edits, resident, int(status["Threads"]), files, counted)


def levels(looks: Sequence[Look]) -> tuple[float, float]:
    """Resident memory after warm-up and at the end, each the median of a part of the run."""
    last = looks[-1].edits
    early = [each.resident for each in looks if WARM[0] * last <= each.edits <= WARM[1] * last]
    late = [each.resident for each in looks if LATE[0] * last <= each.edits <= LATE[1] * last]
    return median(early), median(late)


def measure(*, sessions: int = SESSIONS, at_once: int = AT_ONCE, edits: int = EDITS) -> Section:
    """Soak a server, then let everybody go and wait until it has forgotten them."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        command = ("-m", "benchmarks.counted", str(counts), "run")
        with serve(ROOT / "app.py", command=command) as server:
            asyncio.run(_one(server.url))
            time.sleep(2 * EVERY)
            began = look(server, counts, Done())
            looks, done = asyncio.run(term(server, counts, sessions=sessions, at_once=at_once, edits=edits))
            time.sleep(FORGOTTEN)
            # Streamlit lets go of those whose time is over when the next one leaves.
            asyncio.run(_one(server.url))
            time.sleep(FORGOTTEN)
            asyncio.run(_one(server.url))
            time.sleep(3 * EVERY)
            after = look(server, counts, done)
            for error, many in sorted({each.partition(": ")[2]: 0 for each in done.errors}.items()):
                print(f"{sum(error in each for each in done.errors) + many} times: {error[:300]}")
            print(server.tracebacks()[:4000], end="")
    early, late = levels(looks)
    rows = [("begun", began), *((f"{share:.0%}", _at(looks, share)) for share in (0.2, 0.4, 0.6, 0.8, 1.0))]
    lines = [Line(_cells(name, each)) for name, each in [*rows, ("all gone", after)]]
    rise = 100 * (late / early - 1)
    levelled = (f"level: {early:.0f} → {late:.0f} MB, {rise:+.1f} %", *("–" for _ in _COLUMNS[1:]))
    lines.append(Line(levelled, max(0.0, round(rise, 1)), BUDGET))
    extras = ", ".join(f"{many} {name}" for name, many in sorted(done.extras.items()))
    return Section(
        "Soak",
        f"{done.edits:,} edits in {done.sessions} sessions, about {at_once} at a time, on all pages, and among them "
        f"{extras}; {looks[-1].at - looks[0].at:.0f} s, {len(done.errors)} errors. Resident memory of the server: the "
        f"median between {LATE[0]:.0%} and {LATE[1]:.0%} of the edits against that between {WARM[0]:.0%} and "
        f"{WARM[1]:.0%}. “All gone”: after Streamlit has let go of the last session.",
        _COLUMNS,
        lines,
    )


_COLUMNS = (
    *("edits", "resident, MB", "threads", "open files", "connected", "sessions kept", "remembered, MB"),
    *("uploads, MB", "trained, MB", "trainings", "own files", "jobs", "rooms"),
)


def _cells(name: str, now: Look) -> tuple[str, ...]:
    kept = [now.counted.get(each, "–") for each in ("connected", "kept")]
    sizes = [f"{now.counted.get(each, 0):.1f}" for each in ("remembered", "uploads", "trained")]
    many = [str(now.counted.get(each, "–")) for each in ("trainings", "own files", "jobs", "rooms")]
    return (name, f"{now.resident:.0f}", str(now.threads), str(now.open_files), *map(str, kept), *sizes, *many)


def _at(looks: Sequence[Look], share: float) -> Look:
    return next(each for each in looks if each.edits >= share * looks[-1].edits)


async def _one(url: str) -> None:
    """Somebody who looks in."""
    visitor = await Visitor(url).come()
    await visitor.ask("assets/none")
    await visitor.open("", text="a warm film")
    await visitor.leave()
