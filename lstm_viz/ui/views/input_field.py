"""What a text's field is told of it: which kind of field, what the network was not trained for, what to draw."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import numpy as np

from lstm_viz.sources import Source
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers, Reading
from lstm_viz.trace import Array
from lstm_viz.words.phrases import count, listing, quoted

MARGIN = 0.15
"""Room above and below the training range in the editor of numbers, as a share of that range."""
NAMED = 4
"""Most tokens outside the training data that a sentence names."""
MARKS = 2
"""Numbers that are marked in every sequence that a network for marked numbers was trained on."""


class InputField(TypedDict):
    """Which kind of field fits the task, and how much it takes."""

    kind: str
    noun: str
    limit: int
    curve: NotRequired["Curve"]


class Curve(TypedDict):
    """Of a field of numbers: their unit, how finely they are set, and the ends of the curve that draws them."""

    unit: str
    decimals: int
    marks: bool
    range: list[float]
    ends: list[float]


def input_field(source: Source) -> InputField:
    """Which kind of field fits the task."""
    task, reader = source.task, source.task.reader
    header: InputField = {"kind": task.editor, "noun": reader.noun, "limit": task.limit}
    if isinstance(reader, Numbers):
        low, high = source.model.training_range
        room = MARGIN * (high - low)
        header["curve"] = {
            "unit": reader.unit,
            "decimals": max(0, round(-np.log10(reader.step))),
            "marks": reader.marks,
            "range": [low, high],
            "ends": [low - room, high + room],
        }
    return header


def series(source: Source, reading: Reading) -> dict[str, Array]:
    """What a field of numbers draws: (T, 2), each number and whether it is marked; nothing for other fields."""
    reader, tokens = source.task.reader, reading.tokens
    if not isinstance(reader, Numbers):
        return {}
    values = np.array(reader.values(tokens))
    marked = np.zeros(len(values))
    marked[reader.marked(tokens)] = 1
    return {"series": np.column_stack([values, marked])}


def remarks(model: Model, tokens: Sequence[str]) -> str:
    """What the network was not trained for in a text that can be read; words are marked where they stand instead."""
    return " ".join(part for part in (_outside(model, tokens), _marks(model, tokens)) if part)


def strange(model: Model, tokens: Sequence[str]) -> list[int]:
    """Steps whose token lies outside what the network was trained on."""
    known = model.vocabulary or model.training_range
    return [step for step, new in enumerate(model.task.reader.unknown(tokens, known)) if new]


def why_strange(model: Model) -> str:
    """What the network makes of a token outside its training data, to be read after the token."""
    if model.training_range:
        return f"lies outside the {training_range(model)} of the training data."
    return "is not known to the network, which reads it as “unknown”."


def training_range(model: Model) -> str:
    """From the lowest to the highest number that a network was trained on, in words."""
    low, high = model.training_range
    return f"{low:g} to {high:g} {model.task.unit}".rstrip().replace("-", "−")


def _outside(model: Model, tokens: Sequence[str]) -> str:
    if model.task.editor in ("words", "plain_words", "tokenizer"):
        return ""
    show = model.task.reader.show
    found = list(dict.fromkeys(show(tokens[step]) for step in strange(model, tokens)))
    if not found:
        return ""
    names = listing([quoted(each) for each in found[:NAMED]] + [f"{len(found) - NAMED:,} more"] * (len(found) > NAMED))
    why = why_strange(model)
    if len(found) > 1:
        why = why.replace("lies", "lie").replace("is not", "are not").replace("reads it", "reads each")
    return f"{names} {why}"


def _marks(model: Model, tokens: Sequence[str]) -> str:
    reader = model.task.reader
    if not isinstance(reader, Numbers) or not reader.marks or not tokens:
        return ""
    marked = len(reader.marked(tokens))
    if marked == MARKS:
        return ""
    is_are = "is" if marked == 1 else "are"
    return f"{count(marked, 'number')} {is_are} marked; the network was trained with {MARKS}."
