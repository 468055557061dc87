"""A recorded run as data for a page in a file: what is said of it, what is drawn, and the numbers behind each cell.

The same pictures as Gates over time, from the same functions. `web/live/recorded.js` makes of it what is on show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import SEVERAL_STEPS, column_labels
from lstm_viz.analysis.equations.cell_arithmetic import arithmetic_in
from lstm_viz.analysis.equations.trees import equation_data
from lstm_viz.analysis.ordering import orders_for, unit_order
from lstm_viz.cells import NOTATIONS
from lstm_viz.cells.expression import keys_in
from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.saturation import saturation_data
from lstm_viz.figures.style import own_ends
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.figures.unit_lines import unit_reach
from lstm_viz.live_page.answers import Answer, answer_words
from lstm_viz.live_page.colours import cell_colours
from lstm_viz.live_page.gates import gates_in_words, symbols_in_words
from lstm_viz.live_page.terms import TERMS
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.words import describe_unit
from lstm_viz.words.phrases import count

WHOLE = 4 * 2**20
"""Bytes of a layer up to which a file holds all its numbers; past them the means, and each column's first step."""
LEVELS = 2**16 - 1
"""The upper end of a scale, where means stand for places on it; web/live/recorded.js has the same."""
TOLD = 10**6
"""Numbers of a quantity up to which a sentence on each unit is written beforehand."""
ANSWERED = 2000
"""Steps up to which the answer after each is in the file; of more, after the first of each column."""

_NO_MENU: dict[str, Any] = {
    "tasks": [],
    "task": "",
    "cells": [],
    "degrees": [],
    "degree": "",
    "card": [],
    "training": [],
}
_NOTHING: dict[str, Any] = {
    "text": "",
    "problem": "",
    "edit": "",
    "examples": [],
    "tracking": [],
    "captions": {},
    "networks": {},
    "table": False,
    "answer": {"title": "", "unit": "", "followers": "", "likely": 0},
    "file": None,
    "short": None,
    "linkable": False,
}
"""What the page of a text has and a recorded run has not: no editor, no network, no link."""

