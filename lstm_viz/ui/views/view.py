"""Settings in, one message to the live view out: everything the browser needs to draw it. No Streamlit here."""

from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from lstm_viz.analysis.aggregate import aggregate, aggregation_note, column_labels, columns
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.equations.cell_arithmetic import Line, cell_arithmetic
from lstm_viz.analysis.equations.tokens import Piece
from lstm_viz.analysis.ordering import orders_for, unit_order
from lstm_viz.analysis.saturation import OPEN, SHUT, gate_saturation
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import THEMES, limits, probability_scale, round_up, scale
from lstm_viz.tasks import Model, load_model
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.settings.link import FILE_LIMIT, FORMAT, LINK_LIMIT, query_string
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import chosen_model, lacking, menu
from lstm_viz.ui.views.editor import editor, remarks, strange, why_strange
from lstm_viz.ui.views.prediction import Answer
from lstm_viz.words import (
    describe_edit,
    describe_quantity,
    describe_saturation,
    describe_unit,
)


@dataclass(frozen=True, eq=False)
class View:
    """One state of the live view, worked out from its settings alone."""

    settings: Settings

    @cached_property
    def model(self) -> Model:
        """The trained network on show."""
        return chosen_model(self.settings)

    @cached_property
    def text(self) -> str:
        """The text in the editor: the first example's until the user has written one."""
        given = self.settings.text
        return self.model.task.examples[0].text if given is None else given

    @cached_property
    def reading(self) -> tuple[tuple[str, ...], str]:
        """The tokens that are traced, no more than the task's limit, and what is wrong with the text, or ""."""
        return read(self.model, self.text)

    @cached_property
    def trace(self) -> Trace | None:
        """The run of the network on the text; None where there is nothing to run on."""
        tokens, _ = self.reading
        return self.model.trace_tokens(tokens) if tokens else None

    @cached_property
    def edit(self) -> Edit | None:
        """What the last edit changed; None where there was none, or one of the two texts cannot be traced."""
        if self.trace is None or self.settings.before is None:
            return None
        tokens, _ = read(self.model, self.settings.before)
        if not tokens:
            return None
        edit = compare(_run_before(self.model, tokens), self.trace)
        return None if edit.kind == "same" else edit

    def message(self, edits: int, received: int) -> bytes:
        """The whole view as bytes, saying how many edits and messages of the browser's it takes in."""
        header, arrays = self.editing()
        header |= {"edits": edits, "received": received}
        if self.trace is not None:
            picture, more = Picture(self, self.trace).parts()
            header |= picture
            arrays |= more
        return pack(header, arrays)

    def editing(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """What the editor shows, and what a page without a trace needs."""
        task, (tokens, problem) = self.model.task, self.reading
        fitting, arrays = editor(self.model, tokens)
        problem = f"{lacking(self.settings)} {problem} {remarks(self.model, tokens)}"
        query = query_string(self.settings)
        linkable = len(query) <= LINK_LIMIT
        if not linkable:
            problem += " This text is too long for a link: save the view as a file to share or keep it."
        return {
            "menu": menu(self.model),
            "editor": fitting,
            "text": self.text,
            "status": f"{len(tokens):,} of at most {task.limit:,} {task.reader.noun}",
            "problem": problem.strip(),
            "unreadable": task.editor == "numbers" and not tokens and bool(self.text.strip()),
            "edit": describe_edit(self.edit) if self.edit else "",
            "examples": [asdict(example) for example in task.examples],
            "axis": {"labels": [], "unknown": [], "edges": [0], "note": ""},
            "steps": 0,
            "units": 0,
            "chosen": {"step": self.settings.step, "unit": self.settings.unit},
            "table": self.settings.table,
            "themes": colours(self.model.cell),
            "query": query,
            "linkable": linkable,
            "file": {"format": FORMAT, "limit": FILE_LIMIT},
        }, arrays


@dataclass(frozen=True, eq=False)
class Picture:
    """The part of the view that needs a trace."""

    view: View
    trace: Trace

    @cached_property
    def layer(self) -> LayerTrace:
        """The layer on show."""
        return self.trace.layers[0]

    @cached_property
    def _answer(self) -> Answer:
        tokens, _ = self.view.reading
        return Answer(self.view.model, self.trace, tokens)

    def parts(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """Header and arrays; arrays have a row a column of the heatmaps, which is a step or the mean of several."""
        settings, layer = self.view.settings, self.layer
        edges = columns(len(self.trace))
        arrays = {name: aggregate(layer[name], edges) for name in layer.quantities}
        header = {
            "axis": self.axis(edges),
            "steps": len(self.trace),
            "units": layer.units,
            "quantities": [self._quantity(name) for name in layer.quantities],
            "reach": self._reach(),
            "order": reference_order(self.view.model.task.name, layer.cell, self._order_name),
            "orderName": self._order_name,
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
            changed = np.zeros((len(self.trace), layer.units), np.float32)
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

    def axis(self, edges: Any) -> dict[str, Any]:
        """The tokens over the columns."""
        model, (tokens, _) = self.view.model, self.view.reading
        return {
            "labels": column_labels(self.trace.labels, edges),
            "unknown": strange(model, tokens) if len(edges) == len(self.trace) + 1 else [],
            "why": why_strange(model),
            "letters": model.task.editor == "characters",
            "edges": edges.tolist(),
            "note": aggregation_note(edges),
        }

    def _quantity(self, name: str) -> dict[str, Any]:
        quantity = self.layer.definition[name]
        return {
            "name": name,
            "label": quantity.label,
            "meaning": quantity.meaning,
            "symbol": to_html(quantity.symbols[self.view.settings.notation]),
            "share": quantity.range.is_share,
            "limits": limits(self.layer, name),
            "caption": describe_quantity(self.layer, name, self.trace.labels),
        }

    def _reach(self) -> list[float]:
        """For each unit, how far from 0 the scale of its lines goes, for all that are not shares."""
        signed = [self.layer[q.name] for q in self.layer.definition.recorded if not q.range.is_share]
        furthest = [np.abs(array).max(axis=0) for array in signed if array.shape[1] == self.layer.units]
        return [round_up(float(size)) for size in np.max(furthest, axis=0)]

    @property
    def _order_name(self) -> str:
        asked = self.view.settings.order
        return asked if asked in orders_for(self.layer.definition) else "index"

    def _chosen(self) -> dict[str, Any]:
        settings = self.view.settings
        step, unit = min(settings.step, len(self.trace) - 1), min(settings.unit, self.layer.units - 1)
        return {
            "step": step,
            "unit": unit,
            "token": self.trace.labels[step],
            "caption": describe_unit(self.layer, unit, self.trace.labels),
            "answer": self._answer.at(step),
            "values": {name: float(self.layer[name][step, unit]) for name in self.layer.quantities},
            "chain": [self._line(line) for line in cell_arithmetic(self.layer, step, unit, notation=settings.notation)],
        }

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


@lru_cache(maxsize=8)
def _run_before(model: Model, tokens: tuple[str, ...]) -> Trace:
    """The run that an edit is compared with, which stays the same while a word is typed."""
    return model.trace_tokens(tokens)


def read(model: Model, text: str) -> tuple[tuple[str, ...], str]:
    """The tokens of a text, up to the task's limit, and what is wrong with it in a sentence, or ""."""
    try:
        tokens = tuple(model.task.tokenize(text))
    except ValueError as error:
        return (), f"{str(error)[:1].upper()}{str(error)[1:]}."
    try:
        model.task.check(tokens)
    except ValueError as error:
        shown = tokens[: model.task.limit]
        return shown, f"{error} The first {len(shown):,} are shown." if shown else str(error)
    return tokens, ""


def telling_cell(model: Model, trace: Trace) -> dict[str, Any]:
    """Where to look first: the step at which the prediction moves most, and the unit whose memory moves most there."""
    layer = trace.layers[-1]
    predictions = model.predictions(trace)
    step = int(np.abs(np.diff(predictions, axis=0, prepend=predictions[:1])).max(axis=1).argmax())
    memory = (layer.definition.memory or layer.definition.states[-1]).name
    unit = int(np.abs(layer[memory] - layer.before(memory))[step].argmax())
    return {"step": step, "unit": unit}


def opening(settings: Settings) -> dict[str, Any]:
    """The settings with which a task opens: its first example, where there is most to see."""
    view = View(replace(settings, text=None, before=None))
    return {"text": None, "before": None} | telling_cell(view.model, view.model.trace(view.text))


def at_telling_cell(settings: Settings) -> Settings:
    """The same text, where there is most to see in it."""
    view = View(settings)
    return settings if view.trace is None else replace(settings, **telling_cell(view.model, view.trace))


@lru_cache(maxsize=64)
def reference_order(task: str, cell: str, by: str) -> list[int]:
    """The order of the rows, from the task's examples, so that rows stay in place while the user types."""
    model = load_model(task, cell)
    return [int(k) for k in unit_order([model.trace(each.text).layers[0] for each in model.task.examples], by)]


@lru_cache(maxsize=len(CELLS))
def colours(cell: str) -> dict[str, Any]:
    """The colours of a cell's quantities in both themes."""
    shown = CELLS[cell].recorded
    return {
        name: {
            "lines": {quantity.name: theme.colour(quantity.name) for quantity in shown},
            "scales": {quantity.name: scale(quantity, name) for quantity in shown},
            "probability": probability_scale(name),
            "muted": theme.muted,
            "ink": theme.text,
            "paper": theme.background,
            "negative": theme.negative,
            "positive": theme.positive,
        }
        for name, theme in THEMES.items()
    }
