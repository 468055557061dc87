"""What if? as data for the browser: the run with clamps and edits against the run without."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

import numpy as np

from lstm_viz.analysis.aggregate import Edges
from lstm_viz.analysis.answers.readout import Readout, readout
from lstm_viz.analysis.answers.truth import known_answer
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.change.side_by_side import SideBySide
from lstm_viz.cells import NOTATIONS
from lstm_viz.cells.notation import to_html
from lstm_viz.clamp import Clamp
from lstm_viz.figures.what_if import WhatIf, what_if_data
from lstm_viz.tasks.readers import Reading
from lstm_viz.tasks.uploaded import NAME as YOURS
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.ui.doing.presets import Preset, presets
from lstm_viz.ui.pages.what_if.tried import tried
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.holds import Hold, Resolved, held_mask, resolve_all, run_held
from lstm_viz.ui.views.axis import Axis
from lstm_viz.ui.views.envelope import Parts, numbers, of_drawn, words
from lstm_viz.ui.views.input_field import strange
from lstm_viz.ui.views.view import View
from lstm_viz.words.alike import span_of
from lstm_viz.words.what_if import describe_apart, describe_difference, describe_outcome

WIDEST = 10.0
"""How far a quantity without bounds can be held from 0."""

STILL = "Nothing is held or changed yet, so both runs are the same. Choose an experiment above the figure, or "
"""What stands before what else one may do, where nothing has been done."""
HOLD, EDIT = "click a cell of a heatmap and shut or open its gate.", "change the text: {cell} has no gate to hold."
"""What that is for a cell with gates, and for one without."""


class ClampRow(TypedDict):
    """A clamp in the list: as it is written; what, where, and what of it does not apply."""

    line: str
    title: str
    where: str
    note: str
    active: bool


class PresetChip(TypedDict):
    """An experiment to start from."""

    title: str
    about: str
    chosen: bool


def what_if_message(view: View, ranking: dict[str, Any] | None = None) -> Parts:
    """All that the page shows: header and arrays; both runs are made once for what is said of them and what is drawn.

    Parameters
    ----------
    ranking : what `ranked` found, None for nothing yet
    """
    here = WhatIfView(view)
    header, arrays = here.numbers()
    return {**here.words(ranking), **header}, arrays


def what_if_words(view: View, ranking: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the page says, and what there is to choose from; `ranking` as for `what_if_message`."""
    return WhatIfView(view).words(ranking)


