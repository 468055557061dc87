"""Recurrent layers within a larger model: the model runs once, as if for use, and is left as it was."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.dropout import _DropoutNd

from lstm_viz.agreement import in_evaluation
from lstm_viz.arguments import a_kind, given, text
from lstm_viz.capture.calls import Call, saying_which
from lstm_viz.capture.clamps import as_clamps
from lstm_viz.capture.recording import record, recurrent_layers
from lstm_viz.capture.watched import CELLS
from lstm_viz.trace import Trace

_CALLED_WITH = (
    "what the model is called with: a tensor, a tuple of positional arguments, or a mapping of keyword arguments"
)


def trace_in_model(module: nn.Module, inputs: Any, layer: Any, initial_state: Any, labels: Any, clamp: Any) -> Any:
    """See `lstm_viz.trace`: the trace or traces of one layer, or of all by name."""
    if isinstance(module, CELLS):
        raise TypeError(
            f"module: {a_kind(module)} runs one step a call; run your loop in `with lstm_viz.record(module) as"
            " runs:`, or trace the model that has the loop"
        )
    recurrent_layers(module, "module")
    if layer is not None:
        text(layer, "layer", "the name of a recurrent layer of the model")
    elif not (isinstance(clamp, (tuple, list)) and not clamp):
        raise ValueError(f"clamp: got {given(clamp)} for a model; say in which of its layers, with layer")
    if initial_state is not None:
        raise ValueError(
            f"initial_state: got {given(initial_state)}, but a model gives its layers their own; pass it with the "
            "inputs, or trace the layer alone"
        )
    with record(module, layer) as runs, as_it_was(module):
        call_model(module, inputs)
    notes = _notes(module)
    found = {name: _traces(name, runs.calls(name), labels, clamp, notes) for name in runs}
    if layer is None:
        return found
    (result,) = found.values()
    if result == ():
        raise ValueError(f"layer: {layer} was not called when the model ran on the inputs; nothing to trace")
    return result


def _traces(name: str, calls: tuple[Call, ...], labels: Any, clamp: Any, notes: tuple[str, ...]) -> Any:
    result: list[Trace] = []
    for k, call in enumerate(calls):
        clamp = as_clamps(call.plain, clamp)
        with saying_which(name, k):
            result += call.traces(labels, clamp, notes)
    return result[0] if len(calls) == 1 and calls[0].single else tuple(result)


def call_model(model: nn.Module, inputs: Any) -> Any:
    """A model's own output; ValueError, in a sentence, where it cannot be called so."""
    try:
        if isinstance(inputs, np.ndarray):
            first, inputs = next(model.parameters(), torch.zeros(())), torch.tensor(inputs)
            inputs = inputs.to(first) if inputs.is_floating_point() else inputs.to(first.device)
        if isinstance(inputs, Mapping):
            return model(**inputs)
        # A named tuple, such as packed sequences, is one argument.
        return model(*inputs) if type(inputs) is tuple else model(inputs)
    except Exception as error:  # a model of the user's own may raise anything
        said = " ".join(str(error).split())[:200]
        itself = "; (inputs,) where it takes the mapping itself" if isinstance(inputs, Mapping) else ""
        raise ValueError(
            f"inputs: the model cannot be called with {given(inputs)} ({type(error).__name__}: {said}); expected "
            f"{_CALLED_WITH}{itself}"
        ) from error


@contextmanager
def as_it_was(model: nn.Module) -> Iterator[None]:
    """No gradients, evaluation mode; then modes, buffers and random numbers are again what they were."""
    devices = {each.device for each in model.parameters() if each.is_cuda}
    held = [(part, dict(part._buffers)) for part in model.modules()]
    copies = [{name: each.clone() for name, each in buffers.items() if each is not None} for _, buffers in held]
    with torch.random.fork_rng(devices=[device.index for device in devices]), torch.no_grad(), in_evaluation(model):
        try:
            yield
        finally:
            for (part, buffers), copied in zip(held, copies, strict=True):
                part._buffers.clear()
                part._buffers.update(buffers)
                for name, copy in copied.items():
                    buffer = buffers[name]
                    if buffer is not None and not torch.equal(buffer, copy):
                        buffer.copy_(copy)


def _notes(model: nn.Module) -> tuple[str, ...]:
    """What evaluation mode changed, if the model is in training."""
    changed = [part for part in model.modules() if part.training and _differs_in_training(part)]
    if not changed:
        return ()
    note = f"The model is in training mode; it was run in evaluation mode, which changes its {_kinds(changed)}."
    warnings.warn(note, stacklevel=4)
    return (note,)


def _differs_in_training(part: Any) -> bool:
    if isinstance(part, nn.RNNBase):
        return bool(part.dropout and part.num_layers > 1)
    return isinstance(part, _NormBase) or (isinstance(part, _DropoutNd) and part.p > 0)


def _kinds(parts: list[nn.Module]) -> str:
    return ", ".join(sorted({type(part).__name__ for part in parts}))
