"""The numbers of every step and unit of a layer, and the lines in which they are shown."""

from collections.abc import Iterator, Mapping
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
from lstm_viz.cells import Cell
from lstm_viz.cells.expression import Expression, expression_of, key_of, matrix_products
from lstm_viz.trace import Array, LayerTrace

TOGETHER = 512
"""Steps that are worked out together: all of a long run at once would take many times its memory."""


@dataclass(frozen=True, eq=False)
class StepNumbers:
    """All numbers of a layer.

    Attributes
    ----------
    values : name → (T, H), or (1, H) for what is the same at every step; float32. Names are those of the parts of the
        cell's drawing and of the leaves of its equations.
    furthest : name → the largest size that the values have at any step of the run
    lines : in the order of computation
    """

    values: Mapping[str, NDArray[np.float32]]
    furthest: Mapping[str, float]
    lines: tuple[LineOfNumbers, ...]


def step_numbers(layer: LayerTrace, weights: LayerWeights, inputs: Array, steps: slice = slice(None)) -> StepNumbers:
    """Work out every number of a layer without projection; `web/analysis/step_numbers.js` is the same in the browser.

    Parameters
    ----------
    layer : the trace of the layer
    weights : its weights, as `weighted_sums.layer_weights` gives them
    inputs : (T, I), what arrives at it, as `weighted_sums.layer_inputs` gives it
    steps : the steps of `values` and `lines`

    Raises
    ------
    ValueError
        for a layer with a projection, whose hidden state is not per unit.
    """
    if layer.hidden_state.shape[1] != layer.units:
        raise ValueError("the layer has a projection, which mixes units: its equations cannot be told unit by unit")
    expressions = formulas(layer.definition, has_bias=weights.has_bias)

    def worked_out(part: slice) -> dict[str, NDArray[np.float32]]:
        values = _leaves(layer, weights, inputs, part)
        for name, expression in expressions.items():
            values[name] = evaluate(expression, values).astype(np.float32)
        return values

    shown, furthest = worked_out(steps), dict[str, float]()
    for first in range(0, len(layer), TOGETHER):
        for name, value in worked_out(slice(first, first + TOGETHER)).items():
            # What is −∞ before the first step has no size that a scale could reach.
            furthest[name] = max(furthest.get(name, 0.0), float(np.abs(value[np.isfinite(value)]).max(initial=0.0)))
    equations = equations_of(layer.definition, has_bias=weights.has_bias)
    return StepNumbers(shown, furthest, tuple(right_as_shown(equation, shown) for equation in equations))


def formulas(cell: Cell, *, has_bias: bool) -> dict[str, Expression]:
    """How every number follows that is neither recorded nor a weight's, in an order in which they can be worked out.

    Returns
    -------
    name → expression without weights, for the parts of the cell's drawing and the stages of its equations
    """
    leaves, found = leaf_names(cell), dict[str, Expression]()
    for name, expression in _formulas(cell, has_bias):
        if name not in leaves:
            found.setdefault(name, expression)
    return found


def _formulas(cell: Cell, has_bias: bool) -> Iterator[tuple[str, Expression]]:
    for part in wiring(cell).parts:
        if part.expression is not None:
            yield part.key, expand(part.expression, has_bias=has_bias)
    for equation in equations_of(cell, has_bias=has_bias):
        for reduction in equation.reductions:
            for leaf, expression in reduction:
                yield key_of(leaf), expression


def strips(cell: Cell, *, has_bias: bool) -> dict[str, str | None]:
    """The parts of a cell's drawing that have numbers of their own.

    Returns
    -------
    key of the part → the recorded quantity whose numbers they are, at this step or the one before; None for others
    """
    numbered = leaf_names(cell) | formulas(cell, has_bias=has_bias).keys()
    recorded = {quantity.name for quantity in cell.recorded}
    return {
        part.key: part.owner if part.owner in recorded and part.key in (part.owner, f"{part.owner}-") else None
        for part in wiring(cell).parts
        if part.key in numbered
    }


def leaf_names(cell: Cell) -> set[str]:
    """The names of the numbers that are recorded, are weights, or are what weights make of what they weigh."""
    starts = (FROM_INPUT, FROM_HIDDEN, BIAS, INPUT_BIAS, HIDDEN_BIAS) if cell.recurrent else (FROM_INPUT, INPUT_BIAS)
    return {
        *(quantity.name for quantity in cell.recorded),
        *(f"{quantity.name}-" for quantity in cell.carried),
        *cell.parameters,
        *(start + quantity.name for quantity in cell.weighted for start in starts),
    }


def _leaves(layer: LayerTrace, weights: LayerWeights, inputs: Array, steps: slice) -> dict[str, NDArray[np.float32]]:
    values: dict[str, Array] = {name: layer[name][steps] for name in layer.quantities}
    values |= {f"{each.name}-": layer.before(each.name)[steps] for each in layer.definition.carried}
    values |= {name: value[None] for name, value in weights.parameters.items() if value.ndim == 1}
    for quantity in layer.definition.quantities:
        for product in matrix_products(expression_of(layer.definition, quantity.name)):
            seen = evaluate(product.argument, values)
            values[product.name] = seen @ weights.parameters[product.name].T
    for name, parts in weighted_sums(weights, layer, inputs, steps).items():
        values[FROM_INPUT + name] = parts.from_input
        both = None
        if parts.from_hidden is not None:
            values[FROM_HIDDEN + name], both = parts.from_hidden, parts.bias
        for start, bias in ((BIAS, both), (INPUT_BIAS, parts.input_bias), (HIDDEN_BIAS, parts.hidden_bias)):
            if bias is not None:
                values[start + name] = bias[None]
    return {name: value.astype(np.float32) for name, value in values.items()}