def what_if_numbers(view: View) -> Parts:
    """What the page draws, which `web/pages/what_if/numbers.js` makes in the browser."""
    return WhatIfView(view).numbers()


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

    @property
    def resolved(self) -> tuple[Resolved, ...]:
        """What each clamp holds in this text."""
        if self.view.trace is None:
            return tuple(Resolved(hold, (), "there is no text to hold it in") for hold in self.holds)
        return self._held[0]

    @cached_property
    def clamped(self) -> list[Clamp]:
        """All clamps that apply."""
        return [clamp for each in self.resolved for clamp in each.clamps]

    @property
    def changed(self) -> Trace:
        """The run with them."""
        return self._held[1]

    @cached_property
    def _held(self) -> tuple[tuple[Resolved, ...], Trace]:
        view = self.view
        found = resolve_all(self.holds, view.layer)
        return run_held(found, view.run, lambda clamps: view.model.trace_tokens(view.reading.tokens, clamp=clamps))

    @cached_property
    def layer(self) -> LayerTrace:
        """The layer on show, with the clamps."""
        return self.view.source.layer(self.changed, self.view.place)

    def layers(self) -> dict[str, LayerTrace]:
        """What the browser's own run is held against, by the cell it is of; empty where there is no run."""
        return {} if self.view.trace is None else {self.view.model.cell: self.layer}

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

    def words(self, ranking: dict[str, Any] | None) -> dict[str, Any]:
        """What only Python can say."""
        view = self.view
        definition, notation = view.source.cell, view.settings.notation
        # A network of one's own keeps the page to itself: the experiments are of others.
        own = view.settings.task == YOURS
        experiments = [] if own else [self.preset(preset) for preset in presets()]
        header: dict[str, Any] = {
            **words(view),
            "ranking": ranking,
            "clamps": [self.clamp(each) for each in self.resolved],
            "presets": experiments,
            "tried": tried(view, self._before or view.reading),
            "edit": "",
            "order": view.order,
            "quantities": [
                {"name": q.name, "label": q.label, "symbol": to_html(q.symbol(notation))} for q in definition.recorded
            ],
            "holdable": [
                [q.name, q.label, [max(q.range.low, -WIDEST), min(q.range.high, WIDEST)]] for q in definition.recorded
            ],
            "rankable": [["all", "any gate"], *([gate.name, gate.label.lower()] for gate in definition.gates)],
            "notations": list(NOTATIONS.items()),
            "captions": self._captions() if view.trace else {},
        }
        if self.holds or any(preset["chosen"] for preset in experiments):
            # What to look for in an example is said of the network as it is, with nothing held.
            header["examples"] = [{**example, "look_for": ""} for example in header["examples"]]
        return header

    def _captions(self) -> dict[str, str]:
        """What each figure shows, by its name."""
        return {
            "prediction": self._still() if self.changed is self.base else self.outcome() if self._says else "",
            "moved": " ".join(filter(None, [describe_difference(self.difference), self.view.some_units])),
        }

    @property
    def _says(self) -> bool:
        """Whether the network has answers, of which something can come."""
        return self.view.model.answers

    def _still(self) -> str:
        """What to do first; what can be done depends on the cell."""
        definition = self.view.source.cell
        return STILL + (HOLD if definition.gates else EDIT.format(cell=f"the {definition.title}"))

    def outcome(self) -> str:
        """What comes of what is held and changed: at the end, and where the two runs are furthest apart."""
        shown = self._predictions
        span = span_of(self.view.model, shown.before, shown.after)
        told: Any = {"unit": self.view.source.task.unit, "span": span}
        said = describe_outcome(shown.old, shown.new, shown.number.shown, truth=self._truth(), **told)
        if self.base.labels != self.changed.labels:
            return said
        return f"{said} {describe_apart(shown.before, shown.after, self.base.labels, **told)}".strip()

    def _truth(self) -> float | None:
        """What the network should say at the end of both runs; None where no text tells, or an edit changed it."""
        now = self.view.reading.tokens
        before = self._before.tokens if self._before else now
        was, is_now = (known_answer(self.view.model, tokens) for tokens in (before, now))
        return is_now if was == is_now else None

    def numbers(self) -> Parts:
        """What follows from the text and the clamps by arithmetic."""
        header, arrays = numbers(self.view)
        if self.view.trace is None:
            return dict(header), arrays
        view = self.view
        data = what_if_data(self.base, self.changed, self.difference, quantity=self.shown, layer=view.place.index)
        maps, quantity = self._heatmaps(data)
        drawn, maps = of_drawn(view, maps)
        lines, prediction = self._prediction(data.pairs, data.axis.edges) if self._says else ({}, None)
        return {
            **header,
            **drawn,
            "axis": self._axis(data.pairs, data.axis.edges),
            "steps": len(self.changed),
            "units": self.layer.units,
            "quantity": quantity,
            "prediction": prediction,
            "moved": {"threshold": self.difference.threshold},
            "chosen": {"step": view.step, "unit": view.unit},
        }, arrays | maps | lines

    def _axis(self, pairs: SideBySide, edges: Edges) -> Axis:
        return {
            "labels": pairs.labels(self.changed.labels, edges),
            "before": pairs.labels(self.base.labels, edges, before=True) if pairs.differ else None,
            "edited": pairs.edited(edges),
            "unknown": self._unknown(pairs) if len(edges) == len(pairs) + 1 else [],
            "edges": pairs.steps(edges),
            "places": edges.tolist(),
        }

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
            "limits": list(data.after.limits),
            "spread": data.difference.limits[1],
            "held": bool(mask.any()),
        }

    def _held_steps(self) -> Array:
        """1 at each step at which anything is held."""
        masks = [held_mask(self.resolved, name, self.layer).any(axis=1) for name in self.layer.quantities]
        return np.any(masks, axis=0).astype(np.float32)

    @cached_property
    def _predictions(self) -> "Predictions":
        first, second = (self.view.model.predictions(trace) for trace in (self.base, self.changed))
        number = readout(self.view.model, first[-1])
        return Predictions(number, first[:, number.column], second[:, number.column])

    def _prediction(self, pairs: SideBySide, edges: Edges) -> tuple[dict[str, Array], dict[str, Any]]:
        shown, task = self._predictions, self.view.source.task
        lines = {
            "predictionBefore": pairs.before(shown.before[:, None], edges),
            "predictionAfter": pairs.after(shown.after[:, None], edges),
        }
        values = np.concatenate([shown.before, shown.after])
        low, high = (0.0, 1.0) if task.is_classifier else (float(values.min()), float(values.max()) + 1e-6)
        ends = {"before": shown.old, "after": shown.new}
        return lines, {"title": shown.number.shown, "low": low, "high": high, "unit": task.unit, **ends}

    def clamp(self, each: Resolved) -> ClampRow:
        """A clamp as the list names it."""
        hold, run = each.hold, self.view.trace
        labels = {quantity.name: quantity.label for quantity in self.view.source.cell.recorded} if run else {}
        label = labels.get(hold.quantity, hold.quantity.replace("_", " ").capitalize())
        value = "its mean" if hold.value is None else f"{hold.value:g}".replace("-", "−")
        where = [_named("unit", hold.units), _named("step", hold.steps)]
        if hold.steps and not _several(hold.steps) and run is not None and hold.steps[0][0] < len(run):
            where[1] += f" “{run.labels[hold.steps[0][0]]}”"
        return {
            "line": hold.write(),
            "title": f"{label} = {value}",
            "where": ", ".join(where),
            "note": each.note,
            "active": each.active,
        }

    def preset(self, preset: Preset) -> PresetChip:
        """An experiment to start from, and whether it is the one on show."""
        view = self.view
        here = (view.source.task.name, view.model.cell, view.text, view.settings.clamps, view.settings.before)
        there = (preset.task, preset.cell, preset.text, holds.write(preset.clamps), None)
        return {"title": preset.title, "about": preset.about, "chosen": here == there}


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the network says after every step of both runs: `number` names it; before, after: (T,) each."""

    number: Readout
    before: Array
    after: Array

    @property
    def old(self) -> float:
        """What it ends at before."""
        return float(self.before[-1])

    @property
    def new(self) -> float:
        """What it ends at after."""
        return float(self.after[-1])


def _named(what: str, ranges: holds.Ranges) -> str:
    """``units 3, 5-8``."""
    if not ranges:
        return f"all {what}s"
    return f"{what}{'s' if _several(ranges) else ''} {holds.write_ranges(ranges)}"


def _several(ranges: holds.Ranges) -> bool:
    return len(ranges) > 1 or ranges[0][0] != ranges[0][1]
