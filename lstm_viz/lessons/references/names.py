"""What quantities and cells are called in a lesson: as on screen, or in code."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from lstm_viz.cells import CELLS


@cache
def quantities() -> dict[str, str]:
    """Name, in lower case → code name, of all that any cell records."""
    found = {}
    for cell in CELLS.values():
        for each in cell.recorded:
            found[each.label.lower()] = found[each.name] = each.name
    return found


@cache
def cells() -> dict[str, str]:
    """Name, in lower case → code name."""
    found = {}
    for name, cell in CELLS.items():
        plain = re.sub(r"[()]|\bthe ", "", cell.title.lower())
        found[plain] = found[name] = found[name.replace("_", " ")] = name
    return found | {"plain rnn": "rnn"}


def label_of(quantity: str) -> str:
    """A quantity's name on screen, in lower case."""
    return next(cell[quantity].label.lower() for cell in CELLS.values() if quantity in {q.name for q in cell.recorded})


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that is written most like one that is not known, or ""."""
    return next(iter(get_close_matches(name.lower()[:80], [each.lower() for each in names], n=1, cutoff=0.5)), "")
