"""The numbers of every step and unit of a layer, and the lines in which they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.equations.decimals import LineOfNumbers, right_as_shown
from lstm_viz.analysis.equations.evaluation import evaluate
from lstm_viz.analysis.equations.stages import (
    BIAS,
    FROM_HIDDEN,
    FROM_INPUT,
    HIDDEN_BIAS,
    INPUT_BIAS,
    equations_of,
    expand,
)
from lstm_viz.analysis.equations.weighted_sums import LayerWeights, weighted_sums
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells.expression import Expression, expression_of, key_of, matrix_products
from lstm_viz.trace import Array, LayerTrace


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
            values[name] = evaluate(expression, values).astype(np.float32)

    for part in wiring(cell).parts:
        if part.expression is not None:
            fill(part.key, expand(part.expression, has_bias=has_bias))
    for equation in equations:
        for reduction in equation.reductions:
            for leaf, expression in reduction:
                fill(key_of(leaf), expression)
    return StepNumbers(values, tuple(right_as_shown(equation, values) for equation in equations))


def _leaves(layer: LayerTrace, weights: LayerWeights, inputs: Array, steps: slice) -> dict[str, NDArray[np.float32]]:
    values: dict[str, Array] = {name: layer[name][steps] for name in layer.quantities}
    values |= {f"{each.name}-": layer.before(each.name)[steps] for each in layer.definition.carried}
    values |= {name: value[None] for name, value in weights.parameters.items() if value.ndim == 1}
    for quantity in layer.definition.quantities:
        for product in matrix_products(expression_of(layer.definition, quantity.name)):
            seen = evaluate(product.argument, values)
            values[product.name] = seen @ weights.parameters[product.name].T
    for name, parts in weighted_sums(weights, layer, inputs).items():
        values[FROM_INPUT + name], values[FROM_HIDDEN + name] = parts.from_input[steps], parts.from_hidden[steps]
        for start, bias in ((BIAS, parts.bias), (INPUT_BIAS, parts.input_bias), (HIDDEN_BIAS, parts.hidden_bias)):
            if bias is not None:
                values[start + name] = bias[None]
    return {name: value.astype(np.float32) for name, value in values.items()}
