"""One recurrent layer under watch: hooks that copy what each call was given and returned."""

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from lstm_viz.agreement import plain_like, unusual, weights_of
from lstm_viz.capture.batches import Batch, batch_of
from lstm_viz.capture.calls import AUTOCAST, Call, Chain, Dropout
from lstm_viz.capture.layers import cell_of
from lstm_viz.engine import Values
from lstm_viz.given import as_states
from lstm_viz.module import CellModule

CELLS = (nn.LSTMCell, nn.GRUCell, nn.RNNCell)
"""Modules that run one step a call."""


class Unreadable:
    """A call that could not be read, with the reason."""

    def __init__(self, error: Exception):
        self.error = error


class Watched:
    """One recurrent layer under watch."""

    def __init__(self, module: nn.Module):
        self.calls: list[Call | Chain | Unreadable] = []
        self._plain: Any = None
        self._open: dict[tuple[Any, ...], list[Chain]] = {}
        self._random: Tensor | None = None
        self._does = "" if isinstance(module, CELLS) else unusual(module, hooks=False)

    def clear(self) -> None:
        """Forget all calls; the next call of a cell begins a chain."""
        self.calls.clear()
        self._open.clear()

    def readable(self) -> Iterator[Call | Chain]:
        """The calls; what could not be read is raised."""
        for each in self.calls:
            if isinstance(each, Unreadable):
                raise each.error
            yield each

    def before(self, module: Any, arguments: tuple[Any, ...]) -> None:
        """A hook: what dropout is about to draw from."""
        drops = isinstance(module, nn.RNNBase) and module.training and module.dropout and module.num_layers > 1
        self._random = torch.get_rng_state() if drops else None

    def after(self, module: Any, arguments: tuple[Any, ...], named: dict[str, Any], output: Any) -> None:
        """A hook: what the layer was given and returned, copied."""
        try:
            with torch.no_grad():
                if isinstance(module, CELLS):
                    self._one_step(module, arguments, named, output)
                else:
                    self.calls.append(self._call(module, arguments, named, output))
        except Exception as error:  # the model must run on, whatever is wrong with the record of it
            said = " ".join(str(error).split())
            self.calls.append(Unreadable(ValueError(f"the call could not be read ({type(error).__name__}: {said})")))

    def _call(self, module: Any, arguments: tuple[Any, ...], named: dict[str, Any], output: Any) -> Call:
        any_cell = isinstance(module, CellModule)
        inputs, state = _two(arguments, named, ("inputs", "initial") if any_cell else ("input", "hx"))
        shown = output[0] if isinstance(output, tuple) and not isinstance(output, PackedSequence) else output
        batch, single = batch_of(module, inputs), False
        if batch is None:
            batch, single = Batch(inputs[:, None]), True
            shown = shown[:, None]
        elif isinstance(shown, PackedSequence):
            shown = shown.data
        elif module.batch_first and batch.sizes is None:
            shown = shown.transpose(0, 1)
        plain = self._moment(module)
        if any_cell:
            states = _states_of(module, inputs, state, len(batch))
        else:
            states = as_states(plain, cell_of(plain), state, None if single else len(batch), finite=False)
            states = [{name: each[None] for name, each in one.items()} for one in states] if single else states
        dropout = None if self._random is None else Dropout(module.dropout, self._random)
        batch = Batch(_copy(batch.data), batch.sizes, batch.order)
        return Call(plain, batch, single, states, _copy(shown), self._did(inputs), dropout)

    def _one_step(self, module: Any, arguments: tuple[Any, ...], named: dict[str, Any], output: Any) -> None:
        inputs, state = _two(arguments, named, ("input", "hx"))
        single = inputs.dim() == 1
        plain, before = self._moment(module), () if state is None else _parts(state)
        key = _key(before)
        chain = next((each for each in reversed(self._open.get(key, [])) if before and each.plain is plain), None)
        if chain is None:
            # As if each were the state of a module of one layer and direction.
            stacked = tuple(part[None] for part in before)
            stacks = None if state is None else stacked[0] if len(stacked) == 1 else stacked
            states = as_states(plain, cell_of(plain), stacks, None if single else len(inputs), finite=False)  # type: ignore[arg-type]
            states = [{name: each[None] for name, each in one.items()} for one in states] if single else states
            chain = Chain(plain, single, states, does=self._did(inputs))
            self.calls.append(chain)
        else:
            self._open[key].remove(chain)
        after = _parts(output)
        chain.inputs.append(_copy(inputs[None] if single else inputs))
        chain.shown.append(_copy(after[0][None] if single else after[0]))
        self._open.setdefault(_key(after), []).append(chain)

    def _did(self, inputs: Any) -> str:
        device = (inputs.data if isinstance(inputs, PackedSequence) else inputs).device.type
        return AUTOCAST if torch.is_autocast_enabled(device) else self._does

    def _moment(self, module: Any) -> nn.Module:
        """A plain module with the weights of this moment: the one before while they are the same."""
        weights = weights_of(module)
        if self._plain is None or not all(_same(getattr(self._plain, name), each) for name, each in weights.items()):
            self._plain = plain_like(module, {name: _copy(each) for name, each in weights.items()})
        return self._plain


def _two(arguments: tuple[Any, ...], named: Mapping[str, Any], names: tuple[str, str]) -> tuple[Any, Any]:
    """The inputs and the state of a call, however they were passed."""
    inputs, state = (arguments[k] if len(arguments) > k else named.get(name) for k, name in enumerate(names))
    return inputs, state


def _states_of(module: CellModule, inputs: Tensor, state: Any, batch: int) -> list[Values]:
    """The states that a `CellModule` begins with in every layer and direction: name → (B, H)."""
    places = module.num_layers * (1 + module.bidirectional)
    zeros = inputs.new_zeros(places, batch, module.hidden_size)
    # Of one layer and direction they have no dimension for it, of one sequence none for the batch.
    starts = {name: _copy(each).reshape(zeros.shape) for name, each in (state or {}).items()}
    return [{q.name: starts.get(q.name, zeros)[place] for q in module.cell.carried} for place in range(places)]


def _parts(state: Any) -> tuple[Tensor, ...]:
    return tuple(state) if isinstance(state, (tuple, list)) else (state,)


def _key(state: tuple[Tensor, ...]) -> tuple[Any, ...]:
    """States by value, to the last bit."""
    as_bytes = (_copy(part).cpu().contiguous().view(torch.uint8) for part in state)
    return tuple((*part.shape, part.numpy().tobytes()) for part in as_bytes)


def _copy(tensor: Tensor) -> Tensor:
    return tensor.detach().clone()


def _same(one: Tensor, other: Tensor) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and torch.equal(one, other)
