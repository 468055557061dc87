"""``python -m benchmarks [NAME …] [--keep]``: measure, print, and write into ``RESULTS.md`` what is to be kept."""

import argparse
import os
from collections.abc import Callable
from functools import partial

from playwright.sync_api import sync_playwright

from benchmarks import (
    accessible,
    beside_training,
    capture,
    cold_start,
    drops,
    fair,
    fallback,
    formats,
    gradients,
    lessons,
    live,
    load,
    memory,
    parity,
    presets,
    replicas,
    rests,
    rooms,
    sizing,
    soak,
    stepping,
    tasks,
    transfer,
    upload,
    what_if,
)
from benchmarks.report import RESULTS, Section, begun_anew, occasion, put
from tests.driving import find_browser, launch

IN_PROCESS = {
    "capture": capture.measure,
    "drops": drops.measure,
    "fair": fair.measure,
    "formats": formats.measure,
    "gradients": gradients.measure,
    "loading": tasks.loading,
    "pace": presets.pace,
    "presets": presets.measure,
    "rooms": rooms.measure,
    "soak": soak.measure,
    "upload": upload.measure,
    "what_if": what_if.measure,
}
IN_A_BROWSER = {
    "accessible": accessible.measure,
    "beyond_axe": accessible.beyond_axe,
    "beside_training": beside_training.measure,
    "lessons": lessons.measure,
    "live": live.measure,
    "through_training": live.through_training,
    "rests": rests.measure,
    "load": load.measure,
    "replicas": replicas.measure,
    "killed": replicas.killed,
    "sizing": sizing.measure,
    "fallback": fallback.measure,
    "tasks": tasks.measure,
    "stepping": stepping.measure,
    "cold_start": cold_start.measure,
    "memory": memory.measure,
    "transfer": transfer.measure,
    "visits": transfer.visits,
    "parity": parity.measure,
}


class Results:
    """What was measured, printed at once and, where it is to be kept, written in its place at once."""

    def __init__(self, keep: bool) -> None:
        self.keep = keep
        self.browser: str | None = None

    def take(self, name: str, measure: Callable[[], Section]) -> None:
        """Measure something."""
        busy = os.getloadavg()[0]
        section = measure().markdown(occasion(f"python -m benchmarks {name}", busy, self.browser))
        print(section, flush=True)
        if self.keep:
            RESULTS.write_text(put(RESULTS.read_text(encoding="utf-8"), section), encoding="utf-8")


def main() -> None:
    """Run the benchmarks that are named, or all."""
    names = [*IN_PROCESS, *IN_A_BROWSER]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory against the budgets.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(names)} (default: all)")
    parser.add_argument(
        "--students", type=int, nargs="+", metavar="N", help="for load, drops, replicas, killed: how many"
    )
    parser.add_argument("--seconds", type=float, help="for load and replicas: for how long they type")
    parser.add_argument("--phones", type=int, nargs="+", metavar="N", help="for rooms: how many at a time")
    parser.add_argument("--seeds", type=int, nargs="+", metavar="N", help="for presets: which seeds")
    parser.add_argument("--keep", action="store_true", help="write what is measured into RESULTS.md, in its place")
    given = parser.parse_args()
    chosen = given.names or names
    IN_A_BROWSER["load"] = partial(
        load.measure, students=given.students or load.STUDENTS, seconds=given.seconds or load.SECONDS
    )
    IN_PROCESS["drops"] = partial(drops.measure, given.students or drops.STUDENTS)
    IN_A_BROWSER["replicas"] = partial(
        replicas.measure,
        students=max(given.students or [replicas.STUDENTS]),
        seconds=given.seconds or replicas.SECONDS,
    )
    IN_A_BROWSER["killed"] = partial(replicas.killed, students=max(given.students or [replicas.LOST]))
    IN_PROCESS["presets"] = partial(presets.measure, given.seeds or presets.SEEDS)
    IN_PROCESS["rooms"] = partial(rooms.measure, phones=given.phones or rooms.PHONES)
    if wrong := sorted(set(chosen) - set(names)):
        parser.error(f"no benchmark named {', '.join(wrong)}; there are {', '.join(names)}")

    results = Results(given.keep or not given.names)
    if not given.names:
        RESULTS.write_text(begun_anew(RESULTS.read_text(encoding="utf-8")), encoding="utf-8")
    for name in [name for name in IN_PROCESS if name in chosen]:
        results.take(name, IN_PROCESS[name])
    in_a_browser = [name for name in IN_A_BROWSER if name in chosen]
    if in_a_browser and find_browser() is None:
        print(f"No browser found: leaving out {', '.join(in_a_browser)}. On Debian or Ubuntu: apt-get install chromium")
    elif in_a_browser:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            results.browser = f"Chromium {browser.version}, headless"
            for name in in_a_browser:
                results.take(name, partial(IN_A_BROWSER[name], browser))
            browser.close()


if __name__ == "__main__":
    main()
