"""What an expression comes to, for all steps and units at once."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.cells.expression import Call, Constant, Expression, Largest, Product, Ratio, Sum, Symbol, key_of
from lstm_viz.trace import Array
from lstm_viz.trace.arithmetic import Arithmetic

Floats = NDArray[np.float64]


def evaluate(expression: Expression, values: Mapping[str, Array]) -> Floats:
    """An expression's value in double precision, elementwise.

    Parameters
    ----------
    values : the arrays that its leaves stand for, by `key_of`

    Raises
    ------
    ValueError
        for an expression with weights in it; see `stages.expand`.
    """
    match expression:
        case Constant(value):
            return np.float64(value)  # type: ignore[return-value]
        case Symbol():
            return values[key_of(expression)].astype(np.float64, copy=False)
        case Sum(terms):
            (sign, first), *rest = terms
            total = sign * evaluate(first, values)
            for sign, term in rest:
                total = total + sign * evaluate(term, values)
            return total
        case Product(factors):
            product = evaluate(factors[0], values)
            for factor in factors[1:]:
                product = product * evaluate(factor, values)
            return product
        case Ratio(over, under):
            return np.asarray(Arithmetic.ratio(evaluate(over, values), evaluate(under, values)))
        case Largest(parts):
            return np.maximum.reduce(np.broadcast_arrays(*(evaluate(part, values) for part in parts)))
        case Call(function, argument) if function in _FUNCTIONS:
            return _FUNCTIONS[function](evaluate(argument, values))
    raise ValueError(f"{expression} still has weights in it; expand it first")


_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "sigmoid": Arithmetic.sigmoid,
    "hard_sigmoid": Arithmetic.hard_sigmoid,
    "tanh": Arithmetic.tanh,
    "relu": Arithmetic.relu,
    "exp": Arithmetic.exp,
    "log_sigmoid": Arithmetic.log_sigmoid,
}
