"""What the browser keeps of a cell: its drawing, equations and symbols in every notation."""

from typing import Any

import numpy as np

from lstm_viz.analysis.equations.graph import CONCATENATE
from lstm_viz.analysis.equations.links import links, sources
from lstm_viz.analysis.equations.step_numbers import StepNumbers
from lstm_viz.analysis.equations.symbols import symbols
from lstm_viz.analysis.equations.tokens import tokens_of
from lstm_viz.analysis.equations.wiring import Part, Wiring, wiring
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import limits, round_up
from lstm_viz.trace import LayerTrace
from lstm_viz.ui.views.colours import SIGNED
from lstm_viz.words.phrases import listing


def cell_header(layer: LayerTrace, numbers: StepNumbers, inputs: int) -> dict[str, Any]:
    """Everything but the numbers themselves.

    Parameters
    ----------
    inputs : how many numbers arrive at a step
    """
    cell, drawn = layer.definition, wiring(layer.definition)
    return {
        "title": cell.title,
        "summary": cell.summary,
        "notes": list(cell.notes),
        "sizes": {"inputs": inputs, "hidden_state": layer.hidden_state.shape[1]},
        "also": _also(cell, drawn, layer.units),
        "quantities": [
            {
                "name": quantity.name,
                "label": quantity.label,
                "meaning": quantity.meaning,
                "symbols": [to_html(quantity.symbols[notation]) for notation in NOTATIONS],
            }
            for quantity in cell.quantities
        ],
        "symbols": {notation: symbols(cell, notation) for notation in NOTATIONS},
        "links": links(cell),
        "parts": [_part(part, layer, numbers) for part in drawn.parts],
        "wires": [
            {"source": wire.source, "target": wire.target, "points": wire.points, "stage": drawn[wire.target].stage}
            for wire in drawn.wires
        ],
        "forks": drawn.forks,
        "stages": [{"title": each.title, "says": each.says, "ends": each.ends} for each in drawn.stages],
        "groups": [[k, *box] for k, box in drawn.groups.items()],
        "groupedIn": cell.drawing.grouped_in,
        "lines": [
            {
                "quantity": line.equation.quantity,
                "sources": sources(cell, line.equation.quantity),
                "stages": [tokens_of(stage) for stage in line.equation.stages],
                "stage": drawn[line.equation.quantity].stage,
            }
            for line in numbers.lines
        ],
    }


def _part(part: Part, layer: LayerTrace, numbers: StepNumbers) -> dict[str, Any]:
    share = part.key in layer.quantities and layer.definition[part.key].range.is_share
    shown = part.kind != "leave" and part.key in numbers.values
    if part.owner in layer.quantities and part.key.rstrip("-") == part.owner:
        ends = limits(layer, part.owner)
    else:
        furthest = float(np.abs(numbers.values[part.key]).max()) if shown else 0.0
        ends = (-round_up(furthest), round_up(furthest))
    return {
        "key": part.key,
        "kind": part.kind,
        "label": part.label,
        "owner": part.owner,
        "place": part.place,
        "stage": part.stage,
        "scale": part.key if share else SIGNED,
        "limits": ends,
        "values": shown,
        "quantity": part.key == part.owner and part.key != CONCATENATE,
        "leaves": part.kind == "enter" or part.key in (state.name for state in layer.definition.states),
    }


def _also(cell: Cell, drawn: Wiring, units: int) -> str:
    """A sentence on the boxes that weigh more than the inputs and the last hidden state; "" where there are none."""
    sentences = []
    for part in drawn.parts:
        if part.kind != "concatenate" or part.key == CONCATENATE:
            continue
        more = [drawn[w.source] for w in drawn.wires if w.target == part.key and w.source != CONCATENATE]
        boxes = [drawn[wire.target] for wire in drawn.wires if wire.source == part.key]
        seeing, seen = (listing([cell[p.owner].label.lower() for p in each]) for each in (boxes, more))
        sentences.append(f" Of these, {seeing} also weigh the {len(more) * units} numbers of the last {seen}.")
    return "".join(sentences)
