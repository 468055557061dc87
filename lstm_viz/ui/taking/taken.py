"""The numbers of a view in full precision: the runs behind it, and what its page works out from them.

They become one tidy table, a row a number, or one ``.npz``, in which the first run is as `Trace.save` writes it.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.trace import DIRECTIONS, LayerTrace, Trace
from lstm_viz.ui.jobs import Tell

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_000_000
"""Most numbers of a CSV: some 60 MB. Of a larger run it holds the chosen unit, at every step."""
MOST_NUMBERS = 16_000_000
"""Most numbers of a NPZ: 64 MB before compression. Of a larger run it holds the shown layer, or nothing."""
MOST_ADDED = 1_000_000
"""Most numbers of what a page adds in one piece, such as a ledger of 1,000 by 1,000 steps; a larger one is left out."""
ROWS = 500
"""Rows of a table that are written at a time: some 2 ms, in which nobody else has Python's lock."""
COLUMNS = (
    *("run", "claim", "cell", "forget_bias", "layer", "direction", "time_step", "token", "source_step", "unit"),
    *("quantity", "label", "input", "update", "length", "seed", "x"),
)
"""Columns of the table, before ``value``; those that a view has no use for are left out."""


@dataclass(frozen=True, eq=False)
class Extra:
    """An array that a page adds to the runs.

    Attributes
    ----------
    name : what it is called among the arrays of a NPZ, and among the ``numbers`` of a snippet
    quantity : what it is called in the table
    values : array or numbers, one axis for each of `over`
    over : column → its values along an axis, in the order of the axes
    at : column → its value, the same for every number
    """

    name: str
    quantity: str
    values: Any
    over: Mapping[str, Sequence[Any]]
    at: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = tuple(len(each) for each in self.over.values())
        if np.shape(self.values) != wanted:
            raise ValueError(f"{self.name}: shape {np.shape(self.values)}, expected {wanted}, over {list(self.over)}")

    def of_unit(self, unit: int) -> "Extra":
        """The same of one unit, where it has several."""
        if "unit" not in self.over:
            return self
        axis = list(self.over).index("unit")
        unit = min(unit, len(self.over["unit"]) - 1)
        rest = {name: along for name, along in self.over.items() if name != "unit"}
        at = {**self.at, "unit": self.over["unit"][unit]}
        return Extra(self.name, self.quantity, np.take(self.values, unit, axis), rest, at)

    def frame(self, labels: Sequence[str]) -> "pd.DataFrame":
        """A row a number; `labels`: of the steps, where it runs over them."""
        import pandas as pd

        places = [index.ravel() for index in np.indices(np.shape(self.values))]
        columns = {name: np.asarray(each)[at] for (name, each), at in zip(self.over.items(), places, strict=True)}
        frame = pd.DataFrame({**columns, **self.at, "quantity": self.quantity, "value": np.ravel(self.values)})
        if labels and "time_step" in frame and "token" not in frame:
            frame["token"] = np.array(labels, dtype=object)[frame["time_step"]]
        return frame

    def columns(self, labels: Sequence[str]) -> set[str]:
        """The columns of its rows."""
        found = {*self.over, *self.at, "quantity"}
        return found | {"token"} if labels and "time_step" in found else found

    def rows(self, labels: Sequence[str], columns: Sequence[str], kind: Any) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of `frame`, so many at a time, as they are written.

        Parameters
        ----------
        columns : in this order; "" where there is no such one
        kind : of which the numbers are written
        """
        values = np.ravel(self.values).astype(kind)
        places = [index.ravel() for index in np.indices(np.shape(self.values))]
        axes = [
            (name, [_plain(each) for each in along], at)
            for (name, along), at in zip(self.over.items(), places, strict=True)
        ]
        for first in range(0, values.size, ROWS):
            cut = slice(first, first + ROWS)
            told = _texts(values[cut])
            fixed = {name: [_plain(each)] * len(told) for name, each in {**self.at, "quantity": self.quantity}.items()}
            found = {name: [along[k] for k in at[cut].tolist()] for name, along, at in axes}
            found = {**found, **fixed, "value": told}
            if "token" not in found and "token" in self.columns(labels):
                found["token"] = [labels[step] for step in found["time_step"]]
            empty = [""] * len(told)
            yield list(zip(*(found.get(name, empty) for name in columns), strict=True))


@dataclass(frozen=True, eq=False)
class Taken:
    """All numbers of a view.

    Attributes
    ----------
    runs : name → run; the first is the view's own, and its name "" where it is the only one
    extras : what the page adds
    layer, direction : which layer of the runs is on show
    unit : which unit is chosen
    """

    runs: Mapping[str, Trace] = field(default_factory=dict)
    extras: Sequence[Extra] = ()
    layer: int = 0
    direction: str = DIRECTIONS[0]
    unit: int = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """The tokens of the view's own run; none where it has none."""
        return next(iter(self.runs.values())).labels if self.runs else ()

    @property
    def added(self) -> list[Extra]:
        """What the page adds, without what is too large."""
        return [extra for extra in self.extras if np.size(extra.values) <= MOST_ADDED]

    @property
    def _lacks(self) -> str:
        names = [extra.quantity for extra in self.extras if np.size(extra.values) > MOST_ADDED]
        return f"Left out, with more than {MOST_ADDED:,} numbers: {', '.join(names)}." if names else ""

    def shown(self) -> dict[str, LayerTrace]:
        """Name → the layer on show of each run."""
        return {name: run.layer(self.layer, self.direction) for name, run in self.runs.items()}

    def _parts(self) -> tuple[list[tuple[Extra, Sequence[str]]], str]:
        """What the table is made of, each with the labels of its steps; and what was left out, a sentence, or ""."""
        shown, note = self.shown(), ""
        count = sum(array.size for layer in shown.values() for array in layer.values.values())
        only = None if count <= MOST_ROWS else self.unit
        parts: list[tuple[Extra, Sequence[str]]] = [
            (extra, self.runs[name].labels) for name, layer in shown.items() for extra in _quantities(layer, name, only)
        ]
        for extra in self.added:
            run = self.runs.get(extra.at.get("run", ""))
            parts.append((extra if only is None else extra.of_unit(only), run.labels if run else self.labels))
        if only is not None:
            note = (
                f"All units are {count:,} numbers, and a CSV takes at most {MOST_ROWS:,}: this one has unit {only}. "
                "The Python snippet makes the rest."
            )
        return parts, " ".join(filter(None, [note, self._lacks]))

    def to_frame(self) -> tuple["pd.DataFrame", str]:
        """The table of the layers on show and all extras; and what of it had to be left out, a sentence, or ""."""
        import pandas as pd

        parts, note = self._parts()
        table = pd.concat([extra.frame(labels) for extra, labels in parts], ignore_index=True)
        for name in ("layer", "time_step", "source_step", "unit"):
            if name in table:
                table[name] = table[name].astype("Int64")
        return table[[name for name in COLUMNS if name in table] + ["value"]], note

    def to_csv(self, tell: Tell = lambda share: None) -> tuple[bytes, str]:
        """The table as CSV, and what had to be left out; `tell` is told what share is done."""
        parts, note = self._parts()
        there = {name for extra, labels in parts for name in extra.columns(labels)}
        columns = [name for name in COLUMNS if name in there] + ["value"]
        kind = np.result_type(*(np.asarray(extra.values).dtype for extra, _ in parts))
        pieces, done, many = [_csv([columns])], 0, sum(np.size(extra.values) for extra, _ in parts)
        for extra, labels in parts:
            for rows in extra.rows(labels, columns, kind):
                tell(done / many)
                pieces.append(_csv(rows))
                done += len(rows)
        return b"".join(pieces), note

    def to_npz(self, tell: Tell = lambda share: None) -> tuple[bytes, str]:
        """Runs and extras as arrays, and what had to be left out; `lstm_viz.load_trace` opens the first run.

        Of further runs the layer on show is there, as ``run.quantity``; of an extra whose axes do not count from 0 on,
        so are the values along these, as ``extra.column``. Empty where it would be larger than a download may be.
        `tell` is told what share is done.
        """
        runs, note = dict(self.runs), ""
        if sum(map(_size, runs.values())) > MOST_NUMBERS:
            runs = {name: _alone(run, run.layer(self.layer, self.direction)) for name, run in runs.items()}
            note = "The whole run is too large for a download: this file has the layer on show."
        if (count := sum(map(_size, runs.values()))) > MOST_NUMBERS:
            return b"", (
                f"This view has {count:,} numbers; a download takes at most {MOST_NUMBERS:,}. Run the Python snippet, "
                'then trace.save("run.npz").'
            )
        file = _Written(4 * (count + sum(np.size(extra.values) for extra in self.added)), tell)
        for name in list(runs)[:1]:
            runs[name].save(file)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, values in self._further(list(runs)[1:]).items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, np.asarray(values), allow_pickle=False)
        return file.getvalue(), " ".join(filter(None, [note, self._lacks]))

    def _further(self, runs: Sequence[str]) -> dict[str, Any]:
        """Name → what a NPZ holds beside the first run."""
        found: dict[str, Any] = {}
        for name in runs:
            layer = self.runs[name].layer(self.layer, self.direction)
            found |= {f"{name}.{quantity}": array for quantity, array in layer.values.items()}
            found[f"{name}.labels"] = np.array(self.runs[name].labels)
        for extra in self.added:
            found[extra.name] = extra.values
            for column, along in extra.over.items():
                if list(along) != list(range(len(along))):
                    found[f"{extra.name}.{column}"] = np.asarray(along)
        return found


