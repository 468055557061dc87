"""What to look for in an example: each of its points measured on a run, and said in words that are true of that run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lstm_viz.analysis.seen import Seen
from lstm_viz.tasks import points
from lstm_viz.words.points import labels, memory, numbers, symbols
from lstm_viz.words.points.said import Said

SAY: Mapping[type, Callable[[Any, Seen], Said]] = {
    points.Move: labels.move,
    points.After: labels.after,
    points.End: labels.end,
    points.Swap: labels.swap,
    points.Verdict: labels.verdict,
    points.Leaders: labels.leaders,
    points.Throughout: labels.throughout,
    points.Complete: labels.complete,
    points.Follow: labels.follow,
    points.Right: labels.right,
    points.Unknown: numbers.unknown,
    points.Marks: numbers.marks,
    points.Jump: numbers.jump,
    points.Beside: numbers.beside,
    points.Peaks: numbers.peaks,
    points.Ahead: numbers.ahead,
    points.Rises: numbers.rises,
    points.Keeping: memory.keeping,
    points.Bounds: memory.bounds,
    points.Tracks: memory.tracks,
    points.Came: symbols.came,
    points.LineEnd: symbols.line_end,
}
"""Kind of point → what measures it and says what is there."""
COMPARED = 2
"""Points of an example that are said of several networks side by side."""


def describe_points(what: Sequence[points.Point], seen: Seen) -> str:
    """What one network does at the points of an example, a sentence or two each."""
    return " ".join(SAY[type(point)](point, seen).sentence for point in what)


def compare_points(what: Sequence[points.Point], seen: Mapping[str, Seen]) -> str:
    """What several networks do, by their titles, at the first points of an example."""
    sentences = []
    for point in what[:COMPARED]:
        said = {title: SAY[type(point)](point, each) for title, each in seen.items()}
        first = next(iter(said.values()))
        if all(each.sentence == first.sentence for each in said.values()):
            sentences.append(first.sentence)
            continue
        sentences.append(f"{first.subject}: {'; '.join(f'{title} {each.brief}' for title, each in said.items())}.")
    return " ".join(sentences)
