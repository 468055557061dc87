"""Plain values and texts, damaged at random; files are damaged in `mutated_bytes`."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.web.texts import nasty_text

SCRAPS = (
    *("", " ", "0", "-1", "−0.5", "1e308", "nan", "inf", "1e999", "999999999999999999999", "9" * 5000, "٣", "½"),
    *("\x00", "\x1b[31m", "\r\n", "\u2028", "\u202e", "\ufeff", "\ud800", "\udfff\ud800", "e\u0301" * 50),
    *("🏳️‍🌈", "א", "\u200b"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "$\\frac{1}{0}$", "`"),
    *("../../etc/passwd", "file:///etc/passwd", "%00", "%", "%E0%A4%A", "{}", "{{", "}", "[", "~", "_", "-", "=", "&"),
    *("None", "null", "true", "__proto__", "constructor", "__class__", "%s%n", "${x}", "a" * 300, "a " * 2000),
    *("🙂" * 500, "(" * 500, "not " * 200, "forget_gate 1 u3 t4-9", "a\tb", "\\", "'", '"', "“"),
    *(";", ",", "|", "1,2\n3"),
)  # fmt: skip
"""Texts at which readers stumble."""
NUMBERS = (
    *(0, 1, -1, 2, 3, 100, 999_999, 1_000_000, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1),
    *(2**63, 2**64, 10**25, -(10**400)),
    *(0.0, -0.0, 0.5, -0.5, 1e-320, 1e308, -1e308, float("nan"), float("inf"), -float("inf"), 3.9999999999999996),
)  # fmt: skip
"""Numbers at which they do."""
HUGE = 10 * 2**20
"""Characters of the longest text."""
DEEPEST = 400
"""Lists in lists; Python reads JSON of up to about a thousand."""


FURTHEST = 12
"""How deep in a value something is changed."""


def strange(draw: random.Random) -> Any:
    """A value that nobody expects."""
    match draw.randrange(12):
        case 0:
            return draw.choice((None, True, False))
        case 1 | 2 | 3:
            return draw.choice(NUMBERS)
        case 4 | 5 | 6:
            return draw.choice(SCRAPS)
        case 7:
            return nasty_text(draw)
        case 8:
            return draw.choice(([], {}, [[]], [{}], {"": {}}, [None], {"0": 1}))
        case 9:
            return [strange(draw) for _ in range(draw.randrange(1, 5))]
        case 10:
            return {draw.choice(SCRAPS): strange(draw) for _ in range(draw.randrange(1, 4))}
    return nested(draw) if draw.random() < 0.5 else long_text(draw)


def nested(draw: random.Random) -> Any:
    """Lists in lists, or mappings in mappings."""
    value: Any = draw.choice((0, "x", None))
    mapping = draw.random() < 0.5
    for _ in range(draw.choice((3, 30, DEEPEST))):
        value = {"a": value} if mapping else [value]
    return value


def long_text(draw: random.Random) -> str:
    """A text of some thousand characters, seldom of ten million."""
    size = draw.choices((1000, 20_000, 300_000, HUGE), (60, 30, 8, 1))[0]
    piece = draw.choice(("a", "ab ", "1,", "🙂", "(", "\n", "é", "not good "))
    return (piece * (size // len(piece) + 1))[:size]


def changed_text(text: str, draw: random.Random, scraps: Sequence[str] = SCRAPS) -> str:
    """A text, damaged in one place."""
    at = draw.randrange(len(text) + 1)
    match draw.randrange(7):
        case 0:
            return text[:at] + text[at + draw.randint(1, 40) :]
        case 1:
            end = at + draw.randint(1, 60)
            return text[:at] + text[at:end] * draw.choice((2, 3, 50)) + text[end:]
        case 2:
            code = draw.choice((draw.randrange(32, 127), draw.randrange(0x2000, 0x2100), draw.randrange(0x11000)))
            return text[:at] + chr(code) + text[at + 1 :]
        case 3:
            words = text.split(" ")
            one, other = draw.randrange(len(words)), draw.randrange(len(words))
            words[one] = draw.choice((words[other], draw.choice(scraps), ""))
            return " ".join(words)
        case 4:
            lines = text.split("\n")
            one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
            if draw.random() < 0.5:
                lines[one], lines[other] = lines[other], lines[one]
            else:
                lines.insert(one, lines[other])
            return "\n".join(lines)
        case 5:
            digits = [k for k, each in enumerate(text) if each.isdigit()]
            at = draw.choice(digits) if digits else at
            return text[:at] + str(draw.choice(NUMBERS)) + text[at + 1 :]
    return text[:at] + draw.choice(("", " ", "\n")) + draw.choice(scraps) + draw.choice(("", " ")) + text[at:]


def damaged_text(text: str, draw: random.Random, scraps: Sequence[str] = SCRAPS) -> str:
    """The same, in one to eight places."""
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        text = changed_text(text, draw, scraps)
    return text


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """The ways to every part of a plain value, itself first, as far down as is of interest."""
    left: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while left:
        way, part = left.pop(0)
        yield way
        if isinstance(part, (dict, list)) and len(way) < FURTHEST:
            parts = part.items() if isinstance(part, dict) else enumerate(part)
            left += [((*way, key), each) for key, each in parts]


def part_of(value: Any, way: Sequence[Any]) -> Any:
    """What a way leads to."""
    for key in way:
        value = value[key]
    return value


def with_part(value: Any, way: Sequence[Any], change: Any) -> Any:
    """The value with a part replaced by what `change` makes of the mapping or list around it and its key."""
    if not way:
        return value
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(way) == 1:
        change(copy, way[0])
    else:
        copy[way[0]] = with_part(copy[way[0]], way[1:], change)
    return copy


def changed_value(value: Any, draw: random.Random, others: Sequence[Any] = ()) -> Any:
    """A plain value, as JSON has them, damaged in one place."""
    ways = list(places(value))
    way = draw.choice(ways)
    if not way:
        return strange(draw) if draw.random() < 0.2 else changed_value(value, draw, others) if len(ways) > 1 else value
    part = part_of(value, way)

    def put(new: Any) -> Any:
        return with_part(value, way, lambda around, key: around.__setitem__(key, new))

    match draw.randrange(9):
        case 0:
            return with_part(value, way, lambda around, key: around.__delitem__(key))
        case 1:
            return put([part])
        case 2:
            return put({"a": part})
        case 3:
            return put(part_of(value, draw.choice(ways)))
        case 4 if others:
            other = draw.choice(others)
            return put(part_of(other, draw.choice(list(places(other)))))
        case 5 if isinstance(part, str):
            return put(changed_text(part, draw))
        case 6 if isinstance(part, (dict, list)):
            more = [draw.choice(SCRAPS), strange(draw)]
            return put({**part, more[0]: more[1]} if isinstance(part, dict) else [*part, more[1]])
    return put(strange(draw))


def damaged_value(value: Any, draw: random.Random, others: Sequence[Any] = ()) -> Any:
    """The same, in one to five places."""
    for _ in range(draw.choice((1, 1, 1, 2, 3, 5))):
        value = changed_value(value, draw, others)
    return value
