"""From the terms of a cell's equations to its drawing: which part each stands for, and whose numbers it weighs."""

from lstm_viz.analysis.equations.graph import INPUTS
from lstm_viz.analysis.equations.stages import ARGUMENT, BIAS, FROM_HIDDEN, FROM_INPUT, HIDDEN_BIAS, INPUT_BIAS, JOINED
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import expression_of, key_of, matrix_products


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
        joined = any(source == INPUTS or drawn[source].kind == "concatenate" for source in feeds)
        found[ARGUMENT + name] = f"into {name}" if joined else feeds[0]
        found |= dict.fromkeys(quantity.parameters, found[ARGUMENT + name])
        found |= {p.name: key_of(p.argument) for p in matrix_products(expression_of(cell, name))}
        if not quantity.weighted:
            continue
        found[JOINED + name] = f"into {name}"
        for start, half in ((FROM_INPUT, "W"), (INPUT_BIAS, "W"), (BIAS, "W"), (FROM_HIDDEN, "U"), (HIDDEN_BIAS, "U")):
            found[start + name] = part if (part := f"{half} {name}") in keys else f"into {name}"
    return found


def sources(cell: Cell, name: str) -> dict[str, str]:
    """What a quantity weighs: the names of the numbers that it weighs → that of what its weights make of them.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> sources(LSTM, "forget_gate")
    {'inputs': 'W·forget_gate', 'hidden_state-': 'U·forget_gate'}
    """
    own = {INPUTS: FROM_INPUT + name} if cell[name].weighted else {}
    own |= {"hidden_state-": FROM_HIDDEN + name} if cell[name].weighted and cell.recurrent else {}
    return own | {key_of(product.argument): product.name for product in matrix_products(expression_of(cell, name))}
