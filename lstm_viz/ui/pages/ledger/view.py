"""The memory ledger as data for the browser: what the page says, and what it counts."""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.answers.readout import Readout, readout, wording
from lstm_viz.analysis.memory.ledger import Ledger, course_of, half_life, memory_ledger, why_no_ledger
from lstm_viz.analysis.memory.split import Split, bends, split_output
from lstm_viz.analysis.ordering import keeping_gate
from lstm_viz.cells import NOTATIONS, Cell, Quantity
from lstm_viz.cells.weighing import weighing
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.figures.memory_attention import MemoryAttention, memory_attention_data
from lstm_viz.figures.memory_fading import memory_fading_data
from lstm_viz.figures.memory_makeup import memory_makeup_data
from lstm_viz.figures.memory_map import MemoryMap, memory_map_data
from lstm_viz.figures.memory_stack import memory_stack_data
from lstm_viz.figures.prediction_split import PredictionSplit, prediction_split_data
from lstm_viz.figures.style import limits
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.tasks import Model
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.pages.ledger.message import Answer, Attention, Counted, Listed, Memory, Shares, Weighed
from lstm_viz.ui.pages.ledger.no_ledger import with_ledger, without_each
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.envelope import Parts, numbers, words
from lstm_viz.ui.views.view import View
from lstm_viz.words.attention import describe_likeness, how_made


def ledger_message(view: View) -> Parts:
    """All that the page shows: header and arrays."""
    counted, arrays = ledger_numbers(view)
    return {**ledger_words(view), **counted}, arrays


def ledger_words(view: View) -> dict[str, Any]:
    """What the page says."""
    cell = view.source.cell
    said: dict[str, Any] = {**words(view), "reason": "", "notations": list(NOTATIONS.items()), "captions": {}}
    if cell.memory is None:
        return said | {"reason": why_no_ledger(cell), "instead": with_ledger(view), "leftOut": without_each(view)}
    symbol = symbol_of(cell.memory, view.settings.notation)
    memory: Memory = {"name": cell.memory.name, "label": cell.memory.label, "symbol": symbol}
    said |= {"memory": memory, "listed": listed(cell), "weighed": weighed(cell, view.settings.notation)}
    if view.model.answers:
        said["answer"] = answer(view.model, cell)
    return said if view.trace is None else said | {"captions": LedgerView(view).captions(), "unitTold": view.unit}


def ledger_numbers(view: View) -> Parts:
    """What the page counts, as `web/pages/ledger/numbers.js` does."""
    common, arrays = numbers(view)
    if view.trace is None or view.source.cell.memory is None:
        return {**common}, arrays
    counted, more = LedgerView(view).numbers()
    return {**common, **counted}, arrays | more


def listed(cell: Cell) -> list[Listed]:
    """How the numbers of the chosen part are told."""
    assert cell.memory is not None
    gate, label = keeping_gate(cell), cell.memory.label.lower()
    kept = f"× {gate.label.lower()}s since" if gate else "× share kept since"
    never, undefined = {"never": "not reached"}, {"unread": "not yet read", "undefined": "–"}
    return [
        {"name": "added", "label": "put in at the source", "about": "what the source step added to this unit’s memory"},
        {
            "name": "share",
            "label": kept,
            "about": "all shares kept from the step after the source to the time read, multiplied",
            "instead": undefined,
        },
        {"name": "left", "label": "= left at the time read", "about": "what is still there of it"},
        {
            "name": "halfLife",
            "label": "half-life",
            "about": "how many steps it takes until half of what was put in is left",
            "of": ("step", "steps"),
            "instead": never,
        },
        {
            "name": "together",
            "label": "all parts together",
            "about": "what is left of every step, and of the initial state, summed",
        },
        {"name": "recorded", "label": f"recorded {label}", "about": "what the network itself had in this unit then"},
    ]


def weighed(cell: Cell, notation: str) -> Weighed:
    """How the memory is told as attention."""
    found = weighing(cell)
    assert found is not None
    label = found.candidate.label if found.candidate else "Put in"
    made = how_made(cell.in_notation(notation))
    whole = found.shown.label.lower()
    return {"label": label, "whole": whole, "made": made, "likeness": describe_likeness(cell, notation)}


