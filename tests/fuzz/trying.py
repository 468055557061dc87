"""One case: what came of it, in how much processor time, with how much memory."""

import random
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.process import forget, memory
from tests.fuzz.surface import Case, Surface

SLOW = 2.0
"""Seconds of processor time; what takes longer counts as a hang."""
MB = 2**20
MOST = 200 * MB
"""Bytes that a small input may have allocated at a time; a large one as many and `A_BYTE` for each of its own."""
A_BYTE = 20
LONGEST = 1500
"""Characters of a sentence."""
TAKEN, REFUSED = "taken", "refused"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Tried:
    """What came of a case: `TAKEN`, `REFUSED`, or what went wrong; seconds; bytes at most, and kept afterwards."""

    number: int
    kind: str
    outcome: str
    seconds: float
    most: int
    resident: int

    @property
    def wrong(self) -> bool:
        """Whether it is a finding."""
        return self.outcome not in (TAKEN, REFUSED)

    @property
    def signature(self) -> str:
        """What went wrong and where, without what was given."""
        return f"{self.kind}: {self.outcome}".partition(" | ")[0] if self.wrong else self.outcome


def drawn(surface: Surface, name: str, number: int, seed: int) -> Case:
    """The case with this number."""
    return surface.case(random.Random(f"{name} {seed} {number}"))


def tried(surface: Surface, number: int, case: Case) -> Tried:
    """Try a case. What seems slow or large is tried again, for what was loaded on the way counts only once."""
    found = _once(surface, number, case)
    if found.seconds > SLOW or found.most > _room(case.given):
        again = _once(surface, number, case)
        found = again if not found.wrong else found
    if found.wrong:
        return found
    if found.seconds > SLOW:
        return _with(found, f"took {found.seconds:.1f} s")
    if found.most > _room(case.given):
        return _with(found, f"allocated {found.most / MB:.0f} MB")
    return found


def _once(surface: Surface, number: int, case: Case) -> Tried:
    forget()
    before, began = memory("VmRSS"), surface.clock()
    outcome = outcome_of(surface, case.given)
    seconds, most, resident = surface.clock() - began, memory("VmHWM") - before, memory("VmRSS")
    return Tried(number, case.kind, outcome, seconds, max(0, most), resident)


def outcome_of(surface: Surface, given: Any) -> str:
    """`TAKEN`, `REFUSED`, or what went wrong, and where."""
    try:
        said = surface.attempt(given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return f"{type(error).__name__} {_where(error)} | {str(error)[:160]}"
    if not said:
        return TAKEN
    plain = len(said) <= LONGEST and "Traceback" not in said and "\n\n\n" not in said
    return REFUSED if plain else f"no sentence | {said[:160]!r}"


def _with(found: Tried, outcome: str) -> Tried:
    return Tried(found.number, found.kind, outcome, found.seconds, found.most, found.resident)


def _where(error: BaseException) -> str:
    """The innermost line of ours, and the innermost of all."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if "/lstm_viz/" in each.filename or "/pages/" in each.filename]
    if not ours:
        return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    path = Path(ours[-1].filename)
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return f"at {name}:{ours[-1].lineno}"


def _room(given: Any) -> int:
    return MOST + A_BYTE * size(given)


def size(given: Any) -> int:
    """About how many bytes an input has, however deep it is."""
    found, left = 0, [given]
    while left:
        part = left.pop()
        if isinstance(part, (dict, list, tuple)):
            left += [*part, *part.values()] if isinstance(part, dict) else part
        else:
            found += len(part) if isinstance(part, (str, bytes)) else 8
    return found
