"""The table of what came of cases, as it stands in `benchmarks/RESULTS.md`."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.fuzz.trying import MB, REFUSED, Tried

HEAD = (
    "surface",
    "cases",
    "refused in a sentence",
    "anything else",
    "slowest",
    "its input",
    "kept after warm-up",
    "peak",
)
WARM = 10
"""The share of the cases, one of so many, after which memory is compared: until then things are loaded and cached."""


@dataclass(frozen=True)
class Line:
    """One surface."""

    cells: tuple[str, ...]
    wrong: int


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
        f"{wrong:,}",
        f"{slowest.seconds:.2f} s",
        slowest.kind,
        f"{kept:.0f} MB",
        f"{max(each.most for each in found) / MB:.0f} MB",
    )
    return Line(cells, wrong)


def table(lines: Sequence[Line], seed: int) -> str:
    """All of them, in Markdown."""
    rows = [HEAD, ("---", *["--:"] * 4, "---", "--:", "--:"), *(each.cells for each in lines)]
    return f"Seed {seed}.\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)
