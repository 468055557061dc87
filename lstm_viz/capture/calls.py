"""What a recurrent layer was seen to do: a call of a module, or a chain of calls of a cell; and its traces."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.agreement import check_agreement
from lstm_viz.arguments import at_most, given
from lstm_viz.capture.batches import Batch
from lstm_viz.capture.layers import cell_of
from lstm_viz.capture.one import run_one
from lstm_viz.capture.passes import Pass, by_sequence, passes
from lstm_viz.cells import Cell
from lstm_viz.clamp import Clamp
from lstm_viz.engine import Values
from lstm_viz.given import check_finite, check_weights
from lstm_viz.trace import Array, LayerTrace, Trace

Place = tuple[int, str, list[dict[str, Array]]]
"""A layer's number, its direction, and of each sequence quantity name → (T, U)."""
AUTOCAST = "been run under autocast"
_LABELS = "a list of labels for each sequence"


@dataclass(frozen=True, eq=False)
class Dropout:
    """Dropout between the layers of one call: its share, and the state of the random numbers when it began."""

    share: float
    state: Tensor

    def again(self) -> Callable[[Tensor], Tensor]:
        """The same once more, to be called after every layer but the last; other random numbers are left alone."""
        state = self.state

        def drop(shown: Tensor) -> Tensor:
            nonlocal state
            with torch.random.fork_rng(devices=[]):
                torch.set_rng_state(state)
                dropped = torch.dropout(shown, self.share, True)
                state = torch.get_rng_state()
            return dropped

        return drop


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a recurrent module; of all tensors it has copies.

    Attributes
    ----------
    plain : a module with the weights of that moment
    batch : what it was given
    single : whether that was one sequence, without a batch dimension
    states : for every layer and direction, state name → (B, H), in the caller's order
    shown : what it returned, laid out as the batch
    does : what is unusual about the module, in words
    dropout : what it did between its layers, or None
    """

    plain: nn.Module
    batch: Batch
    single: bool
    states: list[Values]
    shown: Tensor
    does: str = ""
    dropout: Dropout | None = None

    def passes(self) -> Iterator[list[Pass]]:
        """For every layer and direction, the pass of each sequence."""
        between = None if self.dropout is None else self.dropout.again()
        return passes(self.plain, cell_of(self.plain), self.batch, self.states, between)

    def quantities(self) -> tuple[Cell, list[Place]]:
        """For every layer and direction what each sequence's quantities are, (T, U), finite or not.

        Raises
        ------
        ValueError
            where the module returned something else than its weights give.
        """
        check_weights(self.plain)
        places: list[Place] = []
        tops: list[list[Tensor]] = []
        with torch.inference_mode():
            for each in self.passes():
                layer, values = each[0].layer, [one.values() for one in each]
                tops.append([one["hidden_state"] for one in values])
                arrays = [{name: value.numpy(force=True) for name, value in one.items()} for one in values]
                places.append((layer.index, layer.direction, arrays))
            ours = [torch.cat(both, dim=1) for both in zip(*tops[-1 - self.plain.bidirectional :], strict=True)]  # type: ignore[operator]
            self._check(ours)
        return cell_of(self.plain), places

    def traces(
        self, labels: Any = None, clamps: tuple[Clamp, ...] = (), notes: tuple[str, ...] = ()
    ) -> tuple[Trace, ...]:
        """A trace for each sequence, in the caller's order.

        Parameters
        ----------
        labels : of a single sequence its labels, of a batch a list of them for each sequence
        clamps : gates and states to hold; what follows in this module is computed anew
        notes : sentences for the reader of a figure

        Raises
        ------
        ValueError
            where the module returned something else than its weights give, or anything is not a finite number.
        """
        check_weights(self.plain)
        sequences = self.batch.split(self.batch.data)
        for sequence in sequences:
            check_finite(sequence, "inputs")
        for each in self.states:
            for name, state in each.items():
                check_finite(state, f"initial_state.{name}")
        with torch.inference_mode():
            layers: list[tuple[LayerTrace, ...]] = self._layers()
            if clamps:
                layers = [self._clamped(b, sequence, clamps) for b, sequence in enumerate(sequences)]
        if self.dropout is not None:
            notes = (
                *notes,
                f"The module ran in training mode; its dropout of {self.dropout.share:g} is in the trace.",
            )
        alone = self.single and labels is not None
        named = [labels] if alone else labels_of_each(labels, len(sequences))
        return tuple(
            Trace(each, sequence.numpy(force=True), named[b], notes)
            for b, (each, sequence) in enumerate(zip(layers, sequences, strict=True))
        )

    def _layers(self) -> list[tuple[LayerTrace, ...]]:
        """For each sequence its layers, found to show what the module returned."""
        result = by_sequence(self.plain, self.batch, self.passes())
        width = 1 + bool(self.plain.bidirectional)
        tops = [[torch.from_numpy(each.hidden_state.copy()) for each in layers[-width:]] for layers in result]
        self._check([torch.cat(top, dim=1) for top in tops])
        return result

    def _check(self, ours: list[Tensor]) -> None:
        """Check that hidden states of the top layer, (T, D·P) a sequence, are what the module returned."""
        why = self.does or ("dropout between its layers" if self.dropout else "arithmetic of its own")
        advice = "run the model without autocast while it is recorded" if self.does == AUTOCAST else ""
        for own, found in zip(self.batch.split(self.shown), ours, strict=True):
            if own.shape == found.shape:
                # What is NaN or infinite in both is no difference.
                neither = ~(torch.isfinite(own) | torch.isfinite(found.to(own)))
                own, found = own.masked_fill(neither, 0), found.to(own).masked_fill(neither, 0)
            check_agreement(self.plain, own, found, why, advice)

    def _clamped(self, b: int, sequence: Tensor, clamps: tuple[Clamp, ...]) -> tuple[LayerTrace, ...]:
        states = [{name: state[b] for name, state in each.items()} for each in self.states]
        return run_one(self.plain, cell_of(self.plain), sequence, states, clamps)


@contextmanager
def saying_which(name: str, k: int) -> Iterator[None]:
    """What is wrong with a call, with the layer and the call before it."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name or 'the model'}, call {k}: {error}") from error


def labels_of_each(labels: Any, sequences: int) -> list[Any]:
    """The labels of each sequence of a batch."""
    if labels is None:
        return [()] * sequences
    found = () if isinstance(labels, str) else at_most(labels, sequences, "labels", _LABELS)
    if len(found) != sequences or any(isinstance(each, str) or not isinstance(each, Iterable) for each in found):
        raise ValueError(f"labels: got {given(labels)}; expected {_LABELS}, {sequences} of them")
    return list(found)


@dataclass(eq=False)
class Chain:
    """Calls of a cell, such as `nn.LSTMCell`, each given the state that the one before it returned.

    Attributes
    ----------
    inputs, shown : for each call (B, I) and (B, H)
    """

    plain: nn.Module
    single: bool
    states: list[Values]
    inputs: list[Tensor] = field(default_factory=list)
    shown: list[Tensor] = field(default_factory=list)
    does: str = ""

    def call(self) -> Call:
        """The same as one call of a module of one layer."""
        shown = torch.stack(self.shown)
        return Call(self.plain, Batch(torch.stack(self.inputs)), self.single, self.states, shown, self.does)
