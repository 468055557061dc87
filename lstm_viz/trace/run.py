"""A whole run: its layers, inputs and labels; to a table, to a file and back."""

import json
from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from lstm_viz.arguments import at_most, expect, given, text, whole
from lstm_viz.cells import CELLS, Cell
from lstm_viz.trace.checks import DIRECTIONS, Array, read_only
from lstm_viz.trace.layer import LayerTrace
from lstm_viz.trace.pages import page_of

if TYPE_CHECKING:
    import pandas as pd

LOAD_LIMIT = 1 << 30
"""Most bytes that a saved trace may take once it is unpacked."""
_FORMAT = "lstm_viz trace 1"
_QUANTITIES = {quantity.name for cell in CELLS.values() for quantity in cell.recorded}
_MOST_LAYERS, _MOST_NOTES = 10_000, 10_000  # an endless list ends


@dataclass(frozen=True, eq=False)
class Trace:
    """A whole run: the layers in PyTorch's order (layer 0 forward, layer 0 backward, layer 1 …), inputs and labels.

    Parameters
    ----------
    layers : each with the same number of time steps T
    inputs : (T, I), what arrived at each step
    labels : T token labels; the step numbers by default
    notes : sentences on how the run was made, for the reader of a figure

    Raises
    ------
    ValueError
        naming the field whose length or content does not fit.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> trace = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(5, 3))
    >>> trace.layers[0].forget_gate.shape
    (5, 8)
    """

    layers: tuple[LayerTrace, ...]
    inputs: Array
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        layers = at_most(self.layers, _MOST_LAYERS, "layers", "several LayerTrace")
        for layer in layers:
            expect(layer, LayerTrace, "layers", "several LayerTrace")
        if not layers:
            raise ValueError("layers: is empty; a trace needs at least one layer")
        steps = len(layers[0])
        labels = at_most(self.labels, steps, "labels", f"{steps} texts, one a time step")
        entries = len(self.labels) if isinstance(self.labels, Sized) else f"more than {steps}"
        told: Any = self.notes
        if isinstance(told, str):
            raise TypeError(f"notes: got {given(told)}; expected several sentences, in a list")
        notes = at_most(told, _MOST_NOTES, "notes", "sentences")
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "labels", tuple(map(str, labels)) if labels else _step_numbers(steps))
        object.__setattr__(self, "inputs", read_only({"inputs": self.inputs}, ["inputs"], 2)["inputs"])
        object.__setattr__(self, "notes", tuple(text(note, "notes", "sentences") for note in notes))
        if len(self.inputs) != steps:
            raise ValueError(f"inputs: has {len(self.inputs)} time steps, the layers have {steps}")
        if len(self.labels) != steps:
            raise ValueError(f"labels: has {entries} entries, the layers have {steps} time steps")
        for k, layer in enumerate(self.layers):
            if layer.cell != self.layers[0].cell:
                raise ValueError(f"layers: {layer.name} is a {layer.cell}, {self.layers[0].name} a {self.cell.name}")
            if layer.name in (earlier.name for earlier in self.layers[:k]):
                raise ValueError(f"layers: {layer.name} is given twice")
            if len(layer) != steps:
                raise ValueError(f"layers: {layer.name} has {len(layer)} time steps, {self.layers[0].name} has {steps}")

    def __repr__(self) -> str:
        if len(self.layers) == 1:
            return f"Trace({len(self)} steps, inputs {self.inputs.shape}, {self.layers[0]!r})"
        last = self.layers[-1]
        kind = f"{len(self.layers)} {self.cell.name} layers of {last.units} units, the last one {last.name}"
        return f"Trace({len(self)} steps, inputs {self.inputs.shape}, {kind})"

    if not TYPE_CHECKING:  # a type checker is to find names that are not there

        def __getattr__(self, name: str) -> Any:
            advice = f"; a quantity is of one layer: trace.layers[0].{name}" if name in _QUANTITIES else ""
            raise AttributeError(f"{type(self).__name__} has no {name!r}{advice}")

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def cell(self) -> Cell:
        """The definition of the cell that all layers share."""
        return self.layers[0].definition

    def layer(self, index: int = 0, direction: str = "forward") -> LayerTrace:
        """One layer by number and direction; ValueError lists those there are."""
        whole(index, "index")
        text(direction, "direction", f"one of {', '.join(DIRECTIONS)}")
        for layer in self.layers:
            if (layer.index, layer.direction) == (index, direction):
                return layer
        way = direction if direction in DIRECTIONS else given(direction)
        raise ValueError(
            f"index, direction: there is no layer {given(index)}, {way}; "
            f"this trace has {'; '.join(x.name for x in self.layers)}"
        )

    def to_frame(self) -> "pd.DataFrame":
        """A tidy table: layer, direction, time_step, token, unit, quantity, value; one row a number."""
        import pandas as pd

        return pd.concat([self._layer_frame(layer) for layer in self.layers], ignore_index=True)

    def _layer_frame(self, layer: LayerTrace) -> "pd.DataFrame":
        import pandas as pd

        frames = []
        for name, array in layer.values.items():
            step, unit = (index.ravel() for index in np.indices(array.shape))
            frames.append(
                pd.DataFrame(
                    {
                        "layer": layer.index,
                        "direction": layer.direction,
                        "time_step": step,
                        "token": np.array(self.labels, dtype=object)[step],
                        "unit": unit,
                        "quantity": name,
                        "value": array.ravel(),
                    }
                )
            )
        return pd.concat(frames, ignore_index=True)

    def to_html(self, file: str | PathLike[str] | IO[str], **options: Any) -> None:
        """Write the run as a live page: one HTML file that opens anywhere, with no server and no network.

        Parameters
        ----------
        file : a path, or a file that is open for writing text
        options : as `lstm_viz.show` takes them, such as ``unit=3``, ``step=10`` or ``notation="textbook"``
        """
        page_of(self, options).save(file)

    def save(self, file: str | Path | IO[bytes]) -> None:
        """Write the trace as a compressed ``.npz``, to a path or an open binary file; `load_trace` reads it back.

        A path without that ending gets it: ``trace.save("run")`` writes ``run.npz``, which ``load_trace("run")`` finds.
        """
        if isinstance(file, (str, PathLike)):
            file = _named_path(file)
        elif not hasattr(file, "write"):
            raise TypeError(f"file: got {given(file)}; expected a path or a file that is open for writing bytes")
        about = {
            "format": _FORMAT,
            "labels": self.labels,
            "notes": self.notes,
            "layers": [[x.cell, x.index, x.direction, sorted(x.clamped)] for x in self.layers],
        }
        arrays: dict[str, Any] = dict(self._arrays())
        np.savez_compressed(file, about=np.array(json.dumps(about)), inputs=self.inputs, **arrays)

    def _arrays(self) -> Iterator[tuple[str, Array]]:
        for k, layer in enumerate(self.layers):
            yield from ((f"{k}.{name}", array) for name, array in layer.values.items())
            yield from ((f"{k}.initial.{name}", array) for name, array in layer.initial_state.items())


