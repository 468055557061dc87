"""``python -m tests.fuzz [SURFACE …] --cases 10000 --seed 1``: a table of what came of random and hostile inputs.

``--case N`` tries one case alone and shows its traceback; ``walks`` walks through the app in a browser.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from functools import partial

from benchmarks.report import Line
from tests.fuzz import report
from tests.fuzz.surfaces import SURFACES
from tests.fuzz.trying import drawn
from tests.fuzz.watched import watched


def main() -> int:
    """Try what is named, print its table, and fail where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Random, damaged and hostile inputs.")
    parser.add_argument(
        "surfaces", nargs="*", metavar="SURFACE", help=f"any of: {', '.join(SURFACES)} (default: all), or walks"
    )
    parser.add_argument("--cases", type=int, default=10_000, help="of each surface")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="try this case alone, in this process")
    parser.add_argument("--keep", action="store_true", help="write what comes of it into benchmarks/RESULTS.md")
    parser.add_argument("--walks", type=int, default=500, help="for walks: how many")
    parser.add_argument("--walk", type=int, help="for walks: this one alone")
    parser.add_argument("--actions", type=int, default=40, help="for walks: steps of each")
    parser.add_argument("--at-once", type=int, default=1, help="for walks: so many beside each other")
    parser.add_argument("--minutes", type=float, default=math.inf, help="for walks: begin none after so many")
    given = parser.parse_args()
    if given.surfaces == ["walks"]:
        return walked(given)
    chosen = given.surfaces or [*SURFACES]
    if wrong := sorted(set(chosen) - set(SURFACES)):
        parser.error(f"no surface named {', '.join(wrong)}; there are {', '.join(SURFACES)}")
    if given.case is not None:
        return replayed(chosen[0], given.case, given.seed)
    how = f"python -m tests.fuzz --cases {given.cases} --seed {given.seed}"
    lines = []
    for name in chosen:
        lines.append(tried_all(name, range(given.cases), given.seed))
        if given.keep:
            report.keep(lines, how, [each.title for each in SURFACES.values()])
    print(report.table(lines, how), flush=True)
    return int(any(line.measured for line in lines))


def walked(given: argparse.Namespace) -> int:
    """Walk, and say how far."""
    from tests.fuzz.walks.run import keep, run_beside, table

    numbers = range(given.walks) if given.walk is None else [given.walk]
    found = run_beside(min(given.at_once, len(numbers)), numbers, given.actions, given.seed, given.minutes)
    said = table(found, given.walks, given.actions, given.seed)
    print(said, flush=True)
    if given.keep:
        keep(said)
    return int(any(each.wrong for each in found))


def tried_all(name: str, numbers: Sequence[int], seed: int) -> Line:
    """Try a surface, telling of what goes wrong as it does."""
    found = []
    told: dict[str, int] = {}
    for each, small in watched(partial(SURFACES[name]), name, numbers, seed):
        found.append(each)
        if each.wrong:
            told[each.signature] = told.get(each.signature, 0) + 1
            if told[each.signature] <= 2:
                print(
                    f"{name} --case {each.number} --seed {seed}  # {each.kind}: {each.outcome}\n    {small}", flush=True
                )
    line = report.line(SURFACES[name].title, found)
    print(" | ".join(line.cells), flush=True)
    return line


def replayed(name: str, number: int, seed: int) -> int:
    """Try one case where a debugger can look on."""
    surface = SURFACES[name]()
    surface.begin()
    case = drawn(surface, name, number, seed)
    print(f"{case.kind}: {case.given!r:.2000}")
    began = surface.clock()
    said = surface.attempt(case.given)
    print(f"{said or 'taken'}\n{surface.clock() - began:.2f} s")
    surface.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
