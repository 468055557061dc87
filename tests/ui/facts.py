"""What a link shows, as plain numbers and words: the settings it opens, and facts of the page's own view.

One function a page, built on what the page sends to the browser. `test_old_links` compares them with what an earlier
version showed, which is in old_links.json.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import numpy as np

from lstm_viz.analysis.answers.lengths import answers
from lstm_viz.analysis.answers.readout import fill
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.claims import CLAIMS
from lstm_viz.figures.chart import Chart
from lstm_viz.sources import cells_together
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.pages.cells_compared.comparison import comparison_message, views_of
from lstm_viz.ui.pages.cells_compared.lengths import Lengths
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import LedgerView, ledger_message
from lstm_viz.ui.pages.vanishing.view import Vanishing, power
from lstm_viz.ui.pages.variants import lab
from lstm_viz.ui.pages.variants.links import pages_of
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.link import from_query, link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import siblings_of
from lstm_viz.ui.views.view import View
from tests.ui.messages import received_sheet

Facts = dict[str, Any]


def facts(page: str, query: str) -> Facts:
    """What the address `page?query` opens: its settings but the defaults, what was ignored in it, and what is shown."""
    given = parse_qs(query, keep_blank_values=True)
    settings, ignored = from_query(dict(given))
    if not {"step", "unit"} & given.keys():
        place = opened(settings, Rules())
        settings = replace(settings, **{name: place[name] for name in ("step", "unit") if name in place})
    changed = {name: brief(value) for name, value in settings.changes().items()}
    # A later version may have more to choose from, and its sentence a longer list.
    said = [sentence.partition(" is not one of ")[0] for sentence in ignored]
    return {"settings": changed, "ignored": said, "shows": PAGES[page](settings)}


def brief(value: Any) -> Any:
    """A long text by its ends and its length; a number with the digits that count; anything else as JSON has it."""
    if isinstance(value, str):
        return value if len(value) <= 120 else f"{value[:50]} … {value[-50:]} ({len(value)} characters)"
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.8g}") if np.isfinite(value) else str(value)
    if isinstance(value, np.ndarray):
        return brief(value.tolist())
    if isinstance(value, dict):
        return {str(name): brief(each) for name, each in value.items()}
    return [brief(each) for each in value] if isinstance(value, (list, tuple)) else value


def ends(values: Any, most: int = 8) -> Any:
    """A list's first few and its last, where it is long."""
    return values if len(values) <= most + 1 else [*values[:most], values[-1]]


def chart(drawn: Chart) -> Facts:
    """What stands in a chart, and five points of each of its lines."""
    places = np.unique(np.linspace(0, len(drawn.x) - 1, 5).astype(int))
    lines = {line.label: np.asarray(line.values, float)[places] for line in drawn.series}
    return brief({"name": drawn.name, "x": np.asarray(drawn.x)[places], "lines": lines})


def editor(header: Facts, settings: Settings) -> Facts:
    """What every page with an editor shows of its text and its network."""
    return {
        "text": brief(header["text"]),
        "task": header["menu"]["task"],
        "steps": header["steps"],
        "units": header["units"],
        "labels": ends(header["axis"]["labels"]),
        "unknown": ends(header["axis"]["unknown"]),
        "problem": bool(header["problem"]),
        "linkable": link(settings) is not None,
    }


def column_of(header: Facts, step: int) -> int:
    """The column of the heatmaps that a step is in."""
    return int(np.searchsorted(header["axis"]["edges"], step, side="right")) - 1


def gates(settings: Settings) -> Facts:
    """Gates over time: the chosen cell's values and arithmetic, the answer there and at the end, the last edit."""
    header, arrays = gates_message(View.of(settings))
    shown = editor(header, settings) | {"cell": header["menu"]["cell"]}
    if not header["steps"]:
        return shown
    chosen = header["chosen"]
    return shown | brief({
        "step": [chosen["step"], chosen["token"]],
        "unit": chosen["unit"],
        "values": chosen["values"],
        "arithmetic": {line["quantity"]: line["result"] for line in chosen["chain"]},
        "symbols": {quantity["name"]: quantity["symbol"] for quantity in header["quantities"]},
        "answer": chosen["answer"],
        "last": arrays["prediction"][-1],
        "order": [header["settings"]["order"], header["order"][:8]],
        "change": np.abs(arrays["change"]).max() if "change" in arrays else 0.0,
        "table": header["table"],
    })  # fmt: skip


def inside(settings: Settings) -> Facts:
    """Inside the cell: the layer, every number of the drawing at the chosen cell, and the lines of the arithmetic."""
    header, arrays = received_sheet(inside_message(View.of(settings)))
    shown = {"text": brief(header["text"]), "task": header["menu"]["task"], "cell": header["menu"]["cell"]}
    if not header["steps"]:
        return shown
    step, unit = header["chosen"]["step"], header["chosen"]["unit"]
    row = step - header["first"]
    size = (len(header["labels"]), header["units"])
    return shown | brief({
        "layer": header["layer"],
        "step": [step, header["labels"][row]],
        "unit": unit,
        "steps": [header["steps"], header["first"], size[0]],
        "speed": header["speed"],
        "notation": header["notation"],
        "inputs": arrays["inputs"][row, :4],
        "numbers": {
            name: values[row, unit]
            for name, values in arrays.items()
            if values.shape == size and not name.startswith(("digits", "weights"))
        },
        "lines": {
            line["quantity"]: ["".join(token[1] for token in stage) for stage in line["stages"]]
            for line in header["lines"]
        },
    })  # fmt: skip


