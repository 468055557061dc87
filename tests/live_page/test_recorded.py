"""A trace in a file: the numbers that its modules make of it are those of the trace, whatever the cell and the size."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

import lstm_viz as lv
from lstm_viz.analysis.aggregate import columns
from lstm_viz.analysis.equations.cell_arithmetic import cell_arithmetic
from lstm_viz.cells import CELLS
from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.live_page import data, recorded
from lstm_viz.module import CellModule
from tests.driving import ROOT

STEPS, UNITS = 7, 4
NODE = shutil.which("node")
NASTY = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "&lt;", "\u2028", "🙂"]
COUNTED = """
import { readFileSync } from "node:fs";
import { unpacked } from "./live/data.js";
import { recorded } from "./live/recorded.js";
const asked = JSON.parse(readFileSync(0, "utf-8"));
const found = [];
for (const { data, places } of asked) {
  const { header, arrays } = await unpacked(data);
  const counting = recorded(header.run, arrays);
  found.push(places.map((place) => {
    const { header: said, arrays: drawn } = counting.numbers({ ...header.settings, ...place });
    const values = Object.entries(drawn).map(([name, { shape, values }]) => [name, { shape, values: [...values] }]);
    return { chosen: said.chosen, ends: said.ends, limits: said.limits, drawn: Object.fromEntries(values) };
  }));
}
console.log(JSON.stringify(found));
"""


def data_in(html: str) -> str:
    found = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', html)
    assert found is not None
    return found[1]


def counted(asked: list[tuple[str, list[dict[str, Any]]]]) -> list[list[dict[str, Any]]]:
    """What the browser's modules make of the data of pages, at some places each."""
    given = json.dumps([{"data": data_in(html), "places": places} for html, places in asked])
    command = ["node", "--input-type=module", "-e", COUNTED]
    done = subprocess.run(
        command, cwd=ROOT / "lstm_viz" / "web", input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def traces() -> dict[str, lv.Trace]:
    torch.manual_seed(3)
    inputs = torch.randn(STEPS, 3)
    both = {"num_layers": 2, "bidirectional": True}
    every: dict[str, nn.Module] = {name: CellModule(cell, 3, UNITS) for name, cell in CELLS.items()}
    every |= {"layers": nn.LSTM(3, UNITS, **both), "projected": nn.LSTM(3, UNITS, proj_size=2)}
    found = {name: lv.trace(module, inputs) for name, module in every.items()}
    found["double"] = lv.trace(nn.LSTM(3, UNITS, **both).double(), inputs.double())
    found["held"] = lv.trace(nn.LSTM(3, UNITS), inputs, clamp=lv.Clamp("forget_gate", 0.25, units=[1]))
    return found


def assert_layer(seen: dict[str, Any], layer: lv.LayerTrace, step: int, unit: int, within: float = 1e-8) -> None:
    """The numbers of a place, and all that is drawn, are those of Python; within: of the length of a scale."""
    drawn = {each.name: each for each in gate_heatmaps_data(layer, TokenAxis.of([""] * len(layer)))}
    for name, heatmap in drawn.items():
        assert seen["drawn"][name]["shape"] == list(heatmap.values.shape)
        np.testing.assert_allclose(
            seen["drawn"][name]["values"], heatmap.values.ravel(), rtol=1e-6, atol=within * np.ptp(heatmap.limits)
        )
    assert seen["limits"] == {name: list(heatmap.limits) for name, heatmap in drawn.items()}
    chosen = seen["chosen"]
    assert (chosen["step"], chosen["unit"]) == (step, unit)
    lines = cell_arithmetic(layer, step, unit)
    told = [(each["quantity"], each["numbers"], each["result"], each["holds"]) for each in chosen["chain"]]
    assert told == [(line.quantity, dict(line.texts), line.result, line.holds) for line in lines]
    for name, value in chosen["values"].items():
        assert value == float(layer[name][step, unit])


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed; the browser test opens such a file")
def test_every_cell_layer_and_kind_of_number_is_told_as_python_tells_it() -> None:
    found = traces()
    places: dict[str, list[dict[str, Any]]] = {
        name: [
            {"layer": layer.index, "direction": layer.direction, "step": step, "unit": unit}
            for layer in trace.layers
            for step, unit in ((0, 0), (3, 1), (STEPS - 1, UNITS - 1))
        ]
        for name, trace in found.items()
    }
    answers = counted([(lv.show(trace).html, places[name]) for name, trace in found.items()])
    for (name, trace), seen in zip(found.items(), answers, strict=True):
        for place, each in zip(places[name], seen, strict=True):
            layer = trace.layer(place["layer"], place["direction"])
            assert_layer(each, layer, place["step"], place["unit"])


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
@pytest.mark.parametrize("whole", [True, False])
def test_a_long_run_is_drawn_in_columns_and_read_at_each_ones_first_step(
    whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 600
    if not whole:
        monkeypatch.setattr(recorded, "WHOLE", 1000)
    trace = lv.trace(nn.LSTM(3, UNITS, bidirectional=True), torch.randn(steps, 3))
    asked: list[dict[str, Any]] = [
        {"direction": each, "step": step, "unit": 2} for each in ("forward", "backward") for step in (0, 100, steps - 1)
    ]
    html = lv.show(trace).html
    (answers,) = counted([(html, asked)])
    edges = columns(steps)
    for place, seen in zip(asked, answers, strict=True):
        step = place["step"] if whole else int(edges[np.searchsorted(edges, place["step"], side="right") - 1])
        if place["step"] == steps - 1 and not whole:
            step = int(edges[-2])
        assert_layer(seen, trace.layer(0, str(place["direction"])), step, 2, 1e-8 if whole else 1 / recorded.LEVELS)
    sizes = [array.shape for name, array in data.unpacked(data_in(html))[1].items() if name.endswith("cell_state")]
    assert ((steps, UNITS) in sizes) == whole


def test_what_is_packed_comes_out_again() -> None:
    arrays: dict[str, NDArray[Any]] = {
        "a": np.array([[1, -2.5], [np.nan, 3e-39]], np.float32),
        "b": np.array([np.pi]),
        "c": np.arange(5, dtype=np.uint8),
        "d": np.array([0, 258, 65535], np.uint16),
        "none": np.zeros((0, 3), np.float32),
    }
    text = data.packed({"said": NASTY}, arrays)
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", text)
    header, found = data.unpacked(text)
    assert header == {"said": NASTY}
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype


class Elements(HTMLParser):
    """The elements of a page, and the attributes of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_what_a_trace_is_called_never_becomes_markup() -> None:
    """In the page, and in the frame of a notebook around it."""
    plain = lv.trace(nn.GRU(3, UNITS), torch.randn(STEPS, 3))
    nasty = replace(plain, labels=tuple(NASTY), notes=(NASTY[0],))
    for title, quiet in ((NASTY[0], "quiet"), (NASTY[1], "quiet")):
        named, silent = lv.show(nasty, title=title), lv.show(plain, title=quiet)
        assert [tag for tag, _ in Elements(named.html).found] == [tag for tag, _ in Elements(silent.html).found]
        frames = [Elements(page._repr_html_()).found for page in (named, silent)]
        assert [[tag for tag, _ in each] for each in frames] == [["iframe", "script"]] * 2
        assert frames[0][0][1]["srcdoc"] == named.html
        assert frames[0][0][1]["sandbox"] == "allow-scripts"
        assert title not in named.html


def test_a_page_may_run_its_own_script_and_fetch_nothing() -> None:
    html = lv.show(lv.trace(nn.GRU(3, UNITS), torch.randn(STEPS, 3))).html
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert not {"connect-src", "frame-src", "worker-src"} & rules.keys()
    fetched = [attributes for _, attributes in Elements(html).found if {"src", "href"} & attributes.keys()]
    assert fetched == []


def test_it_works_without_streamlit_and_plotly(tmp_path: Path) -> None:
    program = """
import sys
class Refuse:
    def find_spec(self, name, *_):
        if name.split(".")[0] in ("streamlit", "plotly", "pandas", "starlette"):
            raise ImportError(f"{name} is not to be had")
sys.meta_path.insert(0, Refuse())
import torch, lstm_viz as lv
trace = lv.trace(torch.nn.LSTM(3, 4, bidirectional=True), torch.randn(6, 3))
trace.to_html("run.html", layer=0, direction="backward", step=2, unit=3, order="index", notation="udacity")
print(len(lv.show(trace)._repr_html_()))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100_000
    header, _ = data.unpacked(data_in((tmp_path / "run.html").read_text(encoding="utf-8")))
    chosen = {"direction": "backward", "step": 2, "unit": 3, "order": "index", "notation": "udacity"}
    assert chosen.items() <= header["settings"].items()


def test_an_order_that_the_cell_has_not_is_refused() -> None:
    trace = lv.trace(nn.RNN(3, UNITS), torch.randn(STEPS, 3))
    with pytest.raises(ValueError, match=r"^order: 'forget_gate' does not apply to RNN; choose similarity or index$"):
        lv.show(trace, order="forget_gate")


def test_a_layer_is_shown_by_itself_and_what_was_held_is_told() -> None:
    trace = traces()["held"]
    for given in (trace, trace.layers[0]):
        header, _ = data.unpacked(data_in(lv.show(given, labels=list("abcdefg")).html))
        assert header["run"]["labels"] == list("abcdefg")
        assert "forget gate" in header["words"]["header"]["menu"]["output"]


def test_a_run_too_large_for_a_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_viz.live_page.notebook.LARGEST", 100)
    with pytest.raises(ValueError, match=r"^trace: its page .* [\d,]+ bytes .*; the limit is 100\. Give one of"):
        lv.show(traces()["layers"])


@pytest.mark.parametrize("task", ["sentiment", "question", "python", "temperature", "counting", "adding"])
def test_what_the_network_says_goes_along(task: str) -> None:
    model = lv.load_model(task)
    trace = model.trace(model.task.examples[0].text)
    header, arrays = data.unpacked(data_in(lv.show(trace, model=model).html))
    told = header["run"]["answers"]
    assert len(told) == len(trace)
    said = model.predictions(trace)
    if "prediction" in told[-1]:
        np.testing.assert_allclose(told[-1]["prediction"], said[-1, -len(told[-1]["prediction"]) :], rtol=1e-6)
    else:
        assert [share for _, share in told[-1]["choices"]] == sorted(said[-1].tolist(), reverse=True)[:5]
    assert "said.prediction" in arrays
    assert header["words"]["header"]["captions"]["prediction"]


def test_another_network_s_trace_is_refused() -> None:
    trace = lv.trace(nn.LSTM(3, UNITS), torch.randn(STEPS, 3))
    with pytest.raises(ValueError, match=r"^model: does not fit the trace: source: is a trace of LSTM whose"):
        lv.show(trace, model=lv.load_model("sentiment"))
    with pytest.raises(TypeError, match=r"^trace: got .*; expected with a model the whole Trace"):
        lv.show(trace.layers[0], model=lv.load_model("sentiment"))
