"""What pushes a gate: its weighted sum, split into what the inputs, the last hidden state and the biases add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from torch import Tensor, nn

from lstm_viz.capture import cell_of, layers_of
from lstm_viz.cells import Cell
from lstm_viz.engine import Weights
from lstm_viz.trace import Array, LayerTrace, Trace


@dataclass(frozen=True, eq=False)
class LayerWeights:
    """One layer's weights as arrays, each by the name of the quantity they are for. H units, I inputs, P hidden states.

    Attributes
    ----------
    input : (H, I)
    hidden : (H, P); empty where no weights see the hidden state
    input_bias, hidden_bias : (H,), or None where the layer has no biases
    parameters : further weights of a variant by their own names: (H,), one a unit, or (H, H)
    """

    input: Mapping[str, Array]
    hidden: Mapping[str, Array]
    input_bias: Mapping[str, Array] | None
    hidden_bias: Mapping[str, Array] | None
    parameters: Mapping[str, Array] = field(default_factory=dict)

    @property
    def has_bias(self) -> bool:
        """Whether its weighted sums have a bias."""
        return self.input_bias is not None or self.hidden_bias is not None


@dataclass(frozen=True, eq=False)
class WeightedSumParts:
    """One quantity's weighted sum before every step's nonlinearity, in its parts; float64.

    Attributes
    ----------
    from_input, from_hidden : (T, H), ``W x_t`` and ``U h_{t−1}``, without biases; None where there is no U
    input_bias, hidden_bias : (H,), or None
    """

    from_input: Array
    from_hidden: Array | None
    input_bias: Array | None
    hidden_bias: Array | None

    @property
    def bias(self) -> Array | None:
        """Both biases together."""
        if self.input_bias is None or self.hidden_bias is None:
            return self.hidden_bias if self.input_bias is None else self.input_bias
        return self.input_bias + self.hidden_bias


def layer_weights(module: nn.Module, layer: LayerTrace) -> LayerWeights:
    """The weights of the layer of a module that a layer's trace came from."""
    cell = cell_of(module)
    weights = next(
        each.weights for each in layers_of(module) if (each.index, each.direction) == (layer.index, layer.direction)
    )
    return as_arrays(cell, weights)


def as_arrays(cell: Cell, weights: Weights) -> LayerWeights:
    """Weights by quantity, as float64 arrays."""
    names = [quantity.name for quantity in cell.weighted]

    def split(rows: Tensor | None) -> dict[str, Array] | None:
        if rows is None:
            return None
        return dict(zip(names, np.split(rows.numpy(force=True).astype(np.float64), len(names)), strict=True))

    return LayerWeights(
        split(weights.input) or {},
        split(weights.hidden) or {},
        split(weights.input_bias),
        split(weights.hidden_bias),
        {name: value.numpy(force=True).astype(np.float64) for name, value in weights.parameters.items()},
    )


def layer_inputs(trace: Trace, layer: LayerTrace) -> Array:
    """What arrives at a layer at every step, (T, I): the inputs, or what the layer below shows in its directions."""
    if not layer.index:
        return trace.inputs
    return np.concatenate([below.hidden_state for below in trace.layers if below.index == layer.index - 1], axis=1)


def weighted_sums(
    weights: LayerWeights, layer: LayerTrace, inputs: Array, steps: slice = slice(None)
) -> dict[str, WeightedSumParts]:
    """The parts of every weighted sum of a layer, by quantity.

    Parameters
    ----------
    inputs : (T, I), what arrives at this layer; see `layer_inputs`
    steps : those that are worked out
    """
    arriving = inputs[steps].astype(np.float64)
    hidden = layer.before("hidden_state")[steps].astype(np.float64)
    return {
        name: WeightedSumParts(
            arriving @ weights.input[name].T,
            hidden @ weights.hidden[name].T if name in weights.hidden else None,
            None if weights.input_bias is None else weights.input_bias[name],
            None if weights.hidden_bias is None else weights.hidden_bias[name],
        )
        for name in weights.input
    }
