"""A layer after the other over a batch: torch's own fused pass for all sequences, then the gates of each.

Fast because it does not loop over steps: the fused pass gives the hidden states of a layer, and `engine.run_known`
recovers the gates from them. Where hidden states are not known beforehand, `engine.run_steps` computes them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.capture.batches import Batch
from lstm_viz.capture.layers import Layer, layers_of
from lstm_viz.cells import GRU, LSTM, RNN, RNN_RELU, Cell
from lstm_viz.engine import Values, Weights, run_known, run_steps
from lstm_viz.given import name_what_is_not_finite
from lstm_viz.trace import Array, LayerTrace

_FUSED: dict[str, Any] = {LSTM.name: torch.lstm, GRU.name: torch.gru, RNN.name: torch.rnn_tanh}
_FUSED[RNN_RELU.name] = torch.rnn_relu


@dataclass(frozen=True, eq=False)
class Pass:
    """One sequence through one layer, in one direction; rows in the order in which the layer reads.

    Attributes
    ----------
    sequence : number of the sequence in its batch
    inputs : (T, I), what the layer reads
    shown : (T, P), its hidden states
    initial : state name → (H,)
    found : quantity name → (T, H), where all were computed on the way to the hidden states; else None
    """

    cell: Cell
    layer: Layer
    sequence: int
    inputs: Tensor
    shown: Tensor
    initial: Values
    found: Values | None = None

    def values(self) -> Values:
        """Every quantity, in the order of the tokens, whatever it holds."""
        return in_token_order(self.layer, self.found or self._recovered())

    def trace(self) -> LayerTrace:
        """The layer, checked."""
        if self.found is not None:
            return traced(self.cell, self.layer, self.found, self.initial)
        return trace_known(self.cell, self.layer, self.inputs, self.shown, self.initial)

    def _recovered(self) -> Values:
        return run_known(self.cell, self.layer.weights, self.inputs, self.shown, self.initial)


def trace_known(cell: Cell, layer: Layer, inputs: Tensor, shown: Tensor, initial: Values) -> LayerTrace:
    """A layer whose hidden states are known, (T, P), checked; rows in the order in which the layer reads."""
    try:
        found = run_known(cell, layer.weights, inputs, shown, initial)
        return traced(cell, layer, found, initial, computed=True)
    except ValueError:
        # Under huge weights the kernel's rounding shows; step by step the equations hold, or fail anew.
        return traced(cell, layer, run_steps(cell, layer.weights, inputs, initial), initial)


def passes(
    module: Any, cell: Cell, batch: Batch, states: list[Values], between: Callable[[Tensor], Tensor] | None = None
) -> Iterator[list[Pass]]:
    """For every layer and direction, in PyTorch's order, the pass of each sequence.

    Parameters
    ----------
    module : without anything that makes its output another than its weights give
    states : for every layer and direction, state name → (B, H), in the caller's order
    between : what is done to what a layer shows before the next one reads it, such as dropout
    """
    layers, data = layers_of(module), batch.data
    width = 1 + module.bidirectional
    for start in range(0, len(layers), width):
        both, starts = layers[start : start + width], states[start : start + width]
        found: list[Values] | None = None
        if isinstance(module, nn.RNNBase):
            weights = [layer.weights for layer in both]
            shown = fused(module, cell, data, [_each(batch.like, state) for state in starts], weights, batch.sizes)
        else:
            found = [run_steps(cell, *_read_by(layer, data, start)) for layer, start in zip(both, starts, strict=True)]
            backs = [layer.direction == "backward" for layer in both]
            values = [each["hidden_state"] for each in found]
            shown = torch.cat([each.flip(0) if back else each for each, back in zip(values, backs, strict=True)], -1)
        arriving, showing = batch.split(data), batch.split(shown)
        for k, layer in enumerate(both):
            result = []
            for b, (inputs, states_shown) in enumerate(zip(arriving, showing, strict=True)):
                known = states_shown.chunk(width, dim=1)[k]
                if layer.direction == "backward":
                    inputs, known = inputs.flip(0), known.flip(0)
                # A row of its own: what is kept of a sequence must not keep those beside it.
                initial = {name: state[b].clone() for name, state in starts[k].items()}
                own = found and {name: value[:, b] for name, value in found[k].items()}
                result.append(Pass(cell, layer, b, inputs, known.contiguous(), initial, own or None))
            yield result
        data = between(shown) if between and start + width < len(layers) else shown


def together(module: Any, cell: Cell, batch: Batch, states: list[Values]) -> list[tuple[LayerTrace, ...]]:
    """For each sequence of a batch, the layers of its run; ValueError naming the weight that is not finite."""
    return by_sequence(module, batch, passes(module, cell, batch, states))


def by_sequence(module: nn.Module, batch: Batch, found: Iterable[list[Pass]]) -> list[tuple[LayerTrace, ...]]:
    """Passes as traced layers, in PyTorch's order, for each sequence."""
    layers: list[list[LayerTrace]] = [[] for _ in range(len(batch))]
    try:
        for each in found:
            for one in each:
                layers[one.sequence].append(one.trace())
    except ValueError:
        name_what_is_not_finite(module)
        raise
    return [tuple(each) for each in layers]


