"""Settings in, one message to the What if? component out. No Streamlit here."""

from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.aggregate import columns
from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.change.side_by_side import SideBySide
from lstm_viz.analysis.ordering import orders_for
from lstm_viz.cells import NOTATIONS, Role
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import limits
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.what_if.presets import Preset, presets
from lstm_viz.ui.settings import clamps
from lstm_viz.ui.settings.clamps import Hold, Resolved, resolve
from lstm_viz.ui.views.editor import strange, why_strange
from lstm_viz.ui.views.view import View, read, reference_order
from lstm_viz.words.what_if import describe_difference, describe_outcome

WIDEST = 10.0
"""How far a quantity without bounds can be held from 0."""

STILL = (
    "Nothing is held or changed yet, so both runs are the same. Choose an experiment above the figure, or click a cell "
    "of a heatmap and shut or open its gate."
)


class WhatIfView(View):
    """One state of the What if? page, worked out from its settings alone."""

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The clamps as written, whether or not they apply."""
        return clamps.parse(self.settings.clamps)[0]

    @cached_property
    def base(self) -> Trace:
        """What everything is compared with: the text before its edit, without clamps."""
        assert self.trace is not None
        if self.settings.before is None:
            return self.trace
        tokens, _ = read(self.model, self.settings.before)
        return self.model.trace_tokens(tokens) if tokens else self.trace

    @cached_property
    def resolved(self) -> tuple[Resolved, ...]:
        """What each clamp holds in this text."""
        if self.trace is None:
            return tuple(Resolved(hold, (), "there is no text to hold it in") for hold in self.holds)
        layer = self.trace.layers[0]
        return tuple(resolve(hold, layer.definition, layer) for hold in self.holds)

    @cached_property
    def changed(self) -> Trace:
        """The run with all clamps that apply."""
        assert self.trace is not None
        held = [clamp for each in self.resolved for clamp in each.clamps]
        return self.model.trace_tokens(self.reading[0], clamp=held) if held else self.trace

    @cached_property
    def layer(self) -> LayerTrace:
        """The layer on show, with the clamps."""
        return self.changed.layers[0]

    @cached_property
    def difference(self) -> Edit:
        """The run with all changes against the one without any."""
        return compare(self.base, self.changed)

    @cached_property
    def shown(self) -> str:
        """The quantity compared: the one asked for, or this cell's first."""
        return self.settings.shown if self.settings.shown in self.layer.quantities else self.layer.quantities[0]

    def message(self, edits: int, received: int, session: dict[str, Any] | None = None) -> bytes:
        """The whole view as bytes, saying how many edits and messages of the browser's it takes in.

        Parameters
        ----------
        session : what is not in the settings: undo, redo (whether there is any), refusal (what could not be done) and
            ranking (see `ranked`)
        """
        header, arrays = self.editing()
        header |= {"edits": edits, "received": received}
        header |= {"undo": False, "redo": False, "refusal": "", "ranking": None} | (session or {})
        header |= {
            "clamps": [self._clamp(each) for each in self.resolved],
            "presets": [self._preset(preset) for preset in presets()],
            "before": self.settings.before,
            "edit": "",
        }
        if any(preset["chosen"] for preset in header["presets"]):
            # It says what to look for in place of the example whose text it shares.
            header["examples"] = [example | {"look_for": ""} for example in header["examples"]]
        if self.trace is not None:
            picture, more = self._picture()
            header |= picture
            arrays |= more
        return pack(header, arrays)

    def _picture(self) -> tuple[dict[str, Any], dict[str, Array]]:
        definition, notation = self.layer.definition, self.settings.notation
        pairs = SideBySide(self.difference.alignment, len(self.base), len(self.changed))
        edges = columns(len(pairs))
        arrays, quantity = self._heatmaps(pairs, edges)
        prediction, lines = self._prediction(pairs, edges)
        labels = pairs.labels(self.changed.labels, edges)
        header = {
            "axis": {
                "labels": labels,
                "before": pairs.labels(self.base.labels, edges, before=True) if pairs.differ else None,
                "edited": pairs.edited(edges),
                "unknown": self._unknown(pairs) if len(edges) == len(pairs) + 1 else [],
                "why": why_strange(self.model),
                "letters": self.model.task.editor == "characters",
                "edges": pairs.steps(edges),
                "note": pairs.note(edges),
            },
            "steps": len(self.changed),
            "order": reference_order(self.model.task.name, self.model.cell, self._order_name),
            "quantity": quantity,
            "quantities": [
                {"name": q.name, "label": q.label, "symbol": to_html(q.symbols[notation]), "meaning": q.meaning}
                for q in definition.recorded
            ],
            "holdable": [
                [q.name, q.label, [max(q.range.low, -WIDEST), min(q.range.high, WIDEST)]]
                for q in definition.recorded
                if q.role in (Role.GATE, Role.CANDIDATE)
            ],
            "rankable": [["all", "any gate"], *([gate.name, gate.label.lower()] for gate in definition.gates)],
            "notation": notation,
            "notations": list(NOTATIONS.items()),
            "prediction": prediction,
            "moved": {"caption": describe_difference(self.difference), "threshold": self.difference.threshold},
            "chosen": {
                "step": min(self.settings.step, len(self.changed) - 1),
                "unit": min(self.settings.unit, self.layer.units - 1),
            },
            "units": self.layer.units,
            "rankingGate": self.settings.ranking,
        }
        return header, arrays | lines

    @property
    def _order_name(self) -> str:
        asked = self.settings.order
        return asked if asked in orders_for(self.layer.definition) else "index"

    def _unknown(self, pairs: SideBySide) -> list[int]:
        unknown = set(strange(self.model, self.reading[0]))
        return [k for k, (_, after) in enumerate(pairs.columns) if after in unknown]

    def _heatmaps(self, pairs: SideBySide, edges: Any) -> tuple[dict[str, Array], dict[str, Any]]:
        name, definition = self.shown, self.layer.definition
        before, after = self.base.layers[0], self.layer
        old, new = pairs.before(before[name], edges), pairs.after(after[name], edges)
        ends = [limits(layer, name) for layer in (before, after)]
        low, high = min(end[0] for end in ends), max(end[1] for end in ends)
        mask = clamps.held_mask(self.resolved, name, definition, len(after), after.units)
        moved = np.abs(self.difference.changes["hidden_state"]).max(axis=1)
        reach = np.full((len(self.changed), 1), np.nan)
        reach[self.difference.steps, 0] = moved
        arrays = {
            "before": old,
            "after": new,
            "difference": new - old,
            "held": pairs.after(mask.astype(np.float32), edges),
            "heldSteps": pairs.after(self._held_steps()[:, None], edges),
            "moved": pairs.after(reach, edges),
        }
        quantity = definition[name]
        return arrays, {
            "name": name,
            "label": quantity.label,
            "symbol": to_html(quantity.symbols[self.settings.notation]),
            "share": quantity.range.is_share,
            "limits": [low, high],
            # The same length of scale as the values', so that one colour step is one size in all three.
            "spread": high - low if quantity.range.is_share else high,
            "held": bool(mask.any()),
            "diverging": "hidden_state",
        }

    def _held_steps(self) -> Array:
        """1 at each step at which anything is held."""
        definition, steps, units = self.layer.definition, len(self.changed), self.layer.units
        masks = [clamps.held_mask(self.resolved, q.name, definition, steps, units) for q in definition.recorded]
        return np.any(masks, axis=(0, 2)).astype(np.float32)

    def _prediction(self, pairs: SideBySide, edges: Any) -> tuple[dict[str, Any], dict[str, Array]]:
        first, second = (self.model.predictions(trace) for trace in (self.base, self.changed))
        number = readout(self.model, first[-1])
        k, task = number.column, self.model.task
        lines = {
            "predictionBefore": pairs.before(first[:, k : k + 1], edges),
            "predictionAfter": pairs.after(second[:, k : k + 1], edges),
        }
        values = np.concatenate([first[:, k], second[:, k]])
        low, high = (0.0, 1.0) if task.is_classifier else (float(values.min()), float(values.max()) + 1e-6)
        old, new = float(first[-1, k]), float(second[-1, k])
        return {
            "title": number.shown,
            "low": low,
            "high": high,
            "unit": task.unit,
            "before": old,
            "after": new,
            "caption": STILL if self.changed is self.base else describe_outcome(old, new, number.shown, unit=task.unit),
        }, lines

    def _clamp(self, each: Resolved) -> dict[str, Any]:
        hold = each.hold
        quantities = {q.name: q.label for q in self.model_cell_quantities()}
        label = quantities.get(hold.quantity, hold.quantity.replace("_", " ").capitalize())
        value = "its mean" if hold.value is None else f"{hold.value:g}".replace("-", "−")
        where = [
            f"unit{'s' if _several(hold.units) else ''} {clamps.write_ranges(hold.units)}"
            if hold.units
            else "all units"
        ]
        where.append(
            f"step{'s' if _several(hold.steps) else ''} {clamps.write_ranges(hold.steps)}"
            if hold.steps
            else "all steps"
        )
        if hold.steps and not _several(hold.steps) and self.trace is not None and hold.steps[0][0] < len(self.trace):
            where[1] += f" “{self.trace.labels[hold.steps[0][0]]}”"
        return {"title": f"{label} = {value}", "where": ", ".join(where), "note": each.note, "active": each.active}

    def model_cell_quantities(self) -> Any:
        """The quantities of the cell on show."""
        return self.layer.definition.recorded if self.trace is not None else ()

    def _preset(self, preset: Preset) -> dict[str, Any]:
        settings = self.settings
        clamped = clamps.write(preset.clamps)
        here = (self.model.task.name, self.model.cell, self.text, settings.clamps, settings.before)
        return {
            "title": preset.title,
            "look_for": preset.look_for,
            "chosen": here == (preset.task, preset.cell, preset.text, clamped, None),
        }


def _several(ranges: clamps.Ranges) -> bool:
    return len(ranges) > 1 or ranges[0][0] != ranges[0][1]
