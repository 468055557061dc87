"""The codes of rooms: four letters to be read from the last row and typed on a telephone."""

import re
from secrets import choice

LETTERS = "BCDFHJKMNPRSTWXZ"
"""Consonants alone make no words. Left out are those that look like others: G like C, L like I, Q like O, V like U."""
LENGTH = 4
NOT = re.compile("BDSM|CNT|CRP|DCK|FCK|HJ|KZ|PRN|SHT|WTF")
"""What is read as a word, or stands for one that no projector should show."""
EXAMPLE = "KTRM"


def new_code() -> str:
    """A code by chance. No letter is there twice, so that none can be skipped or doubled."""
    while True:
        left = list(LETTERS)
        code = "".join(left.pop(left.index(choice(left))) for _ in range(LENGTH))
        if not NOT.search(code):
            return code


def read_code(typed: object) -> str | None:
    """The code that somebody typed, in whatever case and with spaces or hyphens in it; None where it can be none."""
    if not isinstance(typed, str) or len(typed) > 4 * LENGTH:
        return None
    code = re.sub(r"[\s-]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None
