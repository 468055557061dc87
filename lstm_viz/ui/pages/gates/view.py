"""Gates over time as data for the browser: every quantity, the answer, and what the last edit changed.

`gates_words` is what only Python can say; `gates_numbers` follows from the text, and `web/pages/gates/numbers.js` makes
the same where the browser runs the network itself.
"""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.answers.movers import movers, moving_step
from lstm_viz.analysis.equations.cell_arithmetic import Line, cell_arithmetic
from lstm_viz.figures.edit_effect import edit_effect_data
from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.heatmap import Heatmap
from lstm_viz.figures.saturation import SaturatedGate, saturation_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.figures.unit_lines import unit_reach
from lstm_viz.live_page.answers import Answer, answer_words
from lstm_viz.live_page.gates import gates_in_words
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.pages.gates.tracking import tracking
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.envelope import Parts, numbers, of_drawn, words
from lstm_viz.ui.views.view import View
from lstm_viz.words import describe_unit


def gates_message(view: View) -> Parts:
    """All that the page shows: header and arrays."""
    page = GatesView(view)
    header, arrays = page.numbers()
    return {**page.words(), **header}, arrays


def gates_words(view: View) -> dict[str, Any]:
    """What is said of it, and what things are called."""
    return GatesView(view).words()


def gates_numbers(view: View) -> Parts:
    """What follows from the text by arithmetic: header and arrays."""
    return GatesView(view).numbers()


@dataclass(frozen=True, eq=False)
class GatesView:
    """What the page shows of a view; what is drawn is worked out once, for the words and the numbers of it."""

    view: View

    def words(self) -> dict[str, Any]:
        """The page's part of the message that only Python can make; `captions` need a run."""
        view = self.view
        cell, notation = view.source.cell, view.settings.notation
        return {
            **words(view),
            **gates_in_words(cell, notation, projected=view.source.projected),
            "order": view.order,
            "answer": answer_words(view.model),
            "tracking": tracking(view),
            "captions": {} if view.trace is None else self._captions(),
        }

    def _captions(self) -> dict[str, str]:
        first, *others = self._heatmaps
        return {
            first.name: " ".join(filter(None, [self.view.some_units, first.caption])),
            **{each.name: each.caption for each in others},
            **{f"saturated {gate.quantity.name}": gate.caption for gate in self._saturation},
            **self._answer.captions(),
            "unit": describe_unit(self._layer, self.view.unit, self.view.run.labels),
        }

    def numbers(self) -> Parts:
        """Header and arrays; those over time have a row a column of the heatmaps: a step, or the mean of several."""
        common, arrays = numbers(self.view)
        if self.view.trace is None:
            return {**common}, arrays
        layer = self._layer
        predictions, more = self._answer.numbers()
        header = {
            **common,
            "axis": axis(self.view, self._axis.edges),
            "steps": len(self.view.run),
            "units": layer.units,
            "limits": {each.name: list(each.limits) for each in self._heatmaps},
            "ends": {each.name: each.ends.tolist() for each in self._heatmaps if each.ends is not None},
            "reach": unit_reach(layer),
            "letters": list(self.view.run.labels) if self.view.source.task.editor == "characters" else [],
            "movers": self._movers(),
            "chosen": self._chosen(),
            **predictions,
        }
        drawn, maps = of_drawn(self.view, {each.name: each.values for each in self._heatmaps})
        header |= drawn
        arrays |= maps | more
        if gates := self._saturation:
            arrays["shut"] = np.stack([gate.shares.shut for gate in gates])
            arrays["open"] = np.stack([gate.shares.open for gate in gates])
        if edit := self.view.edit:
            effect = edit_effect_data(edit, self._axis)
            arrays |= of_drawn(self.view, {"change": effect.change.values})[1]
            found = [asdict(mark) | {"tokens": list(mark.tokens)} for mark in effect.marks]
            header["change"] = {"limits": list(effect.change.limits), "marks": found}
        return header, arrays

    @property
    def _layer(self) -> LayerTrace:
        return self.view.layer

    @cached_property
    def _axis(self) -> TokenAxis:
        return TokenAxis.of(self.view.run.labels)

    @cached_property
    def _heatmaps(self) -> tuple[Heatmap, ...]:
        return gate_heatmaps_data(self._layer, self._axis, own_scale=self.view.settings.own_scale)

    @cached_property
    def _saturation(self) -> tuple[SaturatedGate, ...]:
        return saturation_data(self._layer)

    @cached_property
    def _answer(self) -> Answer:
        return Answer(self.view.model, self.view.run, self.view.reading.tokens, self._axis)

    def _movers(self) -> dict[str, Any]:
        """The units that move the answer most where it moves most; none where it is not read from these units."""
        view, predictions = self.view, self._answer.values
        if not view.model.answers:
            return {"step": 0, "label": "", "units": []}
        step = moving_step(predictions)
        told = view.source.answers_from_units(view.place)
        units = movers(view.model, self._layer, predictions, step) if told else []
        return {"step": step, "label": view.run.labels[step], "units": units}

    def _chosen(self) -> dict[str, Any]:
        step, unit, layer = self.view.step, self.view.unit, self._layer
        rows: dict[str, Array] = {name: layer[name][step] for name in layer.quantities}
        return {
            "step": step,
            "unit": unit,
            "token": self.view.run.labels[step],
            "answer": self._answer.at(step),
            "values": {name: float(row[unit]) for name, row in rows.items() if unit < len(row)},
            "chain": [_line(each) for each in cell_arithmetic(layer, step, unit)],
        }


def _line(line: Line) -> dict[str, Any]:
    return {"quantity": line.quantity, "numbers": dict(line.texts), "result": line.result, "holds": line.holds}
