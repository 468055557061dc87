"""Sentences on the two ways by which a gradient comes back through an LSTM: along the memory, and through h."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.gradients import SMALL, raised, size
from lstm_viz.words.phrases import count, near_one

Floats = NDArray[np.floating]

_LITTLE = -2.0  # log10: a part so much smaller than the other is lost in the three digits of a sum
TWICE = float(np.log10(2))
"""Of two ways, one carries more where it carries at least twice as much: log10 of that."""
_SMALLEST = 1e-300
_MANY = (
    "Of paths through h there are more with every step, since each gate and candidate reads all units of the step "
    "before, and they add up: their sum may shrink more slowly than the memory's own path, or grow."
)


def per_step(log10: float, steps: int) -> str:
    """The factor of one step that makes a size within some steps, with as many digits as that size needs.

    Examples
    --------
    >>> per_step(-0.1486, 199), per_step(-22.59, 199), size(-22.59)
    ('0.99828', '0.77', '2.6×10⁻²³')
    """
    exact = 10 ** (log10 / steps)
    for digits in range(2, 17):
        text = f"{exact:.{digits}g}"
        if (float(text) == 1) == (exact == 1) and size(steps * np.log10(float(text))) == size(log10):
            return text
    return repr(float(exact))


def times(log10: float) -> str:
    """How many times as large, given as its log10, in two digits: sizes are shown in three.

    Examples
    --------
    >>> times(1.8398), times(2.9), times(28.92)
    ('69', '790', '8.3×10²⁸')
    """
    return size(log10) if log10 >= 4 else f"{float(f'{10**log10:.2g}'):g}"


def describe_two_ways(total: Floats, memory: Floats, rest: Floats, along: Floats) -> str:
    """What came back by each way, how the two add up, and which of them it was.

    Parameters
    ----------
    total, memory, rest : (T,) log10 of the size of ∂L/∂c, and of its parts along the memory alone and through h
    along : (T, H) log10 of the sizes of the part along the memory, unit by unit
    """
    back = len(total) - 1
    if not back:
        return "There is one step, and so nothing to come back from."
    if not np.isfinite(total[0]):
        return "The gradient at the first step is exactly 0: nothing comes back by any way."
    made = (
        f"Of {size(total[-1])} at the last step, the path that never leaves the memory carries {size(memory[0])} "
        f"back to the first; all paths that go through h somewhere carry {size(rest[0])}, and together they make "
        f"{size(total[0])}."
    )
    if not np.isfinite(rest[0]):
        return f"{made} {_verdict(total, memory, rest, along)}"
    if not np.isfinite(memory[0]):
        return f"{made} Along the memory nothing comes back."
    both = np.log10(10 ** (memory[0] - total[0]) + 10 ** (rest[0] - total[0])) + total[0]
    sizes = f"{size(memory[0])} and {size(rest[0])} would make {size(both)}"
    if abs(memory[0] - rest[0]) > -_LITTLE:
        sizes = "here one of them is so much smaller that it hardly counts"
    add_up = f"These are sizes of vectors, which add up unit by unit; their sizes need not: {sizes}."
    return f"{made} {add_up} {_verdict(total, memory, rest, along)}"


def _verdict(total: Floats, memory: Floats, rest: Floats, along: Floats) -> str:
    arrives, returns = survives(memory, memory[-1]), survives(rest, total[-1])
    keeper = _keeper(along)
    if abs(memory[0] - rest[0]) < TWICE and (arrives or returns):
        return f"So both ways carry about as much. {keeper} {_MANY}"
    if memory[0] >= rest[0]:
        more = f" ({times(memory[0] - rest[0])} times as much)" if np.isfinite(rest[0]) else ""
        if arrives:
            return f"So it comes back along the memory more than through h{more}, as textbooks have it. {keeper}"
        return f"Both ways vanish, that through h the faster{more}. {keeper}"
    less = f"{times(rest[0] - memory[0])} times as much"
    if arrives:
        grown = ", even more than there was at the end" if rest[0] > total[-1] else ""
        return f"Here both ways arrive, and that through h carries {less}{grown}. {_MANY} {keeper}"
    if returns:
        return f"Here it is not the memory that brings it back: its own path vanishes. {keeper} {_MANY}"
    return f"Both ways vanish, the memory's own the faster: that through h carries {less}. {keeper} {_MANY}"


def survives(logs: Floats, end: float) -> bool:
    """Whether at the first step at least a thousandth is left of a size at the end; all as log10."""
    return bool(logs[0] >= end + SMALL)


def _keeper(along: Floats) -> str:
    """What the unit kept whose part of the memory's own path is the largest; (T, H) log10 of sizes."""
    back, unit = len(along) - 1, int(along[0].argmax())
    if not np.isfinite(along[0, unit]):
        return ""
    kept = float(along[0, unit] - along[-1, unit])
    return (
        f"The largest part of the memory's own path is that of unit {unit}: over {count(back, 'step')} its forget "
        f"gates multiply to {size(kept)}, {per_step(kept, back)} a step (geometric mean)."
    )


def describe_keeping(gates: str, keep: Floats) -> str:
    """What the gates that keep the memory leave of it when they are multiplied; keep: (T, H), label of the gates."""
    back = len(keep) - 1
    kept = float(np.exp(np.log(np.maximum(keep, _SMALLEST)).mean()))
    shown = near_one(kept) if kept > 0.9 else f"{kept:.3g}"
    sentence = f"{gates} average {near_one(float(keep.mean()))} (geometric mean {shown})."
    if not back:
        return sentence
    power = f"{shown}{raised(back)} = {size(back * np.log10(float(shown)))}"
    return f"{sentence} A unit that kept {shown} of its memory at each of {count(back, 'step')} would keep {power}."
