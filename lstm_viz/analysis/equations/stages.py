"""A cell's equations as calculations in stages: terms of a weighted sum or a blend, what they come to, the result."""

from dataclasses import dataclass

from lstm_viz.cells import Cell
from lstm_viz.cells.expression import (
    Call,
    Constant,
    Expression,
    Largest,
    MatrixProduct,
    Parameter,
    Product,
    Ratio,
    Sum,
    Symbol,
    WeightedSum,
    expression_of,
    key_of,
    parts_of,
    without_projection,
)

FROM_INPUT, FROM_HIDDEN, BIAS, INPUT_BIAS, HIDDEN_BIAS = "W·", "U·", "b·", "b_x·", "b_h·"
"""What precedes a quantity's name in the names of the terms of its weighted sum."""
JOINED = "W[]·"
"""What precedes it where a notation writes both halves as one matrix and one list; it has no number of its own."""
ARGUMENT = "sum·"
"""What precedes it in the name of what goes into its function."""


@dataclass(frozen=True)
class Equation:
    """How one quantity is computed, in stages.

    Attributes
    ----------
    quantity : what is computed
    stages : first the whole right-hand side, then the same with every term worked out; each reads `Symbol` leaves
    reductions : for every stage but the last, what each leaf of the next stage is in this one
    """

    quantity: str
    stages: tuple[Expression, ...]
    reductions: tuple[tuple[tuple[Symbol, Expression], ...], ...]


def equations_of(cell: Cell, *, has_bias: bool = True) -> tuple[Equation, ...]:
    """The equations of all quantities of a cell, in the order of computation; a projection is left out.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> [key_of(stage) for stage in equations_of(LSTM)[4].stages]
    ['forget_gate * cell_state- + input_gate * candidate', 'forget_gate * cell_state- + input_gate * candidate']
    """
    return tuple(
        equation(quantity.name, expand(without_projection(expression_of(cell, quantity.name)), has_bias=has_bias))
        for quantity in cell.quantities
    )


def equation(name: str, whole: Expression) -> Equation:
    """The stages of one equation, given its right-hand side without weights, as `expand` makes it."""
    if isinstance(whole, Call) and not isinstance(whole.argument, Symbol):
        argument = Symbol(ARGUMENT + name)
        return Equation(name, (whole, Call(whole.function, argument)), (((argument, whole.argument),),))
    if isinstance(whole, Sum) and any(isinstance(term, Product) for _, term in whole.terms):
        replaced = [(sign, term, _leaf(term)) for sign, term in whole.terms]
        worked_out = Sum(tuple((sign, leaf) for sign, _, leaf in replaced))
        reduction = tuple((leaf, term) for _, term, leaf in replaced if isinstance(leaf, Symbol))
        return Equation(name, (whole, worked_out), (reduction,))
    if isinstance(whole, Ratio | Largest) and not all(isinstance(part, Symbol) for part in parts_of(whole)):
        leaves = [(_leaf(part), part) for part in parts_of(whole)]
        of_leaves = tuple(leaf for leaf, _ in leaves)
        less = Largest(of_leaves) if isinstance(whole, Largest) else Ratio(*of_leaves)
        reduction = tuple((leaf, part) for leaf, part in leaves if isinstance(leaf, Symbol))
        return Equation(name, (whole, less), (reduction,))
    return Equation(name, (whole,), ())


def _leaf(term: Expression) -> Expression:
    return term if isinstance(term, Symbol | Constant) else Symbol(key_of(term))


def expand(expression: Expression, *, has_bias: bool, joined: bool = False) -> Expression:
    """The same expression with weighted sums as sums of their terms; further weights and their products as leaves.

    Parameters
    ----------
    joined : a whole weighted sum is one term and its bias, as some notations write it; for symbols, not for numbers
    """
    match expression:
        case WeightedSum(name, part):
            bias = {"all": BIAS, "input": INPUT_BIAS, "hidden": HIDDEN_BIAS}[part]
            halves = [FROM_INPUT] * (part != "hidden") + [FROM_HIDDEN] * (part != "input")
            starts = ([JOINED] if joined and part == "all" else halves) + [bias] * has_bias
            terms = tuple((1, Symbol(start + name)) for start in starts)
            return Sum(terms) if len(terms) > 1 else terms[0][1]
        case Parameter(name) | MatrixProduct(name, _):
            return Symbol(name)
        case Ratio(over, under):
            return Ratio(*(expand(part, has_bias=has_bias, joined=joined) for part in (over, under)))
        case Largest(parts):
            return Largest(tuple(expand(part, has_bias=has_bias, joined=joined) for part in parts))
        case Call(function, argument):
            return Call(function, expand(argument, has_bias=has_bias, joined=joined))
        case Product(factors):
            return Product(tuple(expand(factor, has_bias=has_bias, joined=joined) for factor in factors))
        case Sum(terms):
            total: list[tuple[int, Expression]] = []
            for sign, term in terms:
                inner = expand(term, has_bias=has_bias, joined=joined)
                total += [(sign * s, t) for s, t in inner.terms] if isinstance(inner, Sum) else [(sign, inner)]
            return Sum(tuple(total))
    return expression
