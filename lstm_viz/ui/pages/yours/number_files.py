"""A file of numbers, CSV or NPY → a row a time step, as many columns as a network reads."""

import io
import math
import re
from array import array

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks.readers.numbers import MOST
from lstm_viz.words.phrases import count

LIMIT = 50 * 2**20
"""Bytes of a file of numbers."""
MOST_NUMBERS = 20_000_000
_BETWEEN = re.compile(r"[,;]")
_EMPTY = re.compile(r"^[ \t]*[,;]|[,;][ \t]*[,;]")
_DECIMAL_COMMA = re.compile(r"\d,\d")
_MAGIC = b"\x93NUMPY"


def read_numbers(content: bytes, width: int) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """The numbers of a file, (T, width), and what it calls its columns, if anything.

    Parameters
    ----------
    content : of an NPY file, or a text with one line a time step and commas, semicolons or spaces between its numbers;
        its first line may name the columns, and columns of text, such as dates, may stand beside those of numbers
    width : numbers that the network reads a step

    Raises
    ------
    ValueError
        in a sentence fit for the user.
    """
    if len(content) > LIMIT:
        raise ValueError(
            f"The file has {len(content) / 2**20:.0f} MB; at most {LIMIT // 2**20} MB of numbers are read."
        )
    names: tuple[str, ...] = ()
    if content.startswith(_MAGIC):
        rows = _npy(content, width)
    else:
        rows, names = _csv(content, width)
    if rows.ndim == 1 and width == 1:
        rows = rows[:, None]
    if rows.ndim == 3 and len(rows) == 1:
        rows = rows[0]
    if rows.ndim != 2 or rows.shape[1] != width or not len(rows):
        raise ValueError(_wrong_shape(rows.shape, width))
    if not (np.abs(rows) <= MOST).all():
        step, column = np.argwhere(~(np.abs(rows) <= MOST))[0]
        raise ValueError(
            f"The number at step {step:,}, column {column:,} is {rows[step, column]:g}; expected one between "
            f"±{MOST:,.0f}."
        )
    return np.asarray(rows, dtype=np.float32), names


def _wrong_shape(shape: tuple[int, ...], width: int) -> str:
    each = f"{width:,} number{'s' * (width != 1)}"
    if len(shape) == 2 and shape[1] != width:
        turned = " It looks turned round: give its transpose." if shape[0] == width else ""
        return f"The file has {shape[1]:,} columns, but the network reads {each} a step: one row a step.{turned}"
    return f"The file holds an array of shape {shape}; expected (time steps, {width:,}): one row of {each} a step."


def _npy(content: bytes, width: int) -> NDArray[np.float64]:
    stream = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(stream)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, kind = read(stream)
        # What the header says is compared with what is there before any room is made for it.
        if not all(type(size) is int and size >= 0 for size in shape):
            raise ValueError("a size that is none")
        if kind.hasobject or kind.kind not in "fiub":
            raise ValueError(f"The array holds {kind}; expected numbers, such as float32.")
        told = math.prod(map(int, shape))
        if max(shape, default=0) > MOST_NUMBERS or told > MOST_NUMBERS or told * kind.itemsize > len(content):
            raise ValueError(f"The file says that it holds an array of shape {shape}; it is damaged or too large.")
        return np.asarray(np.load(io.BytesIO(content), allow_pickle=False), dtype=np.float64)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:  # numpy reads the header as Python, and gives what that gives
        if isinstance(error, ValueError) and str(error).startswith("The "):
            raise
        raise ValueError("The file begins as an NPY file and cannot be read as one: save it again.") from None


def _csv(content: bytes, width: int) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    try:
        text = content.decode("utf-8-sig").replace("−", "-")
    except UnicodeDecodeError:
        raise ValueError("The file is neither an NPY file nor a text of numbers, as a CSV file is.") from None
    # A list of lines, or of floats, would take fifty times the room of the file.
    numbers = array("d")
    names: list[str] = []
    columns: list[int] = []
    first: tuple[int, int] | None = None
    for line, each in enumerate(io.StringIO(text, newline=None), 1):
        cells = _cells(each)
        if not any(cells):
            continue
        if first is None:
            columns = [k for k, cell in enumerate(cells) if _is_number(cell)]
            if not columns and not names:
                names = cells
                continue
            if len(columns) != width:
                columns = list(range(len(cells)))  # nothing is left out, so that it is said what does not fit
            first = line, len(cells)
        if wrong := [cells[k] for k in columns if k < len(cells) and cells[k] and not _is_number(cells[k])]:
            raise ValueError(f"Line {line:,}: “{wrong[0][:20]}” is not a number.")
        _check_marks(each, line)
        if len(cells) != first[1]:
            there = count(len(cells), "number")
            raise ValueError(f"Line {line:,} has {there}, but line {first[0]:,} has {first[1]:,}.")
        numbers.extend(float(cells[k]) for k in columns)
        if len(numbers) > MOST_NUMBERS:
            raise ValueError(f"The file has more than {MOST_NUMBERS:,} numbers; give a part of it.")
    if first is None:
        raise ValueError("There are no numbers in the file; expected one line a time step.")
    known = tuple(names[k] for k in columns) if len(names) == first[1] else ()
    return np.frombuffer(numbers).reshape(-1, len(columns)), known


def _check_marks(line: str, number: int) -> None:
    """ValueError where the marks between the numbers of a line would move them to other columns."""
    if ";" in line and _DECIMAL_COMMA.search(line):
        raise ValueError(
            f"Line {number:,} has both semicolons and commas: write decimals with a point, as in 0.5; 1.25."
        )
    if _EMPTY.search(line):
        raise ValueError(f"Line {number:,} has an empty cell; expected a number in every column.")


def _cells(line: str) -> list[str]:
    """What stands between commas or semicolons, else between spaces; the end of a line may have one more of them."""
    found: list[str] = []
    for cell in _BETWEEN.split(line.strip().rstrip(",;")):
        parts = cell.replace('"', " ").split()
        # A date keeps its spaces.
        found += parts if not _BETWEEN.search(line) or (parts and all(map(_is_number, parts))) else [" ".join(parts)]
    return found


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
