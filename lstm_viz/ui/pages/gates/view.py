"""Gates over time as data for the browser: every quantity, the answer, and what the last edit changed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.aggregate import aggregate, columns
from lstm_viz.analysis.equations.cell_arithmetic import Line, cell_arithmetic
from lstm_viz.analysis.equations.tokens import Piece
from lstm_viz.analysis.ordering import orders_for
from lstm_viz.analysis.saturation import OPEN, SHUT, gate_saturation
from lstm_viz.cells import NOTATIONS
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import limits, round_up
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.envelope import Parts, envelope
from lstm_viz.ui.views.prediction import Answer
from lstm_viz.ui.views.view import View
from lstm_viz.words import describe_edit, describe_quantity, describe_saturation, describe_unit


def gates_message(view: View) -> Parts:
    """All that the page shows: header and arrays."""
    header, arrays = envelope(view)
    if view.trace is None:
        return {**header}, arrays
    picture, more = Picture(view).parts()
    return {**header, **picture}, arrays | more


@dataclass(frozen=True, eq=False)
class Picture:
    """The part of the page that needs a run."""

    view: View

    @property
    def layer(self) -> LayerTrace:
        """The layer on show."""
        return self.view.layer

    @cached_property
    def _answer(self) -> Answer:
        return Answer(self.view.model, self.view.run, self.view.reading.tokens)

    def parts(self) -> Parts:
        """Header and arrays; arrays have a row a column of the heatmaps, which is a step or the mean of several."""
        settings, layer = self.view.settings, self.layer
        edges = columns(len(self.view.run))
        arrays = {name: aggregate(layer[name], edges) for name in layer.quantities}
        header = {
            "axis": axis(self.view, edges),
            "steps": len(self.view.run),
            "units": layer.units,
            "quantities": [self._quantity(name) for name in layer.quantities],
            "reach": self._reach(),
            "order": self.view.order,
            "orderName": self.view.order_name,
            "orders": list(orders_for(layer.definition).items()),
            "notation": settings.notation,
            "notations": list(NOTATIONS.items()),
            "chosen": self._chosen(),
            "saturation": self._saturation(),
        }
        predictions, more = self._answer.parts(edges)
        header |= predictions
        arrays |= more
        if edit := self.view.edit:
            changed = np.zeros_like(layer.hidden_state)
            # A token that is new has no counterpart; its column shows what the state does across it.
            start, stop = edit.alignment.after_span
            changed[start:stop] = 0 if edit.removed else edit.arrival
            changed[edit.steps] = edit.changes["hidden_state"]
            arrays["change"] = aggregate(changed, edges)
            end = round_up(float(np.abs(changed).max()))
            header["change"] = {
                "label": "Your last edit",
                "meaning": "what it changed in the hidden state",
                "symbol": "",
                "limits": [-end, end],
                "scale": "hidden_state",
                "caption": describe_edit(edit),
            }
        return header, arrays

    def _quantity(self, name: str) -> dict[str, Any]:
        quantity = self.layer.definition[name]
        return {
            "name": name,
            "label": quantity.label,
            "meaning": quantity.meaning,
            "symbol": to_html(quantity.symbols[self.view.settings.notation]),
            "share": quantity.range.is_share,
            "limits": limits(self.layer, name),
            "caption": describe_quantity(self.layer, name, self.view.run.labels),
        }

    def _reach(self) -> list[float]:
        """For each unit, how far from 0 the scale of its lines goes, for all that are not shares."""
        units = self.layer.units
        signed = [self.layer[q.name] for q in self.layer.definition.recorded if not q.range.is_share]
        # Behind a projection, a hidden state belongs to no unit. Where all are shares, their own end is the scale's.
        furthest = [np.abs(array).max(axis=0) for array in signed if array.shape[1] == units] or [np.ones(units)]
        return [round_up(float(size)) for size in np.max(furthest, axis=0)]

    def _chosen(self) -> dict[str, Any]:
        settings = self.view.settings
        step, unit = self.view.step, self.view.unit
        return {
            "step": step,
            "unit": unit,
            "token": self.view.run.labels[step],
            "caption": describe_unit(self.layer, unit, self.view.run.labels),
            "answer": self._answer.at(step),
            "values": {name: float(row[unit]) for name, row in self._at(step).items() if unit < len(row)},
            "chain": [self._line(line) for line in cell_arithmetic(self.layer, step, unit, notation=settings.notation)],
        }

    def _at(self, step: int) -> dict[str, Array]:
        return {name: self.layer[name][step] for name in self.layer.quantities}

    def _line(self, line: Line) -> dict[str, Any]:
        def pieces(side: tuple[Piece, ...]) -> list[list[str | None]]:
            return [[to_html(piece.text), piece.quantity] for piece in side]

        return {
            "quantity": line.quantity,
            "symbol": to_html(line.symbol),
            "sides": [
                pieces(side)
                for side in dict.fromkeys((line.symbols, line.numbers))
                if "".join(piece.text for piece in side) != line.symbol
            ],
            "sign": "=" if line.holds else "≈",
            "result": line.result,
        }

    def _saturation(self) -> dict[str, Any] | None:
        gates = gate_saturation(self.layer)
        if not gates:
            return None
        definition, notation = self.layer.definition, self.view.settings.notation
        return {
            "below": SHUT,
            "above": OPEN,
            "gates": [
                {
                    "name": gate.gate,
                    "label": definition[gate.gate].label,
                    "symbol": to_html(definition[gate.gate].symbols[notation]),
                    "shut": gate.shut.round(4).tolist(),
                    "open": gate.open.round(4).tolist(),
                    "caption": describe_saturation(definition, gate),
                }
                for gate in gates
            ],
        }
