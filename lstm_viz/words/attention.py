"""Sentences on a memory as attention: what its weights sum to, which are largest, and how far the likeness goes."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.memory.attention import always_mean, only_fades
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import Constant, Expression, Sum, Symbol, key_of, run_part_on_symbols
from lstm_viz.cells.weighing import share_of, weighing
from lstm_viz.words.phrases import count, listing, number, place

_NAMED = 3  # weights that a sentence names


def describe_weights(
    weights: NDArray[Any],
    initial: float,
    labels: Sequence[str],
    step: int,
    name: str,
    *,
    mean: bool,
    past_one: tuple[int, int] | None = None,
) -> str:
    """What the weights of one step's memory sum to, what that means, and which of them are largest.

    Parameters
    ----------
    weights : (T,), of every step; 0 for those not read by then
    initial : that of the initial state
    labels : T token labels
    step : at which the memory is read
    name : of the memory, such as ``unit 3’s cell state``
    mean : whether these weights make 1 with that of the initial state, none of them negative
    past_one : of means over units, in how many units the weights sum to more than 1, and how many units there are
    """
    total = float(weights.sum())
    where, shown, left = place(labels, step), number(total), number(initial)
    told = f"At {where}, the attention weights in {name} sum to {shown}"
    if past_one is not None:
        more, units = past_one
        told += f" on average over {count(units, 'unit')}"
        told += "" if mean else f", and to more than 1 in {more:,} of them"
    if mean and left == "0.00":
        told += ", and next to nothing is left of the initial state: a weighted mean of what the steps had on offer"
    elif mean:
        told += (
            f", and {left} is left of the initial state, 1 in all: a weighted mean of what the steps had on offer and "
            "the initial state"
        )
    elif left != "0.00":
        told += f", and {left} is left of the initial state"
    if not mean and past_one is None:
        told += _unlike_a_mean(total, weights)
    largest = [int(j) for j in np.argsort(-np.abs(weights), kind="stable")[:_NAMED] if number(weights[j]) != "0.00"]
    if not largest:
        return f"{told}. No step’s reaches 0.01."
    named = listing([f"{place(labels, j)} ({number(weights[j])})" for j in largest])
    return f"{told}. {'Largest are those' if len(largest) > 1 else 'The largest is that'} of {named}."


def _unlike_a_mean(total: float, weights: NDArray[Any]) -> str:
    """What a sum of weights other than 1 means for a memory."""
    if (weights < 0).any():
        return ", some of them negative: a sum, and no mean"
    if total > 1.005:
        return (
            f". That is more than 1: a sum and no mean, up to {number(total)} times as large as the most that a step "
            "had on offer; counting needs that"
        )
    if total < 0.995:
        return ". That is less than 1: a mean that is drawn towards 0"
    return ": here about a mean, though nothing makes sure of it"


def describe_likeness(cell: Cell, notation: str = "pytorch") -> dict[str, str]:
    """What a cell's memory has in common with attention, and what not, read from its definition: heading → sentences.

    Examples
    --------
    >>> from lstm_viz.cells import GRU, LSTM
    >>> describe_likeness(LSTM)["In common with attention"]
    'The cell state is a weighted sum of values over the past: each step’s candidate times its attention weight, with what is left of the initial state.'
    >>> "every update gate since" in describe_likeness(GRU)["Not in common"]
    True
    """  # noqa: E501 - a sentence
    shown = cell.in_notation(notation)
    found = weighing(shown)
    assert found is not None
    kind = "mean" if always_mean(cell) else "sum"
    value = found.candidate.label.lower() if found.candidate else "part"
    common = (
        f"The {found.shown.label.lower()} is a weighted {kind} of values over the past: each step’s {value} times its "
        "attention weight, with what is left of the initial state."
    )
    lasting = (
        "what comes later changes none of them"
        if run_part_on_symbols(shown, _keep(shown)) == Constant(1.0)
        else "what comes later can only make all earlier ones smaller, in one ratio, and never singles one out"
        if only_fades(cell)
        else "what comes later changes all earlier ones in one ratio, and never singles one out"
    )
    unlike = (
        f"No query is compared with keys. A step’s attention weight is {how_made(shown)}, made one step at a time and "
        f"for each unit apart; {lasting}; and what is kept is one number a unit, however long the text."
    )
    return {"In common with attention": common, "Not in common": unlike}


def how_made(cell: Cell) -> str:
    """What a step's weight is the product of.

    Examples
    --------
    >>> from lstm_viz.cells import CELLS, GRU, LSTM
    >>> [how_made(cell) for cell in (LSTM, GRU, CELLS["no_forget_gate"], CELLS["no_input_gate"])]
    ['its input gate × every forget gate since', 'its (1 − update gate) × every update gate since', 'its input gate', 'every forget gate since, multiplied']
    """  # noqa: E501 - sentences
    share, keep = share_of(cell), run_part_on_symbols(cell, _keep(cell))
    first = "" if share == Constant(1.0) else f"its {_in_words(cell, share)}"
    since = "" if keep == Constant(1.0) else f"every {_in_words(cell, keep)} since"
    made = " × ".join(filter(None, (first, since))) if first else f"{since}, multiplied" if since else "1"
    norm = weighing(cell)
    return f"{made}, over the sum of all of these" if norm and norm.normaliser else made


def _keep(cell: Cell) -> Any:
    assert cell.memory is not None
    return cell.memory.keep


def _in_words(cell: Cell, expression: Expression) -> str:
    """An expression with the names of quantities as on screen, in parentheses where it is more than one of them."""
    text = key_of(expression).replace(" - ", " − ").replace(" * ", " × ").replace(" / ", " ÷ ")
    for quantity in sorted(cell.quantities, key=lambda each: -len(each.name)):
        text = re.sub(rf"\b{quantity.name}\b", quantity.label.lower(), text)
    return f"({text})" if isinstance(expression, Sum) or not isinstance(expression, Symbol) else text
