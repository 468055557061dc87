"""``python -m deploy.sizing``: for a class of some size, how many processes, how much memory, and what that costs.

Worked out from what ``python -m benchmarks sizing`` measured last, which is in measured.json; prices are an
assumption, and to be given.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

MEASURED = Path(__file__).with_name("measured.json")
DOCUMENT = Path(__file__).parents[1] / "docs" / "deploying.md"
"""Has the table."""
STUDENTS = (10, 30, 100, 300, 1000)
CORE_HOUR, GB_HOUR = 0.05, 0.006
"""Assumed prices of a processor core and of a gigabyte for an hour, in euros or dollars alike."""
LECTURE, MONTH = 1.5, 730.0
"""Hours of a lecture, and of a month in which all runs on."""
BUSY = 0.7
"""Share of a process's time that may be taken: beyond it, words wait for each other."""
MINUTE = 60.0
"""Seconds in which a whole class opens the page."""
OWN_MB = 787.0
"""What readers' own networks may take in one process at most: `HELD` of uploads.py and trainings.py in `ui/bridge`."""
SPARE = 1.25
"""Times what was measured, for what was not."""


@dataclass(frozen=True)
class Measured:
    """What one process was measured to take; processor time is that of one core of the machine it was measured on.

    Attributes
    ----------
    opening : seconds of processor time to open the page
    message : seconds of processor time for a message, and its words
    every : seconds between two messages of a student who types all the time
    base : MB of a process with all networks loaded
    session : MB of a further session
    machine, date : where and when that was measured
    """

    opening: float
    message: float
    every: float
    base: float
    session: float
    machine: str
    date: str


@dataclass(frozen=True)
class Size:
    """What a class needs: processes, of a core each; MB for all of them together; and the shares of their time.

    Attributes
    ----------
    typing, opening : processes that all would keep busy who type at once, and who open the page within a minute
    """

    students: int
    typing: float
    opening: float
    processes: int
    memory: float

    def price(self, hours: float, core_hour: float = CORE_HOUR, gb_hour: float = GB_HOUR) -> float:
        """What it costs for so long, at these prices of a core and of a gigabyte."""
        return hours * (self.processes * core_hour + self.memory / 1000 * gb_hour)


def size(students: int, measured: Measured) -> Size:
    """What so many students need who open the page within a minute and then all type, without pause."""
    typing = students * measured.message / measured.every
    opening = students * measured.opening / MINUTE
    processes = max(1, ceil(max(typing, opening) / BUSY))
    memory = SPARE * (processes * measured.base + students * measured.session)
    return Size(students, typing, opening, processes, memory)


def limit(measured: Measured) -> int:
    """MB that one process may take at most: with its share of a class, and all that readers may have of their own."""
    most = int(BUSY * min(measured.every / measured.message, MINUTE / measured.opening))
    return ceil((SPARE * (measured.base + most * measured.session) + OWN_MB) / 100) * 100


def read() -> Measured:
    """What was measured last."""
    return Measured(**json.loads(MEASURED.read_text(encoding="utf-8")))


def table(
    measured: Measured,
    students: Sequence[int] = STUDENTS,
    core_hour: float = CORE_HOUR,
    gb_hour: float = GB_HOUR,
) -> str:
    """A table in Markdown, with the sentences that say how it was worked out."""
    head = ("students", "all open in a minute", "all type", "processes", "memory", "a lecture", "a month")
    rows = [
        (
            f"{each.students:,}",
            f"{each.opening:.0%}",
            f"{each.typing:.0%}",
            f"{each.processes}",
            f"{each.memory / 1000:.1f} GB",
            f"{each.price(LECTURE, core_hour, gb_hour):.2f}",
            f"{each.price(MONTH, core_hour, gb_hour):,.0f}",
        )
        for each in (size(many, measured) for many in students)
    ]
    lines = [head, ("---", *["--:"] * (len(head) - 1)), *rows]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return (
        f"{text}\n\n"
        "The second and third column are processor time, in shares of one core. A process has one core, and "
        f"{BUSY:.0%} of it may be taken. To open the page takes {measured.opening * 1000:.0f} ms of it, words take "
        f"{measured.message * 1000:.0f} ms, and a student who types all the time asks for them every "
        f"{measured.every:.1f} s. A process takes {measured.base:.0f} MB with all networks loaded, and "
        f"{measured.session:.2f} MB for a further session; the table has {SPARE - 1:.0%} more. Uploads and trainings "
        f"come on top, up to {OWN_MB:.0f} MB a process, where the app refuses more: a container's limit is "
        f"{limit(measured):,} MB. Prices assume {core_hour:g} for a core and {gb_hour:g} for a GB each hour, a lecture "
        f"of {LECTURE:g} hours and a month of {MONTH:.0f}. Measured on {measured.machine}, {measured.date}."
    )


def put(document: str, text: str) -> str:
    """A document with this text between its two marks."""
    before, mark, rest = document.partition("<!-- sizing -->\n")
    _, end, after = rest.partition("<!-- /sizing -->\n")
    if not mark or not end:
        raise ValueError("the document lacks the marks <!-- sizing --> and <!-- /sizing -->, each on a line of its own")
    return f"{before}{mark}{text}\n{end}{after}"


def main() -> None:
    """Print the table, for whoever has other prices or another class."""
    parser = argparse.ArgumentParser(prog="python -m deploy.sizing", description="What a class needs, and its price.")
    parser.add_argument("--students", type=int, nargs="+", default=STUDENTS, metavar="N", help="how many")
    parser.add_argument("--core-hour", type=float, default=CORE_HOUR, metavar="PRICE", help="of a core, an hour")
    parser.add_argument("--gb-hour", type=float, default=GB_HOUR, metavar="PRICE", help="of a gigabyte, an hour")
    given = parser.parse_args()
    print(table(read(), given.students, given.core_hour, given.gb_hour))


if __name__ == "__main__":
    main()
