"""A cell's equations as trees that can be drawn and computed, found by running its `compute` on symbols."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lstm_viz.cells import Cell


class Expression:
    """Part of an equation; arithmetic on parts makes larger ones."""

    def __add__(self, other: Any) -> "Sum":
        return Sum((*_terms(self), *_terms(as_expression(other))))

    def __radd__(self, other: Any) -> "Sum":
        return as_expression(other) + self

    def __neg__(self) -> "Sum":
        return Sum(tuple((-sign, term) for sign, term in _terms(self)))

    def __sub__(self, other: Any) -> "Sum":
        return self + -as_expression(other)

    def __rsub__(self, other: Any) -> "Sum":
        return as_expression(other) - self

    def __mul__(self, other: Any) -> "Product":
        return Product((*_factors(self), *_factors(as_expression(other))))

    def __rmul__(self, other: Any) -> "Product":
        return as_expression(other) * self


@dataclass(frozen=True)
class Constant(Expression):
    """A number that the equation itself contains."""

    value: float


@dataclass(frozen=True)
class Symbol(Expression):
    """A quantity at this step, or, with `before`, at the step that the layer processed before."""

    name: str
    before: bool = False


@dataclass(frozen=True)
class WeightedSum(Expression):
    """What a quantity's own weights make of a `part`: the "input", "hidden" (the last hidden state), or "all"."""

    name: str
    part: str = "all"


@dataclass(frozen=True)
class Parameter(Expression):
    """A weight that acts on one unit alone."""

    name: str


@dataclass(frozen=True)
class MatrixProduct(Expression):
    """A further matrix, by name, times the values of all units: a weighted sum over them for each unit."""

    name: str
    argument: Expression


@dataclass(frozen=True)
class Sum(Expression):
    """Terms, each with its sign, 1 or −1."""

    terms: tuple[tuple[int, Expression], ...]


@dataclass(frozen=True)
class Product(Expression):
    """Two factors or more."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Call(Expression):
    """A function of one argument: ``sigmoid``, ``tanh``, ``relu``, or ``project``."""

    function: str
    argument: Expression


def as_expression(value: Any) -> Expression:
    """A plain number as a constant; an expression as it is."""
    return value if isinstance(value, Expression) else Constant(float(value))


def _terms(expression: Expression) -> tuple[tuple[int, Expression], ...]:
    return expression.terms if isinstance(expression, Sum) else ((1, expression),)


def _factors(expression: Expression) -> tuple[Expression, ...]:
    return expression.factors if isinstance(expression, Product) else (expression,)


class _Symbols:
    """Stands for ``now`` or ``before`` in a definition's `compute`."""

    def __init__(self, cell: Cell, before: bool):
        self._names, self._before = {quantity.name for quantity in cell.quantities}, before

    def __getattr__(self, name: str) -> Symbol:
        if name not in self._names:
            raise AttributeError(name)
        return Symbol(name, self._before)

    def weighted_sum(self, name: str) -> WeightedSum:
        return WeightedSum(name)

    def from_input(self, name: str) -> WeightedSum:
        return WeightedSum(name, "input")

    def from_hidden(self, name: str) -> WeightedSum:
        return WeightedSum(name, "hidden")

    def parameter(self, name: str) -> Parameter:
        return Parameter(name)

    def product(self, name: str, argument: Any) -> MatrixProduct:
        return MatrixProduct(name, as_expression(argument))

    def project(self, argument: Any) -> Call:
        return Call("project", as_expression(argument))

    def sigmoid(self, argument: Any) -> Call:
        return Call("sigmoid", as_expression(argument))

    def tanh(self, argument: Any) -> Call:
        return Call("tanh", as_expression(argument))

    def relu(self, argument: Any) -> Call:
        return Call("relu", as_expression(argument))


def expression_of(cell: Cell, name: str) -> Expression:
    """How a cell computes a quantity.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> expression_of(LSTM, "squashed_cell_state")
    Call(function='tanh', argument=Symbol(name='cell_state', before=False))
    """
    return as_expression(cell[name].compute(_Symbols(cell, before=False), _Symbols(cell, before=True)))


def without_projection(expression: Expression) -> Expression:
    """What is projected, for a layer that has no projection."""
    if isinstance(expression, Call) and expression.function == "project":
        return expression.argument
    return expression


def names_in(expression: Expression) -> set[Symbol]:
    """The quantities that an expression reads."""
    if isinstance(expression, Symbol):
        return {expression}
    return {symbol for part in parts_of(expression) for symbol in names_in(part)}


def is_arithmetic(expression: Expression) -> bool:
    """Whether it needs nothing but quantities: no weights, no projection."""
    if isinstance(expression, WeightedSum | Parameter | MatrixProduct):
        return False
    if isinstance(expression, Call) and expression.function == "project":
        return False
    return all(is_arithmetic(part) for part in parts_of(expression))


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is made of."""
    match expression:
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return factors
        case Call(_, argument) | MatrixProduct(_, argument):
            return (argument,)
    return ()


def matrix_products(expression: Expression) -> tuple[MatrixProduct, ...]:
    """The products with further matrices in an expression."""
    own = (expression,) if isinstance(expression, MatrixProduct) else ()
    return (*own, *(found for part in parts_of(expression) for found in matrix_products(part)))


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x)),
    "tanh": math.tanh,
    "relu": lambda x: max(0.0, x),
}


def evaluate(expression: Expression, values: Mapping[Symbol, Decimal]) -> Decimal:
    """The value of an arithmetic expression; sums and products are exact, functions as good as double precision."""
    match expression:
        case Constant(value):
            return Decimal(repr(value))
        case Symbol():
            return values[expression]
        case Sum(terms):
            return sum((sign * evaluate(term, values) for sign, term in terms), Decimal(0))
        case Product(factors):
            return math.prod((evaluate(factor, values) for factor in factors), start=Decimal(1))
        case Call(function, argument):
            return Decimal(repr(_FUNCTIONS[function](float(evaluate(argument, values)))))
    raise ValueError(f"{expression} needs weights; only arithmetic on quantities can be computed from a trace")
