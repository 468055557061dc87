"""The lines of arithmetic of the chosen cell in symbols, with places for the numbers, which the browser fills in."""

from typing import Any

from lstm_viz.analysis.equations.cell_arithmetic import arithmetic_in, in_symbols, symbol_text
from lstm_viz.analysis.equations.tokens import tokens_of
from lstm_viz.cells import Cell
from lstm_viz.cells.notation import to_html


def chain_words(cell: Cell, notation: str, *, projected: bool) -> list[dict[str, Any]]:
    """What stands in each line, in the order of computation.

    Parameters
    ----------
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    projected : whether hidden states are behind a projection

    Returns
    -------
    ``quantity`` and ``symbol``, as HTML; ``symbols``, the right-hand side in pieces, each as HTML and what it stands
    for, or nothing where it is the symbol again; ``tokens``, its form, with places for numbers
    """
    lines = []
    for equation in arithmetic_in(cell, projected=projected):
        symbol, pieces = symbol_text(cell, equation.quantity, notation), in_symbols(cell, equation, notation)
        lines.append(
            {
                "quantity": equation.quantity,
                "symbol": to_html(symbol),
                "symbols": [[to_html(piece.text), piece.quantity] for piece in pieces],
                "tokens": tokens_of(equation.stages[0]),
            }
        )
    return lines