def _texts(values: NDArray[Any]) -> list[str]:
    """Numbers in as few digits as tell them from any other; "" for what is none."""
    texts = map(repr, values.tolist()) if values.dtype == np.float64 else values.astype(str).tolist()
    return ["" if each == "nan" else each for each in texts]


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


class _Written(io.BytesIO):
    """A file that tells how much of it is written, by as many bytes as it has at most."""

    def __init__(self, most: int, tell: Tell) -> None:
        super().__init__()
        self._most, self._told = max(1, most), tell

    def write(self, content: Any) -> int:
        told, self._told = self._told, lambda share: None
        told(min(1.0, self.tell() / self._most))
        self._told = told  # not where it was ended: what then closes the file still writes
        return super().write(content)


def _quantities(layer: LayerTrace, run: str, unit: int | None) -> list[Extra]:
    """Every quantity of a layer as the table has it: of all units, or of one."""
    at = {"layer": layer.index, "direction": layer.direction} | ({"run": run} if run else {})
    found = [
        Extra(name, name, array, {"time_step": range(len(layer)), "unit": range(array.shape[1])}, at)
        for name, array in layer.values.items()
    ]
    return found if unit is None else [each.of_unit(unit) for each in found]


def _size(run: Trace) -> int:
    return sum(array.size for layer in run.layers for array in layer.values.values())


def _alone(run: Trace, layer: LayerTrace) -> Trace:
    return Trace((layer,), run.inputs, run.labels, run.notes)