def answer(model: Model, cell: Cell) -> Answer:
    """How the number that is split is told, whatever it is."""
    meaning = [
        "The same parts, followed through to what the network says: the memory of each token adds to the answer or "
        "takes off it."
    ]
    if bends(cell):
        meaning.append(
            "What is shown of a unit’s memory went through tanh, which bends, so each step gets its share of it in "
            "proportion to what is left of it. The shares sum to the answer, and no order of the steps changes them."
        )
    if model.task.is_classifier:
        meaning.append(
            "Log-odds are 0 where {high} and {low} are equally likely; 1 more makes {high} "
            f"{np.e:.1f} times likelier against {{low}}."
        )
    return {**asdict(wording(model)), "meaning": " ".join(meaning)}  # type: ignore[typeddict-item]


@dataclass(frozen=True, eq=False)
class LedgerView:
    """The part of the page that needs a run of a cell with a memory."""

    view: View

    @property
    def layer(self) -> LayerTrace:
        """The layer on show."""
        return self.view.layer

    @cached_property
    def memory(self) -> Quantity:
        """What is split."""
        memory = self.layer.definition.memory
        assert memory is not None
        return memory

    @property
    def step(self) -> int:
        """The time at which the memory is read."""
        return self.view.step

    @property
    def unit(self) -> int:
        """The unit on show."""
        return self.view.unit

    @property
    def overall(self) -> bool:
        """Whether all units are shown, by mean size."""
        return self.view.settings.overall

    @property
    def backward(self) -> bool:
        """Whether the layer reads from the last step to the first."""
        return self.layer.direction == "backward"

    @cached_property
    def tokens(self) -> TokenAxis:
        """What the memory is drawn over."""
        return TokenAxis.of(self.view.run.labels)

    @cached_property
    def ledger(self) -> Ledger:
        """The unit's memory, split."""
        return memory_ledger(self.layer, units=[self.unit])

    @cached_property
    def left(self) -> tuple[Array, Array]:
        """What is left of each step at each time (T, T), and of the initial state (T,): of the unit, or over all."""
        if self.overall:
            return self.view.source.memory_sizes(self.view.reading.tokens, self.view.place)
        return self.ledger.contributions[:, :, 0], self.ledger.initial[:, 0]

    @cached_property
    def source(self) -> int:
        """The source step followed: the one chosen, or where none is, the one that most of the memory comes from."""
        if self.view.settings.source < len(self.layer):
            return self.view.settings.source
        return int(np.abs(self.left[0][self.step]).argmax())

    @cached_property
    def readout(self) -> Readout:
        """The number that the output is split for."""
        return readout(self.view.model, self.view.model.predictions(self.view.run)[self.step])

    @property
    def is_split(self) -> bool:
        """Whether the answer can be split: it is read from this layer alone, and no projection stands between."""
        return (
            self.view.source.answers_from(self.view.place) and self.layer["hidden_state"].shape[1] == self.layer.units
        )

    @cached_property
    def split(self) -> Split:
        """The output after the chosen step, split over the steps its memory came from."""
        number, further = self.readout, self.view.source.weights(self.layer).parameters
        return split_output(self.layer, number.weights, number.bias, step=self.step, further=further)

    @cached_property
    def shares(self) -> PredictionSplit:
        """The same as it is drawn."""
        return prediction_split_data(self.split, self.tokens, name=self.readout.title, unit=self.readout.unit)

    @cached_property
    def attention(self) -> MemoryAttention:
        """The memory at the chosen step as a weighted sum: of the unit, or means over all."""
        unit = None if self.overall else self.unit
        return memory_attention_data(self.layer, self.tokens, step=self.step, unit=unit)

    def map(self) -> MemoryMap:
        """What is left at every time of every step's part."""
        parts, notation = self.left[0], self.view.settings.notation
        return memory_map_data(
            parts, self.memory, self.tokens, sizes=self.overall, notation=notation, backward=self.backward
        )

    def numbers(self) -> Parts:
        """Header and arrays."""
        drawn, stack = self.map(), memory_stack_data(self.ledger, 0, self.tokens)
        arrays = {
            "map": drawn.values,
            "unit": stack.parts,
            "memory": stack.total,
            "initial": self.tokens.aggregate(self.left[1]),
            "weights": self.attention.weights,
        }
        if self.attention.contents is not None:
            arrays["contents"] = self.attention.contents
        labels, columns = self.view.run.labels, len(self.tokens.edges) - 1
        header = {
            "axis": axis(self.view, self.tokens.edges),
            "steps": len(labels),
            "order": list(range(columns)),
            "units": self.layer.units,
            "overall": self.overall,
            "scale": {"limits": list(drawn.limits), "reach": limits(self.layer, self.memory.name)[1]},
            "chosen": {
                "step": self.step,
                "source": self.source,
                "unit": self.unit,
                "token": labels[self.step],
                "sourceToken": labels[self.source],
                "numbers": self._numbers(),
            },
            "split": None,
            "attention": self._attention(),
        }
        if self.is_split:
            header["split"] = self._shares()
            arrays["split"] = self.shares.parts
        return header, arrays

    def _numbers(self) -> Counted:
        """The chosen contribution, as the arithmetic of one unit; see `listed`."""
        ledger, step, source = self.ledger, self.step, self.source
        course = course_of(ledger.contributions[:, :, 0], source, backward=self.backward)
        added, left = float(course[0]), float(ledger.contributions[step, source, 0])
        unread = source < step if self.backward else source > step
        return {
            "added": added,
            "share": "unread" if unread else left / added if added else "undefined",
            "left": left,
            "halfLife": half_life(course) or "never",
            "together": float(ledger.contributions[step, :, 0].sum() + ledger.initial[step, 0]),
            "recorded": float(self.layer[self.memory.name][step, self.unit]),
        }

    def _attention(self) -> Attention:
        found = self.attention
        return {"total": found.total, "initial": found.initial, "end": found.end, "reach": list(found.reach)}

    def _shares(self) -> Shares:
        split, number = self.split, self.readout
        return {
            "labels": list(number.labels),
            "total": split.total,
            "bias": split.bias,
            "empty": split.empty,
            "initial": split.initial,
            "end": self.shares.end,
            "prediction": float(self.view.model.predictions(self.view.run)[self.step, number.column]),
        }

    def captions(self) -> dict[str, str]:
        """A sentence for each picture, made from its values."""
        parts, initial = self.left
        name = f"unit {self.unit}’s {self.memory.label.lower()}"
        makeup = memory_makeup_data(parts, initial, self.tokens, step=self.step, name=name, sizes=self.overall)
        fading = memory_fading_data(parts, self.tokens, source=self.source, backward=self.backward)
        return {
            "map": self._map_caption(),
            "stack": self._stack_caption(),
            "makeup": makeup.caption,
            "attention": self.attention.caption,
            "fading": fading.caption,
            "split": self.shares.caption if self.is_split else "",
        }

    def _map_caption(self) -> str:
        residual = self.ledger.residual
        size = f"under 10⁻{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(d)] for d in str(int(-np.log10(residual))))}" if residual else "0"
        sized, units = len(self.view.source.sized(len(self.view.run))), self.layer.units
        over = "all" if sized == units else f"{sized:,} of {units:,}"
        what = f"mean size over {over} units" if self.view.settings.overall else f"unit {self.unit}"
        return (
            f"Each column is a time, each row a step that put something in ({what}). Down a column: what the memory is "
            f"made of then. Along a row: one token fading. The parts of a column sum to the recorded memory; what is "
            f"missing is rounding, {size}."
        )

    def _stack_caption(self) -> str:
        parts = self.ledger.contributions[:, :, 0]
        # A part is the largest where no other looks as large.
        shown = np.round(np.abs(parts), 2)
        largest_here = (shown == shown.max(axis=1, keepdims=True)) & (shown > 0)
        times = (largest_here & (largest_here.sum(axis=1, keepdims=True) == 1)).sum(axis=0)
        source = int(times.argmax())
        largest = (
            f"“{self.view.run.labels[source]}” (step {source}) is the largest part at {times[source]} of {len(parts)} "
            "steps."
            if times[source] > 1
            else "No step’s part stays the largest for more than one step."
        )
        return (
            f"Above the line what pushes unit {self.unit} up, below it what pulls it down, oldest next to the line; "
            f"the dots are the sum. {largest}"
        )
