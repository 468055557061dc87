"""Parts of sentences: numbers as shown, tokens made visible, places in a sequence, lists and counts."""

import math
import unicodedata
from collections.abc import Sequence

LONGEST_TOKEN = 24  # characters of a token that a sentence quotes
_SYMBOLS = {" ": "␣", "\n": "↵", "\r": "␍", "\t": "⇥", "\u00a0": "⍽", "": "∅"}
_TURNS_TEXT_AROUND = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def number(value: float) -> str:
    """A number as the sentences show it: two decimals, none from a thousand on, a true minus sign, no negative zero.

    Examples
    --------
    >>> [number(value) for value in (0.714, -1.5, -0.001, 12345.6)]
    ['0.71', '−1.50', '0.00', '12,346']
    """
    value = float(value)
    text = f"{abs(value):,.2f}" if abs(value) < 1000 else f"{abs(value):,.0f}"
    return "−" + text if value < 0 and text != "0.00" else text


def apart(value: float) -> float:
    """How far from a value others never look equal to it, as `number` shows them."""
    return 0.011 if abs(value) < 999 else 1.01


def near_one(share: float) -> str:
    """A share with as many digits as show how far it is from 1, at least three.

    Examples
    --------
    >>> near_one(0.73), near_one(0.98326), near_one(0.999955)
    ('0.730', '0.983', '0.999955')
    """
    lacking = max(1 - share, 1e-9)
    return f"{share:.{max(3, 1 + math.ceil(-math.log10(lacking)))}f}"


def percent(share: float) -> str:
    """A share as a whole percentage that says 0% and 100% only where that is exact.

    Examples
    --------
    >>> [percent(share) for share in (0, 0.001, 0.42, 0.999, 1)]
    ['0%', 'under 1%', '42%', 'over 99%', '100%']
    """
    share = round(share, 12)  # 0.42500000000000004 is no more than 0.425
    if 0 < share <= 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"


def visible(token: str) -> str:
    r"""A token as it can be seen: white space and control characters as symbols, right-to-left text kept in its place.

    Examples
    --------
    >>> visible(" "), visible("film"), visible("\x07")
    ('␣', 'film', '⟨U+0007⟩')
    """
    blank = not token.strip()
    shown = "".join(_visible(character, blank) for character in token[:LONGEST_TOKEN]) or _SYMBOLS[""]
    if len(token) > LONGEST_TOKEN:
        shown += "…"
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in shown):
        return _ISOLATE + shown + _END_ISOLATE
    return shown


def _visible(character: str, blank: bool) -> str:
    if character in _SYMBOLS and (blank or character != " "):
        return _SYMBOLS[character]
    control = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    if control or unicodedata.bidirectional(character) in _TURNS_TEXT_AROUND or (blank and character != " "):
        return f"⟨U+{ord(character):04X}⟩"
    return character


def quoted(token: str) -> str:
    """A token in quotation marks, made visible."""
    return f"“{visible(token)}”"


def place(labels: Sequence[str], step: int) -> str:
    """Where a step is, to follow "at" or "after": its token, with the step's number if the token is not the only such.

    Examples
    --------
    >>> place(["a", "film", "a"], 1), place(["a", "film", "a"], 2), place(["0", "1"], 1)
    ('“film”', 'the “a” of step 2', 'step 1')
    """
    label = labels[step]
    if label == str(step):
        return f"step {step}"
    if labels.count(label) == 1:
        return quoted(label)
    return f"the {quoted(label)} of step {step}"


def listing(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def quoted_list(tokens: Sequence[str]) -> str:
    """Up to three tokens in quotation marks; of more, the first and the last with their number."""
    if len(tokens) <= 3:
        return listing([quoted(token) for token in tokens])
    return f"{len(tokens):,} tokens ({quoted(tokens[0])} to {quoted(tokens[-1])})"


def count(size: int, noun: str) -> str:
    """``1 step``, ``2 steps``."""
    return f"{size:,} {noun}" if size == 1 else f"{size:,} {noun}s"
