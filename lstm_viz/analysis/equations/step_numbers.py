"""The numbers of every step and unit of a layer, and with how many decimals each is shown so that the lines are right.

Two promises, as in `cell_arithmetic`: every number shown is correctly rounded, and whoever works out a line from the
numbers shown gets the next number shown, to its last digit. So the numbers that go into a line get as many decimals
more than what comes out as that line needs, mostly none or one. Here this is found for all steps and units at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.equations.cell_arithmetic import RESULT_DIGITS
from lstm_viz.analysis.equations.expression import (
    Call,
    Constant,
    Expression,
    Product,
    Sum,
    Symbol,
    expression_of,
    matrix_products,
    names_in,
)
from lstm_viz.analysis.equations.lines import (
    BIAS,
    FROM_HIDDEN,
    FROM_INPUT,
    HIDDEN_BIAS,
    INPUT_BIAS,
    Equation,
    equations_of,
    expand,
)
from lstm_viz.analysis.equations.weighted_sums import LayerWeights, weighted_sums
from lstm_viz.analysis.equations.wiring import key_of, wiring
from lstm_viz.trace import Array, LayerTrace

MOST_EXTRA_DIGITS = 4
TOO_CLOSE = 1e-6
"""Results so near to halfway between two last digits, in units of the last digit, are shown with other decimals: a
calculator that rounds its own steps might fall on the other side."""

Floats = NDArray[np.float64]
Digits = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class LineOfNumbers:
    """One equation's numbers.

    Attributes
    ----------
    equation : its form
    digits : (stages + 1, T, H), the decimals of every stage's numbers and, last, of the result
    holds : (T, H), whether every stage as shown gives the next; False only where no number of decimals does
    """

    equation: Equation
    digits: Digits
    holds: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class StepNumbers:
    """All numbers of a layer.

    Attributes
    ----------
    values : name → (T, H), or (1, H) for what is the same at every step; float32. Names are those of the parts of the
        cell's drawing and of the leaves of its equations.
    lines : in the order of computation
    """

    values: Mapping[str, NDArray[np.float32]]
    lines: tuple[LineOfNumbers, ...]


def step_numbers(layer: LayerTrace, weights: LayerWeights, inputs: Array, steps: slice = slice(None)) -> StepNumbers:
    """Work out every number of a layer without projection.

    Parameters
    ----------
    layer : the trace of the layer
    weights : its weights, as `weighted_sums.layer_weights` gives them
    inputs : (T, I), what arrives at it, as `weighted_sums.layer_inputs` gives it
    steps : which steps to work out

    Raises
    ------
    ValueError
        for a layer with a projection, whose hidden state is not per unit.
    """
    if layer.hidden_state.shape[1] != layer.units:
        raise ValueError("the layer has a projection, which mixes units: its equations cannot be told unit by unit")
    cell, has_bias = layer.definition, weights.input_bias is not None or weights.hidden_bias is not None
    values = _leaves(layer, weights, inputs, steps)
    equations = equations_of(cell, has_bias=has_bias)

    def fill(name: str, expression: Expression) -> None:
        if name not in values:
            values[name] = evaluate_arrays(expression, lambda symbol: values[key_of(symbol)]).astype(np.float32)

    for part in wiring(cell).parts:
        if part.expression is not None:
            fill(part.key, expand(part.expression, has_bias=has_bias))
    for equation in equations:
        for reduction in equation.reductions:
            for leaf, expression in reduction:
                fill(key_of(leaf), expression)
    return StepNumbers(values, tuple(_line(equation, values) for equation in equations))


def _leaves(layer: LayerTrace, weights: LayerWeights, inputs: Array, steps: slice) -> dict[str, NDArray[np.float32]]:
    values: dict[str, Array] = {name: layer[name][steps] for name in layer.quantities}
    values |= {f"{each.name}-": layer.before(each.name)[steps] for each in layer.definition.carried}
    values |= {name: value[None] for name, value in weights.parameters.items() if value.ndim == 1}
    for quantity in layer.definition.quantities:
        for product in matrix_products(expression_of(layer.definition, quantity.name)):
            seen = evaluate_arrays(product.argument, lambda symbol: values[key_of(symbol)])
            values[product.name] = seen @ weights.parameters[product.name].T
    for name, parts in weighted_sums(weights, layer, inputs).items():
        values[FROM_INPUT + name], values[FROM_HIDDEN + name] = parts.from_input[steps], parts.from_hidden[steps]
        for start, bias in ((BIAS, parts.bias), (INPUT_BIAS, parts.input_bias), (HIDDEN_BIAS, parts.hidden_bias)):
            if bias is not None:
                values[start + name] = bias[None]
    return {name: value.astype(np.float32) for name, value in values.items()}


def evaluate_arrays(expression: Expression, value_of: Callable[[Symbol], Array]) -> Floats:
    """An expression's value in double precision, elementwise."""
    match expression:
        case Constant(value):
            return np.float64(value)  # type: ignore[return-value]
        case Symbol():
            return value_of(expression).astype(np.float64, copy=False)
        case Sum(terms):
            (sign, first), *rest = terms
            total = sign * evaluate_arrays(first, value_of)
            for sign, term in rest:
                total = total + sign * evaluate_arrays(term, value_of)
            return total
        case Product(factors):
            product = evaluate_arrays(factors[0], value_of)
            for factor in factors[1:]:
                product = product * evaluate_arrays(factor, value_of)
            return product
        case Call(function, argument):
            return _FUNCTIONS[function](evaluate_arrays(argument, value_of))
    raise ValueError(f"{expression} still has weights in it; expand it first")