def fused(
    module: nn.RNNBase,
    cell: Cell,
    data: Tensor,
    starts: list[Values],
    weights: Sequence[Weights],
    sizes: Tensor | None = None,
) -> Tensor:
    """One layer by torch's own kernel, as the module's forward calls it: its hidden states, (T, B, D·P).

    Parameters
    ----------
    data : (T, B, I); with `sizes`, of packed sequences, (N, I), and so is what is returned
    starts : for each direction, state name → (B, H)
    """
    # The LSTM's kernel wants its hidden state first; the definitions list states in the order of computation.
    names = sorted((state.name for state in cell.states), key=lambda name: name != "hidden_state")
    stacked = [_stacked([start[name] for start in starts]) for name in names]
    flat = [tensor for each in weights for tensor in each.tensors]
    hx = stacked if cell is LSTM else stacked[0]
    further = (hx, flat, module.bias, 1, 0.0, False, module.bidirectional)
    kernel = _FUSED[cell.name]
    output: Tensor = kernel(data, *further, False)[0] if sizes is None else kernel(data, sizes, *further)[0]
    return output


def traced(
    cell: Cell,
    layer: Layer,
    values: Values,
    initial: Values,
    held: frozenset[str] = frozenset(),
    *,
    computed: bool = False,
) -> LayerTrace:
    """Values in the order in which the layer reads, as a trace in the order of the tokens."""
    values = in_token_order(layer, values)
    if computed:
        return LayerTrace.computed(cell.name, layer.index, layer.direction, _arrays(values), _arrays(initial))
    # What a variant's next step sees besides its states is no part of them.
    states = {state.name: initial[state.name] for state in cell.states}
    return LayerTrace(cell.name, layer.index, layer.direction, _arrays(values), _arrays(states), held)


def _read_by(layer: Layer, data: Tensor, start: Values) -> tuple[Weights, Tensor, Values]:
    return layer.weights, data.flip(0) if layer.direction == "backward" else data, start


def in_token_order(layer: Layer, values: Values) -> Values:
    """Values in the order in which a layer reads, the other way round for a backward one."""
    return {name: value.flip(0) for name, value in values.items()} if layer.direction == "backward" else values


def _each(change: Callable[[Tensor], Tensor], values: Values) -> Values:
    return {name: change(value) for name, value in values.items()}


def _stacked(rows: list[Tensor]) -> Tensor:
    return torch.stack(rows) if len(rows) > 1 else rows[0][None]


def _arrays(values: Values) -> dict[str, Array]:
    return {name: value.numpy(force=True) for name, value in values.items()}
