"""One step of one unit in lines of arithmetic that a reader can check with a calculator; `decimals` has the rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lstm_viz.analysis.equations.decimals import right_as_shown, rounded
from lstm_viz.analysis.equations.evaluation import Floats, evaluate
from lstm_viz.analysis.equations.stages import Equation
from lstm_viz.analysis.equations.tokens import Piece, filled, tokens_of
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import expression_of, is_arithmetic, keys_in, without_projection
from lstm_viz.trace import LayerTrace


@dataclass(frozen=True)
class Line:
    """How one quantity follows from others at one step of one unit.

    Attributes
    ----------
    quantity : what is computed
    symbol : its symbol
    symbols : the right-hand side in symbols, in pieces; none where it is the symbol again
    numbers : the same with this step's numbers
    texts : those numbers as shown, by the `key_of` what they stand for
    result : the value as shown
    value : the value in the trace
    holds : whether the numbers shown give the result shown; False where the trace itself breaks the equation
    difference : what the numbers shown give, less the value in the trace
    """

    quantity: str
    symbol: str
    symbols: tuple[Piece, ...]
    numbers: tuple[Piece, ...]
    texts: Mapping[str, str]
    result: str
    value: float
    holds: bool
    difference: float

    @property
    def text(self) -> str:
        """The whole line: ``c_t = f_t · c_{t−1} + i_t · g_t = 0.825 · 0.410 + 0.120 · (−0.730) = 0.251``."""
        sides = [self.symbol, *("".join(piece.text for piece in side) for side in (self.symbols, self.numbers))]
        return f"{' = '.join(filter(None, sides))} {'=' if self.holds else '≈'} {self.result}"


def arithmetic_in(cell: Cell, *, projected: bool = False) -> tuple[Equation, ...]:
    """How quantities of one unit follow from others of the same unit, in the order of computation.

    Quantities with weights of their own are taken as given. So is a hidden state behind a projection, which mixes
    units.

    Examples
    --------
    >>> from lstm_viz.cells import GRU
    >>> [equation.quantity for equation in arithmetic_in(GRU)]
    ['hidden_state']
    """
    mixed = {"hidden_state", "hidden_state-"} if projected else set()
    known = {each.name for each in cell.recorded} | {f"{each.name}-" for each in cell.carried}
    known -= mixed
    found = []
    for quantity in cell.quantities:
        expression = expression_of(cell, quantity.name)
        if not projected:
            expression = without_projection(expression)
        if not quantity.weighted and is_arithmetic(expression) and keys_in(expression) <= known:
            # What is not recorded follows from what is.
            known.add(quantity.name)
            found.append(Equation(quantity.name, (expression,), ()))
    return tuple(found)


def cell_arithmetic(layer: LayerTrace, step: int, unit: int, *, notation: str = "pytorch") -> tuple[Line, ...]:
    """The lines of `arithmetic_in` for one step and one unit.

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
    values, lines = dict(_recorded(layer, step, unit)), []
    for equation in arithmetic_in(layer.definition, projected=layer.hidden_state.shape[1] != layer.units):
        # What is not recorded is as precise as what is.
        precise = evaluate(equation.stages[0], values)
        values.setdefault(equation.quantity, precise.astype(layer.hidden_state.dtype).astype(np.float64))
        lines.append(_line(layer.definition, equation, values, notation))
    return tuple(lines)


def _recorded(layer: LayerTrace, step: int, unit: int) -> Iterator[tuple[str, Floats]]:
    """The recorded values by name, each an array of one number; what is not per unit is left out."""
    for name in layer.quantities:
        if layer[name].shape[1] == layer.units:
            yield name, layer[name][step, unit, None].astype(np.float64)
    for each in layer.definition.carried:
        if layer[each.name].shape[1] == layer.units:
            yield f"{each.name}-", layer.before(each.name)[step, unit, None].astype(np.float64)


def _line(cell: Cell, equation: Equation, values: dict[str, Floats], notation: str) -> Line:
    found = right_as_shown(equation, values)
    (digits,), (result_digits,) = found.digits
    name, (expression,) = equation.quantity, equation.stages
    shown = {key: rounded(values[key], digits) for key in keys_in(expression)}
    texts = {key: _number(value, digits) for key, value in shown.items()}
    return Line(
        quantity=name,
        symbol=symbol_text(cell, name, notation),
        symbols=in_symbols(cell, equation, notation),
        numbers=tuple(filled(tokens_of(expression), texts)),
        texts=texts,
        result=_number(rounded(values[name], result_digits), result_digits),
        value=values[name].item(),
        holds=found.holds.item(),
        difference=(evaluate(expression, shown) - values[name]).item(),
    )


def in_symbols(cell: Cell, equation: Equation, notation: str) -> tuple[Piece, ...]:
    """The right-hand side of one of `arithmetic_in`'s equations in symbols, in pieces, as the notation writes it.

    Returns
    -------
    no pieces where the symbol says it already; see `Cell.says_itself`
    """
    if cell.says_itself(equation.quantity, notation):
        return ()
    (expression,), turned = equation.stages, cell.in_notation(notation)
    if turned is not cell:
        expression = without_projection(expression_of(turned, equation.quantity))
    texts = {key: symbol_text(turned, key, notation) for key in keys_in(expression)}
    return tuple(filled(tokens_of(expression), texts))


def symbol_text(cell: Cell, key: str, notation: str) -> str:
    """The symbol of a quantity, by its `key_of`: ``c_t``, or of the step before, ``c_{t−1}``."""
    text = cell[key.removesuffix("-")].symbol(notation)
    return text.replace("_t", "_{t−1}") if key.endswith("-") else text


def _number(shown: Floats, digits: int) -> str:
    """A rounded number with a true minus sign and no negative zero."""
    text = f"{abs(shown.item()):.{digits}f}".replace("inf", "∞")
    return f"−{text}" if shown.item() < 0 else text
