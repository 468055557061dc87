"""``python -m benchmarks [NAME …]``: measure, print, and write ``RESULTS.md`` when everything was measured."""

import argparse
import os
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import (
    beside_training,
    capture,
    cold_start,
    fallback,
    formats,
    fuzz_files,
    fuzz_lessons,
    gradients,
    lessons,
    live,
    load,
    memory,
    parity,
    presets,
    rests,
    rooms,
    stepping,
    tasks,
    transfer,
    upload,
    what_if,
)
from benchmarks.report import Section, preamble
from tests.driving import find_browser, launch

RESULTS = Path(__file__).with_name("RESULTS.md")
IN_PROCESS = {
    "capture": capture.measure,
    "formats": formats.measure,
    "fuzz_files": fuzz_files.measure,
    "fuzz_lessons": fuzz_lessons.measure,
    "gradients": gradients.measure,
    "loading": tasks.loading,
    "pace": presets.pace,
    "presets": presets.measure,
    "rooms": rooms.measure,
    "upload": upload.measure,
    "what_if": what_if.measure,
}
IN_A_BROWSER = {
    "beside_training": beside_training.measure,
    "lessons": lessons.measure,
    "live": live.measure,
    "through_training": live.through_training,
    "rests": rests.measure,
    "load": load.measure,
    "fallback": fallback.measure,
    "tasks": tasks.measure,
    "stepping": stepping.measure,
    "cold_start": cold_start.measure,
    "memory": memory.measure,
    "transfer": transfer.measure,
    "visits": transfer.visits,
    "parity": parity.measure,
}


def show(section: Section) -> str:
    """Print a section as soon as it is measured, and return it as text."""
    text = section.markdown()
    print(text, flush=True)
    return text


def main() -> None:
    """Run the benchmarks that are named, or all."""
    names = [*IN_PROCESS, *IN_A_BROWSER]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory against the budgets.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(names)} (default: all)")
    parser.add_argument("--students", type=int, nargs="+", metavar="N", help="for load: how many at a time")
    parser.add_argument("--seconds", type=float, help="for load: for how long they type")
    parser.add_argument("--phones", type=int, nargs="+", metavar="N", help="for rooms: how many at a time")
    parser.add_argument("--seeds", type=int, nargs="+", metavar="N", help="for presets: which seeds")
    given = parser.parse_args()
    chosen = given.names or names
    IN_A_BROWSER["load"] = partial(
        load.measure, students=given.students or load.STUDENTS, seconds=given.seconds or load.SECONDS
    )
    IN_PROCESS["presets"] = partial(presets.measure, given.seeds or presets.SEEDS)
    IN_PROCESS["rooms"] = partial(rooms.measure, phones=given.phones or rooms.PHONES)
    if wrong := sorted(set(chosen) - set(names)):
        parser.error(f"no benchmark named {', '.join(wrong)}; there are {', '.join(names)}")

    busy = os.getloadavg()[0]
    parts = [show(measure()) for name, measure in IN_PROCESS.items() if name in chosen]
    browser_version = None
    if find_browser() is None:
        print("No browser found: leaving out what needs one. On Debian or Ubuntu: apt-get install chromium")
    else:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            browser_version = f"Chromium {browser.version}, headless"
            parts += [show(measure(browser)) for name, measure in IN_A_BROWSER.items() if name in chosen]
            browser.close()
    if set(chosen) == set(names):
        RESULTS.write_text("\n".join([preamble(browser_version, busy), *parts]), encoding="utf-8")
        print(f"Written to {RESULTS.relative_to(Path.cwd())}.")


if __name__ == "__main__":
    main()
