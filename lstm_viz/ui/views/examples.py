"""The examples of a task with what there is to look for in each, as one network sees it, or several side by side."""

from collections.abc import Hashable, Mapping
from typing import TypedDict
from weakref import WeakKeyDictionary

from lstm_viz.analysis.seen import Seen
from lstm_viz.cells import CELLS
from lstm_viz.sources import Place, Source
from lstm_viz.words.points import compare_points, describe_points


class Example(TypedDict):
    """A text to start from."""

    title: str
    text: str
    look_for: str


_compared: WeakKeyDictionary[Source, dict[Hashable, list[Example]]] = WeakKeyDictionary()
"""The same of several side by side, beside the first of them."""
_described: WeakKeyDictionary[Source, dict[Place, list[Example]]] = WeakKeyDictionary()
"""What was said of the examples: each takes a run or two, and a network says the same of them for ever."""


def examples(source: Source, place: Place) -> list[Example]:
    """What one network does with the examples of its task, its states and gates read at one place."""
    said = _described.setdefault(source, {})
    if place not in said:
        said[place] = [
            {
                "title": each.title,
                "text": each.text,
                "look_for": describe_points(each.points, _seen(source, each.text, place)),
            }
            for each in source.task.examples
        ]
    return said[place]


def compared_examples(sources: Mapping[str, Source], place: Place) -> list[Example]:
    """What several networks for one task do with its examples; cell → network."""
    # Under names, so that no network is kept: not a reader's own, once its session has ended.
    said = _compared.setdefault(next(iter(sources.values())), {})
    asked = (place, *((cell, each.name) for cell, each in sources.items()))
    if asked not in said:
        said[asked] = _side_by_side(sources, place)
    return said[asked]


def _side_by_side(sources: Mapping[str, Source], place: Place) -> list[Example]:
    return [
        {
            "title": each.title,
            "text": each.text,
            "look_for": compare_points(
                each.points,
                {
                    CELLS[cell].title: _seen(source, each.text, source.place(place.index, place.direction))
                    for cell, source in sources.items()
                },
            ),
        }
        for each in next(iter(sources.values())).task.examples
    ]


def _seen(source: Source, text: str, place: Place) -> Seen:
    return Seen(source.model, source.read(text).tokens, source.run, source.places.index(place))
