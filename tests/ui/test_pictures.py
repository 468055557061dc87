"""A page's picture in the browser and the figure of a notebook hold the same numbers, limits and sentences."""

from typing import Any

import numpy as np
import pytest

from lstm_viz import figures
from lstm_viz.cells.notation import to_html
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, comparison_message
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import LedgerView, ledger_message
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

TEXTS = [None, "a warm and funny film but not a good one " * 40]
short_and_long = pytest.mark.parametrize("text", TEXTS, ids=["short", "long"])


def sentences(figure: Any) -> str:
    """The heading of a figure, in one line."""
    return str(figure.layout.title.text).replace("<br>", " ")


def same(drawn: Any, sent: Any, within: float = 5.1e-5) -> None:
    """Heatmaps of figures are rounded to four decimals."""
    np.testing.assert_allclose(np.asarray(drawn, dtype=float), np.asarray(sent, dtype=float), atol=within)


@short_and_long
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_gates_over_time(cell: str, text: str | None) -> None:
    view = View.of(Settings(task="sentiment", cell=cell, text=text, unit=3))
    header, arrays = gates_message(view)
    units = range(view.layer.units)
    heatmaps = figures.gate_heatmaps(view.run, units=units).data
    for heatmap, quantity in zip(heatmaps, header["quantities"], strict=True):
        same(heatmap.z, arrays[quantity["name"]].T)
        assert (heatmap.zmin, heatmap.zmax) == tuple(header["limits"][quantity["name"]])
    lines = figures.unit_lines(view.run, unit=3)
    by_name = {line.name: line for line in lines.data}
    assert len(by_name) == len(header["quantities"])
    for quantity in header["quantities"]:
        same(by_name[f"{quantity['label']} {quantity['symbol']}"].y, arrays[quantity["name"]][:, 3])
    assert header["captions"]["unit"] in sentences(lines)
    low, high = lines.layout[lines.data[-1].yaxis.replace("y", "yaxis")].range
    assert low < -header["reach"][3] < header["reach"][3] < high
    assert high < 1.1 * header["reach"][3]
    said = figures.prediction(view.model.predictions(view.run)[:, 1], view.run, name=header["answer"]["title"])
    same(said.data[0].y, arrays["prediction"][:, 0])
    assert header["captions"]["prediction"] in sentences(said)
    if cell != "rnn":
        gates = [quantity for quantity in header["quantities"] if quantity["gate"]]
        for k, (dots, gate) in enumerate(zip(figures.saturation(view.run).data, gates, strict=True)):
            assert dots.name == gate["label"]
            assert set(dots.x) == set(arrays["shut"][k])
            assert set(dots.y) == set(arrays["open"][k])


def test_what_an_edit_changed() -> None:
    view = View.of(Settings(before="a good film", text="a very good film"))
    header, arrays = gates_message(view)
    assert view.edit is not None
    figure = figures.edit_effect(view.edit)
    drawn, new = figure.data[-1].z, 1
    # A new token has nothing to be compared with: its column shows how far it moves the hidden state.
    same(arrays["change"][new], view.layer.hidden_state[new] - view.layer.hidden_state[new - 1], 1e-6)
    same(drawn, arrays["change"].T)
    assert header["edit"] in sentences(figure)


@pytest.mark.parametrize("task", ["question", "python", "temperature", "adding", "counting"])
def test_answers_in_every_form(task: str) -> None:
    view = View.of(Settings(task=task))
    header, arrays = gates_message(view)
    model, run = view.model, view.run
    values, prediction = model.predictions(run), header["prediction"]
    if prediction["kind"] == "classes":
        figure = figures.probabilities(values, run, model.labels)
        same(figure.data[0].z, arrays["prediction"].T)
        assert header["captions"]["prediction"] in sentences(figure)
    elif prediction["kind"] == "next":
        symbols = [model.task.reader.show(label) for label in model.labels]
        same(figures.next_symbols(values, run, symbols).data[0].z, arrays["choices"].T)
    elif prediction["kind"] == "numbers":
        figure = figures.forecast(
            arrays["input"][:, 0], values[:, 0], run, ahead=prediction["ahead"], unit=model.task.unit
        )
        same(figure.data[1].y[: len(run)], arrays["prediction"][:, 0], 1e-6)
        if prediction["ahead"]:
            same(figure.data[2].y[len(run) :], prediction["ahead"], 1e-6)
    if "followers" in header:
        figure = figures.probabilities(model.may_follow(run), run, header["followers"]["names"])
        same(figure.data[0].z, arrays["followers"].T)


