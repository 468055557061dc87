"""What if? as data for the browser: the run with clamps and edits against the run without."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

import numpy as np

from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.change.side_by_side import SideBySide
from lstm_viz.cells import NOTATIONS, Role
from lstm_viz.cells.notation import to_html
from lstm_viz.clamp import Clamp
from lstm_viz.figures.what_if import WhatIf, what_if_data
from lstm_viz.tasks.readers import Reading
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.ui.doing.presets import Preset, presets
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.holds import Hold, Resolved, held_mask, resolve
from lstm_viz.ui.views.envelope import Parts, envelope
from lstm_viz.ui.views.input_field import strange
from lstm_viz.ui.views.view import View
from lstm_viz.words.what_if import describe_outcome

WIDEST = 10.0
"""How far a quantity without bounds can be held from 0."""

STILL = (
    "Nothing is held or changed yet, so both runs are the same. Choose an experiment above the figure, or click a cell "
    "of a heatmap and shut or open its gate."
)


class ClampRow(TypedDict):
    """A clamp in the list: what, where, and what of it does not apply."""

    title: str
    where: str
    note: str
    active: bool


class PresetChip(TypedDict):
    """An experiment to start from."""

    title: str
    look_for: str
    chosen: bool


def what_if_message(view: View, ranking: dict[str, Any] | None = None) -> Parts:
    """All that the page shows: header and arrays.

    Parameters
    ----------
    ranking : what `ranked` found, None for nothing yet
    """
    common, arrays = envelope(view)
    here = WhatIfView(view)
    experiments = [here.preset(preset) for preset in presets()]
    header: dict[str, Any] = {
        **common,
        "ranking": ranking,
        "clamps": [here.clamp(each) for each in here.resolved],
        "presets": experiments,
        "before": view.settings.before,
        "edit": "",
    }
    if any(preset["chosen"] for preset in experiments):
        # It says what to look for in place of the example whose text it shares.
        header["examples"] = [{**example, "look_for": ""} for example in common["examples"]]
    if view.trace is not None:
        picture, more = here.parts()
        header |= picture
        arrays |= more
    return header, arrays


@dataclass(frozen=True, eq=False)
class WhatIfView:
    """The run with clamps and edits, and the run that it is held against."""

    view: View

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The clamps as written, whether or not they apply."""
        return holds.parse(self.view.settings.clamps)[0]

    @cached_property
    def base(self) -> Trace:
        """What everything is compared with: the text before its edit, without clamps."""
        before = self._before
        return self.view.source.run(before.tokens) if before else self.view.run

    @property
    def _before(self) -> Reading | None:
        given = self.view.settings.before
        before = None if given is None else self.view.source.read(given)
        return before if before and before.tokens else None

    @cached_property
    def resolved(self) -> tuple[Resolved, ...]:
        """What each clamp holds in this text."""
        if self.view.trace is None:
            return tuple(Resolved(hold, (), "there is no text to hold it in") for hold in self.holds)
        return tuple(resolve(hold, self.view.layer) for hold in self.holds)

    @cached_property
    def clamped(self) -> list[Clamp]:
        """All clamps that apply."""
        return [clamp for each in self.resolved for clamp in each.clamps]

    @cached_property
    def changed(self) -> Trace:
        """The run with them."""
        tokens = self.view.reading.tokens
        return self.view.model.trace_tokens(tokens, clamp=self.clamped) if self.clamped else self.view.run

    @cached_property
    def layer(self) -> LayerTrace:
        """The layer on show, with the clamps."""
        return self.view.source.layer(self.changed, self.view.place)

    @cached_property
    def difference(self) -> Edit:
        """The run with all changes against the one without any."""
        source, place, tokens = self.view.source, self.view.place, self.view.reading.tokens
        before = self._before.tokens if self._before else tokens
        same = source.align(before, tokens)
        return compare(self.base, self.changed, layer=place.index, direction=place.direction, alignment=same)

    @cached_property
    def shown(self) -> str:
        """The quantity compared: the one asked for, or this cell's first."""
        asked = self.view.settings.shown
        return asked if asked in self.layer.quantities else self.layer.quantities[0]

    def parts(self) -> Parts:
        """Header and arrays of what needs a run."""
        view = self.view
        definition, notation = self.layer.definition, view.settings.notation
        data = what_if_data(
            self.base,
            self.changed,
            self.difference,
            quantity=self.shown,
            layer=view.place.index,
            notation=notation,
        )
        pairs, edges = data.pairs, data.axis.edges
        arrays, quantity = self._heatmaps(data)
        prediction, lines = self._prediction(pairs, edges)
        labels = pairs.labels(self.changed.labels, edges)
        header = {
            "axis": {
                "labels": labels,
                "before": pairs.labels(self.base.labels, edges, before=True) if pairs.differ else None,
                "edited": pairs.edited(edges),
                "unknown": self._unknown(pairs) if len(edges) == len(pairs) + 1 else [],
                "edges": pairs.steps(edges),
                "places": edges.tolist(),
            },
            "steps": len(self.changed),
            "order": view.order,
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
            "moved": {"caption": data.difference.caption, "threshold": self.difference.threshold},
            "chosen": {
                "step": view.step,
                "unit": view.unit,
            },
            "units": self.layer.units,
            "rankingGate": view.settings.ranking,
        }
        return header, arrays | lines

    def _unknown(self, pairs: SideBySide) -> list[int]:
        unknown = set(strange(self.view.model, self.view.reading.tokens))
        return [k for k, (_, after) in enumerate(pairs.columns) if after in unknown]

    def _heatmaps(self, data: WhatIf) -> tuple[dict[str, Array], dict[str, Any]]:
        pairs, edges, quantity = data.pairs, data.axis.edges, data.after.quantity
        mask = held_mask(self.resolved, quantity.name, self.layer)
        arrays = {
            "before": data.before.values,
            "after": data.after.values,
            "difference": data.difference.values,
            "held": pairs.after(mask.astype(np.float32), edges),
            "heldSteps": pairs.after(self._held_steps()[:, None], edges),
            "moved": data.moved[:, None],
        }
        return arrays, {
            "name": quantity.name,
            "label": quantity.label,
            "symbol": data.after.symbol,
            "share": quantity.range.is_share,
            "limits": list(data.after.limits),
            "spread": data.difference.limits[1],
            "held": bool(mask.any()),
            "diverging": "hidden_state",
        }

    def _held_steps(self) -> Array:
        """1 at each step at which anything is held."""
        masks = [held_mask(self.resolved, name, self.layer) for name in self.layer.quantities]
        return np.any(masks, axis=(0, 2)).astype(np.float32)

    def _prediction(self, pairs: SideBySide, edges: Any) -> tuple[dict[str, Any], dict[str, Array]]:
        first, second = (self.view.model.predictions(trace) for trace in (self.base, self.changed))
        number = readout(self.view.model, first[-1])
        k, task = number.column, self.view.source.task
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

    def clamp(self, each: Resolved) -> ClampRow:
        """A clamp as the list names it."""
        hold, run = each.hold, self.view.trace
        labels = {quantity.name: quantity.label for quantity in self.view.source.cell.recorded} if run else {}
        label = labels.get(hold.quantity, hold.quantity.replace("_", " ").capitalize())
        value = "its mean" if hold.value is None else f"{hold.value:g}".replace("-", "−")
        where = [_named("unit", hold.units), _named("step", hold.steps)]
        if hold.steps and not _several(hold.steps) and run is not None and hold.steps[0][0] < len(run):
            where[1] += f" “{run.labels[hold.steps[0][0]]}”"
        return {"title": f"{label} = {value}", "where": ", ".join(where), "note": each.note, "active": each.active}

    def preset(self, preset: Preset) -> PresetChip:
        """An experiment to start from, and whether it is the one on show."""
        view = self.view
        here = (view.source.task.name, view.model.cell, view.text, view.settings.clamps, view.settings.before)
        there = (preset.task, preset.cell, preset.text, holds.write(preset.clamps), None)
        return {"title": preset.title, "look_for": preset.look_for, "chosen": here == there}


def _named(what: str, ranges: holds.Ranges) -> str:
    """``units 3, 5-8``."""
    if not ranges:
        return f"all {what}s"
    return f"{what}{'s' if _several(ranges) else ''} {holds.write_ranges(ranges)}"


def _several(ranges: holds.Ranges) -> bool:
    return len(ranges) > 1 or ranges[0][0] != ranges[0][1]
