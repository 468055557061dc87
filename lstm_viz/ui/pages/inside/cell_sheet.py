"""A cell's drawing, equations and symbols as the browser gets them, in every notation at once."""

from typing import Any

import numpy as np

from lstm_viz.analysis.equations.expression import Expression, expression_of, matrix_products
from lstm_viz.analysis.equations.lines import (
    ARGUMENT,
    BIAS,
    FROM_HIDDEN,
    FROM_INPUT,
    HIDDEN_BIAS,
    INPUT_BIAS,
    expand,
    tokens_of,
)
from lstm_viz.analysis.equations.step_numbers import StepNumbers
from lstm_viz.analysis.equations.wiring import CONCATENATE, Part, Wiring, key_of, wiring
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.definition import INPUTS
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import limits, round_up
from lstm_viz.trace import LayerTrace
from lstm_viz.ui.views.colours import SIGNED
from lstm_viz.words.phrases import listing


def cell_page(layer: LayerTrace, numbers: StepNumbers, inputs: int) -> dict[str, Any]:
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


def sources(cell: Cell, name: str) -> list[str]:
    """What a quantity weighs over all units, as the names of its numbers."""
    own = ["inputs", "hidden_state-"] if cell[name].weighted else []
    return own + [key_of(product.argument) for product in matrix_products(expression_of(cell, name))]


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


def links(cell: Cell) -> dict[str, str]:
    """What a term of an equation stands for in the drawing: a part, or ``into …`` for the line into a part."""
    drawn = wiring(cell)
    keys = {part.key for part in drawn.parts}
    found = {}
    for quantity in cell.quantities:
        name = quantity.name
        if not (quantity.weighted or quantity.parameters):
            continue
        feeds = [wire.source for wire in drawn.wires if wire.target == name]
        joined = any(drawn[source].kind == "concatenate" for source in feeds)
        found[ARGUMENT + name] = f"into {name}" if joined else feeds[0]
        found |= dict.fromkeys(quantity.parameters, found[ARGUMENT + name])
        found |= {p.name: key_of(p.argument) for p in matrix_products(expression_of(cell, name))}
        if not quantity.weighted:
            continue
        for start, half in ((FROM_INPUT, "W"), (INPUT_BIAS, "W"), (BIAS, "W"), (FROM_HIDDEN, "U"), (HIDDEN_BIAS, "U")):
            found[start + name] = part if (part := f"{half} {name}") in keys else f"into {name}"
    return found


def symbols(cell: Cell, notation: str) -> dict[str, str]:
    """The symbol of everything that stands in a cell's equations, as HTML, by the name of its numbers."""
    found = {"inputs": to_html(INPUTS[notation])}
    for quantity in cell.quantities:
        symbol = quantity.symbols[notation]
        found[quantity.name], found[f"{quantity.name}-"] = to_html(symbol), to_html(symbol, before=True)
    before = found["hidden_state-"]
    for quantity in cell.weighted:
        row = f"<sub>{quantity.symbols[notation].replace('_t', '').replace('_', '')}</sub>"
        found[FROM_INPUT + quantity.name] = f"W{row}\u2009{found['inputs']}"
        found[FROM_HIDDEN + quantity.name] = f"U{row}\u2009{before}"
        found[BIAS + quantity.name] = found[INPUT_BIAS + quantity.name] = f"b{row}"
        found[HIDDEN_BIAS + quantity.name] = f"b′{row}"
    found |= {name: to_html(cell.weight_symbol(name, notation)) for name in cell.parameters}
    for quantity in cell.quantities:
        for product in matrix_products(expression_of(cell, quantity.name)):
            seen = _as_html(product.argument, found)
            found[key_of(product.argument)] = seen
            found[product.name] += f"\u2009{seen}"
    return found


def _as_html(expression: Expression, symbols: dict[str, str]) -> str:
    tokens = tokens_of(expand(expression, has_bias=True))
    text = "".join(content if kind == "text" else symbols[content] for kind, content, _ in tokens)
    return f"({text})" if len(tokens) > 1 else text
