"""Simulated telephones in a room: each loads the question, draws, asks how things stand, changes its mind once."""

import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

POLL = 2.0
"""Seconds between two times that a telephone asks how things stand, on average."""
JITTER = (0.75, 1.25)
ANSWERS = 2
"""That a telephone sends, one after the other: the last counts."""


@dataclass
class Waits:
    """Seconds that telephones waited, by what for; sentences of those that were refused."""

    question: list[float] = field(default_factory=list)
    answer: list[float] = field(default_factory=list)
    poll: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    reveal: list[float] = field(default_factory=list)
    """From the reveal until a telephone had the answer."""


class Telephone:
    """One, on one connection that stays open.

    Parameters
    ----------
    url : of a server on this machine
    code : of the room
    number : which it is, from which follows what it does and when
    """

    def __init__(self, url: str, code: str, number: int, waits: Waits) -> None:
        self._host = urlsplit(url)
        self._place, self._waits = f"{self._host.path}/room/{code}", waits
        self._browser, self._chance = f"telephone-{number:08}", random.Random(number)

    async def open(self) -> None:
        """Connect."""
        assert self._host.hostname
        self._reader, self._writer = await asyncio.open_connection(self._host.hostname, self._host.port)

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()

    async def take_part(self, seconds: float, revealed: asyncio.Future[float]) -> Any:
        """Answer within so many seconds, change the answer later, and return what came of it after the reveal.

        Parameters
        ----------
        revealed : when the lecturer reveals
        """
        question = await self.ask("question", timed=self._waits.question)
        length = len(question["asked"]["labels"])
        answers = sorted(self._chance.uniform(0, seconds) for _ in range(ANSWERS))
        began = perf_counter()
        while True:
            now = await self.ask("now", timed=self._waits.poll)
            if now.get("revealed"):
                break
            if answers and perf_counter() - began >= answers[0]:
                answers.pop(0)
                curve = [round(self._chance.random(), 2) for _ in range(length)]
                told = {"asking": now["asking"], "browser": self._browser, "prediction": curve}
                await self.ask("answer", told, timed=self._waits.answer)
            await asyncio.sleep(POLL * self._chance.uniform(*JITTER))
        await self.ask("question")
        own = await self.ask("own", {"browser": self._browser})
        self._waits.reveal.append(perf_counter() - await revealed)
        return own

    async def ask(self, name: str, told: Any = None, timed: list[float] | None = None) -> Any:
        """What the room says, or ``{"error": …}``."""
        body = b"" if told is None else json.dumps(told).encode()
        head = f"{'GET' if told is None else 'POST'} {self._place}/{name} HTTP/1.1\r\nHost: {self._host.netloc}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        began = perf_counter()
        self._writer.write(head.encode() + body)
        said = json.loads(await self._answer())
        if timed is not None:
            timed.append(perf_counter() - began)
        if "error" in said:
            self._waits.refused.append(said["error"])
        return said

    async def _answer(self) -> bytes:
        head = await self._reader.readuntil(b"\r\n\r\n")
        lengths = [
            line.partition(b":")[2] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        ]
        return await self._reader.readexactly(int(lengths[0]))


async def show_of_hands(
    url: str, code: str, secret: str, many: int, seconds: float
) -> tuple[Waits, Sequence[Any], Any]:
    """Let telephones answer within so many seconds, then reveal → how they waited, what came of each, the results."""
    waits = Waits()
    lecturer = Telephone(url, code, many, Waits())
    telephones = [Telephone(url, code, number, waits) for number in range(many)]
    await asyncio.gather(*(each.open() for each in (*telephones, lecturer)))
    revealed: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    parts = [asyncio.create_task(each.take_part(seconds, revealed)) for each in telephones]
    await asyncio.sleep(seconds)
    while len(waits.answer) < ANSWERS * many and not waits.refused:
        await asyncio.sleep(POLL / 10)
    await lecturer.ask("reveal", {"secret": secret, "asking": 1})
    revealed.set_result(perf_counter())
    came = await asyncio.gather(*parts)
    results = await lecturer.ask("results", {"secret": secret})
    await asyncio.gather(*(each.close() for each in (*telephones, lecturer)))
    return waits, came, results
