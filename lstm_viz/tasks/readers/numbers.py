"""Text ↔ numbers: separated by commas, spaces or lines, or pasted as the column of a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks.readers.reader import Token

MOST = 1e6
"""Largest size of a number that is read: past it a network says nothing, and float32 is not far from its end."""

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(\*?)(?:°?([A-Z]))?", re.IGNORECASE)
_SPACED_UNIT = re.compile(r"(?<=[\d.])[ \t]*°[ \t]*(?=[A-Za-z])|(?<=[\d.])[ \t]+(?=[A-Za-z](?![A-Za-z]))")
_CELL = re.compile(r"[^,;\s]+")


@dataclass(frozen=True)
class Unit:
    """A unit that numbers may be written in: a task's number × `scale` + `shift`. Called with a number written in it.

    Examples
    --------
    >>> fahrenheit = Unit(1.8, 32)
    >>> fahrenheit(212), fahrenheit.write(100)
    (100.0, 212.0)
    """

    scale: float = 1.0
    shift: float = 0.0

    def __call__(self, number: float) -> float:
        """A number in this unit → in the task's own."""
        return (number - self.shift) / self.scale

    def write(self, number: Any) -> Any:
        """A number, or an array, in the task's own unit → in this one."""
        return number * self.scale + self.shift

    def within(self, own: "Unit") -> "Unit":
        """The same unit for a task whose own unit is another."""
        scale = self.scale / own.scale
        return Unit(scale, self.shift - own.shift * scale)


@dataclass(frozen=True)
class Numbers:
    """Reads numbers. Tokens are numbers in the task's own unit, written plainly; a marked one ends in ``*``.

    Attributes
    ----------
    noun : what the numbers are ("days")
    unit : unit shown beside them
    units : letter after a number → the unit that it stands for
    marks : whether a number may be marked with a ``*``; the network then reads the mark as a second number
    centre, spread : the network reads (number − centre) / spread
    step : how finely an editor should set them
    """

    noun: str = "numbers"
    unit: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)
    marks: bool = False
    centre: float = 0.0
    spread: float = 1.0
    step: float = 0.01
    kind: str = "numbers"

    def cut(self, text: str) -> list[Token]:
        """The numbers of the text; ValueError names the line that cannot be read."""
        rows = [(n, cells) for n, cells in enumerate(_rows(text.replace("−", "-")), 1) if cells]
        if len(rows) > 1 and not any(self._is_number(cell.text) for cell in rows[0][1]):
            rows = rows[1:]
            column = self._column(rows)
            if column is not None:
                rows = [(n, cells[column : column + 1]) for n, cells in rows]
        return [Token(self.write(*self._read(c.text, n)), c.start, c.stop) for n, cells in rows for c in cells]

    def write(self, value: float, marked: bool = False) -> str:
        """A number as a token."""
        return f"{value:.6g}{'*' if marked else ''}"

    def text(self, values: Sequence[float], marked: Sequence[int] = ()) -> str:
        """The text that gives these numbers, with those at the positions `marked` marked."""
        return ", ".join(self.write(value, place in marked) for place, value in enumerate(values))

    def values(self, tokens: Sequence[str]) -> list[float]:
        """The numbers that tokens stand for, in the task's unit."""
        return [float(token.rstrip("*")) for token in tokens]

    def marked(self, tokens: Sequence[str]) -> list[int]:
        """Positions of the marked numbers."""
        return [place for place, token in enumerate(tokens) if token.endswith("*")]

    def show(self, token: str) -> str:
        """The number itself."""
        return token

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each number, whether it lies outside the range of the training data, ``(lowest, highest)``."""
        low, high = known
        return [not low <= value <= high for value in self.values(tokens)]

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T, 1) scaled numbers, or (T, 2) with a column of marks."""
        scaled = self.scale(np.array(self.values(tokens)))
        columns = [scaled, [token.endswith("*") for token in tokens]] if self.marks else [scaled]
        return np.array(columns, dtype=np.float32).T

    def scale(self, values: NDArray[Any]) -> NDArray[Any]:
        """What the network reads for these numbers."""
        return np.asarray((values - self.centre) / self.spread)

    def unscale(self, scaled: NDArray[Any]) -> NDArray[Any]:
        """The numbers for which the network reads these."""
        return np.asarray(scaled * self.spread + self.centre)

    def data(self) -> dict[str, Any]:
        """All fields, plainly, and the largest number that is read, `most`."""
        return {**asdict(self), "most": MOST}

    def _is_number(self, cell: str) -> bool:
        return _NUMBER.fullmatch(cell) is not None

    def _column(self, rows: Sequence[tuple[int, list[Token]]]) -> int | None:
        """Which column of a table holds the numbers; None where there is one column only."""
        width = len(rows[0][1])
        if width == 1:
            return None
        for line, cells in rows:
            if len(cells) != width:
                raise ValueError(f"line {line}: {len(cells)} columns, but the first row has {width}")
        numeric = [column for column in range(width) if self._is_number(rows[0][1][column].text)]
        if len(numeric) != 1:
            raise ValueError(f"line {rows[0][0]}: {len(numeric)} columns of numbers; paste the one to use")
        return numeric[0]

    def _read(self, cell: str, line: int) -> tuple[float, bool]:
        match = _NUMBER.fullmatch(cell)
        shown = cell if len(cell) <= 20 else f"{cell[:19]}…"
        if match is None:
            raise ValueError(f"line {line}: '{shown}' is not a number")
        digits, mark, unit = match.groups()
        if unit and unit.upper() not in self.units:
            known = f"; use {' or '.join(self.units)}" if self.units else ""
            raise ValueError(f"line {line}: '{shown}' has a unit that is not known here{known}")
        if mark and not self.marks:
            raise ValueError(f"line {line}: '{shown}' is marked, but this task has no marks")
        value = self.units[unit.upper()](float(digits)) if unit else float(digits)
        if abs(value) > MOST:
            raise ValueError(f"line {line}: '{shown}' is too large; numbers between ±{MOST:,.0f} can be read")
        return value, bool(mark)


def _rows(text: str) -> Iterator[list[Token]]:
    """For each line its cells, with their places in the text."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield _cells(line, start)
        start += len(line)


def _cells(line: str, start: int) -> list[Token]:
    """The parts of a line; a unit after a space belongs to its number."""
    gaps = {k for match in _SPACED_UNIT.finditer(line) for k in range(*match.span())}
    kept = [k for k in range(len(line)) if k not in gaps]
    joined = "".join(line[k] for k in kept) if gaps else line
    return [
        Token(cell[0], start + kept[cell.start()], start + kept[cell.end() - 1] + 1) for cell in _CELL.finditer(joined)
    ]
