r"""An expression in LaTeX: ``\odot`` between what is multiplied unit by unit, ``\,`` between a matrix and a vector.

Terms stand in the order in which a definition's `compute` names them, parentheses only where they are needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    plain_number,
)
from lstm_viz.cells.notation import WEIGHTS, to_latex

if TYPE_CHECKING:
    from lstm_viz.cells.definition import Cell

_OPENINGS: Mapping[str, str] = {
    "sigmoid": r"\sigma(",
    "tanh": r"\tanh(",
    "hard_sigmoid": r"\mathrm{hard}\,\sigma(",
    "relu": r"\max(0, ",
    "exp": r"\exp(",
    "log_sigmoid": r"\log\,\sigma(",
    "project": r"\mathrm{project}(",
}


_READS_AS_A_SUM = (Sum, WeightedSum)


def latex(cell: "Cell", expression: Expression, notation: str) -> str:
    """An expression of a cell in LaTeX.

    Parameters
    ----------
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    """
    return _Writer(cell, notation).write(expression)


@dataclass(frozen=True)
class _Writer:
    cell: "Cell"
    notation: str

    def write(self, part: Expression) -> str:
        match part:
            case Constant(value):
                return plain_number(value)
            case Symbol(name, before):
                return self.symbol(name, before=before)
            case Parameter(name):
                return self.symbol(name)
            case WeightedSum(name, half):
                return self._weighted_sum(name, half)
            case MatrixProduct(name, argument):
                return rf"{self.symbol(name)}\,{self._enclosed(argument, *_READS_AS_A_SUM, Product)}"
            case Call(function, argument):
                return f"{_OPENINGS[function]}{self.write(argument)})"
            case Ratio(over, under):
                return rf"\frac{{{self.write(over)}}}{{{self.write(under)}}}"
            case Largest(parts):
                return rf"\max({', '.join(map(self.write, parts))})"
            case Product(factors):
                return self._product(factors)
            case Sum(terms):
                return self._sum(terms)
        raise TypeError(f"cannot write {part!r}")

    def symbol(self, name: str, *, before: bool = False) -> str:
        return self.cell.symbol(name, self.notation, before=before)

    def _enclosed(self, part: Expression, *kinds: type[Expression]) -> str:
        """In parentheses where it is of a kind that needs them here, or begins with a sign."""
        text = self.write(part)
        return f"({text})" if isinstance(part, kinds) or text.startswith("-") else text

    def _product(self, factors: tuple[Expression, ...]) -> str:
        text = ""
        for k, factor in enumerate(factors):
            number = (k and isinstance(factors[k - 1], Constant)) or isinstance(factor, Constant)
            text += (r" \cdot " if number else r" \odot ") if k else ""
            text += self._enclosed(factor, *_READS_AS_A_SUM, MatrixProduct)
        return text

    def _sum(self, terms: tuple[tuple[int, Expression], ...]) -> str:
        text = ""
        for k, (sign, term) in enumerate(terms):
            text += (" + " if sign > 0 else " - ") if k else ("" if sign > 0 else "-")
            # What is added may itself be a sum; what is taken away needs parentheses then.
            text += self._enclosed(term, *(_READS_AS_A_SUM if sign < 0 else ())) if k or sign < 0 else self.write(term)
        return text

    def _weighted_sum(self, name: str, half: str) -> str:
        """A weighted sum, or the half of it that comes from the inputs or from the last hidden state."""
        weights, letter = WEIGHTS[self.notation], self.cell.letter(name, self.notation)
        arriving, before = self.symbol("inputs"), self.symbol("hidden_state", before=True)

        def own(symbol: str) -> str:
            return to_latex(symbol.replace("_#", "_{#}")).replace("#", to_latex(letter))

        if half == "input" and weights.whole and not self.cell.recurrent:
            return rf"{own(weights.whole)}\,{arriving} + {own(weights.bias)}"
        if half == "all" and weights.whole:
            times = r" \cdot " if weights.times else r"\,"
            return f"{own(weights.whole)}{times}[{before}, {arriving}] + {own(weights.bias)}"
        halves = {
            "input": rf"{own(weights.inputs)}\,{arriving} + {own(weights.input_bias)}",
            "hidden": rf"{own(weights.hidden)}\,{before} + {own(weights.hidden_bias)}",
        }
        return halves.get(half) or f"{halves['input']} + {halves['hidden']}"