@short_and_long
@pytest.mark.parametrize("overall", [False, True])
def test_the_ledger(overall: bool, text: str | None) -> None:
    view = View.of(Settings(text=text, unit=3, step=5, source=2, overall=overall))
    header, arrays = ledger_message(view)
    run = view.run
    whole_map = figures.memory_size_map(run) if overall else figures.memory_map(run, unit=3)
    same(whole_map.data[0].z, arrays["map"].T)
    assert [whole_map.data[0].zmin, whole_map.data[0].zmax] == header["scale"]["limits"]
    if not overall:
        makeup, fading = figures.memory_makeup(run, unit=3, step=5), figures.memory_fading(run, unit=3, source=2)
        assert header["captions"]["makeup"] in sentences(makeup)
        assert header["captions"]["fading"] in sentences(fading)
    if text is None:
        *_, total = figures.memory_stack(run, unit=3).data
        same(total.y, arrays["memory"], 1e-6)
    split = figures.prediction_split(LedgerView(view).split, run)
    same(split.data[0].y, arrays["split"], 6e-6)


@short_and_long
def test_what_if(text: str | None) -> None:
    settings = Settings(
        text=text, before=(text or "a good film ") + " again", clamps="forget_gate 1 u3", shown="cell_state"
    )
    view = View.of(settings)
    here, (header, arrays) = WhatIfView(view), what_if_message(view)
    figure = figures.what_if(here.base, here.changed, quantity="cell_state", units=range(view.layer.units))
    for heatmap, name in zip(figure.data, ("before", "after", "difference"), strict=True):
        same(heatmap.z, arrays[name].T)
    assert [figure.data[0].zmin, figure.data[0].zmax] == header["quantity"]["limits"]
    assert figure.data[2].zmax == header["quantity"]["spread"]
    assert header["captions"]["moved"] in sentences(figure)


def test_the_ranking() -> None:
    here = WhatIfView(View.of(Settings(text="a good film", ranking="all")))
    found = ranked(here)
    assert len(found["rows"]) == 12
    changes: dict[str, Any] = {gate.name: np.zeros(here.layer.units) for gate in here.layer.definition.gates}
    for row in found["rows"]:
        for name in changes:
            symbol = to_html(here.layer.definition[name].symbols["pytorch"])
            changes[name][row["unit"]] = row["change"] if symbol in row["symbol"] else changes[name][row["unit"]]
    bars = figures.unit_ranking(changes, most=len(found["rows"])).data[0]
    same(bars.x, [row["change"] for row in found["rows"]], 6e-6)
    assert [name.split(", ")[0] for name in bars.y] == [row["label"] for row in found["rows"]]


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_inside_the_cell(cell: str) -> None:
    view = View.of(Settings(cell=cell, step=4, unit=2))
    header, arrays = inside_message(view)
    sheet = header["sheet"]
    drawing = figures.cell_diagram(view.run, step=4, unit=2)
    *wires, forks = drawing.data
    assert [[list(point) for point in zip(wire.x, wire.y, strict=True)] for wire in wires] == [
        [list(point) for point in wire["points"]] for wire in sheet["wires"]
    ]
    assert [list(point) for point in zip(forks.x, forks.y, strict=True)] == [list(fork) for fork in sheet["forks"]]
    middles = [((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for box in drawing.layout.shapes]
    boxes = [part["place"] for part in sheet["parts"] if part["kind"] not in ("enter", "leave")]
    same(middles, boxes, 1e-9)
    written = " ".join(note.text for note in drawing.layout.annotations)
    for name in view.layer.quantities:
        assert f"<b>{arrays[name][4, 2]:.3f}</b>".replace("-", "−") in written


def test_cells_side_by_side() -> None:
    views = {cell: View.of(Settings(cell=cell)) for cell in ("rnn", "lstm", "gru")}
    header, arrays = comparison_message(views["lstm"], views)
    here = Comparison(views)
    figure = figures.cells_compared(here.traces, here.lines, name=here.name)
    lines, heatmaps = figure.data[:3], figure.data[3:]
    for line, heatmap, cell in zip(lines, heatmaps, header["cells"], strict=True):
        assert line.name == cell["title"]
        same(line.y, arrays[f"{cell['name']}.answer"][:, 0], 1e-6)
        assert [heatmap.zmin, heatmap.zmax] == header["limits"][cell["name"]]
        rows = [int(name.removeprefix("unit ")) for name in heatmap.y]
        same(heatmap.z, arrays[cell["name"]].T[rows])
