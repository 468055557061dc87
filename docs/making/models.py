"""A page for every task: what its networks answer, and each one's card, as the app shows it."""

from docs.making.page import Page, table
from lstm_viz.cells import CELLS
from lstm_viz.tasks import TASKS, Task, cell_names, load_model, model_names
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.ui.views.card import Rows, card_rows, training_rows
from lstm_viz.words.phrases import listing

STORED = (
    "Their weights have 16 bits; of a large vocabulary, which is that of `sentiment`, embeddings on the way are stored "
    "approximately: as those of the end and shares of a few parts in 8 bits, which all states have in common. So they "
    "are near to what training had then, not the same to the bit. Loss and score along the time-line were measured on "
    "the states as they are stored."
)


def model_pages() -> list[Page]:
    """An overview, and a page a task."""
    return [_overview(), *(_page(TASKS[name]) for name in model_names())]


def _overview() -> Page:
    rows = [
        (f"[{TASKS[name].title}]({name}.md)", TASKS[name].question, ", ".join(CELLS[c].title for c in cell_names(name)))
        for name in model_names()
    ]
    text = (
        "# Trained models\n\nNetworks that come with the package: `lv.load_model(name, cell)`. Their cards say what "
        "they were trained on, how good they are, and what they cannot do.\n\n"
    )
    followed = listing([f"`{name}`" for name in model_names() if load_checkpoints(name)])
    states = (
        f"\nNetworks of {followed} come as they were on the way through training, too: "
        "`lv.load_model(name, cell, checkpoint=0)` is the untrained one, and a step that is not there is answered with "
        f"those that are. {STORED}\n"
    )
    return Page("models/index.md", "All models", text + table(("task", "what it answers", "cells"), rows) + states)


def _page(task: Task) -> Page:
    examples = table(("example", "text"), [(each.title, _short(each.text)) for each in task.examples])
    text = f"# {task.title}\n\n{task.question} {task.output}\n\n## Examples\n\n{examples}\n"
    for cell in cell_names(task.name):
        model = load_model(task.name, cell)
        text += f'\n## {CELLS[cell].title}\n\n`lv.load_model("{task.name}", "{cell}")`\n\n{_rows(card_rows(model))}'
        text += f'\n??? note "How it was trained"\n\n{_indented(_rows(training_rows(model)))}'
    return Page(f"models/{task.name}.md", task.title, text)


MOST = 120
"""Characters of an example that the table has."""


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return f"`` {shown if len(shown) <= MOST else shown[:MOST] + '…'} ``"


def _rows(rows: Rows) -> str:
    return table(("", ""), [(f"**{name}**", "<br>".join(_plain(line) for line in lines)) for name, lines in rows])


def _plain(line: str) -> str:
    """A line as text: an address as code, and nothing in it read as Markdown."""
    if line.startswith("http"):
        return f"<{line}>"
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#" else letter for letter in line)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
