"""What every live page sends, whatever it draws: the menu, the editor with its text, and where in the text one is."""

from dataclasses import asdict
from typing import Any, NotRequired, TypedDict

from lstm_viz.live_page.colours import cell_colours
from lstm_viz.live_page.terms import TERMS
from lstm_viz.trace import Array
from lstm_viz.ui.settings.link import FILE_LIMIT, FORMAT
from lstm_viz.ui.views.axis import NOTHING, Axis, AxisWords, axis_words
from lstm_viz.ui.views.chosen import lacking
from lstm_viz.ui.views.examples import Example, examples
from lstm_viz.ui.views.input_field import InputField, input_field, remarks, series
from lstm_viz.ui.views.menu import Menu, menu
from lstm_viz.ui.views.network import Network, network, runs_in_page
from lstm_viz.ui.views.through import Through, Training, is_open, through, training
from lstm_viz.ui.views.view import View
from lstm_viz.words import describe_edit

Parts = tuple[dict[str, Any], dict[str, Array]]
"""A message's header, and its arrays by name."""


class Glossary(TypedDict):
    """What the field's terms mean, and how a browser finds one in a sentence."""

    meanings: dict[str, str]
    pattern: str


class SavedFile(TypedDict):
    """How a saved view's file begins, and the most bytes it may have."""

    format: str
    limit: int


class Chosen(TypedDict, total=False):
    """The step and the unit on show; a page adds what is worked out for them."""

    step: int
    unit: int


class Words(TypedDict):
    """What stands in the header of every live page's message and only Python can say."""

    menu: Menu
    editor: InputField
    text: str
    problem: str
    edit: str
    examples: list[Example]
    layers: list[tuple[str, str]]
    layer: str
    table: bool
    themes: dict[str, Any]
    axisWords: AxisWords
    file: SavedFile
    glossary: Glossary
    settings: dict[str, Any]
    networks: dict[str, Network]
    shown: str
    training: Training | None
    through: Through | None


class Numbers(TypedDict):
    """What stands there and follows from the text by arithmetic; a browser that runs the network makes it itself.

    ``drawn``: the units that arrays with a column a unit are of, where they are not of all.
    """

    count: int
    unreadable: bool
    axis: Axis
    steps: int
    units: int
    chosen: Chosen
    drawn: NotRequired[list[int]]


class Envelope(Words, Numbers):
    """Both."""


def words(view: View) -> Words:
    """What every live page says."""
    source, reading = view.source, view.reading
    said = (lacking(view.settings, source), reading.problem, remarks(view.model, reading.tokens))
    return {
        "menu": menu(source),
        "editor": input_field(source),
        "text": reading.text,
        "problem": " ".join(filter(None, said)),
        "edit": describe_edit(view.edit) if view.edit else "",
        "examples": examples(source, view.place),
        "layers": [(f"{each.index} {each.direction}", each.name.capitalize()) for each in source.places],
        "layer": f"{view.place.index} {view.place.direction}",
        "table": view.settings.table,
        "themes": cell_colours(view.model.cell),
        "axisWords": axis_words(view),
        "file": {"format": FORMAT, "limit": FILE_LIMIT},
        "glossary": TERMS,
        "settings": settings(view),
        "networks": {view.model.cell: network(source.ended)} if runs_in_page(source) else {},
        "shown": view.model.cell,
        "training": training(source),
        "through": through(view),
    }


def settings(view: View) -> dict[str, Any]:
    """The settings but the text, as the page reads them: what is shown in place of what there is not."""
    shown = {
        "task": view.source.task.name,
        "cell": view.model.cell,
        "layer": view.place.index,
        "direction": view.place.direction,
        "checkpoint": view.source.checkpoint,
        "timeline": is_open(view),
        "order": view.order_name,
    }
    return {name: value for name, value in asdict(view.settings).items() if name != "text"} | shown


def numbers(view: View) -> tuple[Numbers, dict[str, Array]]:
    """What every live page counts; what needs a run is for a page to put in their place."""
    source, reading = view.source, view.reading
    return {
        "count": len(reading.tokens),
        "unreadable": source.task.editor in ("numbers", "table") and not reading.tokens and bool(reading.text.strip()),
        "axis": NOTHING,
        "steps": 0,
        "units": 0,
        "chosen": {"step": view.settings.step, "unit": view.settings.unit},
    }, series(source, reading)


def of_drawn(view: View, arrays: dict[str, Array]) -> Parts:
    """Arrays with a column a unit, of the units that are drawn, and which those are; as they are where all are."""
    drawn, units = view.order, view.source.units
    if len(drawn) == units:
        return {}, arrays
    kept = {name: each[:, drawn] if each.shape[1:] == (units,) else each for name, each in arrays.items()}
    return {"drawn": drawn}, kept


def envelope(view: View) -> tuple[Envelope, dict[str, Array]]:
    """Both together."""
    counted, arrays = numbers(view)
    return {**words(view), **counted}, arrays
