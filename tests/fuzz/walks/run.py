"""Many walks one after the other in one browser, and their table."""

import random
import tempfile
from dataclasses import dataclass

from playwright.sync_api import Error, sync_playwright

from tests.driving import ROOT, chromium, serve
from tests.fuzz.walks.walk import Walk


@dataclass(frozen=True)
class Walked:
    """What came of a walk."""

    number: int
    done: tuple[str, ...]
    wrong: str
    slowest: float
    memory: float


def walked(walk: Walk, number: int, seed: int, steps: int) -> Walked:
    """Take the walk with a number."""
    try:
        walk.take(random.Random(f"walk {seed} {number}"), steps)
    except Error as error:
        walk.wrong = walk.wrong or f"did not come to rest: {str(error).splitlines()[0][:160]}"
    return Walked(number, tuple(walk.done), walk.wrong, walk.slowest, walk.memory)


def run(walks: int, steps: int, seed: int, first: int = 0) -> int:
    """Take them all, tell of each that fails, and print the table → how many failed."""
    found: list[Walked] = []
    with serve(ROOT / "app.py") as server, sync_playwright() as playwright, tempfile.TemporaryDirectory() as kept:
        context = playwright.chromium.launch_persistent_context(
            kept, **chromium(), viewport={"width": 1440, "height": 900}
        )
        for number in range(first, first + walks):
            each = walked(Walk(server, context), number, seed, steps)
            found.append(each)
            if each.wrong:
                how = f"python -m tests.fuzz walks --walk {number} --actions {steps} --seed {seed}"
                print(f"{how}  # {each.wrong}", flush=True)
                print("".join(f"    {k}. {done}\n" for k, done in enumerate(each.done, 1)), flush=True)
            elif number % 10 == 9:
                print(table(found, steps, seed), flush=True)
        context.close()
    print(table(found, steps, seed), flush=True)
    return sum(bool(each.wrong) for each in found)


def table(found: list[Walked], steps: int, seed: int) -> str:
    """What came of them, in Markdown."""
    rows = [
        ("walks", "steps of each", "steps in all", "failed", "longest task of a page", "most memory of a page"),
        ("--:",) * 6,
        (
            f"{len(found):,}",
            f"{steps}",
            f"{sum(len(each.done) for each in found):,}",
            f"{sum(bool(each.wrong) for each in found)}",
            f"{max(each.slowest for each in found):.1f} s",
            f"{max(each.memory for each in found):.0f} MB",
        ),
    ]
    return f"Seed {seed}.\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)
