"""The two ends of a cell: how what was typed becomes the numbers that arrive, and what is read from what it shows."""

from typing import Any, NotRequired, TypedDict

from lstm_viz.live_page.answers import kind_of
from lstm_viz.tasks.answers import Scaled
from lstm_viz.tasks.readers import Numbers, Table
from lstm_viz.tasks.uploaded import unknown_row
from lstm_viz.ui.views.view import View
from lstm_viz.words.arriving import (
    NOUNS,
    describe_below,
    describe_lacking,
    describe_number,
    describe_row,
    describe_table,
)


class Arriving(TypedDict):
    """How a token becomes numbers: ``{row}``, ``{number}`` and ``{x}`` stand for those of a step.

    ``unknown``: the same for a token that the network does not know; ``names``: of the numbers, where they have any;
    ``made_rows``: how many rows were put before those of the file, which its owner does not count.
    """

    title: str
    says: str
    unknown: str
    calculation: str
    names: list[str]
    made_rows: NotRequired[int]


class ReadOut(TypedDict):
    """How the answer is told: ``{name}``, ``{value}`` and ``{size}`` stand for those of a step."""

    label: str
    says: str
    unit: str
    decimals: int


def arriving(view: View) -> Arriving:
    """How what is typed becomes the numbers that arrive at the layer on show."""
    reader, size = view.source.task.reader, view.model.network.recurrent.input_size
    if view.place.index:
        said = describe_below(view.place.index - 1, _shown_below(view))
        return {"title": "The layer below", "says": said, "unknown": said, "calculation": "", "names": []}
    if isinstance(reader, Numbers):
        said, calculation = describe_number(reader.centre, reader.spread, marks=reader.marks)
        names = ["number", "mark"] if reader.marks else ["number"]
        return {"title": "The number", "says": said, "unknown": said, "calculation": calculation, "names": names}
    if isinstance(reader, Table):
        said = describe_table(reader.features, size, through=len(view.model.network.below))
        names = list(reader.names(view.text)) if size == reader.features else []
        return {"title": "The numbers", "says": said, "unknown": said, "calculation": "", "names": names}
    noun, symbols = NOUNS[reader.kind], view.model.vocabulary
    made = int(view.model.card.get("made_rows", 0))
    said, unknown = describe_row(noun, len(symbols) - made, size)
    if made:
        row = unknown_row(symbols[made:])
        unknown = describe_lacking(noun, None if row is None else (row, symbols[made + row]))
    title = f"The {noun}"
    return {"title": title, "says": said, "unknown": unknown, "calculation": "", "names": [], "made_rows": made}


def _shown_below(view: View) -> int:
    recurrent = view.model.network.recurrent
    return int((recurrent.proj_size or recurrent.hidden_size) * (2 if recurrent.bidirectional else 1))


def read_out(view: View) -> ReadOut | None:
    """How the answer is told; None for a layer from which none is read."""
    if not view.source.answers_from(view.place):
        return None
    task, kind = view.model.task, kind_of(view.model)
    label = {"numbers": "{name}", "next": "P(next “{name}”)"}.get(kind, "P({name})")
    turned = ", adds biases, and turns the sums into probabilities"
    if isinstance(task.answers, Scaled):
        scale, shift = task.answers.scale, task.answers.shift
        turned = " and adds a bias" + (f"; the sum, times {scale:g} and plus {shift:g}, is the answer" * (scale != 1))
    return {
        "label": label,
        "says": f"The read-out weighs the {{size}} numbers of the hidden state again{turned}: {label} is {{value}}.",
        "unit": f"\u202f{task.unit}" if task.unit else "",
        "decimals": 2 if kind == "numbers" else 3,
    }


def answers(view: View, steps: slice) -> list[tuple[str, float]]:
    """What is read after each of some steps: of two labels the one that stands for yes, of more the likeliest."""
    model, said = view.model, view.model.predictions(view.run)[steps]
    show = model.task.reader.show if kind_of(model) == "next" else str
    columns: Any = said.argmax(axis=1)
    if kind_of(model) == "bars":
        columns[:] = model.task.favoured
    return [(show(model.labels[k]), float(row[k])) for k, row in zip(columns, said, strict=True)]
