"""Which unit matters: each gate of each unit shut in turn, ranked by what that does to the answer."""

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_viz.analysis.answers.readout import Readout, readout
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.cells.notation import to_html
from lstm_viz.clamp import Clamp
from lstm_viz.figures.unit_ranking import either, unit_ranking_data
from lstm_viz.tasks import Model
from lstm_viz.trace import Array, Trace
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.words import number
from lstm_viz.words.alike import alike, moved, span_of, within

SHOWN = 12
"""How many of the ranked are listed."""


def ranked(view: WhatIfView, tell: Callable[[float], None] = lambda share: None) -> dict[str, Any]:
    """The gates and units that matter most for the present text, as the browser draws them.

    Parameters
    ----------
    tell : told which share of the work is done
    """
    here, definition, changed = view.view, view.layer.definition, view.changed
    model = here.model
    gates = [gate for gate in definition.gates if here.settings.ranking in ("all", gate.name)]
    if not gates:
        return {"rows": [], "caption": f"The {definition.title} has no gates to shut."}
    if not model.answers:
        return {"rows": [], "caption": "No output layer was chosen, so there is no answer by which to rank the units."}
    scores = []
    predictions = model.predictions(changed)
    number_read = readout(model, predictions[-1])
    for k, gate in enumerate(gates):
        last = _last_states(view, gate.name, lambda share, k=k: tell((k + share) / len(gates)))  # type: ignore[misc]
        scores.append(np.stack([number_read.score(last), _shown(model, last, number_read.column)]))
    table = np.stack(scores)  # gate, score or prediction, unit
    start = float(number_read.score(_answering(view, changed)))
    ranking = unit_ranking_data(table[:, 0] - start, most=SHOWN)
    rows: list[dict[str, Any]] = [
        {
            "gate": gates[row.gates[0]].name,
            "label": either([gates[g].label for g in row.gates]),
            "symbol": ", ".join(to_html(gates[g].symbol(here.settings.notation)) for g in row.gates),
            "unit": row.unit,
            "change": row.change,
            "prediction": float(table[row.gates[0], 1, row.unit]),
        }
        for row in ranking.rows
    ]
    answers = predictions[:, number_read.column]
    before = float(answers[-1])
    said = _most(rows[0], before, table[:, 1], number_read, span_of(model, answers))
    unit = f" {number_read.unit}" if number_read.unit else ""
    caption = (
        f"{ranking.runs:,} runs, each with one gate of one unit shut at every step. {said} Half of the runs change the "
        f"{number_read.title} by less than {number(ranking.half)}{unit}. Click one to hold it."
    )
    return {"rows": rows, "caption": caption, "title": number_read.title, "shown": number_read.shown, "before": before}


def _most(top: dict[str, Any], before: float, after: Array, read: Readout, span: float) -> str:
    """What shutting the one at the top of the list does; where none of them does much, that.

    Parameters
    ----------
    before, after : what is predicted with none shut, and (gates, H) with each
    """
    furthest = float(after.ravel()[np.abs(after - before).argmax()])
    if alike(before, furthest, span):
        return f"None of them moves {read.shown} from {number(before)} by more than {within(span, read.unit)}."
    change = moved(before, top["prediction"], read.unit, span)
    return (
        f"Shutting the {top['label'].lower()} of unit {top['unit']} moves the {read.title} furthest: {read.shown} "
        f"{change}."
    )


def _last_states(view: WhatIfView, gate: str, tell: Callable[[float], None]) -> Array:
    """(H, P) what the answer is read from at the end, a row for each unit whose gate is shut throughout."""
    here, place = view.view, view.view.place
    if len(here.source.places) == 1:
        recurrent = here.model.network.recurrent
        return hold_each_unit(recurrent, view.changed.inputs, gate, clamp=view.clamped, progress=tell)
    rows = []
    for unit in range(view.layer.units):
        shut = Clamp(gate, 0.0, (unit,), None, place.index, place.direction)
        rows.append(_answering(view, here.model.trace_tokens(here.reading.tokens, clamp=[*view.clamped, shut])))
        tell((unit + 1) / view.layer.units)
    return np.stack(rows)


def _answering(view: WhatIfView, trace: Trace) -> Array:
    """The last hidden state that the answer is read from."""
    return view.view.source.answering_states(trace)[-1]


def _shown(model: Model, last: Array, column: int) -> Array:
    weight, bias = model.head
    return np.asarray(model.task.answers(last @ weight.T + bias)[:, column])
