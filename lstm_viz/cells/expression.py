"""A cell's equations as trees, found by running its `compute` on symbols.

Whatever is said of an equation is said of its tree: the LaTeX, the drawing, the lines of numbers and the names of parts
all come from here, so that none of them can disagree with what is computed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lstm_viz.cells.definition import Cell


FUNCTIONS = ("sigmoid", "hard_sigmoid", "log_sigmoid", "tanh", "relu", "exp")
"""What a definition may compute of one number; each language that computes or writes has them in one place."""


class Expression:
    """Part of an equation; arithmetic on parts makes larger ones."""

    def __add__(self, other: Any) -> "Expression":
        return _sum((*_terms(self), *_terms(as_expression(other))))

    def __radd__(self, other: Any) -> "Expression":
        return as_expression(other) + self

    def __neg__(self) -> "Sum":
        return Sum(tuple((-sign, term) for sign, term in _terms(self)))

    def __sub__(self, other: Any) -> "Expression":
        return self + -as_expression(other)

    def __rsub__(self, other: Any) -> "Expression":
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
class Ratio(Expression):
    """One part over another; 0 where there is nothing to divide by, as the mean of no numbers is taken to be."""

    over: Expression
    under: Expression


@dataclass(frozen=True)
class Largest(Expression):
    """The largest of its parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Call(Expression):
    """A function of one argument: one of `FUNCTIONS`, or ``project``."""

    function: str
    argument: Expression


def as_expression(value: Any) -> Expression:
    """A plain number as a constant; an expression as it is."""
    return value if isinstance(value, Expression) else Constant(float(value))


def _sum(terms: tuple[tuple[int, Expression], ...]) -> Expression:
    """Terms added up; numbers that cancel each other are left out, so that 1 − (1 − z) is z."""
    constants = [sign * term.value for sign, term in terms if isinstance(term, Constant)]
    left = tuple((sign, term) for sign, term in terms if not isinstance(term, Constant))
    if not left or len(constants) < 2 or math.fsum(constants):
        return Sum(terms)
    return left[0][1] if len(left) == 1 and left[0][0] > 0 else Sum(left)


def _terms(expression: Expression) -> tuple[tuple[int, Expression], ...]:
    return expression.terms if isinstance(expression, Sum) else ((1, expression),)


def _factors(expression: Expression) -> tuple[Expression, ...]:
    return expression.factors if isinstance(expression, Product) else (expression,)


class _Symbols:
    """Stands for ``now`` or ``before`` in a definition's `compute`."""

    def __init__(self, cell: "Cell", before: bool):
        self._names, self._before = {quantity.name for quantity in cell.quantities}, before

    def __getattr__(self, name: str) -> Any:
        if name in FUNCTIONS:
            return lambda argument: Call(name, as_expression(argument))
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

    def ratio(self, over: Any, under: Any) -> Ratio:
        return Ratio(as_expression(over), as_expression(under))

    def largest(self, *parts: Any) -> Largest:
        return Largest(tuple(map(as_expression, parts)))


def expression_of(cell: "Cell", name: str) -> Expression:
    """How a cell computes a quantity.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> expression_of(LSTM, "squashed_cell_state")
    Call(function='tanh', argument=Symbol(name='cell_state', before=False))
    """
    return cell.expressions[cell[name].name]


def run_on_symbols(cell: "Cell") -> dict[str, Expression]:
    """Every quantity's expression, found by running its `compute`; `Cell.expressions` keeps them."""
    now, before = _Symbols(cell, before=False), _Symbols(cell, before=True)
    return {quantity.name: as_expression(quantity.compute(now, before)) for quantity in cell.quantities}


def run_part_on_symbols(cell: "Cell", part: Callable[[Any], Any]) -> Expression:
    """The expression of a part of an equation, such as what a memory keeps."""
    return as_expression(part(_Symbols(cell, before=False)))


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


@lru_cache(maxsize=1024)
def keys_in(expression: Expression) -> frozenset[str]:
    """The names of the quantities that an expression reads, by `key_of`."""
    return frozenset(key_of(symbol) for symbol in names_in(expression))


def is_bounding(expression: Expression) -> bool:
    """Whether it is a function whose values have two bounds, whatever it is given."""
    return isinstance(expression, Call) and expression.function in ("sigmoid", "hard_sigmoid", "tanh")


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
        case Ratio(over, under):
            return (over, under)
        case Largest(parts):
            return parts
    return ()


def matrix_products(expression: Expression) -> tuple[MatrixProduct, ...]:
    """The products with further matrices in an expression."""
    own = (expression,) if isinstance(expression, MatrixProduct) else ()
    return (*own, *(found for part in parts_of(expression) for found in matrix_products(part)))


def weighted_sums(expression: Expression) -> tuple[WeightedSum, ...]:
    """The weighted sums in an expression, whole ones and halves."""
    own = (expression,) if isinstance(expression, WeightedSum) else ()
    return (*own, *(found for part in parts_of(expression) for found in weighted_sums(part)))


def key_of(expression: Expression, *, inside: bool = False) -> str:
    """The name of what computes an expression, in code names, such as ``forget_gate * cell_state-``.

    Parameters
    ----------
    inside : within a product, where a sum stands in parentheses
    """
    match expression:
        case Constant(value):
            return plain_number(value)
        case Symbol(name, before):
            return f"{name}-" if before else name
        case Parameter(name) | MatrixProduct(name, _):
            return name
        case WeightedSum(name, part):
            return f"{'U' if part == 'hidden' else 'W'} {name}"
        case Call(function, argument):
            return f"{function}({key_of(argument)})"
        case Ratio(over, under):
            below = key_of(under, inside=True)
            below = f"({below})" if isinstance(under, Product | Ratio) else below
            text = f"{key_of(over, inside=True)} / {below}"
            return f"({text})" if inside else text
        case Largest(parts):
            return f"max({', '.join(map(key_of, parts))})"
        case Product(factors):
            return " * ".join(key_of(factor, inside=True) for factor in factors)
        case Sum(terms):
            # A sum reads better when it does not begin with a sign.
            texts = [("-" if sign < 0 else "+", key_of(term, inside=True)) for sign, term in terms]
            text = "".join(f" {sign} {name}" for sign, name in texts)
            text = text[3:] if text.startswith(" + ") else text.lstrip()
            return f"({text})" if inside else text
    raise TypeError(f"cannot name {expression!r}")


def plain_number(value: float) -> str:
    """A number that an equation contains, with every digit it has and no exponent.

    Examples
    --------
    >>> plain_number(1.0), plain_number(-0.5), plain_number(1e-5)
    ('1', '-0.5', '0.00001')
    """
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
