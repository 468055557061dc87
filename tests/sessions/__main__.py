"""``python -m tests.sessions``: two sessions beside each other, and servers that do not keep them apart."""

import argparse
import asyncio
from collections.abc import Callable

from benchmarks.report import Line, Section
from tests.sessions.acts import ACTS
from tests.sessions.mutated import MUTANTS
from tests.sessions.together import Found, Servers, scenario, servers


def played(at: Servers, seeds: range, until: Callable[[Found], bool]) -> list[Found]:
    """One scenario after the other, until one is enough."""
    found: list[Found] = []
    for seed in seeds:
        found.append(asyncio.run(scenario(at, seed)))
        if until(found[-1]):
            break
    return found


def line(name: str, found: list[Found]) -> Line:
    """A row, with the first leak printed below nothing else."""
    leaks = [leak for each in found for leak in each.leaks]
    for leak in leaks[:3]:
        print(f"{name}: {leak[:400]}", flush=True)
    searched = sum(each.searched for each in found) / 1e6
    marks = sum(each.marks for each in found)
    acts = sum(each.acts for each in found)
    return Line((name, f"{len(found)}", f"{acts}", f"{searched:.0f}", f"{marks}", f"{len(leaks)}"))


def main() -> None:
    """Play, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.sessions")
    parser.add_argument("--scenarios", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", nargs="*", choices=list(MUTANTS), help="without names, all")
    given = parser.parse_args()
    seeds = range(given.seed, given.seed + given.scenarios)
    lines = []
    if given.mutants is None:
        with servers() as at:
            lines.append(line("the app", played(at, seeds, lambda found: False)))
    for name in list(MUTANTS) if given.mutants == [] else given.mutants or ():
        with servers(("-m", "tests.sessions.mutated", name, "run")) as at:
            lines.append(line(name, played(at, seeds, lambda found: bool(found.leaks))))
    about = (
        f"Two sessions do {len(ACTS)} things each on one server, in an order by lot, by turns or at once; each does "
        "the same alone on a server of its own. Differences between what they are answered, and marks of one (words, "
        "weights, secrets) in what the other is sent, are leaks. Mutants are servers with one key or secret spoilt."
    )
    columns = ("server", "scenarios", "acts", "MB searched", "marks", "leaks")
    print(Section("Apart", about, columns, lines).markdown())


if __name__ == "__main__":
    main()
