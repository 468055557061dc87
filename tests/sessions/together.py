"""Two readers on one server, and each alone on one of their own: what they are told has to be the same."""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.visitors import Visitor
from tests.driving import ROOT, STREAMLIT, serve
from tests.sessions.acts import ACTS, Act, Reader

NAMES = ("zyzzyva", "quokkas")


@dataclass(frozen=True)
class Servers:
    """Addresses: of one for both, and of one for each alone."""

    together: str
    alone: tuple[str, str]


@dataclass(frozen=True)
class Found:
    """What a scenario showed.

    Attributes
    ----------
    acts : how many were done by two who share a server
    searched : bytes that they were sent, in which the other's marks were looked for
    marks : how many of those there were
    leaks : a sentence for each difference, and for each mark that the other was sent
    """

    acts: int
    searched: int
    marks: int
    leaks: Sequence[str]


@contextmanager
def servers(command: tuple[str, ...] = STREAMLIT) -> Iterator[Servers]:
    """Three of the app's own servers.

    Parameters
    ----------
    command : what the one for both is started with
    """
    with ExitStack() as running:
        warm = command == STREAMLIT
        both = running.enter_context(serve(ROOT / "app.py", command=command, warm=warm))
        one, other = (running.enter_context(serve(ROOT / "app.py", warm=True)) for _ in NAMES)
        yield Servers(both.url, (one.url, other.url))
        problems = "".join(each.tracebacks() for each in ((both, one, other) if warm else (one, other)))
        assert not problems, problems


async def scenario(at: Servers, seed: int, acts: int = len(ACTS)) -> Found:
    """Let both do so many things each, in an order by lot: by turns, or of an odd seed whenever each is ready."""
    draw = random.Random(seed)
    chosen = draw.sample(ACTS, acts)
    plans = [draw.sample(chosen, acts) for _ in NAMES]
    alone = await asyncio.gather(*(_alone(url, k, seed, plans[k]) for k, url in enumerate(at.alone)))
    readers = [await reader_at(at.together, k, seed) for k in range(2)]
    heard: list[list[Any]] = [[], []]
    if seed % 2:

        async def go(k: int) -> None:
            for act in plans[k]:
                heard[k].append(await _done(act, readers[k]))

        await asyncio.gather(go(0), go(1))
    else:
        for k in draw.sample([0, 1] * acts, 2 * acts):
            heard[k].append(await _done(plans[k][len(heard[k])], readers[k]))
    leaks = [
        f"seed {seed}: {NAMES[k]}, {act.__name__}: {_difference(wanted, found)}"
        for k in range(2)
        for act, wanted, found in zip(plans[k], alone[k], heard[k], strict=True)
        if wanted != found
    ]
    searched = [b"".join(reader.visitor.heard) for reader in readers]
    for k, reader in enumerate(readers):
        sent = [mark for mark in reader.marks if mark in searched[1 - k]]
        leaks += [f"seed {seed}: {NAMES[1 - k]} was sent {mark!r} of {NAMES[k]}" for mark in sent]
        assert reader.visitor.session.encode() in searched[k], "where nothing was heard, nothing is found"
        await reader.visitor.leave()
    return Found(2 * acts, sum(map(len, searched)), sum(len(reader.marks) for reader in readers), leaks)


async def reader_at(url: str, k: int, seed: int) -> Reader:
    """One of the two, with a seed of their own."""
    visitor = await Visitor(url, keeps=True).come()
    # From the first request on the server knows that addresses can be had.
    await visitor.ask("assets/none")
    return Reader(visitor, f"{NAMES[k]}{seed}", 2 * seed + k, [0.37, 0.81][k])


async def _done(act: Act, reader: Reader) -> Any:
    """What is answered; where another has made it impossible, why."""
    try:
        return await act(reader)
    except Exception as error:
        return f"could not be done: {error!r}"


async def _alone(url: str, k: int, seed: int, plan: Sequence[Act]) -> list[Any]:
    reader = await reader_at(url, k, seed)
    heard = [await act(reader) for act in plan]
    await reader.visitor.leave()
    return heard


def _difference(wanted: Any, found: Any) -> str:
    """Where two answers part."""
    one, other = json.dumps(wanted), json.dumps(found)
    at = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - 60)
    return f"alone … {one[start : at + 60]!r}, beside another … {other[start : at + 60]!r}"
