"""Texts such as nobody would think of, the same ones on every machine."""

import random
import sys
import unicodedata
from collections.abc import Sequence

VISIBLE = """
😀 👍🏽 🇩🇪 א ב ب é e\u0301 \u0345 中 ß ﬆ Ω ΑΣ İ ı ſ \u212a - − / & _ . , ? ! ; * ** ... -- … — – ( [ { ) <b> °
“ ” ‘ ’ ' " ` `` '' -lrb- -RSB- -lſb- mr. U.S. e.t. İ.ı. cannot GONNA n't isn’t 's ’LL ſ's '70s '٣0ſ 'em 'tıs b-b don't
film good The 12 2.5 1,000 1:30 ² ½ ٣ ५ 𝟙 Ⅳ
"""
INVISIBLE = [*"\x00\x07\x1c\x85\xa0\u2028\u200b\ufeff\u3000\ud800\udc00\r\n\t\v ", "\r\n", "  ", "Mrs. ", "k. "]
CELLS = """
0|-0|−3|+.5|4.|.|12|1e5|1E-3|1e99|-1e400|999999999999999999999999|999999.5|1000.125|0.1234565|1e6|1000001|1_0|x|½|²
12°C|12 °C|50F|32 f|59 \t°\tF|4 K|5ſ|5\u212a|3ı|12 CC|0.5*|1*C|0.5**|٣.٥|𝟙𝟚|nan|inf|temp|2015-01-01|°|\ud83d|
"""
"""What may stand between the commas of a text of numbers."""
GAPS = [" ", " ", " ", "", "", "\n"]
BETWEEN = [", ", ", ", ",", " ", "\n", ";", "\t", "\r\n", "\x1c", "\u2028"]


def nasty_text(rng: random.Random) -> str:
    """A few words, marks and blanks, with characters of any kind among them."""
    pieces = [rng.choice(VISIBLE.split()) if rng.random() < 0.8 else _odd(rng) for _ in range(rng.randrange(25))]
    return "".join(piece + rng.choice(GAPS) for piece in pieces)


def nasty_numbers(rng: random.Random, ends: Sequence[str]) -> str:
    """Numbers, each with one of the `ends`; some texts hold what cannot be read, and some are tables."""
    odd = rng.choice([0, 0, 0, 0.1, 0.5])
    cells = [
        rng.choice(CELLS.replace("\n", "|").split("|")) if rng.random() < odd else _number(rng) + rng.choice(ends)
        for _ in range(rng.randrange(1, 15))
    ]
    if rng.random() < 0.2:
        width = rng.choice([1, 2, 2, 3])
        rows = [["day", "temp", "c"][rng.randrange(2) :][:width]]
        rows += [[f"day{k}", cell, "z"][rng.randrange(2) :][:width] for k, cell in enumerate(cells)]
        return "\n".join(rng.choice([",", "\t"]).join(row) for row in rows)
    between = rng.choice(BETWEEN)
    return "".join(cell + (between if rng.random() < 0.9 else rng.choice(BETWEEN)) for cell in cells)


def _number(rng: random.Random) -> str:
    value = rng.choice([
        rng.uniform(-60, 120),
        rng.randrange(-(2**20), 2**20) / rng.choice([1, 2, 8, 64, 4096, 2**20]),
        10 ** rng.uniform(-9, 6),
    ])  # fmt: skip
    written = rng.choice(["{:.1f}", "{:.0f}", "{!r}", "{:.3e}", "{:.7f}"]).format(value)
    return written.replace("-", rng.choice("-−"))


def _odd(rng: random.Random) -> str:
    """A blank, or any character that this Python's Unicode knows."""
    while rng.random() < 0.5:
        found = chr(rng.choice([rng.randrange(0x250), rng.randrange(0x3000), rng.randrange(0x20000)]))
        if unicodedata.category(found) != "Cn":
            return found
    return rng.choice(INVISIBLE)


def every_character() -> str:
    """All that this Python's Unicode knows, without those that it leaves to private use."""
    return "".join(c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Co"))