def _sigmoid(values: Floats) -> Floats:
    return np.exp(-np.logaddexp(0, -values))


_FUNCTIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "relu": lambda values: np.maximum(values, 0),
}


def _line(equation: Equation, values: Mapping[str, NDArray[np.float32]]) -> LineOfNumbers:
    """Find the decimals: for each number of decimals of the result, work backwards from it, stage by stage."""
    target = values[equation.quantity]
    steps = [*equation.reductions, ((Symbol(equation.quantity), equation.stages[-1]),)]
    leaves = {symbol for reduction in steps for leaf, part in reduction for symbol in ({leaf} | names_in(part))}
    flat = {leaf: np.broadcast_to(values[key_of(leaf)], target.shape).ravel().astype(np.float64) for leaf in leaves}
    digits = np.full((len(steps) + 1, target.size), RESULT_DIGITS[0], np.int8)
    left = np.arange(target.size)
    for result_digits in RESULT_DIGITS:
        found = np.full((len(steps) + 1, left.size), result_digits, np.int8)
        fine = np.ones(left.size, bool)
        here = {leaf: value[left] for leaf, value in flat.items()}
        for stage in reversed(range(len(steps))):
            extra = _extra_digits(steps[stage], here, found[stage + 1])
            fine &= extra >= 0
            found[stage] = found[stage + 1] + np.maximum(extra, 0)
        digits[:, left[fine]] = found[:, fine]
        left = left[~fine]
        if not left.size:
            break
    holds = np.ones(target.size, bool)
    holds[left] = False
    return LineOfNumbers(equation, digits.reshape(-1, *target.shape), holds.reshape(target.shape))


def _extra_digits(
    reduction: tuple[tuple[Symbol, Expression], ...], values: Mapping[Symbol, Floats], digits: Digits
) -> Digits:
    """How many more decimals a stage's numbers need than what comes out of them has; −1 where none is enough."""
    extra = np.full(digits.size, -1, np.int8)
    left = np.arange(digits.size)
    for more in range(MOST_EXTRA_DIGITS + 1):
        fine = np.ones(left.size, bool)
        for leaf, expression in reduction:
            shown = {name: rounded(values[name][left], digits[left] + more) for name in names_in(expression)}
            fine &= _rounds_to(evaluate_arrays(expression, shown.__getitem__), values[leaf][left], digits[left])
        extra[left[fine]] = more
        left = left[~fine]
        if not left.size:
            break
    return extra


def rounded(values: Floats, digits: Digits) -> Floats:
    """Values to so many decimals, halves away from zero."""
    scale = 10.0**digits
    return np.copysign(np.floor(np.abs(values) * scale + 0.5), values) / scale


def _rounds_to(found: Floats, wanted: Floats, digits: Digits) -> NDArray[np.bool_]:
    """Whether what a calculator finds rounds to what is shown, and is not too close to halfway."""
    scale = 10.0**digits
    size = np.abs(found) * scale
    near_half = np.abs(size - np.floor(size) - 0.5) < TOO_CLOSE
    same = np.floor(size + 0.5) * np.sign(found) == np.floor(np.abs(wanted) * scale + 0.5) * np.sign(wanted)
    return np.asarray(same & ~near_half)
