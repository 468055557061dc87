"""What every live page sends, whatever it draws: the menu, the editor with its text, and where in the text one is."""

from typing import Any, TypedDict

from lstm_viz.trace import Array
from lstm_viz.ui.settings.link import FILE_LIMIT, FORMAT
from lstm_viz.ui.views.axis import NOTHING, Axis
from lstm_viz.ui.views.chosen import lacking
from lstm_viz.ui.views.colours import cell_colours
from lstm_viz.ui.views.input_field import InputField, input_field, remarks
from lstm_viz.ui.views.menu import Menu, menu
from lstm_viz.ui.views.view import View
from lstm_viz.words import describe_edit

Parts = tuple[dict[str, Any], dict[str, Array]]
"""A message's header, and its arrays by name."""


class Example(TypedDict):
    """A text to start from."""

    title: str
    text: str
    look_for: str


class SavedFile(TypedDict):
    """How a saved view's file begins, and the most bytes it may have."""

    format: str
    limit: int


class Chosen(TypedDict, total=False):
    """The step and the unit on show; a page adds what it says of them."""

    step: int
    unit: int


class Envelope(TypedDict):
    """What stands in the header of every live page's message."""

    menu: Menu
    editor: InputField
    text: str
    status: str
    problem: str
    unreadable: bool
    edit: str
    examples: list[Example]
    axis: Axis
    steps: int
    units: int
    layers: list[tuple[str, str]]
    layer: str
    chosen: Chosen
    table: bool
    themes: dict[str, Any]
    file: SavedFile


def envelope(view: View) -> tuple[Envelope, dict[str, Array]]:
    """What every live page sends; `axis`, `steps`, `units` and `chosen` are a page's own where there is a run."""
    source, reading = view.source, view.reading
    field, arrays = input_field(source, reading)
    said = (lacking(view.settings, source), reading.problem, remarks(view.model, reading.tokens))
    unreadable = source.task.editor == "numbers" and not reading.tokens and bool(reading.text.strip())
    header: Envelope = {
        "menu": menu(source),
        "editor": field,
        "text": reading.text,
        "status": f"{len(reading.tokens):,} of at most {source.task.limit:,} {source.task.reader.noun}",
        "problem": " ".join(filter(None, said)),
        "unreadable": unreadable,
        "edit": describe_edit(view.edit) if view.edit else "",
        "examples": [
            {"title": each.title, "text": each.text, "look_for": each.look_for} for each in source.task.examples
        ],
        "axis": NOTHING,
        "steps": 0,
        "units": 0,
        "layers": [(f"{each.index} {each.direction}", each.name.capitalize()) for each in source.places],
        "layer": f"{view.place.index} {view.place.direction}",
        "chosen": {"step": view.settings.step, "unit": view.settings.unit},
        "table": view.settings.table,
        "themes": cell_colours(view.model.cell),
        "file": {"format": FORMAT, "limit": FILE_LIMIT},
    }
    return header, arrays
