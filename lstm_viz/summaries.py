"""`lstm_viz.summary`: what the gates and states of a model do over a batch, a recording or a whole loader."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from torch import nn

from lstm_viz.analysis.tally import QuantitySummary, Tallies
from lstm_viz.arguments import given
from lstm_viz.capture import Recording, as_it_was, call_model, record, recurrent_layers
from lstm_viz.trace import Trace
from lstm_viz.words.summed_up import describe_summary

if TYPE_CHECKING:
    import pandas as pd

_EXPECTED = "a Trace, several, what lstm_viz.record gave, or a model and a loader"


@dataclass(frozen=True, eq=False)
class Summary:
    """Every gate and state, unit by unit, over all steps of all sequences.

    Attributes
    ----------
    parts : one for each quantity of each layer and direction; the table of what is known of a unit is there
    sequences, steps : module name → how many were summed up

    Examples
    --------
    >>> import torch, lstm_viz
    >>> found = lstm_viz.summary(lstm_viz.trace(torch.nn.GRU(3, 8), torch.randn(5, 2, 3)))
    >>> print(str(found).splitlines()[0])
    Layer 0, forward, GRU of 8 units, over 2 sequences of 10 steps in all:
    >>> list(found.frame.quantity.unique())
    ['reset_gate', 'update_gate', 'candidate', 'hidden_state']
    """

    parts: tuple[QuantitySummary, ...]
    sequences: Mapping[str, int]
    steps: Mapping[str, int]

    def __str__(self) -> str:
        return describe_summary(self.parts, self.sequences, self.steps)

    def __repr__(self) -> str:
        modules = ", ".join(f"{name or 'one module'}: {count} sequences" for name, count in self.sequences.items())
        return f"Summary({modules})"

    @property
    def frame(self) -> "pd.DataFrame":
        """A tidy table, a row for each unit of each quantity.

        Columns: module, layer, direction, quantity, unit, count, mean, std, min, max, shut, open, dead, not_finite,
        first_sequence and first_step of what is not finite (−1 for none).
        """
        import pandas as pd

        return pd.concat([_rows(part) for part in self.parts], ignore_index=True)

    def figure(
        self,
        module: str | None = None,
        *,
        layer: int = 0,
        direction: str = "forward",
        theme: str = "light",
        caption: bool = True,
    ) -> Any:
        """One layer drawn, as a plotly figure: see `lstm_viz.figures.summary`."""
        from lstm_viz import figures

        return figures.summary(self.parts, module, layer=layer, direction=direction, theme=theme, caption=caption)

    def to_tensorboard(self, writer: Any, step: int | None = None) -> None:
        """Write to a `torch.utils.tensorboard.SummaryWriter` of yours; nothing is closed or flushed.

        Of every quantity the mean and spread over all units, of a gate the shares shut and open, the numbers of units
        that are dead and that were not finite; and a histogram of the units' means.

        Parameters
        ----------
        writer : anything with `add_scalar` and `add_histogram`
        step : of the training, for the horizontal axis

        Raises
        ------
        TypeError
            for anything else.
        """
        for name in ("add_scalar", "add_histogram"):
            if not callable(getattr(writer, name, None)):
                raise TypeError(f"writer: got {given(writer)}; expected a torch.utils.tensorboard.SummaryWriter")
        for part in self.parts:
            tag = "/".join(filter(None, [part.module, f"layer {part.layer} {part.direction}", part.quantity]))
            tag = tag.replace(" ", "_")
            mean, std = part.overall
            scalars = {"mean": mean, "std": std}
            if part.is_gate:
                scalars |= {"shut": part.share(part.shut), "open": part.share(part.open)}
            scalars |= {"dead_units": float(part.dead.sum()), "not_finite_units": float((part.not_finite > 0).sum())}
            for name, value in scalars.items():
                writer.add_scalar(f"{tag}/{name}", value, step)
            if (means := part.mean[np.isfinite(part.mean)]).size:
                writer.add_histogram(f"{tag}/unit_means", means, step)


def summary(
    source: Any,
    loader: Iterable[Any] | None = None,
    *,
    layer: str | Iterable[str] | None = None,
    call: Callable[[nn.Module, Any], Any] | None = None,
) -> Summary:
    """Sum up what every unit does: mean, spread, how often it is shut and open, which are dead, which are not finite.

    Parameters
    ----------
    source : a `Trace`, several, a mapping of names to such, what `lstm_viz.record` gave, or a model, with a loader.
        Outputs that are NaN are counted and their place is told; a trace, which refuses them, is not made
    loader : batches for the model, each seen once and then forgotten, so that any number of them takes the same memory.
        The model is run in evaluation mode, without gradients, and left as it was
    layer : of a model, the name of one recurrent layer or several; all by default
    call : how the model is run on a batch, ``call(model, batch)``; by default on the batch, or its first entry where it
        is a tuple or list, such as inputs with targets; a mapping gives keyword arguments

    Raises
    ------
    TypeError, ValueError
        saying what was given, what was expected and what to do.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> model = torch.nn.Sequential(torch.nn.Embedding(10, 3), torch.nn.LSTM(3, 8, batch_first=True))
    >>> batches = [torch.randint(10, (4, 5)) for _ in range(3)]
    >>> found = lstm_viz.summary(model, batches)
    >>> found.frame.query("quantity == 'forget_gate'").shape
    (8, 16)
    >>> found.sequences["1"], found.steps["1"]
    (12, 60)
    """
    tallies = Tallies()
    if isinstance(source, nn.Module):
        _over_loader(tallies, source, loader, layer, call)
    else:
        for name, value in {"loader": loader, "layer": layer, "call": call}.items():
            if value is not None:
                raise TypeError(f"{name}: got {given(value)}, but source is no model; expected {_EXPECTED}")
        if isinstance(source, Recording):
            _add_recording(tallies, source)
        else:
            for module, trace in _traces(source):
                places = [(each.index, each.direction, [dict(each.values)]) for each in trace.layers]
                tallies.add(module, trace.cell, places)
    parts = tallies.summaries()
    if not parts:
        raise ValueError(f"source: got {given(source)}, without a run; expected {_EXPECTED}")
    return Summary(parts, tallies.sequences, tallies.steps)


def _over_loader(tallies: Tallies, model: nn.Module, loader: Any, layer: Any, call: Any) -> None:
    recurrent_layers(model, "source")
    if loader is None or isinstance(loader, (str, Mapping)) or not _can_be_gone_over(loader):
        raise TypeError(f"loader: got {given(loader)}; expected batches for the model, such as a DataLoader")
    if call is not None and not callable(call):
        raise TypeError(f"call: got {given(call)}; expected a function of the model and a batch")
    with record(model, layer) as runs, as_it_was(model):
        for k, batch in enumerate(loader):
            if call is not None:
                call(model, batch)
            else:
                listed = type(batch) in (tuple, list) and len(batch) > 0
                try:
                    call_model(model, batch[0] if listed else batch)
                except ValueError as error:
                    how = "or say how, with call=lambda model, batch: …"
                    raise ValueError(f"loader, batch {k}: {error}; {how}") from error
            _add_recording(tallies, runs)
            runs.clear()
    if not tallies.sequences:
        raise ValueError(f"loader: got {given(loader)}, with which none of the layers was called; nothing to sum up")


def _add_recording(tallies: Tallies, runs: Recording) -> None:
    for name in runs:
        for found in runs.quantities(name):
            tallies.add(name, *found)


def _traces(source: Any) -> Iterator[tuple[str, Trace]]:
    """Traces with the names of their modules."""
    if isinstance(source, Trace):
        yield "", source
    elif isinstance(source, Mapping):
        for name, value in source.items():
            yield from ((str(name), trace) for _, trace in _traces(value))
    elif _can_be_gone_over(source) and not isinstance(source, (str, bytes)):
        for each in source:
            if not isinstance(each, Trace):
                raise TypeError(f"source: holds {given(each)}; expected {_EXPECTED}")
            yield "", each
    else:
        raise TypeError(f"source: got {given(source)}; expected {_EXPECTED}")


def _can_be_gone_over(value: Any) -> bool:
    return isinstance(value, Iterable) and getattr(value, "shape", None) != ()


def _rows(part: QuantitySummary) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        {
            "module": part.module,
            "layer": part.layer,
            "direction": part.direction,
            "quantity": part.quantity,
            "unit": np.arange(len(part.mean)),
            "count": part.count,
            "mean": part.mean,
            "std": part.std,
            "min": part.low,
            "max": part.high,
            "shut": part.shut,
            "open": part.open,
            "dead": part.dead,
            "not_finite": part.not_finite,
            "first_sequence": part.first_not_finite[:, 0],
            "first_step": part.first_not_finite[:, 1],
        }
    )
