"""What is in the figures, looked up in their data."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.aggregate import columns
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.analysis.saturation import gate_saturation
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import THEMES, limits, own_ends, scale
from lstm_viz.trace import Trace
from tests.analysis.examples import KINDS, random_trace
from tests.figures.examples import chart_figures

HOSTILE = [
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "$x^2$",
    "a&b",
    "\n",
    "\u202eevil",
    "👩‍🚀",
    "%{z}",
    " ",
    "x" * 50,
]


def edit_of(before: Trace, changed_step: int) -> Edit:
    """Compare a run with one whose input differs at a step."""
    torch.manual_seed(0)
    module: Any = torch.nn.LSTM(5, 8)
    inputs = torch.tensor(before.inputs.copy())
    old = lstm_viz.trace(module, inputs, labels=before.labels)
    inputs[changed_step] += 2
    return compare(old, lstm_viz.trace(module, inputs, labels=before.labels))


def all_figures(trace: Trace, **options: Any) -> dict[str, Any]:
    values = np.linspace(0, 1, len(trace))
    ledger = lstm_viz.memory_ledger(trace.layers[0], units=[1])
    split = split_output(trace.layers[0], np.linspace(-1, 1, trace.layers[0].units))
    shares = np.stack([values, 1 - values], axis=1)
    return {
        "cells_compared": figures.cells_compared({"LSTM": trace}, {"LSTM": values}, **options),
        "forecast": figures.forecast(values, values, trace.labels, **options),
        "memory_attention": figures.memory_attention(ledger, trace.labels, **options),
        "memory_fading": figures.memory_fading(ledger, trace.labels, source=2, **options),
        "memory_makeup": figures.memory_makeup(ledger, trace.labels, **options),
        "memory_size_map": figures.memory_size_map(trace.layers[0], trace.labels, **options),
        "memory_stack": figures.memory_stack(ledger, trace.labels, **options),
        "next_symbols": figures.next_symbols(shares, trace.labels, ["<a>", "$b$"], **options),
        "probabilities": figures.probabilities(shares, trace.labels, ["<a>", "$b$"], **options),
        "gate_heatmaps": figures.gate_heatmaps(trace, **options),
        "unit_lines": figures.unit_lines(trace, unit=1, **options),
        "prediction": figures.prediction(values, trace.labels, name="P", **options),
        "saturation": figures.saturation(trace, **options),
        "edit_effect": figures.edit_effect(edit_of(trace, 3), **options),
        "memory_map": figures.memory_map(ledger, trace.labels, **options),
        "prediction_split": figures.prediction_split(split, trace.labels, name="P", **options),
        "what_if": figures.what_if(trace, trace, **options),
    }


def test_public_names_are_sorted_callable_and_do_not_load_plotly() -> None:
    made = {**all_figures(random_trace()), **chart_figures(random_trace())}
    assert figures.__all__ == sorted(figures.__all__) == sorted(made)
    assert all(callable(getattr(figures, name)) for name in figures.__all__)
    program = "import sys, lstm_viz.figures; print('plotly' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("kind", KINDS)
def test_heatmaps_hold_the_trace(kind: str) -> None:
    trace = random_trace(kind)
    layer, order = trace.layers[0], [3, 1, 0, 7]
    figure = figures.gate_heatmaps(trace, units=order)
    assert [heatmap.name for heatmap in figure.data] == [q.label for q in layer.definition.recorded]
    for heatmap, quantity in zip(figure.data, layer.definition.recorded, strict=True):
        np.testing.assert_allclose(heatmap.z, layer[quantity.name].T[order], atol=5.1e-5)
        assert list(heatmap.y) == [f"unit {unit}" for unit in order]
        assert (heatmap.zmin, heatmap.zmax) == limits(layer, quantity.name)
        assert [tuple(stop) for stop in heatmap.colorscale] == scale(quantity)
        assert len(set(heatmap.x)) == len(trace), "repeated tokens must not share a column"
    assert list(figure.layout.xaxis.ticktext) == list(trace.labels)


def test_all_heatmaps_share_the_token_axis_and_none_overlap() -> None:
    figure = figures.gate_heatmaps(random_trace())
    assert {heatmap.xaxis for heatmap in figure.data} == {"x"}
    domains = [figure.layout[heatmap.yaxis.replace("y", "yaxis")].domain for heatmap in figure.data]
    assert all(upper[0] > lower[1] for upper, lower in pairwise(domains))
    assert domains[0][1] == 1
    assert domains[-1][0] == pytest.approx(0)


@pytest.mark.parametrize("kind", KINDS)
def test_each_row_on_its_own_scale_reaches_far_and_still_tells_its_values(kind: str) -> None:
    trace = random_trace(kind)
    layer = trace.layers[0]
    common, own = (figures.gate_heatmaps(trace, units=range(layer.units), own_scale=each) for each in (False, True))
    for name, before, after in zip(layer.quantities, common.data, own.data, strict=True):
        said = next(each.text for each in own.layout.annotations if layer.definition[name].label in each.text)
        assert ("each row on its own scale" in said) == (not layer.definition[name].range.is_share)
        if layer.definition[name].range.is_share:
            assert after.to_json() == before.to_json()
            continue
        ends = own_ends(layer, name)
        np.testing.assert_allclose(after.z * ends[:, None], before.z, atol=2e-4 * ends.max())
        np.testing.assert_array_equal(after.customdata, before.z)
        assert "customdata" in after.hovertemplate
        assert (after.zmin, after.zmax) == (-1, 1)
        assert (np.abs(layer[name]).max(axis=0) <= ends * (1 + 1e-6)).all()
        assert (np.abs(after.z).max(axis=1) >= 0.59).all(), "a scale is used to three fifths at least"
    assert "own scale" not in str(common.layout.annotations)


def test_long_traces_are_averaged_and_the_figure_says_so() -> None:
    trace = random_trace(steps=1000, units=4)
    edges = columns(1000)
    heatmap = figures.gate_heatmaps(trace, units=range(4)).data[0]
    assert heatmap.z.shape == (4, len(edges) - 1)
    first = trace.layers[0].input_gate[: edges[1]].mean(axis=0)
    np.testing.assert_allclose(heatmap.z[:, 0], first, atol=5.1e-5)
    for name, figure in all_figures(trace).items():
        said = "1,000 steps do not fit: each column is the mean of" in figure.layout.title.text.replace("<br>", " ")
        assert said == (name != "saturation")
        assert len(figure.to_json()) < 400_000


@pytest.mark.parametrize("kind", KINDS)
def test_lines_hold_the_units_values(kind: str) -> None:
    trace = random_trace(kind)
    layer = trace.layers[0]
    figure = figures.unit_lines(trace, unit=5, notation="udacity", theme="dark")
    by_name = {line.name: line for line in figure.data}
    assert len(by_name) == len(figure.data) == len(layer.quantities)
    for quantity in layer.definition.recorded:
        line = by_name[f"{quantity.label} {to_html(quantity.symbol('udacity'))}"]
        np.testing.assert_array_equal(line.y, layer[quantity.name][:, 5])
        assert line.line.color == THEMES["dark"].colour(quantity.name)
        low, high = figure.layout[line.yaxis.replace("y", "yaxis")].range
        assert low <= np.min(line.y) <= np.max(line.y) <= high


def test_prediction_holds_its_values() -> None:
    figure = figures.prediction(np.array([0.1, 0.9]), ["a", "b"], name="P(<x>)", middle=0.5)
    assert figure.data[0].y.tolist() == [0.1, 0.9]
    assert figure.layout.shapes[0].y0 == 0.5
    assert "P(&lt;x&gt;) after every step" in figure.layout.title.text
    with pytest.raises(ValueError, match=r"shape \(2,\), expected \(1,\)"):
        figures.prediction(np.zeros(2), ["a"], name="P")


def test_every_unit_is_in_one_dot() -> None:
    trace = random_trace(steps=7, units=11)
    for dots, gate in zip(figures.saturation(trace).data, gate_saturation(trace.layers[0]), strict=True):
        seen: list[int] = []
        for x, y, text in zip(dots.x, dots.y, dots.text, strict=True):
            units = [int(number) for number in re.findall(r"\d+", text)]
            assert (gate.shut[units] == x).all()
            assert (gate.open[units] == y).all()
            seen += units
        assert sorted(seen) == list(range(11))


def test_a_dot_that_stands_for_many_names_some_and_counts_the_rest() -> None:
    texts = [text for dots in figures.saturation(random_trace(steps=1, units=60)).data for text in dots.text]
    for text in texts:
        named, _, rest = text.partition(" and ")
        assert len(re.findall(r"\d+", named)) <= 12
        assert not rest or re.fullmatch(r"\d+ more", rest)
    assert any(" more" in text for text in texts)


def test_an_edits_changes_frame_and_threshold_are_drawn() -> None:
    edit = edit_of(random_trace(), 3)
    figure = figures.edit_effect(edit)
    lines, heatmap = figure.data[:-1], figure.data[-1]
    for line, name in zip(lines, edit.changes, strict=True):
        np.testing.assert_array_equal(line.y, edit.largest(name))
    np.testing.assert_allclose(heatmap.z, edit.changes["hidden_state"].T, atol=5.1e-5)
    assert heatmap.zmin == -heatmap.zmax
    frame, level = figure.layout.shapes
    assert (frame.x0, frame.x1) == (2.5, 3.5)
    assert (level.y0, level.y1) == (0.1, 0.1)


def test_new_tokens_are_marked_and_show_how_far_they_move_the_state_and_removed_ones_are_a_line() -> None:
    module: Any = torch.nn.LSTM(2, 3)
    inputs = torch.randn(5, 2)
    long = lstm_viz.trace(module, inputs, labels=list("abcde"))
    short = lstm_viz.trace(module, inputs[[0, 1, 3, 4]], labels=list("abde"))
    grown = figures.edit_effect(compare(short, long))
    hidden = long.layers[0].hidden_state
    np.testing.assert_allclose(grown.data[-1].z[:, 2], hidden[2] - hidden[1], atol=5.1e-5)
    assert [(each.text, each.x) for each in grown.layout.annotations if each.xref == "x"] == [("new", 2)]
    assert (2 - 0.5, 2 + 0.5, "dot") in [(each.x0, each.x1, each.line.dash) for each in grown.layout.shapes]
    other = lstm_viz.trace(module, inputs, labels=list("abXde"))
    named = figures.edit_effect(compare(other, long)).layout.annotations
    assert [(each.text, each.x) for each in named if each.xref == "x"] == [("was X", 2)]
    shrunk = figures.edit_effect(compare(long, short), threshold=False)
    (frame,) = shrunk.layout.shapes
    assert [(each.text, each.x) for each in shrunk.layout.annotations if each.xref == "x"] == [("− c", 1.5)]
    assert (frame.x0, frame.x1) == (1.5, 1.5)
    at_the_end = lstm_viz.trace(module, inputs[:4], labels=list("abcd"))
    assert figures.edit_effect(compare(long, at_the_end)).layout.shapes[0].x0 == 3.5
    assert figures.edit_effect(compare(long, long), threshold=False).layout.shapes == ()


@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_takes_the_themes_colours(theme: str) -> None:
    trace = random_trace()
    for figure in (*all_figures(trace, theme=theme).values(), *chart_figures(trace, theme=theme).values()):
        assert figure.layout.paper_bgcolor == THEMES[theme].background
        assert figure.layout.font.color == THEMES[theme].text


def test_tokens_are_shown_as_text_whatever_they_hold() -> None:
    trace = random_trace()
    trace = Trace(trace.layers, trace.inputs, tuple(HOSTILE))
    for figure in all_figures(trace).values():
        drawn = json.loads(figure.to_json())
        texts = [*drawn["layout"].get("xaxis", {}).get("ticktext", [])]
        texts += [name for part in drawn["data"] for name in part["x"] if isinstance(name, str)]
        for text in texts:
            assert not re.search(r"[<$\n\u202e]", text.replace("&lt;", "")), text
    assert "&lt;b&gt;bold&lt;/b&gt;" in figures.gate_heatmaps(trace).layout.xaxis.ticktext


@pytest.mark.parametrize("options", [{"num_layers": 2, "bidirectional": True}, {"proj_size": 3}])
def test_other_layers_and_projections(options: dict[str, Any]) -> None:
    trace = random_trace(**options)
    last = trace.layers[-1]
    figure = figures.gate_heatmaps(trace, layer=last.index, direction=last.direction)
    assert last.name in figure.layout.title.text
    assert figure.data[-1].z.shape == last.hidden_state.T.shape
    lines = figures.unit_lines(trace, unit=7, layer=last.index, direction=last.direction)
    assert len(lines.data) == (5 if "proj_size" in options else 6)


def test_one_step_of_one_unit_is_drawn() -> None:
    trace = random_trace("gru", steps=1, units=1)
    assert figures.gate_heatmaps(trace).data[0].z.shape == (1, 1)
    assert len(figures.unit_lines(trace, unit=0).data) == 4
    assert len(figures.saturation(trace).data) == 2


def test_wrong_options_are_explained(lstm_trace: Trace) -> None:
    for wrong, message in (
        ({"theme": "blue"}, "theme: got 'blue'; expected one of light, dark"),
        ({"notation": "math"}, "notation: got 'math'; expected one of textbook, pytorch, udacity"),
        ({"layer": 1}, "there is no layer 1, forward; this trace has layer 0, forward"),
        ({"units": [8]}, r"units: unit 8 does not exist; the layer has 8 \(0–7\)"),
        ({"units": []}, "units: none were given"),
    ):
        with pytest.raises(ValueError, match=message):
            figures.gate_heatmaps(lstm_trace, **wrong)
    with pytest.raises(ValueError, match=r"unit: 8 does not exist; the layer has 8 \(0–7\)"):
        figures.unit_lines(lstm_trace, unit=8)
    with pytest.raises(ValueError, match="RNN has no gates that could be saturated"):
        figures.saturation(random_trace("rnn"))


def test_the_memory_map_holds_the_ledger() -> None:
    trace = random_trace()
    ledger = lstm_viz.memory_ledger(trace.layers[0], units=[4, 1])
    heatmap = figures.memory_map(ledger, trace.labels, unit=1).data[0]
    expected = ledger.contributions[:, :, 1].T
    read = np.triu(np.ones_like(expected, dtype=bool))
    np.testing.assert_allclose(heatmap.z[read], expected[read], atol=5.1e-5)
    assert np.isnan(heatmap.z[~read].astype(float)).all()
    with pytest.raises(ValueError, match="unit: 2 is not in this ledger, which has 4, 1"):
        figures.memory_map(ledger, trace.labels, unit=2)
    with pytest.raises(ValueError, match="labels: has 3 entries, the ledger has 10 time steps"):
        figures.memory_map(ledger, trace.labels[:3])


def test_the_bars_of_a_split_and_its_rest_sum_to_the_output() -> None:
    trace = random_trace(steps=700)
    weights = np.linspace(-1, 1, 8)
    split = split_output(trace.layers[0], weights, 0.5)
    bars = figures.prediction_split(split, trace.labels).data[0]
    assert sum(bars.y) + split.bias + split.initial == pytest.approx(
        trace.layers[0].hidden_state[-1] @ weights + 0.5, abs=5e-3
    )


def test_what_if_shows_both_runs_and_their_difference() -> None:
    torch.manual_seed(0)
    module, inputs = torch.nn.LSTM(5, 8), torch.randn(9, 5)
    before, after = (
        lstm_viz.trace(module, inputs),
        lstm_viz.trace(module, inputs, clamp=lstm_viz.Clamp("forget_gate", 0.0, steps=4)),
    )
    first, second, difference = figures.what_if(before, after, quantity="forget_gate", units=range(8)).data
    np.testing.assert_allclose(first.z, before.layers[0].forget_gate.T, atol=5.1e-5)
    np.testing.assert_allclose(second.z, after.layers[0].forget_gate.T, atol=5.1e-5)
    np.testing.assert_allclose(difference.z, second.z - first.z, atol=1.1e-4)
    assert (difference.zmin, difference.zmax) == (-1, 1)
    assert not np.any(second.z[:, 4])
