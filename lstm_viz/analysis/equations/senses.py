"""The numbers of a notation that defines a gate the other way round, by those of the cell as it is computed.

Such a notation's drawing and equations are those of `Cell.in_notation`. All their numbers are there already: under
another name, or with the other sign. `web/pages/inside/sense.js` does in the browser what `in_sense` does here.
"""

from collections.abc import Mapping
from typing import TypedDict

from lstm_viz.analysis.equations.stages import (
    ARGUMENT,
    BIAS,
    FROM_HIDDEN,
    FROM_INPUT,
    HIDDEN_BIAS,
    INPUT_BIAS,
    equations_of,
)
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import (
    Call,
    Expression,
    Largest,
    MatrixProduct,
    Product,
    Ratio,
    Sum,
    Symbol,
    as_expression,
    key_of,
)
from lstm_viz.trace import Array


class Sense(TypedDict):
    """How a notation's numbers follow from a cell's.

    Attributes
    ----------
    renamed : name of a number → the name that it has in the cell
    negated : names of numbers that have the other sign: what goes into a gate that is the other way round
    gates : those gates
    """

    renamed: dict[str, str]
    negated: list[str]
    gates: list[str]


def sense_of(cell: Cell, notation: str) -> Sense:
    """What differs; nothing where the notation means every gate as the cell does.

    Examples
    --------
    >>> from lstm_viz.cells import GRU
    >>> sense_of(GRU, "udacity")["renamed"]["update_gate"]
    '1 - update_gate'
    """
    other = cell.in_notation(notation)
    if other is cell:
        return {"renamed": {}, "negated": [], "gates": []}
    gates = [quantity.name for quantity in cell.quantities if quantity.opposite]
    found = {name: key_of(1 - Symbol(name)) for name in gates}
    named = {part.key: part.expression for part in wiring(other).parts if part.expression and part.key != part.owner}
    for equation in equations_of(other):
        named |= {key_of(leaf): part for each in equation.reductions for leaf, part in each}
    found |= {name: key_of(_turned(part, gates)) for name, part in named.items() if not name.startswith(ARGUMENT)}
    starts = (ARGUMENT, FROM_INPUT, FROM_HIDDEN, BIAS, INPUT_BIAS, HIDDEN_BIAS)
    return {
        "renamed": {name: old for name, old in found.items() if name != old},
        "negated": [start + gate for gate in gates for start in starts],
        "gates": gates,
    }


def in_sense(sense: Sense, values: Mapping[str, Array]) -> dict[str, Array]:
    """Numbers by the names that they have in a notation, given those of the cell."""
    found = dict(values) | {name: values[old] for name, old in sense["renamed"].items() if old in values}
    return found | {name: -values[name] for name in sense["negated"] if name in values}


def _turned(expression: Expression, gates: list[str]) -> Expression:
    """An expression of the other cell in what stands for the same in this one."""
    match expression:
        case Symbol(name, _) if name in gates:
            return 1 - expression
        case Sum(terms):
            total = as_expression(0)
            for k, (sign, term) in enumerate(terms):
                new = _turned(term, gates) if sign > 0 else -_turned(term, gates)
                total = total + new if k else new
            return total
        case Product(factors):
            product = _turned(factors[0], gates)
            for factor in factors[1:]:
                product = product * _turned(factor, gates)
            return product
        case Ratio(over, under):
            return Ratio(_turned(over, gates), _turned(under, gates))
        case Largest(parts):
            return Largest(tuple(_turned(part, gates) for part in parts))
        case Call(function, argument):
            return Call(function, _turned(argument, gates))
        case MatrixProduct(name, argument):
            return MatrixProduct(name, _turned(argument, gates))
    return expression
