"""What mkdocs calls while it builds the site: adds the generated pages, then looks at what was built."""

import logging
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from docs.making.built import problems
from docs.making.cells import cell_pages
from docs.making.equations import drawn
from docs.making.links import links_page
from docs.making.models import model_pages
from docs.making.notebooks import notebook_pages
from docs.making.page import Page, with_raw
from docs.making.reference import reference_pages
from docs.making.written import DOCUMENTS, written_pages

PLOTLY, SITE = "assets/plotly.min.js", "assets/site.js"
"""Plotly's own script, out of its Python package, and what draws figures with it."""

_pages: dict[str, Page] = {}


def on_config(config: Any) -> Any:
    """Make the pages, and list all in the order of the sections."""
    sections = {
        "Notebooks": notebook_pages(),
        "Reference": reference_pages(),
        "The cells": cell_pages(),
        "Trained models": model_pages(),
    }
    alone = [*written_pages(), links_page()]
    _pages.update((page.path, page) for page in (*alone, *(page for pages in sections.values() for page in pages)))
    titles = dict(DOCUMENTS.values())
    titles |= {page.path: page.title for page in alone}

    def entry(path: str) -> dict[str, str]:
        return {titles[path]: path}

    config.nav = [
        entry("index.md"),
        entry("your_model.md"),
        entry("lessons.md"),
        entry("embedding.md"),
        entry("rooms.md"),
        entry("deploying.md"),
        entry("operating.md"),
        *({name: [{page.title: page.path} for page in pages]} for name, pages in sections.items()),
        {"The app": [entry("links.md"), entry("measured.md")]},
        {"The project": [entry(f"{name}.md") for name in ("architecture", "contributing", "changelog", "licence")]},
    ]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Give mkdocs the generated pages, and plotly's script."""
    for path, page in _pages.items():
        files.append(File.generated(config, path, content=page.text))
    script = resources("plotly") / "package_data" / "plotly.min.js"
    files.append(File.generated(config, PLOTLY, content=script.read_bytes()))
    return files


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Put what Markdown must not touch into its place, and the script of figures where there are some."""
    made = _pages.get(page.file.src_uri)
    if made is None:
        return html
    html = with_raw(drawn(html), made.raw)
    if made.has_figures:
        html += "".join(
            f'<script src="{files.get_file_from_path(name).url_relative_to(page.file)}"></script>'
            for name in (PLOTLY, SITE)
        )
    return html


def on_post_build(config: Any) -> None:
    """Stop where a public name is missing, or a page would load something from elsewhere."""
    found = problems(Path(config.site_dir))
    if found:
        raise PluginError("\n".join(["The site is not right:", *found]))
    logging.getLogger("mkdocs").info("Every public name is there, and nothing is loaded from elsewhere.")
