"""Which unit matters: each gate of each unit shut in turn, ranked by what that does to the answer."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.change.ranking import hold_each_unit
from lstm_viz.cells.notation import to_html
from lstm_viz.clamp import Clamp
from lstm_viz.tasks import Model
from lstm_viz.trace import Array, Trace
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.words import number

SAME = 1e-5
"""Changes closer than this are rounding apart."""
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
    scores = []
    predictions = model.predictions(changed)[-1]
    number_read = readout(model, predictions)
    for k, gate in enumerate(gates):
        last = _last_states(view, gate.name, lambda share, k=k: tell((k + share) / len(gates)))  # type: ignore[misc]
        scores.append(np.stack([number_read.score(last), _shown(model, last, number_read.column)]))
    table = np.stack(scores)  # gate, score or prediction, unit
    start = float(number_read.score(_answering(view, changed)))
    changes = table[:, 0] - start
    rows: list[dict[str, Any]] = [
        {
            "gate": gates[same[0]].name,
            "label": _either([gates[g].label for g in same]),
            "symbol": ", ".join(to_html(gates[g].symbols[here.settings.notation]) for g in same),
            "unit": unit,
            "change": float(changes[same[0], unit]),
            "prediction": float(table[same[0], 1, unit]),
        }
        for unit, same in _ordered(changes)[:SHOWN]
    ]
    top = rows[0]
    flat = float(np.median(np.abs(changes)))
    before = float(predictions[number_read.column])
    unit = f" {number_read.unit}" if number_read.unit else ""
    caption = (
        f"{changes.size:,} runs, each with one gate of one unit shut at every step. The most telling is the "
        f"{top['label'].lower()} of unit {top['unit']}: {number_read.shown} goes from {number(before)} to "
        f"{number(top['prediction'])}{unit}. Half of the runs change the {number_read.title} by less than "
        f"{number(flat)}{unit}. Click one to clamp it."
    )
    return {"rows": rows, "caption": caption, "title": number_read.title, "shown": number_read.shown, "before": before}


def _either(labels: list[str]) -> str:
    """``Input or output gate``."""
    *first, last = labels
    short = [label.removesuffix(" gate") for label in first]
    return " or ".join([*short, last.lower()]) if first else last


def _ordered(changes: NDArray[np.float64]) -> list[tuple[int, list[int]]]:
    """Units and gates, (gates, units), from the largest change to the smallest; gates that do the same stand together.

    An LSTM's unit with its input gate shut throughout has an empty memory, with its output gate shut a hidden one.
    """
    groups: list[tuple[int, list[int]]] = []
    for unit in range(changes.shape[1]):
        left = list(range(len(changes)))
        while left:
            same = [g for g in left if abs(changes[g, unit] - changes[left[0], unit]) < SAME]
            groups.append((unit, same))
            left = [g for g in left if g not in same]
    return sorted(groups, key=lambda group: -abs(changes[group[1][0], group[0]]))


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
    head = model.network.head
    weight, bias = (part.detach().numpy() for part in (head.weight, head.bias))
    return np.asarray(model.task.answers(last @ weight.T + bias)[:, column])
