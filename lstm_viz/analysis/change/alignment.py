"""Which tokens of one text stand where in another: the smallest edit that turns the first into the second."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_COMPARISONS = 10_000  # keeps a pasted page from delaying a key press; one typed word needs one


@dataclass(frozen=True, eq=False)
class Alignment:
    """How two token sequences, `before` and `after` an edit, correspond.

    Attributes
    ----------
    pairs : (N, 2), steps before and after that correspond, rising in both: equal tokens, and replaced ones with what
        replaced them
    removed, inserted : steps before that have no equal after, and the other way round
    before_span, after_span : from the first to past the last step edited; in `after_span`, an empty span says where
        tokens were taken out
    """

    pairs: NDArray[np.intp]
    removed: tuple[int, ...]
    inserted: tuple[int, ...]
    before_span: tuple[int, int]
    after_span: tuple[int, int]

    @property
    def is_identity(self) -> bool:
        """Whether nothing was edited."""
        return not self.removed and not self.inserted


def align(before: Sequence[Hashable], after: Sequence[Hashable]) -> Alignment:
    """Find a smallest set of tokens to remove and insert, as near to the end as the common beginning allows.

    Where an edit spans more than 100 by 100 tokens, everything between the common beginning and end counts as replaced.

    Examples
    --------
    >>> align("a good film".split(), "a very good film".split()).inserted
    (1,)
    """
    shorter = min(len(before), len(after))
    start = next((k for k in range(shorter) if before[k] != after[k]), shorter)
    rest = shorter - start
    tail = next((k for k in range(rest) if before[-1 - k] != after[-1 - k]), rest)
    before_end, after_end = len(before) - tail, len(after) - tail
    middle = _matches(before[start:before_end], after[start:after_end])
    kept = [(k, k) for k in range(start)]
    kept += [(start + i, start + j) for i, j in middle]
    kept += [(len(before) - k, len(after) - k) for k in range(tail, 0, -1)]
    kept_before, kept_after = {i for i, _ in kept}, {j for _, j in kept}
    pairs = _with_replaced(kept, len(before), len(after))
    return Alignment(
        pairs=np.array(pairs, dtype=np.intp).reshape(-1, 2),
        removed=tuple(i for i in range(start, before_end) if i not in kept_before),
        inserted=tuple(j for j in range(start, after_end) if j not in kept_after),
        before_span=(start, before_end),
        after_span=(start, after_end),
    )


def _matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of indices."""
    rows, across = len(before), len(after)
    if rows * across > _MOST_COMPARISONS:
        return []
    # length[i][j]: of the longest common subsequence of before[i:] and after[j:]
    length = [[0] * (across + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(across)):
            same = before[i] == after[j]
            length[i][j] = length[i + 1][j + 1] + 1 if same else max(length[i + 1][j], length[i][j + 1])
    found, i, j = [], 0, 0
    while i < rows and j < across:
        if before[i] == after[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _with_replaced(kept: list[tuple[int, int]], before: int, after: int) -> list[tuple[int, int]]:
    """Pair off, in order, what was removed between two kept tokens with what was inserted there."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for kept_i, kept_j in [*kept, (before, after)]:
        pairs += zip(range(i, kept_i), range(j, kept_j), strict=False)
        pairs.append((kept_i, kept_j))
        i, j = kept_i + 1, kept_j + 1
    return pairs[:-1]


def baseline(before: Sequence[str], current: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Which text an edit is compared with, so that the letters of a word being typed count as one edit.

    Parameters
    ----------
    before : tokens that the edit under way is compared with
    current : tokens on screen
    new : tokens now typed

    Returns
    -------
    tuple of str
        `before`, while the new change stays within the tokens of the edit under way; else `current`.

    Examples
    --------
    >>> baseline(["a"], ["a", "goo"], ["a", "good"])
    ('a',)
    >>> baseline(["a"], ["a", "good"], ["a", "good", "f"])
    ('a', 'good')
    """
    under_way, change = align(before, current), align(current, new)
    if change.is_identity:
        return tuple(before)
    if under_way.is_identity:
        return tuple(current)
    (start, stop), (first, last) = under_way.after_span, change.before_span
    # Two empty spans at one place are the same place: a word was deleted there, and another one is begun.
    within = start <= first < last <= stop or (start, stop) == (first, last)
    return tuple(before if within else current)
