"""What can be taken away from Notes, checked."""

from collections.abc import Mapping

from lstm_viz.claims import Finding
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
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


def notes_taking(found: Mapping[str, Finding], chosen: str) -> Taking:
    """What the page gives: of the claims that have been checked, the chosen one as Python, or where none is, all."""
    names, one = ([chosen], chosen) if chosen in found else (list(found), "")
    return Taking(
        file_name("notes checked"),
        (lambda: notes_taken(found)) if found else None,
        lambda theme: notes_snippet(names, one, theme),
    )
