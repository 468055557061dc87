"""The README's table of models, made from the model cards: ``python -m lstm_viz.tasks.report README.md`` renews it.

It has the first two scores of each task; the cards have all, with what they mean and what a network cannot do.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.tasks.registry import TASKS
from lstm_viz.tasks.scores import figure

START, END = "<!-- models -->", "<!-- /models -->"
HEAD = ("task", "measure", *(cell.upper() for cell in RECURRENT), "measured on", "parameters")

SHOWN = 2
"""Scores of a task that the table has."""


def cards() -> dict[tuple[str, str], dict[str, Any]]:
    """The cards of all trained models by task and cell, in the order of the menu."""
    paths = {(task, cell): FOLDER / f"{task}-{cell}.json" for task in TASKS for cell in RECURRENT}
    return {key: json.loads(path.read_text(encoding="utf-8")) for key, path in paths.items() if path.exists()}


def table() -> str:
    """A table in Markdown: for each task its first two scores, of the three cells."""
    lines = [_row(HEAD), _row(["---"] * len(HEAD))]
    everything = cards()
    for task in TASKS:
        mine = {cell: everything[task, cell] for cell in RECURRENT if (task, cell) in everything}
        lines += [_row(cells) for cells in _rows(task, mine)]
    return "\n".join(lines) + "\n"


def _rows(task: str, mine: Mapping[str, Mapping[str, Any]]) -> Iterator[list[str]]:
    if not mine:
        return
    scores = {cell: {score["name"]: score for score in card["scores"]} for cell, card in mine.items()}
    parameters = " / ".join(f"{mine[cell]['parameters']:,}" if cell in mine else "–" for cell in RECURRENT)
    for number, (name, score) in enumerate(islice(next(iter(scores.values())).items(), SHOWN)):
        values = [figure(scores[cell][name]) if cell in scores else "–" for cell in RECURRENT]
        yield [
            TASKS[task].title if number == 0 else "",
            name,
            *values,
            f"{score['items']:,} {score['part']}",
            parameters if number == 0 else "",
        ]


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def with_table(text: str) -> str:
    """A document with the present table between its two marks."""
    before, rest = text.split(START)
    return f"{before}{START}\n{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(with_table(Path(name).read_text(encoding="utf-8")), encoding="utf-8")
    print(table(), end="")
