"""The memory ledger as data for the browser."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.answers.readout import Readout, readout
from lstm_viz.analysis.memory.ledger import Ledger, course_of, half_life, memory_ledger, why_no_ledger
from lstm_viz.analysis.memory.split import Split, split_output
from lstm_viz.analysis.ordering import keeping_gate
from lstm_viz.cells import NOTATIONS, Quantity
from lstm_viz.figures.memory_fading import memory_fading_data
from lstm_viz.figures.memory_makeup import memory_makeup_data
from lstm_viz.figures.memory_map import memory_map_data
from lstm_viz.figures.memory_stack import memory_stack_data
from lstm_viz.figures.prediction_split import PredictionSplit, prediction_split_data
from lstm_viz.figures.style import limits
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.envelope import Parts, envelope
from lstm_viz.ui.views.view import View


def ledger_message(view: View) -> Parts:
    """All that the page shows: header and arrays."""
    common, arrays = envelope(view)
    header = {**common, "reason": ""}
    if view.trace is None:
        return header, arrays
    if view.source.cell.memory is None:
        return header | {"reason": why_no_ledger(view.source.cell)}, arrays
    picture, more = LedgerView(view).parts()
    return header | picture, arrays | more


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
    def backward(self) -> bool:
        """Whether the layer reads from the last step to the first."""
        return self.layer.direction == "backward"

    @cached_property
    def ledger(self) -> Ledger:
        """The unit's memory, split."""
        return memory_ledger(self.layer, units=[self.unit])

    @cached_property
    def left(self) -> tuple[Array, Array]:
        """What is left of each step at each time (T, T), and of the initial state (T,): of the unit, or over all."""
        if self.view.settings.overall:
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

    @cached_property
    def split(self) -> Split:
        """The output after the chosen step, split over the steps its memory came from."""
        return self._split()

    def _split(self, *, newest_first: bool = False) -> Split:
        number = self.readout
        further = self.view.source.weights(self.layer).parameters
        return split_output(
            self.layer, number.weights, number.bias, step=self.step, newest_first=newest_first, further=further
        )

    def parts(self) -> Parts:
        """Header and arrays."""
        labels, everything, here = self.view.run.labels, self.view.settings.overall, self.view.settings
        tokens, (parts, initial) = TokenAxis.of(labels), self.left
        name = f"unit {self.unit}’s {self.memory.label.lower()}"
        backward = self.backward
        drawn = memory_map_data(parts, self.memory, tokens, sizes=everything, notation=here.notation, backward=backward)
        stack = memory_stack_data(self.ledger, 0, tokens)
        makeup = memory_makeup_data(parts, initial, tokens, step=self.step, name=name, sizes=everything)
        arrays = {
            "map": drawn.values,
            "unit": stack.parts,
            "memory": stack.total,
            "initial": tokens.aggregate(initial),
        }
        header = {
            "axis": axis(self.view, tokens.edges),
            "steps": len(labels),
            "order": list(range(len(tokens.edges) - 1)),
            "units": self.layer.units,
            "overall": everything,
            "notation": here.notation,
            "notations": list(NOTATIONS.items()),
            "memory": {
                "name": self.memory.name,
                "label": self.memory.label,
                "symbol": drawn.symbol,
                "limits": list(drawn.limits),
                "reach": limits(self.layer, self.memory.name)[1],
                "residual": self.ledger.residual,
            },
            "chosen": {
                "step": self.step,
                "source": self.source,
                "unit": self.unit,
                "token": labels[self.step],
                "sourceToken": labels[self.source],
                "numbers": self._numbers(),
                "makeup": makeup.caption,
                "fading": memory_fading_data(parts, tokens, source=self.source, backward=backward).caption,
            },
            "split": None,
            "captions": {"map": self._map_caption(), "stack": self._stack_caption()},
        }
        if self.view.source.answers_from(self.view.place):
            split = prediction_split_data(self.split, tokens, name=self.readout.title, unit=self.readout.unit)
            header["split"] = self._split_header(split)
            arrays["split"] = split.parts
        return header, arrays

    def _numbers(self) -> list[dict[str, Any]]:
        """The chosen contribution, as the arithmetic of one unit."""
        ledger, step, source = self.ledger, self.step, self.source
        course = course_of(ledger.contributions[:, :, 0], source, backward=self.backward)
        added, left = float(course[0]), float(ledger.contributions[step, source, 0])
        after = half_life(course)
        gate = keeping_gate(self.layer.definition)
        kept = f"× {gate.label.lower()}s since" if gate else "× share kept since"
        unread = source < step if self.backward else source > step
        share: float | str = "not yet read" if unread else left / added if added else "–"
        together = float(ledger.contributions[step, :, 0].sum() + ledger.initial[step, 0])
        fading = f"{after} step{'s' if after != 1 else ''}" if after else "not reached"
        recorded = float(self.layer[self.memory.name][step, self.unit])
        listed: list[tuple[str, float | str, str]] = [
            ("put in at the source", added, "what the source step added to this unit’s memory"),
            (kept, share, "all shares kept from the step after the source to the time read, multiplied"),
            ("= left at the time read", left, "what is still there of it"),
            ("half-life", fading, "how many steps it takes until half of what was put in is left"),
            ("all parts together", together, "what is left of every step, and of the initial state, summed"),
            (f"recorded {self.memory.label.lower()}", recorded, "what the network itself had in this unit then"),
        ]
        return [{"label": label, "value": value, "about": about} for label, value, about in listed]

    def _split_header(self, drawn: PredictionSplit) -> dict[str, Any]:
        split, number, labels = self.split, self.readout, self.view.run.labels
        answer = self.view.model.predictions(self.view.run)[self.step, number.column]
        other = self._split(newest_first=True)
        furthest = int(np.abs(split.parts - other.parts).argmax())
        note = ""
        if abs(split.parts[furthest] - other.parts[furthest]) >= 0.01:
            note = (
                " The sum is exact; the shares depend on the order in which the parts are added, because tanh bends. "
                f"Here it is the order of reading; newest first, “{labels[furthest]}” at step {furthest} would get "
                f"{other.parts[furthest]:.2f} instead of {split.parts[furthest]:.2f}.".replace("-", "−")
            )
        return {
            "title": number.title,
            "high": number.high,
            "low": number.low,
            "total": split.total,
            "bias": split.bias,
            "empty": split.empty,
            "initial": split.initial,
            "end": drawn.end,
            "prediction": f"{number.shown} = {answer:.3f}",
            "caption": drawn.caption + note,
            "meaning": (
                f"Log-odds are 0 where {number.high} and {number.low} are equally likely; 1 more makes {number.high} "
                f"{np.e:.1f} times likelier against {number.low}."
                if self.view.model.task.is_classifier
                else ""
            ),
        }

    def _map_caption(self) -> str:
        residual = self.ledger.residual
        size = f"under 10⁻{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(d)] for d in str(int(-np.log10(residual))))}" if residual else "0"
        what = "mean size over all units" if self.view.settings.overall else f"unit {self.unit}"
        return (
            f"Each column is a time, each row a step that put something in ({what}). Down a column: what the memory is "
            f"made of then. Along a row: one token fading. The parts of a column sum to the recorded memory; what is "
            f"missing is rounding, {size}."
        )

    def _stack_caption(self) -> str:
        parts = self.ledger.contributions[:, :, 0]
        main = np.abs(parts).argmax(axis=1)
        source, times = max(((j, int((main == j).sum())) for j in set(main.tolist())), key=lambda pair: pair[1])
        largest = (
            f"“{self.view.run.labels[source]}” (step {source}) is the largest part at {times} of {len(main)} steps."
            if times > 1
            else "No step’s part stays the largest for more than one step."
        )
        return (
            f"Above the line what pushes unit {self.unit} up, below it what pulls it down, oldest next to the line; "
            f"the dots are the sum. {largest}"
        )