def top_layers(layers: Sequence[LayerTrace]) -> tuple[LayerTrace, ...]:
    """The last layer, in each of its directions: side by side their hidden states are what the module returns."""
    return tuple(layer for layer in layers if layer.index == layers[-1].index)


@lru_cache(maxsize=32)
def _step_numbers(steps: int) -> tuple[str, ...]:
    return tuple(map(str, range(steps)))


def load_trace(file: str | Path | IO[bytes]) -> Trace:
    """Read a trace that `Trace.save` wrote. Nothing in the file is unpickled.

    Parameters
    ----------
    file : a path, with or without its ``.npz``, or an open binary file

    Raises
    ------
    FileNotFoundError
        where there is no such file.
    ValueError
        when the file is not such a trace, or its content breaks an invariant.

    Examples
    --------
    >>> import io, torch, lstm_viz
    >>> file = io.BytesIO()
    >>> lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(5, 3)).save(file)
    >>> _ = file.seek(0)
    >>> lstm_viz.load_trace(file)
    Trace(5 steps, inputs (5, 3), LayerTrace(lstm, layer 0, forward: 5 steps × 8 units))
    """
    if isinstance(file, (str, PathLike)):
        file = _path(file)
    elif not (hasattr(file, "read") and hasattr(file, "seek")):
        raise TypeError(f"file: got {given(file)}; expected a path or a file that is open for reading bytes")
    try:
        archive = np.load(file, allow_pickle=False)
        if not isinstance(archive, np.lib.npyio.NpzFile):
            raise ValueError("it is one array rather than an archive of them")
        with archive:
            size = sum(int(member.file_size) for member in archive.zip.infolist()) if archive.zip else 0
            if size > LOAD_LIMIT:
                raise ValueError(f"it would take {size:,} bytes of memory; the limit is {LOAD_LIMIT:,}")
            arrays = {name: archive[name] for name in archive.files}
        about = json.loads(str(arrays["about"]))
        if about["format"] != _FORMAT:
            raise ValueError(f"its format is {about['format']!r}")
        layers = tuple(
            LayerTrace(
                cell=cell,
                index=index,
                direction=direction,
                values=_named(arrays, f"{k}."),
                initial_state=_named(arrays, f"{k}.initial."),
                clamped=frozenset(clamped),
            )
            for k, (cell, index, direction, clamped) in enumerate(about["layers"])
        )
        return Trace(layers, arrays["inputs"], tuple(about["labels"]), tuple(about["notes"]))
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise
    # What numpy, zipfile and json raise on damaged content is not documented, and more than one would list.
    except Exception as error:
        # NumPy advises to allow pickles, and says "cannot" of what this never does.
        said = " ".join(str(error).split()) or type(error).__name__
        why = "it holds no arrays that can be read without unpickling" if "pickle" in said else said
        raise ValueError(
            f"this file is not a trace saved by lstm_viz, or is damaged: {why}; load one that Trace.save wrote"
        ) from error


def _path(file: str | PathLike[str]) -> Path:
    """The file itself, or the one whose name `Trace.save` has completed."""
    path = _named_path(file)
    completed = path.with_name(path.name + ".npz") if path.name else path
    return completed if completed.is_file() and not path.is_file() else path


def _named_path(file: str | PathLike[str]) -> Path:
    if not str(file) or "\0" in str(file):
        raise ValueError(f"file: got {given(str(file))}; expected the path of a file")
    return Path(file)


def _named(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    names = (name.removeprefix(prefix) for name in arrays if name.startswith(prefix))
    return {name: arrays[prefix + name] for name in names if "." not in name}
