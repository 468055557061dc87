"""The symbols of everything that stands in a cell's equations, as HTML."""

from lstm_viz.analysis.equations.stages import BIAS, FROM_HIDDEN, FROM_INPUT, HIDDEN_BIAS, INPUT_BIAS, expand
from lstm_viz.analysis.equations.tokens import filled, tokens_of
from lstm_viz.cells import Cell
from lstm_viz.cells.definition import INPUTS
from lstm_viz.cells.expression import Expression, expression_of, key_of, matrix_products
from lstm_viz.cells.notation import to_html


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
    pieces = list(filled(tokens_of(expand(expression, has_bias=True)), symbols))
    text = "".join(piece.text for piece in pieces)
    return f"({text})" if len(pieces) > 1 else text
