"""Every variant on every page: what is sent is that variant's own, and says its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from lstm_viz.analysis.answers.answer_weights import answer_weights
from lstm_viz.analysis.gradients import gradients
from lstm_viz.capture import layers_of
from lstm_viz.cells import CELLS, SUCCESSORS, VARIANTS, Role
from lstm_viz.cells.expression import expression_of, matrix_products
from lstm_viz.engine import run_steps
from lstm_viz.sources import cells_together, lab_variants
from lstm_viz.tasks import Model, load_model
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.navigation import PAGES
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, comparison_message, views_of
from lstm_viz.ui.pages.cells_compared.lengths import Lengths
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.pages.variants.lab import tasks
from lstm_viz.ui.pages.variants.links import pages_of
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.link import from_query, query_string
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import siblings_of
from lstm_viz.ui.views.envelope import Parts
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets import long_work
from tests.ui.messages import received

ROOT = Path(__file__).parents[3]
MODELS = [(task, cell) for task in tasks() for cell in VARIANTS]
every_model = pytest.mark.parametrize(("task", "cell"), MODELS)


def sent(message: Callable[[View], Parts], **values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    view = View.of(Settings(**values))
    header, arrays = received(message(view))
    assert dict(header["menu"]["cells"])[view.settings.cell] == CELLS[view.settings.cell].title
    assert header["menu"]["cell"] == view.settings.cell
    assert "There is no" not in header["problem"]
    return header, arrays


def run_of(task: str, cell: str) -> tuple[Model, Any]:
    model = load_model(task, cell)
    return model, model.trace(model.task.examples[0].text)


def test_the_tasks_tried_have_every_variant() -> None:
    for task in tasks():
        assert lab_variants(task) == {name: cell.title for name, cell in {**VARIANTS, **SUCCESSORS}.items()}


@every_model
def test_gates_over_time(task: str, cell: str) -> None:
    model, trace = run_of(task, cell)
    header, arrays = sent(gates_message, task=task, cell=cell, step=4, unit=3)
    assert [each["name"] for each in header["quantities"]] == [q.name for q in CELLS[cell].recorded]
    for name, array in trace.layers[0].values.items():
        np.testing.assert_array_equal(arrays[name], array)
    assert header["chosen"]["values"] == {n: float(a[4, 3]) for n, a in trace.layers[0].values.items()}
    np.testing.assert_array_equal(arrays["prediction"][:, 0], model.predictions(trace)[:, 0])


@every_model
def test_inside_the_cell(task: str, cell: str) -> None:
    header, arrays = sent(inside_message, task=task, cell=cell)
    header |= header["sheet"]
    definition = CELLS[cell]
    assert header["title"] == definition.title
    for line in header["lines"]:
        name = line["quantity"]
        packed = arrays[f"digits {name}"]
        assert (packed > 0).mean() > 0.95, "nearly every line holds as shown"
        # What the largest terms are taken from adds up to what stands in the equation.
        products = {p.name for p in matrix_products(expression_of(definition, name))}
        weighed = (["W·" + name, "U·" + name] if definition[name].weighted else []) + sorted(products)
        assert {product for _, product in line["sources"]} == {*weighed}
        total = sum(
            arrays[source].astype(np.float64) @ arrays[f"weights of {source} for {name}"].T.astype(np.float64)
            for source, _ in line["sources"]
        )
        expected: Any = sum(arrays[key].astype(np.float64) for key in weighed)
        np.testing.assert_allclose(total, expected, atol=1e-4)
    for table in header["symbols"].values():
        assert not [name for name in definition.parameters if table[name] == name]


@every_model
def test_memory_ledger(task: str, cell: str) -> None:
    model, trace = run_of(task, cell)
    step = len(trace) // 2
    header, arrays = sent(ledger_message, task=task, cell=cell, step=step, unit=2)
    assert header["reason"] == ""
    np.testing.assert_allclose(arrays["memory"], trace.layers[0].cell_state[:, 2], atol=1e-6)
    split = header["split"]
    whole = float(arrays["split"].sum()) + split["initial"] + split["bias"] + split["empty"]
    assert whole == pytest.approx(split["total"], abs=1e-4)
    said = model.predictions(trace)[step]
    number = float(np.log(said[1] / said[0])) if model.task.is_classifier else float(said[0])
    # Log-odds are taken of a prediction that is itself a rounded float32 near 0 or 1.
    assert abs(split["total"]) == pytest.approx(abs(number), abs=1e-3, rel=2e-2)
    assert (split["empty"] != 0) == (cell == "use_layer")


@every_model
def test_what_if(task: str, cell: str) -> None:
    model, trace = run_of(task, cell)
    for gate in [q for q in CELLS[cell].recorded if q.role in (Role.GATE, Role.CANDIDATE)]:
        held: dict[str, Any] = {"task": task, "cell": cell, "clamps": f"{gate.name} 0.5 u1", "shown": gate.name}
        view = WhatIfView(View.of(Settings(**held)))
        header, arrays = sent(what_if_message, **held)
        assert [each["active"] for each in header["clamps"]] == [True]
        np.testing.assert_allclose(arrays["after"][:, 1], 0.5)
        np.testing.assert_array_equal(arrays["before"], trace.layers[0][gate.name])
        # Recomputed, not patched: the same as running the cell by hand with that value.
        units = trace.layers[0].units
        mask = torch.zeros(len(trace), units, dtype=torch.bool)
        mask[:, 1] = True
        with torch.no_grad():
            by_hand = run_steps(
                CELLS[cell],
                layers_of(model.network.recurrent)[0].weights.to(torch.float64),
                torch.from_numpy(model.inputs(model.task.examples[0].text)).double(),
                overrides={gate.name: (mask, torch.full((len(trace), units), 0.5).double())},
            )
        np.testing.assert_allclose(view.layer.hidden_state, by_hand["hidden_state"].numpy(), atol=1e-6)
    ranking = ranked(WhatIfView(View.of(Settings(task=task, cell=cell, ranking="all"))))
    gates = len(CELLS[cell].gates)
    assert f"{gates * trace.layers[0].units} runs" in ranking["caption"]
    assert {row["gate"] for row in ranking["rows"]} <= {gate.name for gate in CELLS[cell].gates}
    top = ranking["rows"][0]
    shut = WhatIfView(View.of(Settings(task=task, cell=cell, clamps=f"{top['gate']} 0 u{top['unit']}")))
    assert model.predictions(shut.changed)[-1, 0] == pytest.approx(top["prediction"], abs=1e-4)


@every_model
def test_it_stands_beside_the_plain_cells(task: str, cell: str) -> None:
    model, trace = run_of(task, cell)
    settings = Settings(task=task, cell=cell)
    views = views_of(settings, task)
    header, arrays = received(comparison_message(View.of(settings), views))
    assert [each["name"] for each in header["cells"]] == ["lstm", "gru", "rnn", cell]
    assert header["cells"][-1]["title"] == CELLS[cell].title
    head, *rows = header["rows"]
    assert head[-1] == CELLS[cell].title
    assert {len(row) for row in rows} == {len(head)}
    told = {row[0].lower(): row[-1] for row in rows[1:]}
    first, *rest = model.card["scores"]
    scores = {
        score["name"].lower(): score["value"]
        for score in (first, *rest)
        if score is first or score["name"] != model.card["chosen_by"] or score["name"].lower() in told
    }
    for name, value in scores.items():
        decimals = len(told[name].partition(".")[2])
        assert told[name] == f"{value:,.{decimals}f}"
        assert float(told[name].replace(",", "")) == pytest.approx(value, rel=0.05)
    assert {value for name, value in told.items() if name not in scores} <= {"–"}
    assert f"cell={cell}" in query_string(settings)
    np.testing.assert_array_equal(arrays[cell], trace.layers[0].hidden_state)
    np.testing.assert_array_equal(arrays[f"{cell}.answer"][:, 0], model.predictions(trace)[:, Comparison(views).column])
    lengths = Lengths(siblings_of(settings, task, cells_together(task, cell)), 40, settings.seed)
    assert {(each, None) for each in ("lstm", "gru", "rnn", cell)} < set(lengths.work.pieces)
    said = lengths.work.pieces[cell, None](lambda share: None)
    assert CELLS[cell].title in [series.label for series in lengths.over_time({(cell, None): said}).series]


@every_model
def test_vanishing_gradient(task: str, cell: str) -> None:
    settings = Settings(task=task, cell=cell, networks="trained", length=20)
    view = Vanishing.of(settings)
    assert list(view.flows) == ["lstm", "gru", "rnn", cell]
    (line,) = [each for each in view.against_distance().series if each.label == f"{CELLS[cell].title}, ∂L/∂h"]
    model = load_model(task, cell)
    own = gradients(model.network.recurrent, model.inputs(view.text), answer_weights(model, model.trace(view.text)))
    assert own.layer.cell == cell
    np.testing.assert_allclose(line.values, own.log10("hidden_state")[::-1])
    assert list(Vanishing.of(Settings(task=task, cell=cell, length=20)).cells) == ["lstm", "gru", "rnn"]


def test_a_task_without_the_variant_says_which_cells_there_are() -> None:
    said = "There is no trained LSTM with peepholes for this task; there is LSTM, GRU and RNN."
    messages: list[Callable[[View], Parts]] = [gates_message, inside_message, ledger_message, what_if_message]
    messages.append(lambda view: comparison_message(view, views_of(view.settings, view.source.task.name)))
    for message in messages:
        header, _ = received(message(View.of(Settings(task="sentiment", cell="peepholes"))))
        assert said in header["problem"]
        assert said not in received(message(View.of(Settings(task="adding", cell="peepholes"))))[0]["problem"]
    assert Vanishing.of(Settings(task="sentiment", cell="peepholes", networks="trained")).cells == [
        "lstm",
        "gru",
        "rnn",
    ]


@pytest.mark.parametrize("cell", VARIANTS)
def test_the_lab_leads_to_every_page(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Follow the lab's own links, page by page, and look at what the browser gets there."""
    # A harness runs a page once, and asks for no news of its long work.
    monkeypatch.setattr(long_work, "WAIT", 60.0)
    task = tasks()[list(VARIANTS).index(cell) % len(tasks())]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"memory_task": task, "variant": cell})
    app.run()
    app.switch_page("pages/variant_lab.py").run()
    assert not app.exception
    places = pages_of(Settings(memory_task=task, variant=cell), task, cell)
    files = {title: name for section in ("Explore", "Experiment") for name, title in PAGES[section]}
    assert set(places) == set(files) - {"Variant lab", "Build by hand", "Watch it learn"}
    links = next(each.value for each in app.markdown if each.value.startswith("Look at"))
    title = CELLS[cell].title
    for page, address in places.items():
        assert f"[{page}]({address})" in links
        opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        query = dict(parse_qsl(urlsplit(address).query))
        assert from_query(query)[1] == ()
        opened.query_params.update(query)
        opened.run()
        if page != "Gates over time":
            opened.switch_page(f"pages/{files[page]}.py").run()
        assert not opened.exception
        headers = [unpack(part.proto.bytes)[0] for part in opened.get("bidi_component")]
        assert any(title in str(header) for header in headers), f"{page} says whose network it shows"
        if "menu" in headers[0] and page != "RNN, LSTM, GRU":
            assert headers[0]["menu"]["cell"] == cell
