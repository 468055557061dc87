"""Gates over time as data for the browser: every quantity, the answer, and what the last edit changed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lstm_viz.analysis.equations.cell_arithmetic import Line, cell_arithmetic
from lstm_viz.analysis.equations.tokens import Piece
from lstm_viz.analysis.ordering import orders_for
from lstm_viz.analysis.saturation import OPEN, SHUT
from lstm_viz.cells import NOTATIONS
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.edit_effect import edit_effect_data
from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.heatmap import Heatmap
from lstm_viz.figures.saturation import saturation_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.figures.unit_lines import unit_reach
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.envelope import Parts, envelope
from lstm_viz.ui.views.prediction import Answer
from lstm_viz.ui.views.view import View
from lstm_viz.words import describe_unit


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
        tokens = TokenAxis.of(self.view.run.labels)
        heatmaps = gate_heatmaps_data(layer, tokens, notation=settings.notation)
        arrays = {each.name: each.values for each in heatmaps}
        header = {
            "axis": axis(self.view, tokens.edges),
            "steps": len(self.view.run),
            "units": layer.units,
            "quantities": [_quantity(each) for each in heatmaps],
            "reach": unit_reach(layer),
            "order": self.view.order,
            "orderName": self.view.order_name,
            "orders": list(orders_for(layer.definition).items()),
            "notation": settings.notation,
            "notations": list(NOTATIONS.items()),
            "chosen": self._chosen(),
            "saturation": self._saturation(),
        }
        predictions, more = self._answer.parts(tokens)
        header |= predictions
        arrays |= more
        if edit := self.view.edit:
            change = edit_effect_data(edit, tokens, arrivals=True).change
            arrays["change"] = change.values
            header["change"] = {
                "label": "Your last edit",
                "meaning": "what it changed in the hidden state",
                "symbol": "",
                "limits": list(change.limits),
                "scale": "hidden_state",
                "caption": change.caption,
            }
        return header, arrays

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
        gates = saturation_data(self.layer, notation=self.view.settings.notation)
        if not gates:
            return None
        return {
            "below": SHUT,
            "above": OPEN,
            "gates": [
                {
                    "name": gate.quantity.name,
                    "label": gate.quantity.label,
                    "symbol": gate.symbol,
                    "shut": gate.shares.shut.round(4).tolist(),
                    "open": gate.shares.open.round(4).tolist(),
                    "caption": gate.caption,
                }
                for gate in gates
            ],
        }


def _quantity(heatmap: Heatmap) -> dict[str, Any]:
    return {
        "name": heatmap.name,
        "label": heatmap.label,
        "meaning": heatmap.quantity.meaning,
        "symbol": heatmap.symbol,
        "share": heatmap.quantity.range.is_share,
        "limits": heatmap.limits,
        "caption": heatmap.caption,
    }
