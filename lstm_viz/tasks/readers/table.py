"""Text → a row of numbers a step: typed or pasted, made by a line such as ``sine of period 20``, or rows of a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks.readers.numbers import MOST
from lstm_viz.tasks.readers.probes import KIND, Probe, probe, whole
from lstm_viz.tasks.readers.reader import Token

LIMIT = 5000
"""Most steps that are read."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_CELL = re.compile(r"[^,;\s]+")
_ROWS = re.compile(r"\brows?[ \t]+([0-9]+)(?:[ \t]*(?:to|–|-|…)[ \t]*([0-9]+))?", re.IGNORECASE | re.ASCII)
_SHOWN = 20  # characters of what cannot be read


@dataclass(frozen=True, eq=False)
class Held:
    """Numbers of a file that are too many for an editor, whose text then says which rows are read."""

    name: str
    rows: NDArray[np.float32]

    def text(self, limit: int = LIMIT) -> str:
        """What stands in the editor for the file as a whole, or as many rows as are read."""
        return f"rows 0 to {min(len(self.rows), limit) - 1} of {self.name}"


@dataclass(frozen=True)
class Table:
    """Reads rows of numbers, one a step.

    A token is a row, written plainly: its numbers with six digits, ``0.1, 0.2``; of a probe the one number that stands
    in all features, ``0.84 …``, or in one, ``0.84 in 2``; of a file the number of the row, ``row 17``.

    Attributes
    ----------
    features : I, how many numbers a row has
    held : of a file, where one is open
    limit : most steps that are made or taken from the file
    """

    features: int
    held: Held | None = field(default=None, repr=False)
    limit: int = LIMIT
    kind: str = "table"
    noun: str = "steps"

    def cut(self, text: str) -> list[Token]:
        """The rows of the text; ValueError names the line that cannot be read."""
        text = text.replace("−", "-")
        lines = [(n, start, line) for n, start, line in _lines(text) if line.strip()]
        if len(lines) == 1 and _is_described(lines[0][2]):
            _, start, line = lines[0]
            stop = start + len(line.rstrip())
            return [Token(row, start, stop) for row in self._made(line)]
        cut = [(n, _cells(line, start)) for n, start, line in lines]
        rows = [(n, cells) for n, cells in cut if cells]
        if rows and not any(_NUMBER.fullmatch(cell.text) for cell in rows[0][1]):
            rows = rows[1:]  # the names of the columns
        if self.features == 1 and len(rows) == 1:
            rows = [(rows[0][0], [cell]) for cell in rows[0][1]]  # a series in one line
        return [Token(self._row(cells, n), cells[0].start, cells[-1].stop) for n, cells in rows]

    def names(self, text: str) -> tuple[str, ...]:
        """What a first line without numbers calls the columns; empty where there is none that fits."""
        first = next((line for _, _, line in _lines(text) if line.strip()), "")
        cells = _CELL.findall(first)
        named = len(cells) == self.features and not any(_NUMBER.fullmatch(cell) for cell in cells)
        return tuple(cells) if named else ()

    def text(self, rows: Sequence[Sequence[float]]) -> str:
        """The text that gives these rows."""
        return "\n".join(", ".join(f"{value:.6g}" for value in row) for row in rows)

    def show(self, token: str) -> str:
        """The number, or the first of several; of a file the row's number."""
        if token.startswith("row "):
            return token.removeprefix("row ")
        first, *more = token.split(", ")
        return f"{first} …" if more else first.split(" ")[0]

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each row, that nothing is known of what the network was trained on."""
        return [False] * len(tokens)

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T, I) numbers."""
        if self.held is not None and all(token.startswith("row ") for token in tokens):
            return self.held.rows[[int(token.removeprefix("row ")) for token in tokens]]
        return np.array([self._numbers(token) for token in tokens], dtype=np.float32).reshape(-1, self.features)

    def data(self) -> dict[str, Any]:
        """All that a browser needs; one cannot read a file that the server holds."""
        return {"kind": self.kind, "noun": self.noun, "features": self.features, "limit": self.limit, "most": MOST}

    def _made(self, line: str) -> list[str]:
        if (rows := _ROWS.search(line)) is not None:
            return self._held_rows(whole(rows[1]), whole(rows[2] or rows[1]))
        found = probe(line, self.features, self.limit)
        if found is None:
            raise ValueError(
                f"'{_short(line.strip())}' is neither numbers nor a sequence that can be made; those are an impulse, a "
                "step, a sine and noise, such as: impulse at 5, 60 steps"
            )
        return [_token(found, value, self.features) for value in found.values()]

    def _held_rows(self, first: int, last: int) -> list[str]:
        if self.held is None:
            raise ValueError("there is no file of numbers open, whose rows could be read; type or paste the numbers")
        there = len(self.held.rows)
        if not first <= last < there:
            raise ValueError(f"rows {first:,} to {last:,} are not all there; {self.held.name} has 0 to {there - 1:,}")
        return [f"row {row}" for row in range(first, last + 1)]

    def _row(self, cells: Sequence[Token], line: int) -> str:
        if len(cells) != self.features:
            there, each = (f"number{'s' * (size != 1)}" for size in (len(cells), self.features))
            raise ValueError(
                f"line {line}: {len(cells):,} {there}, but the network reads {self.features:,} {each} a step: one line "
                "a step, with commas or spaces between its numbers"
            )
        return ", ".join(self._number(cell.text, line) for cell in cells)

    def _number(self, cell: str, line: int) -> str:
        if not _NUMBER.fullmatch(cell):
            raise ValueError(f"line {line}: '{_short(cell)}' is not a number")
        value = float(cell)
        if abs(value) > MOST:
            raise ValueError(f"line {line}: '{_short(cell)}' is too large; numbers between ±{MOST:,.0f} can be read")
        return f"{value:.6g}"

    def _numbers(self, token: str) -> list[float]:
        if token.endswith(" …"):
            return [float(token.removesuffix(" …"))] * self.features
        if " in " in token:
            value, feature = token.split(" in ")
            return [float(value) * (k == int(feature)) for k in range(self.features)]
        return [float(value) for value in token.split(", ")]


def _token(made: Probe, value: float, features: int) -> str:
    if features == 1:
        return f"{value:.6g}"
    return f"{value:.6g} …" if made.feature is None else f"{value:.6g} in {made.feature}"


def _is_described(line: str) -> bool:
    """Whether a line describes a sequence, rather than that it holds numbers."""
    if not re.search(r"[A-Za-z]{3}", line):
        return False
    return bool(_ROWS.search(line) or KIND.search(line)) or not any(map(_NUMBER.fullmatch, _CELL.findall(line)))


def _cells(line: str, start: int) -> list[Token]:
    """The parts of a line that starts at a place of the text."""
    return [Token(match[0], start + match.start(), start + match.end()) for match in _CELL.finditer(line)]


def _lines(text: str) -> list[tuple[int, int, str]]:
    """For each line its number from 1, where it starts, and what stands in it."""
    found, start = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found.append((number, start, line))
        start += len(line)
    return found


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
