"""The notebooks as pages: run anew, and shown with what they put out."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from docs.making.page import Page, plotly_place, raw_place

FOLDER = Path(__file__).parents[2] / "notebooks"
PLOTLY = "application/vnd.plotly.v1+json"
SECONDS = 120
"""Longest that one cell may take: what is slow is caught by the tests, on a machine that does nothing else."""


def notebook_paths() -> list[Path]:
    """The notebooks, in the order of their names."""
    return sorted(FOLDER.glob("*.ipynb"))


def notebook_pages() -> list[Page]:
    """A page a notebook."""
    return [_page(path) for path in notebook_paths()]


def run(notebook: Any) -> Any:
    """A notebook with the outputs of a fresh run, in its folder; an error in a cell is raised."""
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(FOLDER)}})
    # The package as it is here, installed or not; one thread, for two of small products wait for each other.
    return client.execute(env={**os.environ, "PYTHONPATH": str(FOLDER.parent), "OMP_NUM_THREADS": "1"})


def title_of(notebook: Any) -> str:
    """The first heading."""
    found = re.match(r"# (.+)", notebook.cells[0].source)
    if not found:
        raise ValueError("a notebook begins with a cell that begins with its title, # …")
    return found[1].strip()


def _page(path: Path) -> Page:
    notebook = run(nbformat.read(path, as_version=4))
    raw: dict[str, str] = {}
    parts = [f"{cell.source}" if cell.cell_type == "markdown" else _code(cell, raw) for cell in notebook.cells]
    about = f"*This page is the notebook `notebooks/{path.name}`, run when the site was built.*"
    return Page(f"notebooks/{path.stem}.md", title_of(notebook), "\n\n".join([*parts, about]) + "\n", raw)


def _code(cell: Any, raw: dict[str, str]) -> str:
    parts = [f"```python\n{cell.source}\n```"]
    for html in _outputs(cell.outputs):
        name = str(len(raw))
        raw[name] = f'<div class="output">{html}</div>'
        parts.append(raw_place(name))
    return "\n\n".join(parts)


def _outputs(outputs: Any) -> Iterator[str]:
    for output in outputs:
        if output.output_type == "stream":
            yield _text(output.text)
        else:
            yield _shown(output.data)


def _shown(data: Mapping[str, Any]) -> str:
    """The richest of the forms that a value was put out in."""
    if PLOTLY in data:
        return plotly_place(json.dumps({part: data[PLOTLY][part] for part in ("data", "layout")}))
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            return str(data[kind])
    return _text(str(data["text/plain"]))


def _text(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"
