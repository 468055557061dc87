"""Settings in, one message to the live view out: everything that the browser needs to draw it. No Streamlit here."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.ordering import orders_for, unit_order
from lstm_viz.cells import NOTATIONS
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import THEMES, limits, scale
from lstm_viz.tasks import Model, load_model
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.ui.link import link
from lstm_viz.ui.payload import pack
from lstm_viz.ui.settings import Settings


@dataclass(frozen=True, eq=False)
class View:
    """One state of the live view, worked out from its settings alone."""

    settings: Settings

    @cached_property
    def model(self) -> Model:
        """The trained network on show."""
        return load_model(self.settings.task, self.settings.cell)

    @cached_property
    def text(self) -> str:
        """The text in the editor."""
        given = self.settings.text
        return self.model.task.examples[0].text if given is None else given

    @cached_property
    def trace(self) -> Trace | None:
        try:
            return self.model.trace(self.text)
        except ValueError:
            return None

    @cached_property
    def layer(self):
        return self.trace.layers[0]

    def message(self, edits: int, received: int) -> bytes:
        trace, layer, s = self.trace, self.layer, self.settings
        step = min(s.step, len(trace) - 1)
        unit = min(s.unit, layer.units - 1)
        shown = layer.definition.recorded
        themes = {
            t: {
                "lines": {q.name: theme.colour(q.name) for q in shown},
                "scales": {q.name: scale(q, t) for q in shown},
                "negative": theme.negative, "positive": theme.positive,
            }
            for t, theme in THEMES.items()
        }
        header = {
            "edits": edits, "received": received, "text": self.text,
            "status": f"{len(trace)} words, at most {self.model.task.limit:,}", "problem": "", "notes": [],
            "examples": [e.__dict__ for e in self.model.task.examples],
            "axis": {"labels": list(trace.labels), "unknown": [k for k, u in enumerate(self.model.unknown(self.text)) if u],
                     "edges": list(range(len(trace) + 1)), "note": ""},
            "steps": len(trace),
            "quantities": [
                {"name": q.name, "label": q.label, "meaning": q.meaning, "symbol": to_html(q.symbols[s.notation]),
                 "share": q.range.is_share, "limits": limits(layer, q.name), "caption": "A caption stands here."}
                for q in shown
            ],
            "reach": [-max(limits(layer, q.name)[1] for q in shown), max(limits(layer, q.name)[1] for q in shown)],
            "orders": list(orders_for(layer.definition).items()), "orderName": s.order, "orderNote": "Each row is one unit.",
            "order": reference_order(s.task, s.cell, s.order),
            "notations": list(NOTATIONS.items()), "notation": s.notation,
            "prediction": {"title": "P(positive)", "caption": "A caption.", "low": 0, "high": 1, "middle": 0.5, "ends": ["negative", "positive"]},
            "change": {"label": "what it changed", "short": "change", "caption": "A caption", "scale": "candidate", "limits": [-1, 1]},
            "saturation": {"caption": "cap", "below": 0.1, "above": 0.9,
                           "gates": [{"name": q.name, "label": q.label, "symbol": to_html(q.symbols[s.notation]),
                             "shut": (layer[q.name] < 0.1).mean(0).tolist(), "open": (layer[q.name] > 0.9).mean(0).tolist()} for q in layer.definition.gates]},
            "chosen": {"step": step, "unit": unit, "token": trace.labels[step], "caption": "Unit cap",
                       "values": {q.name: float(layer[q.name][step, unit]) for q in shown}, "chain": ["c = f·c + i·g"]},
            "themes": themes, "table": s.table, "query": (link(s) or "").lstrip("?"),
        }
        arrays = dict(layer.values) | {"prediction": self.model.predictions(trace)[:, -1:], "change": layer.hidden_state}
        return pack(header, arrays)


@lru_cache(maxsize=64)
def reference_order(task: str, cell: str, by: str):
    model = load_model(task, cell)
    return unit_order([model.trace(e.text).layers[0] for e in model.task.examples], by).tolist()
