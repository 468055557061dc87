"""Clamps as a line of text, for an address and a form, and as what they hold in a given run.

A clamp is written ``forget_gate 1 u3.5-8 t4-9``: what, at which value (a number, or ``mean``), in which units, at which
steps; without the last two, everywhere. Several are separated by ``~``. Reading forgives commas and other separators.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_viz.arguments import beginning
from lstm_viz.cells import CELLS
from lstm_viz.clamp import Clamp
from lstm_viz.trace import LayerTrace, Trace

MOST = 24
"""Most clamps at once."""
FURTHEST = 999_999
"""Largest unit or step that a clamp can name."""
TOO_FAR = "held so, the numbers grow past what can be computed: hold it nearer to what it is by itself"
"""Why clamps hold nothing with which a run would come to no numbers."""

Ranges = tuple[tuple[int, int], ...]

_QUANTITIES = {q.name for cell in CELLS.values() for q in cell.recorded}
_RANGE = re.compile(r"(\d{1,9})(?:[-–](\d{1,9}))?")


@dataclass(frozen=True)
class Hold:
    """A clamp as the user wrote it, whether or not it fits the present network and text.

    Attributes
    ----------
    quantity : name of a gate, of the candidate or of a state
    value : what it is held at; None for each unit's own mean over the present text, as it is without clamps
    units, steps : (first, last) pairs; none for all
    """

    quantity: str
    value: float | None
    units: Ranges = ()
    steps: Ranges = ()

    def write(self) -> str:
        """The clamp as text, which `parse` reads."""
        value = "mean" if self.value is None else f"{self.value:.6g}"
        parts = [self.quantity, value]
        parts += [letter + write_ranges(part, ".") for letter, part in (("u", self.units), ("t", self.steps)) if part]
        return " ".join(parts)


def write_ranges(ranges: Ranges, separator: str = ", ") -> str:
    """``3, 5-8``."""
    return separator.join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def parse(text: str) -> tuple[tuple[Hold, ...], str]:
    """Every clamp that a text holds, and what in it could not be read, in a clause, or ""."""
    holds: list[Hold] = []
    problems = []
    for part in filter(str.strip, re.split(r"[~;|\n]", text)):
        hold = _parse_one(part)
        if hold is None:
            problems.append(part.strip())
        elif hold not in holds:
            holds.append(hold)
    if problems:
        kept = beginning(problems[0], 40)
        first = kept if kept == problems[0] else kept + "…"
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        return tuple(holds[:MOST]), f"{first!r}{more} cannot be read as a clamp, such as 'forget_gate 1 u3 t4-9'"
    if len(holds) > MOST:
        return tuple(holds[:MOST]), f"{len(holds)} clamps were given, and only the first {MOST} were kept"
    return tuple(holds), ""


def write(holds: Iterable[Hold]) -> str:
    """Clamps as one text."""
    return "~".join(hold.write() for hold in holds)


def _parse_one(text: str) -> Hold | None:
    quantity, *rest = re.sub(r"[=@,]\s*|\s+", " ", text).split() or [""]
    if quantity not in _QUANTITIES or not rest:
        return None
    value = None if rest[0] == "mean" else read_value(rest[0])
    if value is None and rest[0] != "mean":
        return None
    places: dict[str, Ranges] = {}
    # "u3, 5-8" may have been typed with spaces: what has no letter of its own goes on with the one before.
    for letter, body in re.findall(r"([ut])([^ut]*)", " ".join(rest[1:])):
        ranges = read_ranges(body, dots=True)
        if ranges is None:
            return None
        places[letter] = ranges
    if rest[1:] and not places:
        return None
    return Hold(quantity, value, places.get("u", ()), places.get("t", ()))


def read_value(text: str) -> float | None:
    """A number of ordinary size, to six digits; None for anything else."""
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        return None
    if not math.isfinite(value) or abs(value) > FURTHEST:
        return None
    return float(f"{value:.6g}") + 0.0  # no negative zero


def read_ranges(text: str, *, dots: bool = False) -> Ranges | None:
    """``3, 5-8`` → ((3, 3), (5, 8)), sorted, without overlaps; () for "all" or nothing; None for what is no range.

    In an address, which keeps dots as they are, these separate too; in a form, 3.5 is no unit.
    """
    if text.strip().lower() in ("", "all"):
        return ()
    found = []
    for part in filter(None, re.split(r"[\s.,]+" if dots else r"[\s,]+", text.strip())):
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        first, last = sorted((int(match[1]), int(match[2] or match[1])))
        found.append((min(first, FURTHEST), min(last, FURTHEST)))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


@dataclass(frozen=True)
class Resolved:
    """A clamp in a given run: what it holds there, or why it holds nothing.

    Attributes
    ----------
    hold : as written
    clamps : what to pass to a trace; none where inactive
    note : why it is inactive, or what part of it does not apply; "" where all of it applies
    """

    hold: Hold
    clamps: tuple[Clamp, ...]
    note: str = ""

    @property
    def active(self) -> bool:
        """Whether it holds anything."""
        return bool(self.clamps)


def resolve(hold: Hold, free: LayerTrace) -> Resolved:
    """What a clamp holds in a layer of a run, given that layer of the same run without clamps."""
    cell = free.definition
    if hold.quantity not in free.quantities:
        names = ", ".join(cell[name].label.lower() for name in free.quantities)
        return Resolved(hold, (), f"the {cell.title} has no {hold.quantity.replace('_', ' ')}; it has {names}")
    size = free[hold.quantity].shape[1]
    projected = hold.quantity == "hidden_state" and size != free.units
    low, high = (-math.inf, math.inf) if projected else cell[hold.quantity].range
    if hold.value is not None and not low <= hold.value <= high:
        return Resolved(hold, (), f"{hold.value:g} is outside its range, {low:g} to {high:g}".replace("-", "−"))
    units, lacking_units = _existing(hold.units, size)
    steps, lacking_steps = _existing(hold.steps, len(free))
    for found, what, many in ((units, "unit", size), (steps, "step", len(free))):
        if not len(found):
            return Resolved(hold, (), f"there is no such {what} now: {what}s run from 0 to {many - 1}")
    missing = [f"{what}s past {many - 1}" for lacks, what, many in
               ((lacking_units, "unit", size), (lacking_steps, "step", len(free))) if lacks]  # fmt: skip
    note = f"{' and '.join(missing)} do not exist now" if missing else ""
    which, when = tuple(units.tolist()), tuple(steps.tolist())
    if hold.value is not None:
        return Resolved(hold, (Clamp(hold.quantity, hold.value, which, when, free.index, free.direction),), note)
    means = np.clip(free[hold.quantity].mean(axis=0, dtype=np.float64), low, high)
    each = tuple(Clamp(hold.quantity, float(means[unit]), (unit,), when, free.index, free.direction) for unit in which)
    return Resolved(hold, each, note)


def resolve_all(holds: Iterable[Hold], free: LayerTrace) -> tuple[Resolved, ...]:
    """What each of several clamps holds in a layer, as `resolve`; of several on the same spot the last one holds."""
    found = [resolve(hold, free) for hold in holds]
    later: dict[str, np.ndarray] = {}
    for k in reversed(range(len(found))):
        each, quantity = found[k], found[k].hold.quantity
        if not each.active:
            continue
        mask = held_mask([each], quantity, free)
        taken = mask & later.get(quantity, np.zeros_like(mask))
        if (taken == mask).all():
            found[k] = Resolved(each.hold, (), "overridden by a later one")
        elif taken.any():
            found[k] = Resolved(
                each.hold, each.clamps, "; ".join(filter(None, [each.note, "a later one overrides it elsewhere"]))
            )
        later[quantity] = mask | later.get(quantity, mask)
    return tuple(found)


def run_held(
    found: tuple[Resolved, ...], free: Trace, run: Callable[[tuple[Clamp, ...]], Trace]
) -> tuple[tuple[Resolved, ...], Trace]:
    """What clamps hold, and the run with them; the free run, and none that holds, where the numbers grow too large.

    Parameters
    ----------
    found : as `resolve_all` gives them
    run : runs the same text with some clamps
    """
    clamps = tuple(clamp for each in found for clamp in each.clamps)
    try:
        return found, run(clamps) if clamps else free
    except ValueError:  # the free run came to numbers, and what is held fits it: so it is what follows from that
        return tuple(Resolved(each.hold, (), TOO_FAR if each.active else each.note) for each in found), free


def _existing(ranges: Ranges, size: int) -> tuple[np.ndarray, bool]:
    """The indices below `size` that ranges name, and whether they name others as well."""
    if not ranges:
        return np.arange(size), False
    found = [np.arange(first, min(last + 1, size)) for first, last in ranges if first < size]
    return np.concatenate(found) if found else np.arange(0), ranges[-1][1] >= size


def held_mask(resolved: Sequence[Resolved], quantity: str, layer: LayerTrace) -> np.ndarray:
    """Where a quantity of a layer is held: (T, H) booleans."""
    steps, units = layer[quantity].shape
    mask = np.zeros((steps, units), dtype=bool)
    for each in resolved:
        for clamp in each.clamps:
            if clamp.quantity == quantity:
                mask |= clamp.mask(layer.definition, steps, units, projected=units != layer.units)
    return mask
