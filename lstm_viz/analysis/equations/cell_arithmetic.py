"""One step of one unit in numbers that a reader can check with a calculator.

Every number shown is a value of the trace, correctly rounded, and every line is right as shown: whoever computes its
right-hand side from the numbers printed gets the result printed, to the last digit. To keep both promises, the numbers
that go into a line are given as many digits more than its result as that line needs: often none, mostly one or two. A
value may therefore appear as 0.251 where it is a result and as 0.2507 where it is used.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lstm_viz.analysis.equations.expression import (
    Call,
    Constant,
    Expression,
    Product,
    Sum,
    Symbol,
    evaluate,
    expression_of,
    is_arithmetic,
    names_in,
    without_projection,
)
from lstm_viz.cells import Cell
from lstm_viz.trace import LayerTrace

RESULT_DIGITS = (3, 4, 2, 5)
"""Decimals of a result: the first number of digits with which the line can be made right."""
_MOST_EXTRA_DIGITS = 4

Values = Mapping[Symbol, Decimal]


@dataclass(frozen=True)
class Piece:
    """A piece of an equation as text; if it stands for a quantity, which one, and whether of the step before."""

    text: str
    quantity: str | None = None
    before: bool = False


@dataclass(frozen=True)
class Line:
    """How one quantity follows from others at one step of one unit.

    Attributes
    ----------
    quantity : what is computed
    symbol : its symbol
    symbols : the right-hand side in symbols, in pieces
    numbers : the same with this step's numbers
    result : the value as shown
    value : the value in the trace
    holds : whether the numbers shown give the result shown; False where the trace itself breaks the equation
    difference : what the numbers shown give, less the value in the trace
    """

    quantity: str
    symbol: str
    symbols: tuple[Piece, ...]
    numbers: tuple[Piece, ...]
    result: str
    value: float
    holds: bool
    difference: float

    @property
    def text(self) -> str:
        """The whole line: ``c_t = f_t · c_{t−1} + i_t · g_t = 0.825 · 0.410 + 0.120 · (−0.730) = 0.251``."""
        sides = [self.symbol, *("".join(piece.text for piece in side) for side in (self.symbols, self.numbers))]
        sides = [side for k, side in enumerate(sides) if not k or side != sides[k - 1]]
        return f"{' = '.join(sides)} {'=' if self.holds else '≈'} {self.result}"


def cell_arithmetic(layer: LayerTrace, step: int, unit: int, *, notation: str = "pytorch") -> tuple[Line, ...]:
    """The lines that lead from the gates of one step to its states, for one unit, in the order of computation.

    Quantities with weights of their own are taken as given. So is a hidden state behind a projection, which mixes
    units.

    Parameters
    ----------
    layer, step, unit : where; the step is the position of a token
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`

    Raises
    ------
    ValueError
        when there is no such step or unit.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.ones(5, 3)).layers[0]
    >>> [line.quantity for line in cell_arithmetic(layer, step=4, unit=2)]
    ['cell_state', 'squashed_cell_state', 'hidden_state']
    """
    if not 0 <= step < len(layer):
        raise ValueError(f"step: {step} does not exist; the sequence has {len(layer)} (0–{len(layer) - 1})")
    if not 0 <= unit < layer.units:
        raise ValueError(f"unit: {unit} does not exist; the layer has {layer.units} (0–{layer.units - 1})")
    cell, values = layer.definition, dict(_recorded(layer, step, unit))
    lines = []
    for quantity in cell.quantities:
        expression = expression_of(cell, quantity.name)
        if layer.hidden_state.shape[1] == layer.units:
            expression = without_projection(expression)
        if quantity.weighted or not is_arithmetic(expression):
            continue
        symbol = Symbol(quantity.name)
        # What is not recorded follows from what is.
        values.setdefault(symbol, evaluate(expression, values))
        lines.append(_line(cell, symbol, expression, values, notation))
    return tuple(lines)


def _recorded(layer: LayerTrace, step: int, unit: int) -> Iterator[tuple[Symbol, Decimal]]:
    for name in layer.quantities:
        if layer[name].shape[1] == layer.units:
            yield Symbol(name), Decimal(float(layer[name][step, unit]))
    for name in layer.initial_state:
        if layer[name].shape[1] == layer.units:
            yield Symbol(name, before=True), Decimal(float(layer.before(name)[step, unit]))


def _line(cell: Cell, symbol: Symbol, expression: Expression, values: Values, notation: str) -> Line:
    inputs = names_in(expression)
    shown, result, holds = _rounded(expression, {name: values[name] for name in inputs}, values[symbol])
    numbers = {name: _as_text(value) for name, value in shown.items()}
    symbols = {name: _symbol(cell, name, notation) for name in inputs}
    return Line(
        quantity=symbol.name,
        symbol=_symbol(cell, symbol, notation),
        symbols=tuple(_pieces(expression, symbols)),
        numbers=tuple(_pieces(expression, numbers)),
        result=_as_text(result),
        value=float(values[symbol]),
        holds=holds,
        difference=float(evaluate(expression, shown) - values[symbol]),
    )


def _rounded(expression: Expression, inputs: Values, value: Decimal) -> tuple[Values, Decimal, bool]:
    """Inputs and result, rounded so that the one gives the other; whether that could be done."""
    for digits in RESULT_DIGITS:
        result = _round(value, digits)
        for extra in range(_MOST_EXTRA_DIGITS + 1):
            shown = {name: _round(number, digits + extra) for name, number in inputs.items()}
            if _round(evaluate(expression, shown), digits) == result:
                return shown, result, True
    digits = RESULT_DIGITS[0]
    return {name: _round(number, digits) for name, number in inputs.items()}, _round(value, digits), False


def _round(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _as_text(value: Decimal) -> str:
    return f"{abs(value):f}" if value >= 0 else f"−{abs(value):f}"


def _symbol(cell: Cell, symbol: Symbol, notation: str) -> str:
    text = cell[symbol.name].symbols[notation]
    return text.replace("_t", "_{t−1}") if symbol.before else text


def _pieces(expression: Expression, texts: Mapping[Symbol, str], *, inside: bool = False) -> Iterator[Piece]:
    """`inside`: after an operator or within a product, where a sum or a negative number needs parentheses."""
    match expression:
        case Constant(value):
            yield Piece(f"{value:g}".replace("-", "−"))
        case Symbol(name, before):
            text = texts[expression]
            yield Piece(f"({text})" if inside and text.startswith("−") else text, name, before)
        case Call(function, argument):
            yield Piece(f"{function}(")
            yield from _pieces(argument, texts)
            yield Piece(")")
        case Product(factors):
            for k, factor in enumerate(factors):
                if k:
                    yield Piece(" · ")
                yield from _pieces(factor, texts, inside=inside or k > 0 or isinstance(factor, Sum))
        case Sum(terms):
            content = _sum_pieces(terms, texts)
            yield from [Piece("("), *content, Piece(")")] if inside else content


def _sum_pieces(terms: Iterable[tuple[int, Expression]], texts: Mapping[Symbol, str]) -> Iterator[Piece]:
    for k, (sign, term) in enumerate(terms):
        if k or sign < 0:
            yield Piece(f" {'+' if sign > 0 else '−'} " if k else "−")
        yield from _pieces(term, texts, inside=k > 0 or sign < 0)
