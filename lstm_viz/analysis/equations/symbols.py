"""The symbols of everything that stands in a cell's equations, as HTML."""

from lstm_viz.analysis.equations.stages import BIAS, FROM_HIDDEN, FROM_INPUT, HIDDEN_BIAS, INPUT_BIAS, JOINED, expand
from lstm_viz.analysis.equations.tokens import Token, filled, tokens_of
from lstm_viz.cells import Cell
from lstm_viz.cells.definition import INPUTS
from lstm_viz.cells.expression import Expression, expression_of, key_of, matrix_products, without_projection
from lstm_viz.cells.notation import WEIGHTS, to_html


def symbols(cell: Cell, notation: str) -> dict[str, str]:
    """Symbols by the name of the numbers that they stand for: quantities now and before, terms, further weights.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> symbols(LSTM, "pytorch")["cell_state-"]
    'c<sub>t−1</sub>'
    """
    found = {"inputs": to_html(INPUTS[notation])}
    for quantity in cell.quantities:
        symbol = quantity.symbol(notation)
        found[quantity.name], found[f"{quantity.name}-"] = to_html(symbol), to_html(symbol, before=True)
    before = found["hidden_state-"]
    for quantity in cell.weighted:
        weights = WEIGHTS[notation]
        inputs, hidden, input_bias, hidden_bias, whole, bias = (
            to_html(each.replace("_#", "_{#}").replace("#", cell.letter(quantity.name, notation)))
            for each in (
                weights.inputs,
                weights.hidden,
                weights.input_bias,
                weights.hidden_bias,
                weights.whole,
                weights.bias,
            )
        )
        if not cell.recurrent and whole:
            inputs, input_bias = whole, bias
        found[FROM_INPUT + quantity.name] = f"{inputs}\u2009{found['inputs']}"
        found[FROM_HIDDEN + quantity.name] = f"{hidden}\u2009{before}"
        found[INPUT_BIAS + quantity.name], found[HIDDEN_BIAS + quantity.name] = input_bias, hidden_bias
        # Its number is the sum of both.
        found[BIAS + quantity.name] = bias or f"{input_bias} + {hidden_bias}"
        if whole:
            times = f" {weights.times} " if weights.times else "\u2009"
            found[JOINED + quantity.name] = f"{whole}{times}[{before}, {found['inputs']}]"
    found |= {name: to_html(cell.weight_symbol(name, notation)) for name in cell.parameters}
    for quantity in cell.quantities:
        for product in matrix_products(expression_of(cell, quantity.name)):
            seen = _as_html(product.argument, found)
            found[key_of(product.argument)] = seen
            found[product.name] += f"\u2009{seen}"
    return found


def in_symbols(cell: Cell, name: str, notation: str, *, has_bias: bool) -> list[Token]:
    """The right-hand side of a quantity's equation as the notation writes it; `symbols` has what its tokens name.

    Returns
    -------
    no tokens where the symbol says it already; see `Cell.says_itself`
    """
    if cell.says_itself(name, notation):
        return []
    expression = without_projection(expression_of(cell, name))
    return tokens_of(expand(expression, has_bias=has_bias, joined=bool(WEIGHTS[notation].whole)))


def _as_html(expression: Expression, symbols: dict[str, str]) -> str:
    pieces = list(filled(tokens_of(expand(expression, has_bias=True)), symbols))
    text = "".join(piece.text for piece in pieces)
    return f"({text})" if len(pieces) > 1 else text
