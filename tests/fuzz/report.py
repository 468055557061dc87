"""The tables of what came of cases and of walks, as they stand in `benchmarks/RESULTS.md`."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.report import RESULTS, Line, Section, kept_lines, put
from tests.fuzz.trying import MB, MOST, REFUSED, SLOW, Tried

COLUMNS = (
    "surface",
    "cases",
    "refused in a sentence",
    "slowest",
    "its input",
    "kept after warm-up",
    "peak",
    "tried, UTC",
    "anything else",
)
TITLE = "Random and hostile inputs"
METHOD = (
    "Good inputs, damaged at random in one to eight places, strange values in their place, and hostile ones that were "
    "never good, each given to what reads it in the app. It is taken, or refused in a sentence; anything else is a "
    f"finding: an error that gets out, a process that ends, more than {SLOW:g} s of processor time, more than "
    f"{MOST / MB:g} MB for a small input. Slowest is in processor time; kept is what the process has grown by since a "
    "tenth of the cases, peak the most that one case took for a moment. The same seed makes the same cases; `--case N` "
    "tries one alone."
)
WARM = 10
"""The share of the cases, one of so many, after which memory is compared: until then things are loaded and cached."""


def line(title: str, found: Sequence[Tried]) -> Line:
    """What came of the cases of one surface."""
    wrong = sum(each.wrong for each in found)
    slowest = max(found, key=lambda each: each.seconds)
    resident = [each.resident for each in found if each.resident]
    kept = (resident[-1] - resident[len(resident) // WARM]) / MB if resident else 0.0
    cells = (
        title,
        f"{len(found):,}",
        f"{sum(each.outcome == REFUSED for each in found):,}",
        f"{slowest.seconds:.2f} s",
        re.sub(r"[^\w ,./’-]", "…", slowest.kind),
        f"{kept:.0f} MB",
        f"{max(each.most for each in found) / MB:.0f} MB",
        now(),
        f"{wrong:,}",
    )
    return Line(cells, wrong, 0)


def table(lines: Sequence[Line], command: str) -> str:
    """All of them, in Markdown."""
    return Section(TITLE, METHOD, COLUMNS, lines).markdown(f"`{command}`.")


def keep(lines: Sequence[Line], command: str, order: Sequence[str]) -> None:
    """Write them into the results: each in the place of what came of its surface last, in the order of these titles."""
    results = RESULTS.read_text(encoding="utf-8")
    every = {each.cells[0]: each for each in [*kept_lines(results, TITLE), *lines]}
    there = [every[title] for title in order if title in every]
    RESULTS.write_text(put(results, table(there, command)), encoding="utf-8")


def now() -> str:
    """When it was tried."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
