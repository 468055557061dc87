"""The kinds of setting there are: what values each can take, and how anything at all becomes one of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from lstm_viz.arguments import beginning
from lstm_viz.ui.settings import holds

TEXT_LIMIT = 200_000
"""Most characters of a text that a view keeps."""
NUMBER_LIMIT = 999_999
"""Largest step or unit that a view can name."""


class Kind(Protocol):
    """What values a setting can take, and how one is written in an address."""

    def nearest(self, value: object, default: Any) -> tuple[Any, str]:
        """The valid value nearest to any object, and what was wrong with that object ("" for nothing)."""

    def write(self, value: Any) -> str:
        """A valid value as text, which `nearest` reads."""


MOST_NAMES = 12
"""Most names of a registry that a sentence lists."""


@dataclass(frozen=True)
class Choice:
    """A name in a registry."""

    names: tuple[str, ...]

    def nearest(self, value: object, default: str) -> tuple[str, str]:
        """See `Kind`."""
        if isinstance(value, str) and value in self.names:
            return value, ""
        some = ", ".join(self.names[:MOST_NAMES]) + (", …" if len(self.names) > MOST_NAMES else "")
        return default, f"{quoted(value)} is not one of {some}"

    def write(self, value: str) -> str:
        """See `Kind`."""
        return value


@dataclass(frozen=True)
class Integer:
    """A whole number from 0 on."""

    high: int = NUMBER_LIMIT

    def nearest(self, value: object, default: int) -> tuple[int, str]:
        """See `Kind`."""
        number = _whole(value, len(str(self.high)) + 1) if isinstance(value, str) else value
        if isinstance(number, bool) or not isinstance(number, int):
            return default, f"{quoted(value)} is not a whole number"
        if number < 0:
            return 0, f"{quoted(value)} is below 0"
        if number > self.high:
            return self.high, f"{quoted(value)} is above {self.high:,}"
        return number, ""

    def write(self, value: int) -> str:
        """See `Kind`."""
        return str(value)


def _whole(text: str, digits: int) -> int | None:
    """The whole number that a text is, exact up to so many digits: past them only its sign and size matter."""
    text = text.strip()
    size = text.removeprefix("-")
    if not (size.isascii() and size.isdigit()):
        return None
    # Python refuses to read thousands of digits, and reading many is slow.
    number = int(size.lstrip("0")[:digits] or "0")
    return -number if text.startswith("-") else number


@dataclass(frozen=True)
class Optional(Integer):
    """A whole number from 0 on, or None where none was given."""

    def nearest(self, value: object, default: int | None) -> tuple[int | None, str]:  # type: ignore[override]
        """See `Kind`."""
        if value is None or value == "":
            return None, ""
        return super().nearest(value, default)  # type: ignore[arg-type]

    def write(self, value: int | None) -> str:
        """See `Kind`."""
        return "" if value is None else super().write(value)


@dataclass(frozen=True)
class Number:
    """A number between two others, whole ones only where `whole` says so; `step`: how finely a control sets it."""

    low: float
    high: float
    step: float
    whole: bool = False

    def nearest(self, value: object, default: float) -> tuple[float, str]:
        """See `Kind`."""
        number = value
        if isinstance(value, str):
            try:
                number = float(value[:40])
            except ValueError:
                number = None
        # NaN is not itself; a whole number may be past any float.
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number != number:
            return default, f"{quoted(value)} is not a number"
        if not self.low <= number <= self.high:
            side = "below" if number < self.low else "above"
            end = self.low if number < self.low else self.high
            return self._plain(end), f"{quoted(value)} is {side} {end:g}"
        return self._plain(number), "" if not self.whole or number == int(number) else f"{quoted(value)} is not whole"

    def write(self, value: float) -> str:
        """See `Kind`."""
        return repr(value)

    def _plain(self, number: float) -> float:
        return round(number) if self.whole else float(number)


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    def nearest(self, value: object, default: bool) -> tuple[bool, str]:
        """See `Kind`."""
        if isinstance(value, bool):
            return value, ""
        if isinstance(value, str) and value in ("0", "1"):
            return value == "1", ""
        return default, f"{quoted(value)} is neither 0 (no) nor 1 (yes)"

    def write(self, value: bool) -> str:
        """See `Kind`."""
        return "1" if value else "0"


@dataclass(frozen=True)
class Spoken(Flag):
    """Yes or no in an address that people write by hand, and that Streamlit may read too: ``embed=true``."""

    def nearest(self, value: object, default: bool) -> tuple[bool, str]:
        """See `Kind`."""
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true", ""
        found, problem = super().nearest(value, default)
        return found, f"{quoted(value)} is neither true nor false" if problem else ""

    def write(self, value: bool) -> str:
        """See `Kind`."""
        return "true" if value else "false"


@dataclass(frozen=True)
class Names:
    """Any of the names in a registry, each once; with full stops between them, which an address keeps as they are.

    Reading forgives other separators.
    """

    names: tuple[str, ...]

    def nearest(self, value: object, default: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """See `Kind`."""
        given = re.split(r"[\s.,;~|]+", value) if isinstance(value, str) else value
        if not isinstance(given, (list, tuple)):
            return default, f"{quoted(value)} is not a list of names"
        asked = [each for each in given if each != ""]
        found = tuple(dict.fromkeys(each for each in asked if isinstance(each, str) and each in self.names))
        unknown = [each for each in asked if each not in found]
        if not unknown:
            return found, ""
        some = ", ".join(self.names[:MOST_NAMES]) + (", …" if len(self.names) > MOST_NAMES else "")
        return found, f"{quoted(unknown[0])} is not one of {some}"

    def write(self, value: tuple[str, ...]) -> str:
        """See `Kind`."""
        return ".".join(value)


@dataclass(frozen=True)
class Text:
    """Anything typed, or None where nothing was given: an empty text is a text too.

    A lone half of a surrogate pair, which no encoding can carry, becomes the replacement character.
    """

    limit: int = TEXT_LIMIT

    def nearest(self, value: object, default: str | None) -> tuple[str | None, str]:
        """See `Kind`."""
        if value is None:
            return None, ""
        if not isinstance(value, str):
            return default, f"{quoted(value)} is not a text"
        text = value[: self.limit].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if len(value) > self.limit:
            return text, f"the text has {len(value):,} characters, and only the first {self.limit:,} were kept"
        return text, ""

    def write(self, value: str) -> str:
        """See `Kind`."""
        return value


@dataclass(frozen=True)
class Name(Text):
    """A short text, "" where nothing was given."""

    limit: int = 160

    def nearest(self, value: object, default: str) -> tuple[str, str]:  # type: ignore[override]
        """See `Kind`."""
        text, problem = super().nearest(value, default)
        return text or "", problem


@dataclass(frozen=True)
class Numbers(Text):
    """A few numbers, each between `-largest` and `largest`, as ``0_-2.5_10``; zeros at the end are left out."""

    limit: int = 2000
    most: int = 100
    largest: float = NUMBER_LIMIT
    decimals: int = 6

    def nearest(self, value: object, default: str) -> tuple[str, str]:  # type: ignore[override]
        """See `Kind`."""
        text, problem = super().nearest(value, default)
        parts = (text or "").split("_") if text else []
        numbers = [self._number(part) for part in parts]
        if len(parts) > self.most:
            problem = f"{len(parts)} numbers were given, and only the first {self.most} were kept"
        elif None in numbers:
            strange = quoted(parts[numbers.index(None)])
            problem = f"{strange} is not a number from -{self.largest:g} to {self.largest:g}, and counts as 0"
        return write_numbers([number or 0.0 for number in numbers[: self.most]], self.decimals), problem

    def _number(self, text: str) -> float | None:
        number = holds.read_value(text) if text else 0.0
        return None if number is None or abs(number) > self.largest else number


def write_numbers(numbers: Iterable[float], decimals: int) -> str:
    """Numbers as a setting of the kind `Numbers` holds them.

    Examples
    --------
    >>> write_numbers([0, -2.5, 10, 0], 3)
    '0_-2.5_10'
    """
    written = [f"{round(number, decimals) + 0.0:g}" for number in numbers]
    while written and written[-1] == "0":
        written.pop()
    return "_".join(written)


@dataclass(frozen=True)
class Clamps(Text):
    """Gates held at a value, written as `holds` describes. Whether they fit the network and the text is not asked."""

    limit: int = 10_000

    def nearest(self, value: object, default: str) -> tuple[str, str]:  # type: ignore[override]
        """See `Kind`."""
        text, problem = super().nearest(value, default)
        found, unread = holds.parse(text or "")
        return holds.write(found), problem or unread


def quoted(value: object) -> str:
    """Any object in a few visible characters, for a sentence."""
    if isinstance(value, str):
        kept = beginning(value, 40)
        return repr(kept if kept == value else kept + "…")
    if isinstance(value, (int, float)) and abs(value) < 1e15:  # nor is NaN; a whole number may be past any float
        return str(value)
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
