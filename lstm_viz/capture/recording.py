"""Recurrent layers watched while a model runs: what each was given and returned, and from that its traces.

Hooks only look and copy, after the layer's own forward, so that neither the model's output nor its gradients change.
The traces are made when they are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from lstm_viz.arguments import at_most, expect, given
from lstm_viz.capture.calls import Call, Chain, Place, saying_which
from lstm_viz.capture.layers import cell_of, is_recurrent
from lstm_viz.capture.watched import CELLS, Unreadable, Watched
from lstm_viz.cells import Cell
from lstm_viz.trace import Trace

_A_MODEL = "a torch.nn.Module with an LSTM, GRU or RNN in it"
_MOST_NAMES = 10_000  # an endless list ends


class Recording(Mapping[str, tuple[Trace, ...]]):
    """What the recurrent layers of a model did: name of a layer → a trace for each sequence of each call, in order.

    A layer is named as in ``model.named_modules()``; the model itself is "". One that was not called has none. Under
    another name of the same module there is the same. Traces are made when they are asked for, and then kept.
    """

    def __init__(self, watched: dict[str, Watched], aliases: Mapping[str, str]):
        self._watched, self._aliases = watched, aliases
        self._made: dict[Call | Chain, tuple[int, tuple[Trace, ...]]] = {}

    def __getitem__(self, name: str) -> tuple[Trace, ...]:
        watched = self._find(name)
        result: list[Trace] = []
        for k, call in enumerate(watched.calls):
            with saying_which(name, k):
                result += self._traces(call)
        return tuple(result)

    def __iter__(self) -> Iterator[str]:
        return iter(self._watched)

    def __len__(self) -> int:
        return len(self._watched)

    def __repr__(self) -> str:
        parts = [f"{name or 'the model'}: {len(each.calls)} call(s)" for name, each in self._watched.items()]
        return f"Recording({', '.join(parts)})"

    def calls(self, name: str) -> tuple[Call, ...]:
        """What was seen of a layer, a call each; a chain of calls of a cell counts as one.

        Raises
        ------
        KeyError
            where there is no layer of that name.
        TypeError, ValueError
            of a call that could not be read, saying why.
        """
        return tuple(each.call() if isinstance(each, Chain) else each for each in self._find(name).readable())

    def quantities(self, name: str) -> Iterator[tuple[Cell, list[Place]]]:
        """Of each call of a layer the cell, and what it computed, which need not be finite; see `Call.quantities`."""
        for k, call in enumerate(self.calls(name)):
            with saying_which(name, k):
                found = call.quantities()
            yield found

    def clear(self) -> None:
        """Forget what was recorded so far, and free its memory; recording goes on."""
        self._made.clear()
        for each in self._watched.values():
            each.clear()

    def _traces(self, call: Call | Chain | Unreadable) -> tuple[Trace, ...]:
        if isinstance(call, Unreadable):
            raise call.error
        length = len(call.inputs) if isinstance(call, Chain) else 0
        if self._made.get(call, (-1, ()))[0] != length:
            self._made[call] = length, (call.call() if isinstance(call, Chain) else call).traces()
        return self._made[call][1]

    def _find(self, name: str) -> Watched:
        found = self._watched.get(self._aliases.get(name, name)) if isinstance(name, str) else None
        if found is None:
            raise KeyError(f"{given(name)} is not recorded; there is {_listed(self._watched)}")
        return found


@contextmanager
def record(model: nn.Module, layer: str | Iterable[str] | None = None) -> Iterator[Recording]:
    """Record every recurrent layer of a model while it runs; nothing changes in the model, its output or its gradients.

    Parameters
    ----------
    model : any module with `torch.nn.LSTM`, `GRU`, `RNN`, their cells (`LSTMCell` …) or a `CellModule` in it, at any
        depth, or one itself
    layer : the name of one of them, or several names, as in ``model.named_modules()``; all by default

    Yields
    ------
    Recording
        ``runs["encoder.lstm"]`` is a tuple of traces: one a sequence and call, in order, without padding. Values agree
        with what the layer returned, to 1e-5 (float32) or 1e-10 (float64), and are checked against it.

    Raises
    ------
    TypeError, ValueError
        for a model that is compiled or scripted, or has no recurrent layer, or none of that name.

    Notes
    -----
    The layer's inputs, initial state and output of every call are copied on the device where they are, and its weights
    where they changed since the call before. Traces are made from these when they are asked for, within the block or
    after it; ``runs.clear()`` forgets, so that a long training run can be looked at piece by piece. A model in training
    mode is recorded as it runs, dropout between the layers of an `nn.LSTM` included, where that was drawn on the CPU.

    Of a cell that is called in a loop, calls belong to one run where the state passed on is the very one returned,
    value for value; any other state, a state changed on the way, or other weights begin a new run.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> model = torch.nn.Sequential(torch.nn.Embedding(10, 3), torch.nn.LSTM(3, 8, batch_first=True))
    >>> with lstm_viz.record(model) as runs:
    ...     output, _ = model(torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8]]))
    >>> [trace.layers[0].forget_gate.shape for trace in runs["1"]]
    [(4, 8), (4, 8)]
    """
    names, aliases = recurrent_layers(model)
    chosen = names if layer is None else {name: names[name] for name in _chosen(layer, names, aliases)}
    watched = {name: Watched(module) for name, module in chosen.items()}
    handles: list[Any] = []
    try:
        for name, module in chosen.items():
            handles.append(module.register_forward_pre_hook(watched[name].before))
            # Before the user's own hooks, which may return something else.
            handles.append(module.register_forward_hook(watched[name].after, with_kwargs=True, prepend=True))
        yield Recording(watched, aliases)
    finally:
        for handle in handles:
            handle.remove()


def recurrent_layers(model: Any, name: str = "model") -> tuple[dict[str, nn.Module], dict[str, str]]:
    """The recurrent layers of a model by their paths in it, and each further path of one with its first.

    Raises TypeError, in a sentence, for what cannot be watched; `name` is what it calls the model.
    """
    expect(model, nn.Module, name, _A_MODEL)
    for path, part in model.named_modules():
        which = f"{name}: its part {path}" if path else f"{name}: it"
        if isinstance(part, torch.jit.ScriptModule):
            raise TypeError(f"{which} is scripted, so that nothing in it can be seen; use the module it was made of")
        if hasattr(part, "_orig_mod") or part._compiled_call_impl is not None:
            raise TypeError(
                f"{which} is compiled, so that nothing in it can be seen; use the module that torch.compile was given, "
                "or one that .compile() was not called on"
            )
        if isinstance(part, nn.DataParallel) and len(part.device_ids) > 1:
            raise TypeError(f"{which} runs on several devices at once; use the module in it, its .module")
    names: dict[str, nn.Module] = {}
    aliases: dict[str, str] = {}
    first: dict[int, str] = {}
    for path, part in model.named_modules(remove_duplicate=False):
        if not (is_recurrent(part) or isinstance(part, CELLS)):
            continue
        if id(part) in first:
            aliases[path] = first[id(part)]
        else:
            names[path], first[id(part)] = part, path
    if not names:
        cell_of(model, name)
    return names, aliases


def _chosen(layer: Any, names: Mapping[str, nn.Module], aliases: Mapping[str, str]) -> list[str]:
    several = (layer,) if isinstance(layer, str) else at_most(layer, _MOST_NAMES, "layer", "one name, or several")
    if not several:
        raise ValueError(f"layer: got {given(layer)}; expected one name, or several; the model has {_listed(names)}")
    for name in several:
        if not isinstance(name, str) or name not in {*names, *aliases}:
            raise ValueError(f"layer: there is no recurrent layer {given(name)}; the model has {_listed(names)}")
    return list(dict.fromkeys(aliases.get(name, name) for name in several))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name or '"", itself' for name in names)
