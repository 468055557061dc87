"""Expressions and equations as plain lists, for the browser, which works out their numbers by itself.

`web/analysis/evaluation.js` reads a tree, `decimals.js` beside it an equation, `step_numbers.js` a cell.
"""

from typing import Any

from lstm_viz.analysis.equations.stages import Equation, equations_of
from lstm_viz.analysis.equations.step_numbers import formulas, strips
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import (
    Call,
    Constant,
    Expression,
    Largest,
    Product,
    Ratio,
    Sum,
    Symbol,
    expression_of,
    key_of,
    matrix_products,
)

Tree = Any
"""A number; the name of the numbers that a leaf stands for; ``["sum", [sign, tree], …]``; ``["product", tree, …]``;
``["ratio", tree, tree]``; ``["largest", tree, …]``; or ``[function, tree]``."""


def tree(expression: Expression) -> Tree:
    """An expression as plain lists.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> tree(LSTM.expressions["hidden_state"].argument)
    ['product', 'output_gate', 'squashed_cell_state']

    Raises
    ------
    ValueError
        for an expression with weights in it; see `stages.expand`.
    """
    match expression:
        case Constant(value):
            return value
        case Symbol():
            return key_of(expression)
        case Sum(terms):
            return ["sum", *([sign, tree(term)] for sign, term in terms)]
        case Product(factors):
            return ["product", *(tree(factor) for factor in factors)]
        case Ratio(over, under):
            return ["ratio", tree(over), tree(under)]
        case Largest(parts):
            return ["largest", *map(tree, parts)]
        case Call(function, argument):
            return [function, tree(argument)]
    raise ValueError(f"{expression} still has weights in it; expand it first")


def equation_data(equation: Equation) -> dict[str, Any]:
    """An equation as `decimals.right_as_shown` needs it: how each stage's numbers come from those before.

    Returns
    -------
    ``quantity``, and ``reductions``: for every stage what each leaf of the next is, as ``[name, tree]``; of the last
    stage the quantity itself.
    """
    return {
        "quantity": equation.quantity,
        "reductions": [
            *([[key_of(leaf), tree(part)] for leaf, part in each] for each in equation.reductions),
            [[equation.quantity, tree(equation.stages[-1])]],
        ],
    }


def equations_data(cell: Cell, *, has_bias: bool) -> dict[str, Any]:
    """All equations of a cell, as `step_numbers` needs them.

    Returns
    -------
    ``products``, for every further matrix its name, whose it is, and what it is multiplied with, as a name and a tree;
    ``formulas``, as ``[name, tree]``;
    ``strips``, as `step_numbers.strips` gives them; ``lines``, each as `equation_data`.
    """
    products = [(q.name, each) for q in cell.quantities for each in matrix_products(expression_of(cell, q.name))]
    return {
        "products": [
            {"quantity": quantity, "matrix": each.name, "source": key_of(each.argument), "of": tree(each.argument)}
            for quantity, each in products
        ],
        "formulas": [[name, tree(part)] for name, part in formulas(cell, has_bias=has_bias).items()],
        "strips": strips(cell, has_bias=has_bias),
        "lines": [equation_data(each) for each in equations_of(cell, has_bias=has_bias)],
    }