Parts = tuple[dict[str, Any], dict[str, NDArray[Any]]]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a page opens on, and what its reader can change; the names of `ui.settings.Settings`."""

    layer: int
    direction: str
    step: int
    unit: int
    order: str
    notation: str
    own_scale: bool
    table: bool = False
    text: str = ""
    before: None = None
    clamps: str = ""


def recorded(
    layers: Sequence[LayerTrace],
    labels: Sequence[str],
    choices: Choices,
    notes: Sequence[str] = (),
    answer: Answer | None = None,
) -> Parts:
    """Header and arrays.

    Parameters
    ----------
    layers : of one run, each a menu entry
    labels : T tokens
    choices : what it opens on
    notes : sentences on how the run was made
    answer : what the network says after every step, where that is known

    Returns
    -------
    ``words``: ``header``, what is said of what it opens on; ``variants``, what is said instead ``when`` settings are
    so; the settings ``of`` any value of which what is said then holds. ``run``: what is counted. The names of a layer's
    arrays begin with its place among the layers.
    """
    axis = TokenAxis.of(labels)
    counted: list[dict[str, Any]] = []
    arrays: dict[str, NDArray[Any]] = {}
    for k, layer in enumerate(layers):
        told, own = _numbers(layer, axis)
        counted.append(told)
        arrays |= {f"{k}.{name}": array for name, array in own.items()}
    cell = layers[0].definition
    run: dict[str, Any] = {
        "steps": len(labels),
        "axis": {"labels": column_labels(labels, axis.edges), "unknown": [], "edges": axis.edges.tolist()},
        "labels": list(labels),
        "letters": list(labels) if _are_letters(labels) else [],
        "quantities": [
            {"name": each.name, "recorded": True, "carried": each in cell.carried} for each in cell.recorded
        ],
        "layers": counted,
    }
    if not all(each["whole"] for each in counted):
        notes = ("Of the steps in a column the file holds the mean, and the first with all its numbers.", *notes)
    header = _words(layers, labels, choices, notes)
    if answer:
        steps = range(len(labels)) if len(labels) <= ANSWERED else axis.edges[:-1].tolist()
        said, more = answer.numbers()
        run |= {"said": said, "answers": [answer.at(step) for step in steps]}
        arrays |= {f"said.{name}": array for name, array in more.items()}
        header |= {"answer": answer_words(answer.model), "captions": answer.captions()}
    settings = asdict(choices)
    words = {
        "header": header,
        "variants": list(_variants(layers, labels, axis)),
        "of": list(settings),
    }
    return {"words": words, "run": run, "settings": settings}, arrays


def _words(
    layers: Sequence[LayerTrace], labels: Sequence[str], choices: Choices, notes: Sequence[str]
) -> dict[str, Any]:
    first, cell = layers[0], layers[0].definition
    sizes = " or ".join(f"{size:,}" for size in sorted({each.units for each in layers}))
    return {
        **_NOTHING,
        "menu": {
            **_NO_MENU,
            "cell": cell.name,
            "question": f"{cell.title}: {sizes} units, {count(len(labels), 'step')}.",
            "output": " ".join([*_held(layers), *notes]),
        },
        "editor": {"kind": "none", "noun": "steps", "limit": len(labels)},
        "shown": cell.name,
        "layers": [(f"{each.index} {each.direction}", each.name.capitalize()) for each in layers],
        "themes": cell_colours(cell.name),
        "axisWords": {"why": "", "letters": _are_letters(labels), "note": SEVERAL_STEPS},
        "glossary": TERMS,
        **gates_in_words(cell, choices.notation, projected=_projected(first)),
    }


def _are_letters(labels: Sequence[str]) -> bool:
    """Whether tokens are single characters, which can stand closely in a line; numbers of steps are not."""
    return all(len(label) == 1 for label in labels) and not all(label.isdigit() for label in labels)


def _held(layers: Sequence[LayerTrace]) -> list[str]:
    """What was held at a value in the run, a sentence a layer."""
    return [
        f"{layer.name.capitalize()}: held at a value: "
        f"{', '.join(layer.definition[name].label.lower() for name in sorted(layer.clamped))}."
        for layer in layers
        if layer.clamped
    ]


def _variants(layers: Sequence[LayerTrace], labels: Sequence[str], axis: TokenAxis) -> Iterator[dict[str, Any]]:
    """What is said instead, by the settings ``when`` it is."""
    for layer in layers:
        place = {"layer": layer.index, "direction": layer.direction}
        captions = {each.name: each.caption for each in gate_heatmaps_data(layer, axis)}
        captions |= {f"saturated {gate.quantity.name}": gate.caption for gate in saturation_data(layer)}
        yield {"when": place, "header": {"captions": captions, "layer": f"{layer.index} {layer.direction}"}}
        for notation in NOTATIONS:
            said = symbols_in_words(layer.definition, notation, projected=_projected(layer))
            yield {"when": place | {"notation": notation}, "header": said}
        for order in orders_for(layer.definition):
            yield {"when": place | {"order": order}, "header": {"order": unit_order(layer, by=order).tolist()}}
        for unit in range(layer.units if len(layer) * layer.units <= TOLD else 0):
            said = {"captions": {"unit": describe_unit(layer, unit, labels)}}
            yield {"when": place | {"unit": unit}, "header": said}


def _numbers(layer: LayerTrace, axis: TokenAxis) -> Parts:
    """What is drawn of a layer, and the numbers of those steps that can be chosen."""
    cell, edges = layer.definition, axis.edges
    whole = len(layer) == len(edges) - 1 or sum(array.nbytes for array in layer.values.values()) <= WHOLE
    equations = arithmetic_in(cell, projected=_projected(layer))
    found = gate_heatmaps_data(layer, axis)
    told = {
        "layer": layer.index,
        "direction": layer.direction,
        "units": layer.units,
        "whole": whole,
        "limits": {each.name: list(each.limits) for each in found},
        "ends": {name: own_ends(layer, name).tolist() for name in layer.quantities if not cell[name].range.is_share},
        "reach": unit_reach(layer),
        "chain": [equation_data(each) for each in equations],
    }
    arrays: dict[str, NDArray[Any]] = {}
    if gates := saturation_data(layer):
        arrays["shut"] = np.stack([gate.shares.shut for gate in gates])
        arrays["open"] = np.stack([gate.shares.open for gate in gates])
    if whole:
        return told, arrays | dict(layer.values) | {f"first.{k}": each for k, each in layer.initial_state.items()}
    at = edges[:-1]
    read = {name for each in equations for name in keys_in(each.stages[0]) if name.endswith("-")}
    arrays |= {each.name: _levels(each.values, *each.limits) for each in found}
    arrays |= {f"at.{name}": layer[name][at] for name in layer.quantities}
    return told, arrays | {f"before.{name[:-1]}": layer.before(name[:-1])[at] for name in read}


def _levels(values: Array, low: float, high: float) -> NDArray[np.uint16]:
    """Where values lie between the ends of their scale, as finely as a picture, a line and three decimals need."""
    return np.round((values.astype(np.float64) - low) / (high - low) * LEVELS).clip(0, LEVELS).astype(np.uint16)


def _projected(layer: LayerTrace) -> bool:
    return layer.hidden_state.shape[1] != layer.units
