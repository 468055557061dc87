"""A page for every cell, from its definition: quantities, equations in the three notations, drawing, and the code."""

import re
from html import escape
from pathlib import Path

from docs.making.page import Page, equation_place, plotly_place, table
from lstm_viz import figures
from lstm_viz.cells import CELLS, NOTATIONS, Cell, Quantity
from lstm_viz.cells.notation import to_html
from lstm_viz.tasks import TASKS, cell_names, load_model

FOLDER = Path(figures.__file__).parents[1] / "cells"
DRAWN, TEXT, STEP = "counting", "aaabbb", 4
"""The shipped network, text and step whose numbers stand in a drawing."""


def cell_pages() -> list[Page]:
    """An overview, and a page a cell."""
    return [_overview(), *map(_page, CELLS.values())]


def _overview() -> Page:
    rows = [(f"[{cell.title}]({cell.name}.md)", f"`{cell.name}`", cell.summary, cell.source) for cell in CELLS.values()]
    text = (
        "# The cells\n\nEach is defined once, on one screen; the engine, the traces, the equations, the drawings and "
        "the browser's code are made from that definition, and so are these pages.\n\n"
    )
    return Page("cells/index.md", "All cells", text + table(("cell", "in code", "in short", "from"), rows))


def _page(cell: Cell) -> Page:
    parts = [f"# {cell.title}", cell.summary, f"*{cell.source}.* In code: `{cell.name}`.", _quantities(cell)]
    parts += ["## Equations", *(_equations(cell, *notation) for notation in NOTATIONS.items())]
    if cell.notes:
        parts += ["## Where texts differ", "\n".join(f"- {note}" for note in cell.notes)]
    if cell.drawing.rows and cell.name in cell_names(DRAWN):
        parts += ["## As a drawing", _drawing(cell)]
    if path := defined_in(cell):
        place = path.relative_to(FOLDER.parents[1]).as_posix()
        parts += ["## Its definition", f"`{place}`:", f"```python\n{path.read_text(encoding='utf-8')}```"]
    return Page(f"cells/{cell.name}.md", cell.title, "\n\n".join(parts) + "\n")


def _quantities(cell: Cell) -> str:
    rows = [
        (f"{q.label}<br>`{q.name}`", q.meaning, q.role.value, _range(q), *(_symbol(q, each) for each in NOTATIONS))
        for q in cell.quantities
    ]
    head = ("quantity", "what it tells", "role", "values", *NOTATIONS.values())
    note = "\n\nAn intermediate is drawn and explained; a trace does not hold it, for it follows from the rest."
    shown = any(not q.recorded for q in cell.quantities)
    return "## Quantities\n\n" + table(head, rows) + (note if shown else "")


def _symbol(quantity: Quantity, notation: str) -> str:
    return to_html(quantity.symbol(notation))


def _range(quantity: Quantity) -> str:
    low, high = (f"{end:g}".replace("-", "−").replace("inf", "∞") for end in quantity.range)
    return f"{low} … {high}"


def _equations(cell: Cell, notation: str, title: str) -> str:
    """A tab of a notation, with an equation a line and what its left side tells."""
    meant = cell.in_notation(notation)
    lines = [
        f'<div class="equation">{equation_place(cell.equation(q.name, notation))}<span>{escape(q.meaning)}</span></div>'
        for q in meant.quantities
        if not cell.says_itself(q.name, notation)
    ]
    return f'=== "{title}"\n\n' + "\n\n".join(f"    {line}" for line in lines)


def _drawing(cell: Cell) -> str:
    drawn = figures.cell_diagram(load_model(DRAWN, cell.name).trace(TEXT), step=STEP)
    told = f"Unit 0 of the shipped network for “{TASKS[DRAWN].title}”, at step {STEP} of `{TEXT}`."
    return f"{told}\n\n{plotly_place(drawn.to_json())}"


def defined_in(cell: Cell) -> Path | None:
    """The file that defines a cell; None for one that is made from another by a rule."""
    opening = re.compile(rf'(?:\(\s*|name=)"{cell.name}",')
    files = sorted(FOLDER.rglob("*.py"))
    return next((path for path in files if opening.search(path.read_text(encoding="utf-8"))), None)