def ledger(settings: Settings) -> Facts:
    """Memory ledger: the source that is followed, the chosen part, and the split of the answer at the chosen step."""
    view = View.of(settings)
    header, arrays = ledger_message(view)
    shown = editor(header, settings)
    if header["reason"] or not header["steps"]:
        return shown | {"ledger": not header["reason"]}
    chosen, split = header["chosen"], header["split"]
    return shown | brief({
        "step": [chosen["step"], chosen["token"]],
        "unit": chosen["unit"],
        "source": [chosen["source"], chosen["sourceToken"]],
        "numbers": [told(each, chosen["numbers"][each["name"]]) for each in header["listed"]],
        "overall": header["overall"],
        "parts": ends(arrays["map"][column_of(header, chosen["step"])]),
        "split": {
            "title": fill(header["answer"]["title"], split["labels"]),
            **{name: split[name] for name in ("total", "bias", "empty", "initial")},
        },
        "shares": ends(in_the_order_of_reading(LedgerView(view))),
    })  # fmt: skip


def in_the_order_of_reading(here: LedgerView) -> Any:
    """The shares of the answer as the first version gave them out: of each column, one step after the other."""
    number, further = here.readout, here.view.source.weights(here.layer).parameters
    split = split_output(here.layer, number.weights, number.bias, step=here.step, newest_first=False, further=further)
    return np.add.reduceat(split.parts, here.tokens.edges[:-1])


def told(number: dict[str, Any], value: float | str) -> float | str:
    """A number of the chosen part, as the page tells it where it is no plain number."""
    if isinstance(value, str):
        return str(number["instead"][value])
    return f"{value} {number['of'][value != 1]}" if "of" in number else value


def what_if(settings: Settings) -> Facts:
    """What if?: the answer without and with what is held, which clamps apply, and the compared numbers at a cell."""
    view = View.of(settings)
    header, arrays = what_if_message(view)
    shown = editor(header, settings) | {
        "clamps": [[each["title"], each["where"], each["active"]] for each in header["clamps"]],
        "experiment": [preset["title"] for preset in header["presets"] if preset["chosen"]],
    }
    if not header["steps"]:
        return shown
    unit, prediction = header["chosen"]["unit"], header["prediction"]
    rows = ranked(WhatIfView(view))["rows"] if settings.ranking else []
    return shown | brief({
        "step": header["chosen"]["step"],
        "unit": unit,
        "answer": [prediction["title"], prediction["before"], prediction["after"]],
        "quantity": header["quantity"]["name"],
        "run before": ends(arrays["before"][:, unit]),
        "run after": ends(arrays["after"][:, unit]),
        "ranks": [[row["gate"], row["unit"], row["change"], row["prediction"]] for row in rows[:5]],
    })  # fmt: skip


def cells_compared(settings: Settings) -> Facts:
    """RNN, LSTM, GRU: each cell's answers, the table below them, and its answers to the made sequence."""
    view = View.of(settings)
    header, arrays = comparison_message(view, views_of(settings, view.source.task.name))
    cells = [cell["name"] for cell in header["cells"] if cell["name"] in arrays]
    task = settings.memory_task
    sources = siblings_of(settings, task, cells_together(task, settings.cell))
    lengths = Lengths(sources, settings.length, settings.seed)
    return editor(header, settings) | brief({
        "rows": header["rows"],
        "answers": {cell: ends(arrays[f"{cell}.answer"][:, 0]) for cell in cells},
        "hidden states": {cell: arrays[cell][-1, :3] for cell in cells},
        "made": [len(lengths.text), lengths.text[:40]],
        "made answers": {cell: answers(source.model, lengths.text)[-3:] for cell, source in sources.items()},
        "made truth": lengths.truth[-3:],
    })  # fmt: skip


def vanishing(settings: Settings) -> Facts:
    """Vanishing gradient: log10 of the gradients at a few distances, the two paths, clipping, and the power."""
    view = Vanishing.of(settings)
    shown = {"power": chart(power(settings)), "cells": list(view.cells), "readable": not view.problem}
    if view.problem:
        return shown
    # The first version drew the two paths by time, and now every chart of the page counts back from the end.
    charts = [view.against_distance(), *map(by_time, view.two_paths()), view.clipping()]
    return shown | brief({"steps": view.steps, "bound": view.bound, "charts": [chart(each) for each in charts]})


def by_time(drawn: Chart) -> Chart:
    """A chart that counts back from the end, its lines turned round."""
    return replace(drawn, series=[replace(line, values=line.values[::-1]) for line in drawn.series], bands=())


def variants(settings: Settings) -> Facts:
    """Variant lab: the table, the learning curves, and where the chosen cell can be looked at."""
    task, cell = settings.memory_task, lab.definition(settings.variant)
    return brief({
        "cell": cell.title,
        "without": lab.lost(cell),
        "table": lab.table(task),
        "curves": [chart(each) for each in (lab.against_lstm(task, settings.variant), lab.forget_biases(task))],
        "pages": list(pages_of(settings, task, settings.variant)),
    })  # fmt: skip


def notes(settings: Settings) -> Facts:
    """Notes, checked: its claims and what came out, which depend on no setting."""
    found = {claim.name: claim.check() for claim in CLAIMS}
    return brief({name: [finding.verdict, dict(finding.numbers)] for name, finding in found.items()})


PAGES: dict[str, Callable[[Settings], Facts]] = {
    "gates_over_time": gates,
    "inside_the_cell": inside,
    "memory_ledger": ledger,
    "what_if": what_if,
    "rnn_lstm_gru": cells_compared,
    "vanishing_gradient": vanishing,
    "variant_lab": variants,
    "notes_checked": notes,
}
