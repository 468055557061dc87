"""Many walks one after the other in one browser, and their table."""

import math
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from multiprocessing import get_context

from playwright.sync_api import Error, sync_playwright

from benchmarks.report import RESULTS, Line, Section, put
from tests.driving import ROOT, chromium, serve
from tests.fuzz.report import now
from tests.fuzz.walks.walk import HANGS, LARGEST, Walk

TITLE = "Random walks"
METHOD = (
    "In a real browser, over all pages: anything is pressed, typed into, dragged, scrolled and uploaded to, with back, "
    "forward, reload, two tabs, windows from 320 to 2560 pixels, and a network that is cut. After each step, a walk "
    "fails on an exception box, a traceback in the server’s log, an error in the console, or a page that computes for "
    f"{HANGS:g} s; at its end where the page holds {LARGEST:g} MB, or its address shows another view when it is loaded "
    "again. Counted apart is what Streamlit’s own page notes in the console of an upload that is cancelled, and of a "
    "download’s file that it looks for once its page was left. The longest task is by the clock, on a machine with "
    "other things to do."
)
COLUMNS = (
    "walked",
    "steps of each",
    "steps in all",
    "longest task of a page",
    "most memory of a page",
    "Streamlit’s notes",
    "ended, UTC",
    "failed",
)


@dataclass(frozen=True)
class Walked:
    """What came of a walk."""

    number: int
    done: tuple[str, ...]
    wrong: str
    slowest: float
    memory: float
    noted: int


def walked(walk: Walk, number: int, seed: int, steps: int) -> Walked:
    """Take the walk with a number."""
    try:
        walk.take(random.Random(f"walk {seed} {number}"), steps)
    except Error as error:
        walk.wrong = walk.wrong or f"did not come to rest: {str(error).splitlines()[0][:160]}"
    return Walked(number, tuple(walk.done), walk.wrong, walk.slowest, walk.memory, walk.noted)


def run_beside(at_once: int, numbers: Sequence[int], steps: int, seed: int, minutes: float) -> list[Walked]:
    """`run`, in so many processes, each with a browser and a server of its own."""
    with ProcessPoolExecutor(at_once, get_context("spawn")) as pool:
        running = [pool.submit(run, numbers[k::at_once], steps, seed, minutes) for k in range(at_once)]
        return [walked for each in running for walked in each.result()]


def run(numbers: Sequence[int], steps: int, seed: int, minutes: float = math.inf) -> list[Walked]:
    """Take them all, or as many as are begun in so many minutes, and tell of each that fails."""
    found: list[Walked] = []
    with serve(ROOT / "app.py") as server, sync_playwright() as playwright, tempfile.TemporaryDirectory() as kept:
        context = playwright.chromium.launch_persistent_context(
            kept, **chromium(), viewport={"width": 1440, "height": 900}
        )
        for number in begun(numbers, minutes):
            began = time.monotonic()
            each = walked(Walk(server, context), number, seed, steps)
            found.append(each)
            if each.wrong:
                how = f"python -m tests.fuzz walks --walk {number} --actions {steps} --seed {seed}"
                print(f"{how}  # {each.wrong}", flush=True)
                print("".join(f"    {k}. {done}\n" for k, done in enumerate(each.done, 1)), flush=True)
            else:
                print(f"{number}: {len(each.done)} steps in {time.monotonic() - began:.0f} s", flush=True)
        context.close()
    return found


def begun(numbers: Iterable[int], minutes: float, clock: Callable[[], float] = time.monotonic) -> Iterator[int]:
    """Those that are begun before so many minutes are over."""
    give_up = clock() + 60 * minutes
    return takewhile(lambda _: clock() < give_up, numbers)


def table(found: list[Walked], wanted: int, steps: int, seed: int) -> str:
    """What came of them, in Markdown."""
    failed = sum(bool(each.wrong) for each in found)
    cells = (
        f"{len(found):,} of {wanted:,}",
        f"{steps}",
        f"{sum(len(each.done) for each in found):,}",
        f"{max((each.slowest for each in found), default=0.0):.1f} s",
        f"{max((each.memory for each in found), default=0.0):.0f} MB",
        f"{sum(each.noted for each in found)}",
        now(),
        f"{failed}",
    )
    how = f"python -m tests.fuzz walks --walks {wanted} --actions {steps} --seed {seed}"
    return Section(TITLE, METHOD, COLUMNS, [Line(cells, failed, 0)]).markdown(f"`{how}`.")


def keep(table: str) -> None:
    """Write it into the results."""
    RESULTS.write_text(put(RESULTS.read_text(encoding="utf-8"), table), encoding="utf-8")
