"""`lstm_viz.trace`: a torch module and what it is given in, traces out."""

import warnings
from collections.abc import Iterable
from typing import Any

import torch
from torch import nn

from lstm_viz.agreement import as_called, is_plain
from lstm_viz.arguments import given
from lstm_viz.capture.batches import as_batch, is_batch
from lstm_viz.capture.calls import labels_of_each
from lstm_viz.capture.clamps import as_clamps
from lstm_viz.capture.in_model import trace_in_model
from lstm_viz.capture.layers import cell_of, is_recurrent
from lstm_viz.capture.one import trace_one
from lstm_viz.capture.passes import together
from lstm_viz.clamp import Clamp
from lstm_viz.given import State, as_states, check_weights
from lstm_viz.trace import Trace


def trace(
    module: nn.Module,
    inputs: Any,
    *,
    layer: str | None = None,
    initial_state: State | None = None,
    labels: Iterable[Any] | None = None,
    clamp: Clamp | Iterable[Clamp] = (),
) -> Any:
    """Record every gate and state of a recurrent module on a sequence or a batch; or of those within a larger model.

    Parameters
    ----------
    module : `torch.nn.LSTM`, `torch.nn.GRU` or `torch.nn.RNN`, float32 or float64, of any number of layers, one or two
        directions, with or without bias and projection. It is not changed; dropout is left out, with a warning. Where
        calling it does more than running its weights (hooks, parametrizations, pruning, a forward of its own), it is
        called once a sequence, and must give what its weights give.
        Or a model with such modules in it, or their cells: it is called once, without gradients and in evaluation mode,
        so without dropout; modes, buffers and random numbers are then put back as they were.
    inputs : of a recurrent module one sequence, a (T, I) tensor, array or nested list, T ≥ 1; or a batch: a tensor or
        array (T, B, I), where the module is ``batch_first`` (B, T, I), a `PackedSequence`, or a list of sequences.
        Of a model what it is called with: a tensor, a tuple of positional arguments, or a mapping of keyword arguments
    layer : which recurrent layer of a model, named as in ``model.named_modules()``; all of them by default
    initial_state : as the module takes it: for one sequence (L·D, H), for an LSTM the pair of (L·D, P) and (L·D, H);
        for a batch (L·D, B, H); zeros by default. A model gives its layers theirs
    labels : T token labels for the time axis, of a batch a list of them for each sequence; the step numbers by default
    clamp : gates or states to hold at a value; what follows is recomputed, of a model in that layer only

    Returns
    -------
    Trace
        of one sequence. Values agree with the module's own output to 1e-5 (float32) or 1e-10 (float64).
    tuple of Trace
        of a batch, also of a batch of one: a trace a sequence, in the order given, without padding. And of a layer that
        the model calls several times: those of all calls, in order.
    dict
        of a model, without `layer`: name → what is returned for that layer; an empty tuple where it was not called.

    Raises
    ------
    TypeError, ValueError
        saying what was given, what was expected and what to do.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.GRU(2, 4), [[0.0, 1.0], [1.0, 0.0]], labels=["a", "b"])
    >>> trace.layers[0].quantities
    ('reset_gate', 'update_gate', 'candidate', 'hidden_state')
    >>> model = torch.nn.Sequential(torch.nn.Embedding(10, 3), torch.nn.LSTM(3, 8, batch_first=True))
    >>> first, second = lstm_viz.trace(model, torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8]]), layer="1")
    >>> second.layers[0].forget_gate.shape
    (4, 8)
    """
    if isinstance(module, nn.Module) and not is_recurrent(module):
        return trace_in_model(module, inputs, layer, initial_state, labels, clamp)
    cell_of(module)
    if layer is not None:
        raise ValueError(f"layer: got {given(layer)}, but the module is itself the recurrent layer; leave layer out")
    clamps = as_clamps(module, clamp)
    if is_batch(inputs):
        return _of_batch(module, inputs, initial_state, labels, clamps)
    layers, sequence = trace_one(module, inputs, initial_state, clamps)
    return Trace(layers, sequence.numpy(force=True), () if labels is None else labels, _notes(module))  # type: ignore[arg-type]


def _of_batch(
    module: Any, inputs: Any, initial_state: State | None, labels: Any, clamps: tuple[Clamp, ...]
) -> tuple[Trace, ...]:
    cell = cell_of(module)
    with torch.inference_mode():
        check_weights(module)
        batch = as_batch(module, inputs)
        states = as_states(module, cell, initial_state, len(batch))
        named = labels_of_each(labels, len(batch))
        sequences = batch.split(batch.data)
        if is_plain(module) and not clamps:
            layers = together(module, cell, batch, states)
        else:
            layers = []
            for b, sequence in enumerate(sequences):
                rows = [{name: state[b] for name, state in each.items()} for each in states]
                layers.append(trace_one(module, sequence, as_called(rows, initial_state, module), clamps)[0])
    notes = _notes(module, stacklevel=4)
    return tuple(
        Trace(each, sequence.numpy(force=True), named[b], notes)
        for b, (each, sequence) in enumerate(zip(layers, sequences, strict=True))
    )


def _notes(module: Any, stacklevel: int = 3) -> tuple[str, ...]:
    if not (module.training and module.dropout and module.num_layers > 1):
        return ()
    note = f"The module is in training mode with dropout {module.dropout:g}; it was traced without dropout."
    warnings.warn(note, stacklevel=stacklevel)
    return (note,)
