"""Where on the axis of a text an edit put something in, put it in place of something, or took it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lstm_viz.analysis.aggregate import Edges, column_of
from lstm_viz.analysis.change.alignment import Alignment

NAMED = 3
"""Most tokens that a mark names."""


@dataclass(frozen=True)
class Mark:
    """What happened to some columns of the text after an edit.

    Attributes
    ----------
    kind : ``new``, they have no counterpart before; ``was``, other tokens stood there; ``gone``, something stood before
        the first of them, which is then none
    start, stop : the columns, past the last one for what is gone from the end
    tokens, count : of the text before, the first of them, and how many there were
    """

    kind: str
    start: int
    stop: int
    tokens: tuple[str, ...] = ()
    count: int = 0


def marks(alignment: Alignment, removed: Sequence[str], edges: Edges) -> list[Mark]:
    """All of an edit, from left to right.

    Parameters
    ----------
    removed : the tokens taken out or replaced, as `alignment.removed` lists their steps
    edges : of the columns of the text after it
    """
    pairs = alignment.pairs.tolist()
    names = dict(zip(alignment.removed, removed, strict=True))
    was = {j: names[i] for i, j in pairs if i in names}
    met = {i for i, _ in pairs}
    new = [j for j in alignment.inserted if j not in was]
    gone: dict[int, list[str]] = {}
    for i in names:
        if i not in met:
            place = next((j for before, j in pairs if before > i), int(edges[-1]))
            gone.setdefault(place, []).append(names[i])
    found = [_mark("new", run, [], edges) for run in _runs(new)]
    found += [_mark("was", run, [was[j] for j in run], edges) for run in _runs(sorted(was))]
    for place, tokens in gone.items():
        at = column_of(place, edges) if place < edges[-1] else len(edges) - 1
        found.append(Mark("gone", at, at, tuple(tokens[:NAMED]), len(tokens)))
    return sorted(found, key=lambda mark: (mark.start, mark.stop))


def _mark(kind: str, run: Sequence[int], tokens: Sequence[str], edges: Edges) -> Mark:
    first, last = column_of(run[0], edges), column_of(run[-1], edges)
    return Mark(kind, first, last + 1, tuple(tokens[:NAMED]), len(tokens))


def _runs(steps: Iterable[int]) -> list[list[int]]:
    """Steps that follow each other, together."""
    runs: list[list[int]] = []
    for step in steps:
        if runs and step == runs[-1][-1] + 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs
