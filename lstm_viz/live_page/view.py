"""A view of the app as data for a page in a file: what Python said of it, and the networks that ran."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.live_page.assets import joined, style
from lstm_viz.live_page.document import document, made_by

LARGEST = 24 * 2**20
"""Bytes of weights that a file may hold: past them its page does not run the network."""
_ENTRY = "pages/{page}/in_a_file.js"
_OPENS = """\
import {{ build }} from "./page.js";
import {{ numbers }} from "./numbers.js";
import {{ openView }} from "../../live/view_file.js";
{cells}openView("{page}", build, modules["pages/{page}/numbers.js"], {{ {named} }});
"""
_RUNS = (
    "The network is inside: what you type runs here, and nothing is sent or fetched. Sentences tell of the view as it "
    "was saved, and are left out where they may no longer hold."
)
_STILL = (
    "The numbers are inside, the network is not, so the input cannot be changed. Sentences tell of the view as it "
    "was saved, and are left out where they may no longer hold."
)
_ABSENT: Mapping[str, Any] = {
    "networks": {},
    "training": None,
    "through": None,
    "file": None,
    "short": None,
    "linkable": False,
    "presets": [],
    "rankable": [],
    "beside": [],
    "refusal": "",
}
"""What a file cannot do: other networks or states of one, links, experiments with other texts, work of seconds."""


@dataclass(frozen=True, eq=False)
class Inside:
    """A network as a page holds it.

    Attributes
    ----------
    about : what the browser is told of it; see `ui.views.network.Network`
    cell : the cell's definition, compiled
    weights : a .safetensors file
    vocabulary : the symbols that it reads; None where it reads numbers
    """

    about: Mapping[str, Any]
    cell: str
    weights: bytes
    vocabulary: Sequence[str] | None


def view_page(
    header: Mapping[str, Any],
    numbers: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    *,
    page: str,
    heading: str,
    networks: Mapping[str, Inside],
    rules: Mapping[str, Any],
    variants: Sequence[Mapping[str, Any]] = (),
    holds_for: Sequence[str] = (),
    which: str = "",
) -> str:
    """The text of an HTML file that shows a view of the app, live.

    Parameters
    ----------
    header : what the page says, its words
    numbers, arrays : what it counts, which a page that runs the network makes itself
    page : name of its folder in `web/pages`
    heading : its title
    networks : what runs in it, by the names that the header has; none where they would take too long to load
    rules : what follows on this page from what is done; see `ui.doing.state.Rules`
    variants : what is said instead: ``header``, the fields that are others, ``when`` settings are so; ``as``, the
        settings with which it was told, where it is told of another text or another experiment
    holds_for : settings for any value of which the sentences hold, besides those of `variants`
    which : a sentence on which state of the networks it shows, where that is not how their training ended
    """
    runs = bool(networks) and sum(len(each.weights) for each in networks.values()) <= LARGEST
    inside = networks if runs else {}
    held = {f"weights {key}": np.frombuffer(each.weights, np.uint8) for key, each in inside.items()}
    settings = {**header["settings"], "text": header["text"]}
    menu = {**header["menu"], "tasks": [], "cells": [], "degrees": []}
    said = {
        "settings": settings,
        "words": {
            "header": {**header, **_ABSENT, "menu": menu},
            "variants": [_about_menu(each, menu) for each in variants],
            "of": sorted({*holds_for, *(name for each in variants if "as" not in each for name in each["when"])}),
        },
        "rules": dict(rules),
        "shown": header["shown"],
        "networks": {key: {**each.about, "vocabulary": each.vocabulary} for key, each in inside.items()},
        "numbers": None if runs else dict(numbers),
    }
    compiled = {key: each.cell for key, each in sorted(inside.items())}
    return document(
        _script(page, tuple(compiled.items())),
        _style(page),
        said,
        held if runs else arrays,
        title=f"{heading} · LSTM Viz",
        heading=heading,
        saying=" ".join(filter(None, [f"A saved copy, made by {made_by()}.", which, _RUNS if runs else _STILL])),
        made=f"Made by {made_by()}.",
        runs=runs,
    )


def _about_menu(variant: Mapping[str, Any], menu: Mapping[str, Any]) -> dict[str, Any]:
    header = {name: menu if name == "menu" else said for name, said in variant["header"].items() if name not in _ABSENT}
    return {**variant, "header": header}


@cache
def _script(page: str, compiled: tuple[tuple[str, str], ...]) -> str:
    """The page's modules, and those of the cells by the names of their networks."""
    files = {f"cells/{key}.js": text for key, text in compiled}
    imports = "".join(f'import {{ cell as cell{k} }} from "../../{path}";\n' for k, path in enumerate(files))
    named = ", ".join(f'"{key}": modules["cells/{key}.js"]' for key, _ in compiled)
    entry = _ENTRY.format(page=page)
    return joined(entry, {**files, entry: _OPENS.format(page=page, cells=imports, named=named)})


@cache
def _style(page: str) -> str:
    return style(f"pages/{page}/page.js", "live/view_file.js")
