"""What can be taken away from Notes, checked."""

from collections.abc import Mapping

from lstm_viz.claims import Finding
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.words.snippets.notes import notes


def notes_taken(found: Mapping[str, Finding]) -> Taken:
    """Of every claim the numbers of its sentence, and the lines of its figure."""
    added = []
    for claim, finding in found.items():
        at, numbers = {"claim": claim}, finding.numbers
        added.append(Extra(f"{claim} numbers", "number", list(numbers.values()), {"label": list(numbers)}, at))
        for series in finding.chart.series:
            over = {"x": finding.chart.x.tolist()}
            added.append(Extra(f"{claim} {series.label}", "line", series.values, over, at | {"label": series.label}))
    return Taken({}, added)


def notes_snippet(claims: list[str], chosen: str, theme: str) -> str:
    """The view as Python; chosen: the claim at which the page is open."""
    return notes("Notes, checked", claims=claims, chosen=chosen or claims[0], theme=theme)
