"""What a benchmark measured, and how it is written down."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("torch", "streamlit", "plotly", "numpy", "playwright")


@dataclass(frozen=True)
class Line:
    """One row of a table: cells as text, and where there is a budget, what was measured of it."""

    cells: tuple[str, ...]
    measured: float | None = None
    budget: float | None = None

    @property
    def verdict(self) -> str:
        """Say whether the budget is kept, and by how much it is missed."""
        if self.measured is None or self.budget is None:
            return ""
        if self.measured <= self.budget:
            return "met"
        if not self.budget:
            return f"missed by {self.measured:g}"
        return f"missed by {self.measured / self.budget - 1:.0%}"


@dataclass(frozen=True)
class Section:
    """One benchmark: how it was measured, and a table whose last columns are the budget and whether it is kept."""

    title: str
    method: str
    columns: tuple[str, ...]
    lines: Sequence[Line]

    def markdown(self, measured: str = "") -> str:
        """Return the section as a heading, a paragraph and a table, numbers to the right, and how it was measured."""
        head = (*self.columns, "budget", "verdict")
        rows = [
            (*line.cells, "–" if line.budget is None else f"{line.budget:g}", line.verdict or "–")
            for line in self.lines
        ]
        ruler = ["---"] + ["--:"] * (len(head) - 2) + ["---"]
        table = "\n".join("| " + " | ".join(row) + " |" for row in (head, ruler, *rows))
        return f"## {self.title}\n\n{self.method}\n\n{table}\n" + (f"\n{measured}\n" if measured else "")


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile."""
    p50, p95 = np.percentile(values, [50, 95])
    return float(p50), float(p95)


def processor() -> str:
    """Return the processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def preamble() -> str:
    """Return what all figures were measured on and with."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`, or a part of it by `python -m benchmarks NAME … --keep`. Budgets are ratios or sizes "
        "measured in one run: the machine is shared, so times vary more from run to run than ratios do.\n\n"
        f"- Machine: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}\n"
        f"- Python {platform.python_version()}, {versions}\n"
    )


def occasion(command: str, busy: float, browser: str | None = None) -> str:
    """Return when and how a section was measured.

    Parameters
    ----------
    command : that prints it
    busy : how many processes ran before it began
    browser : its name and version, where there was one
    """
    with_it = f", {browser}" if browser else ""
    return f"`{command}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load at the start {busy:.1f}{with_it}."


def put(results: str, section: str) -> str:
    """Return the results with a section in the place of the one with its title, or after all others."""
    head, *others = _parts(results)
    title = section.partition("\n")[0]
    at = next((k for k, other in enumerate(others) if other.partition("\n")[0] == title), len(others))
    return "\n".join([head, *others[:at], section, *others[at + 1 :]])


def begun_anew(results: str) -> str:
    """Return the results with what all is measured on as it is now; each section stays until it is measured again."""
    return "\n".join([preamble(), *_parts(results)[1:]])


def kept_lines(results: str, title: str) -> list[Line]:
    """Return the lines of a section that was written down, whose last column but the verdict's is what has a budget."""
    section = next((each for each in _parts(results) if each.startswith(f"## {title}\n")), "")
    rows = [row.strip("| ").split(" | ") for row in section.splitlines() if row.startswith("| ")][2:]
    return [Line(tuple(cells), _number(cells[-1]), _number(budget)) for *cells, budget, _ in rows]


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _parts(results: str) -> list[str]:
    """What stands before all sections, and each of them."""
    return re.split(r"\n(?=## )", results)
