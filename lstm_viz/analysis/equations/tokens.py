"""An expression as a row of tokens: text that stands as it is, and places for symbols or numbers.

The page of one cell is sent tokens and fills them in for every step and notation; `cell_arithmetic` fills them in here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lstm_viz.cells.expression import (
    Call,
    Constant,
    Expression,
    Largest,
    Product,
    Ratio,
    Sum,
    Symbol,
    key_of,
    plain_number,
)

_OPENINGS = {
    "sigmoid": "σ(",
    "hard_sigmoid": "hard σ(",
    "tanh": "tanh(",
    "relu": "max(0, ",
    "exp": "exp(",
    "log_sigmoid": "log σ(",
    "project": "project(",
}

Token = tuple[str, str, bool]
"""``("text", what stands there, False)``; ``("value", leaf, whether a negative number needs parentheses)``; or, of a
sum, ``("plus" | "minus", leaf, whether it is the first term)``: its sign is written together with the number's own."""


@dataclass(frozen=True)
class Piece:
    """A piece of an equation as text; if it stands for a quantity, which one, and whether of the step before."""

    text: str
    quantity: str | None = None
    before: bool = False


def tokens_of(expression: Expression, *, inside: bool = False) -> list[Token]:
    """An expression in the order in which it is written. `inside`: within a product, or after a sign."""
    match expression:
        case Constant(value):
            return [("text", plain_number(value).replace("-", "−"), False)]
        case Symbol():
            return [("value", key_of(expression), inside)]
        case Call(function, argument):
            return [("text", _OPENINGS[function], False), *tokens_of(argument), ("text", ")", False)]
        case Ratio(over, under):
            below = tokens_of(under, inside=True)
            if isinstance(under, Product | Ratio):
                below = [("text", "(", False), *below, ("text", ")", False)]
            return [*tokens_of(over, inside=inside or isinstance(over, Sum)), ("text", " / ", False), *below]
        case Largest(parts):
            listed = [(("text", ", " if k else "max(", False), *tokens_of(part)) for k, part in enumerate(parts)]
            return [*(token for each in listed for token in each), ("text", ")", False)]
        case Product(factors):
            tokens: list[Token] = []
            for k, factor in enumerate(factors):
                tokens += [("text", " · ", False)] if k else []
                tokens += tokens_of(factor, inside=inside or k > 0 or isinstance(factor, Sum))
            return tokens
        case Sum(terms):
            content: list[Token] = []
            for k, (sign, term) in enumerate(terms):
                if isinstance(term, Symbol):
                    content.append(("plus" if sign > 0 else "minus", key_of(term), k == 0))
                    continue
                if k or sign < 0:
                    content.append(("text", f" {'+' if sign > 0 else '−'} " if k else "−", False))
                content += tokens_of(term, inside=k > 0 or sign < 0)
            return [("text", "(", False), *content, ("text", ")", False)] if inside else content
    raise TypeError(f"cannot write {expression!r}")


def filled(tokens: list[Token], texts: Mapping[str, str]) -> Iterator[Piece]:
    """Tokens with symbols or numbers filled in; a negative number behind an operator stands in parentheses.

    Parameters
    ----------
    texts : what stands for each leaf
    """
    for kind, key, flag in tokens:
        if kind == "text":
            yield Piece(key)
            continue
        first, minus = kind != "value" and flag, kind == "minus"
        if kind != "value" and (minus or not first):
            sign = "−" if minus else "+"
            yield Piece(sign if first else f" {sign} ")
        text = texts[key]
        inside = flag if kind == "value" else minus or not first
        yield Piece(f"({text})" if inside and text.startswith("−") else text, key.removesuffix("-"), key.endswith("-"))
