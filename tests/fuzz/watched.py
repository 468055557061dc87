"""Cases of a surface in a process that is watched: where one hangs or ends the process, the next one goes on."""

import multiprocessing
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection

from tests.fuzz.process import bound
from tests.fuzz.reducing import reduced
from tests.fuzz.surface import Surface
from tests.fuzz.trying import Tried, drawn, outcome_of, tried

PATIENCE = 90.0
"""Seconds, on a machine with other things to do, after which a case is given up, and counted as one that hangs."""
BEGINNING = 300.0
"""Seconds in which everything is loaded."""
MOST_REDUCED = 1
"""Cases that are reduced, of those that fail alike."""


def watched(make: Callable[[], Surface], name: str, numbers: Sequence[int], seed: int) -> Iterator[tuple[Tried, str]]:
    """What came of each case, and of one that failed the smallest input that does."""
    context = multiprocessing.get_context("spawn")
    left = list(numbers)
    while left:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(there, make, name, left, seed), daemon=True)
        process.start()
        there.close()
        began, number, kind = False, left[0], "?"
        try:
            while left:
                if not here.poll(PATIENCE if began else BEGINNING):
                    process.kill()
                    raise TimeoutError
                told = here.recv()
                began = True
                if isinstance(told[0], int):
                    number, kind = told
                else:
                    yield told
                    left.remove(number)
        except (EOFError, TimeoutError) as problem:
            if not began:
                raise RuntimeError(f"the process that tries {name} did not start") from problem
            what = f"hung for {PATIENCE:g} s" if isinstance(problem, TimeoutError) else "ended the process"
            yield Tried(number, kind, what, PATIENCE, 0, 0), ""
            left.remove(number)
        process.join()
        here.close()


def _run(connection: Connection, make: Callable[[], Surface], name: str, numbers: Sequence[int], seed: int) -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warnings.simplefilter("ignore")
    bound()
    surface = make()
    surface.begin()
    seen: dict[str, int] = {}
    for number in numbers:
        case = drawn(surface, name, number, seed)
        connection.send((number, case.kind))
        found, small = tried(surface, number, case), ""
        if found.wrong:
            seen[found.signature] = seen.get(found.signature, 0) + 1
            if seen[found.signature] <= MOST_REDUCED and " | " in found.outcome:
                what = found.outcome.partition(" | ")[0]
                small = repr(reduced(case.given, lambda given: outcome_of(surface, given).startswith(what)))  # noqa: B023
            else:
                small = repr(case.given)
            small = small if len(small) <= 600 else small[:600] + " …"
        connection.send((found, small))
    surface.end()
    connection.close()
