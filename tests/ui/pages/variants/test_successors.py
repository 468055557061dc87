"""What is said of the successors is what training and timing wrote; the page draws it, and leads to every network."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from lstm_viz.cells import CELLS, SUCCESSORS
from lstm_viz.tasks import load_model
from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.results import results, step_times
from lstm_viz.training.step_times import main, steps_of
from lstm_viz.training.studies import STUDIES
from lstm_viz.ui.pages.variants import successors
from lstm_viz.ui.pages.variants.taken import successors_taking
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.successors import describe_parity
from tests.driving import ROOT

CELLS_TRIED = successors.CELLS_SHOWN
TIMED = (("min_gru", "loop"), ("lstm", "loop"), ("lstm", "torch"))
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:e-\d+)?")


def written(task: str, cell: str) -> dict[str, Any]:
    """The file itself."""
    stem = f"{task}-{cell}{'-bias-1' if cell == 'lstm' else ''}"
    found: dict[str, Any] = json.loads((FOLDER / "variants" / f"{stem}.json").read_text(encoding="utf-8"))
    return found


def test_the_table_and_the_charts_are_of_the_files() -> None:
    for task in successors.tasks():
        head, *rows = successors.table(Settings(), task)
        charts = successors.by_length(task)
        assert [row[0] for row in rows] == [chart.title for chart in charts]
        for cell, row, chart in zip(successors.CELLS_SHOWN, rows, charts, strict=True):
            content = written(task, cell)
            assert row[1] == f"{content['parameters']:,}"
            assert row[-2] == ("yes" if CELLS[cell].parallel else "no")
            assert [title for title, _ in row[-1]] == list(successors.LINKED)
            for _, address in row[-1]:
                query = {name: value for name, (value, *_) in parse_qs(urlparse(address).query).items()}
                assert query.get("task") == task
                assert query.get("cell", "lstm") == cell
            assert load_model(task, cell).cell == cell
            for column, length in zip(row[2:4], (int(each.split()[-1]) for each in head[2:4]), strict=True):
                place = chart.x_names.index(str(length))
                if task == "counting":
                    right = np.mean(np.array(content["scores"]["longest n"]) >= length)
                    assert chart.series[0].values[place] == pytest.approx(right)
                    continue
                middle = np.median(content["scores_by_length"][str(length)])
                drawn = chart.series[0].values[place]
                assert (10**drawn if task == "adding" else drawn) == pytest.approx(middle)
                assert column.startswith(f"{middle:.3g}")


def test_parity_separates_the_cells_and_the_sentence_says_which() -> None:
    right = {CELLS[name].title: np.array(written("parity", name)["scores_by_length"]["500"]) for name in CELLS_TRIED}
    said = successors.verdict("parity")
    first, last = said.replace("The", "the").replace(",", " ").split(". the ", 1)
    for title, values in right.items():
        assert (f"the {title} " in first) == bool((values >= 0.99).all() or np.median(values) >= 0.6)
        assert (f"the {title} " in f"the {last}") == bool(np.median(values) < 0.6)
    some = describe_parity({"A": np.array([1.0, 0.7]), "B": np.array([1.0, 1.0])}, 500)
    assert some == "After 500 symbols the B is right with every seed. Right with some seeds: the A with 1 of 2 seeds."


def test_every_number_of_the_paragraph_is_of_the_files() -> None:
    text, measured = successors.gained(), step_times()
    last = np.array([measured.ratio((cell, way), ("min_gru", "scan"))[-1] for cell, way in TIMED])
    medians = [np.median(written("parity", name)["scores_by_length"]["500"]) for name in CELLS_TRIED]
    longest = [np.median(written("counting", name)["scores"]["longest n"]) for name in CELLS_TRIED]
    errors = [np.median(written("adding", name)["scores_by_length"]["30"]) for name in CELLS_TRIED]
    layer = {name: written("parity", name)["recurrent_parameters"] for name in ("lstm", "min_gru")}
    known = {f"{value:.2g}" for value in [*last, *errors, layer["lstm"] / layer["min_gru"]]}
    known |= {f"{100 * value:.0f}" for value in medians} | {f"{value:.3g}" for value in longest}
    known |= {f"{measured.lengths[-1]:,}"}
    assert set(NUMBER.findall(text)) <= known
    told = successors.theory()
    for each in results("parity", layers=2):
        for length in (5, 40, 500):
            assert f"{100 * np.median(each.by_length[length]):.0f}%" in told


def test_all_cells_of_the_results_had_one_budget() -> None:
    for task in successors.tasks():
        study = json.loads(json.dumps(STUDIES[task].facts()))
        assert all(written(task, name)["study"] == study for name in CELLS_TRIED)
    assert {each.cell.name for each in results("parity", layers=2)} == {n for n in SUCCESSORS if CELLS[n].parallel}


def test_a_step_is_timed_in_every_way_that_gives_the_same(tmp_path: Path) -> None:
    for name in CELLS_TRIED:
        ways = steps_of(name)
        assert ("scan" in ways) == CELLS[name].parallel
        assert ("torch" in ways) == (name in ("lstm", "gru", "rnn"))
    ways, inputs = steps_of("min_lstm"), torch.randn(7, 2, 16)
    torch.testing.assert_close(ways["loop"](inputs), ways["scan"](inputs))
    main(["--lengths", "1", "2", "--repeats", "1", "--out", str(tmp_path)])
    content = json.loads((tmp_path / "variants" / "step_times.json").read_text(encoding="utf-8"))
    assert content.keys() == step_times().content.keys()
    assert all(len(each) == 2 for ways in content["seconds"].values() for each in ways.values())


def test_the_page_shows_it_and_gives_it_away() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.query_params.update({"lab": "successors", "memory_task": "parity"})
    app.run()
    app.switch_page("pages/variant_lab.py").run()
    assert not app.exception
    assert [each.value for each in app.header] == [
        "What the successors gave up",
        "What can be trained on in parallel",
        "What was given up, what was gained",
    ]
    assert any(successors.verdict("parity") in each.value for each in app.markdown)
    for task in successors.tasks():
        numbers = successors_taking(task).numbers
        assert numbers is not None
        assert {extra.name for extra in numbers().extras} >= {f"{name} by length" for name in CELLS_TRIED}
