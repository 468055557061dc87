"""Charts of lines: the same plain data for the page and for plotly; and the other figures that are not over tokens."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.analysis.gradients import gradients, split_paths, step_bound
from lstm_viz.analysis.memory.ledger import memory_sizes
from lstm_viz.cells import CELLS
from lstm_viz.figures.chart import Band, Chart, Mark, Series
from lstm_viz.figures.line_chart import line_chart, powers_between
from lstm_viz.figures.slopes import slopes_chart
from lstm_viz.figures.style import THEMES
from lstm_viz.module import CellModule
from tests.analysis.examples import KINDS, random_trace
from tests.figures.examples import chart_figures, flows

CHART = Chart(
    name="a",
    title="<b>A</b> $title$",
    caption="<i>caption</i>",
    x=np.arange(4.0),
    x_label="n",
    series=[
        Series(np.array([0.0, -40.0, np.nan, 2.0]), "<u>one</u>", "forget_gate", dash="dot", width=3, opacity=0.5),
        Series(np.array([0.0, -1.0, -2.0, -3.0]), "two", "lstm"),
    ],
    bands=[Band(np.array([0.0, -50.0, 0.0, 0.0]), np.array([1.0, 1.0, 1.0, 60.0]), "lstm")],
    marks=[Mark(1.0, "n = 1")],
    y_range=(-30, 1),
    power=True,
)


def test_lines_are_drawn_as_they_are_and_on_the_edge_where_they_leave_the_axis() -> None:
    low, high, one, two = line_chart(CHART).data
    assert one.y.tolist()[:2] == [0, -30]
    assert np.isnan(one.y[2])
    assert one.y[3] == 1
    assert one.customdata == ("1", "1.0×10⁻⁴⁰", "–", "100")
    assert (one.line.dash, one.line.width, one.opacity) == ("dot", 3, 0.5)
    assert one.line.color == THEMES["light"].colour("forget_gate")
    assert two.line.color == THEMES["light"].colour("lstm")
    assert (low.y.min(), high.y.max(), high.fill) == (-30, 1, "tonexty")


def test_what_is_said_reaches_plotly_as_text() -> None:
    figure = line_chart(CHART)
    assert "&lt;b&gt;A&lt;/b&gt; &#36;title&#36;" in figure.layout.title.text
    assert "&lt;i&gt;caption&lt;/i&gt;" in figure.layout.title.text
    assert figure.data[2].name == "&lt;u&gt;one&lt;/u&gt;"
    assert [note.text for note in figure.layout.annotations] == ["n = 1"]
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (1, 1)


def test_charts_over_one_axis_stand_above_each_other_and_others_are_refused() -> None:
    figure = line_chart(CHART, replace(CHART, power=False, y_range=(0, 1), marks=()))
    first, second = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert first[1] == 1
    assert first[0] > second[1]
    assert second[0] == pytest.approx(0)
    with pytest.raises(ValueError, match="none were given"):
        line_chart()
    longer = Chart(name="b", title="", caption="", x=np.arange(9.0), x_label="", series=[], y_range=(0, 1))
    with pytest.raises(ValueError, match="over different x"):
        line_chart(CHART, longer)


def test_a_chart_checks_itself() -> None:
    with pytest.raises(ValueError, match=r"one: shape \(2,\), expected \(4,\), one for each x"):
        replace(CHART, series=[Series(np.zeros(2), "one", "lstm")])
    with pytest.raises(ValueError, match=r"y_range: \(1, 1\) does not rise"):
        replace(CHART, y_range=(1, 1))


@pytest.mark.parametrize(("low", "high"), [(-3, 1), (-31, 31), (-30, 0), (0, 5), (-7, 2)])
def test_powers_of_ten_stand_at_even_distances(low: float, high: float) -> None:
    found = powers_between(low, high)
    assert 2 <= len(found) <= 9
    assert len(set(np.diff(found))) == 1
    assert low <= found[0]
    assert found[-1] <= high


def test_gradients_by_distance_are_those_measured() -> None:
    made = flows()
    bound = step_bound(torch.nn.RNN(3, 8))
    figure = figures.gradients_by_distance(made, bound=bound)
    lines = {line.name: line for line in figure.data}
    np.testing.assert_allclose(lines["GRU, ∂L/∂h"].y, made["gru"].log10("hidden_state")[::-1], atol=1e-9)
    np.testing.assert_allclose(lines["LSTM, ∂L/∂c"].y, made["lstm"].log10("cell_state")[::-1], atol=1e-9)
    assert np.isnan(lines["short, ∂L/∂h"].y[10:]).all()
    assert lines["RNN, theory"].y[2] == pytest.approx(2 * np.log10(bound or 0))
    with pytest.raises(ValueError, match="flows: none were given"):
        figures.gradients_by_distance({})


def test_both_paths_and_the_gates_are_drawn() -> None:
    flow = flows()["lstm"]
    figure = figures.gradient_paths(flow)
    memory, rest = split_paths(flow)
    low = figure.layout.yaxis.range[0]
    # As on every chart of gradients, the end of the sequence is on the left.
    np.testing.assert_allclose(figure.data[1].y, memory[::-1], atol=1e-9)
    np.testing.assert_allclose(figure.data[2].y[1:], np.maximum(rest[:-1], low)[::-1], atol=1e-9)
    assert figure.data[2].customdata[0] == "–"
    np.testing.assert_allclose(figure.data[-1].y, flow.layer.forget_gate.mean(axis=1)[::-1])
    assert figure.layout.xaxis.title.text == figures.gradients_by_distance(flow).layout.xaxis.title.text
    for other in ("gru", "rnn"):
        with pytest.raises(ValueError, match="no forget gate"):
            figures.gradient_paths(flows()[other])
    with pytest.raises(ValueError, match="GRU has no memory apart from h"):
        split_paths(flows()["gru"])


def test_scores_by_length_are_medians_with_the_trained_length_marked() -> None:
    scores = np.array([[0.01, 0.03, 0.02], [0.1, 0.1, 0.4], [1.0, 2.0, 8.0]])
    figure = figures.score_by_length([10, 20, 50], {"gru": scores}, trained=10, guess=0.5)
    lines = {line.name: line for line in figure.data}
    np.testing.assert_allclose(lines["GRU"].y, np.log10([0.02, 0.1, 2.0]))
    np.testing.assert_allclose(lines["without reading"].y, np.log10(0.5))
    np.testing.assert_allclose(figure.data[1].y, np.log10([0.03, 0.4, 8.0]))
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 1]
    assert [note.text for note in figure.layout.annotations] == ["trained", "twice that"]
    assert "GRU: 0.02 at 10 and 0.1 at 20." in figure.layout.title.text
    with pytest.raises(ValueError, match="expected numbers from 1 that rise"):
        figures.score_by_length([20, 10], {"gru": scores[:2]})


def test_slopes_are_those_that_torch_finds() -> None:
    lines = {line.name: line for line in figures.slopes().data}
    for name, function, most in (("σ", torch.sigmoid, 0.25), ("tanh", torch.tanh, 1.0)):
        line = lines[f"slope of {name}"]
        x = torch.tensor(line.x, requires_grad=True)
        (slope,) = torch.autograd.grad(function(x).sum(), x)
        np.testing.assert_allclose(line.y, slope, atol=1e-12)
        # By finite differences too, and largest at 0.
        near = (function(x.detach() + 1e-5) - function(x.detach() - 1e-5)) / 2e-5
        np.testing.assert_allclose(line.y, near, atol=1e-8)
        assert (line.y.max(), line.x[line.y.argmax()]) == (most, 0)
        (at_three,) = line.y[np.isclose(line.x, 3)]
        assert f"That of {name} is {most:g} at 0 and {at_three:.2g} at ±3" in slopes_chart().caption


def test_clipping_multiplies_all_by_one_number() -> None:
    made = {"rnn": flows()["rnn"]}
    free, clipped = figures.clipped_gradients(made, norm=1e-3).data
    assert (free.y - clipped.y)[:5] == pytest.approx(made["rnn"].weight_norm + 3)
    assert len(figures.clipped_gradients(made, norm=1e6).data) == 1
    with pytest.raises(ValueError, match="norm: got 0; expected a finite number above 0"):
        figures.clipped_gradients(made, norm=0)


def test_learning_curves_hold_the_median_and_the_range() -> None:
    errors = np.random.default_rng(0).random((6, 5)) / 10
    updates = np.arange(6) * 50
    low, high, line = figures.learning_curves(updates, {"LSTM": errors}, limit=0.05).data
    np.testing.assert_allclose(10**line.y, np.median(errors, axis=1))
    np.testing.assert_allclose(10**low.y, errors.min(axis=1))
    np.testing.assert_allclose(10**high.y, errors.max(axis=1))
    solved = int((errors[-1] <= 0.05).sum())
    figure = figures.learning_curves(updates, {"LSTM": errors}, limit=0.05)
    assert f"solved by {solved} of 5 seeds" in figure.layout.title.text
    shares = figures.learning_curves(updates, {"LSTM": errors}, lower_is_better=False)
    np.testing.assert_allclose(shares.data[-1].y, np.median(errors, axis=1))
    assert "solved" not in shares.layout.title.text
    with pytest.raises(ValueError, match="colours: 1 for 2 curves"):
        figures.learning_curves(updates, {"a": errors, "b": errors}, colours=["lstm"])


def test_lengths_and_answers() -> None:
    made = chart_figures(random_trace())
    right, lstm, rnn = made["answers_over_time"].data
    assert right.y.tolist() == [0, 0, 1]
    assert (lstm.name, rnn.name) == ("LSTM", "RNN")
    said = made["answers_over_time"].layout.title.text.replace("<br>", " ")
    assert "RNN ends at 0.40, wrong; it is off by more than 0.1 from step 1 on." in said
    by_length = made["error_by_length"]
    assert by_length.layout.xaxis.ticktext == ("10", "1,000")
    assert by_length.layout.shapes[0].x0 == 0.5
    assert "the mine breaks by 1,000 steps" in by_length.layout.title.text.replace("<br>", " ")


def test_the_ledger_s_pictures_hold_the_ledger() -> None:
    trace = random_trace()
    layer = trace.layers[0]
    ledger = lstm_viz.memory_ledger(layer, units=[4, 1])
    parts = ledger.contributions[:, :, 1]
    makeup = figures.memory_makeup(ledger, trace.labels, step=5, unit=1)
    np.testing.assert_allclose(makeup.data[0].y, parts[5], atol=1e-5)
    fading = figures.memory_fading(ledger, trace.labels, source=3, unit=1)
    np.testing.assert_allclose(fading.data[0].y[3:], parts[3:, 3])
    assert np.isnan(fading.data[0].y[:3]).all()
    *bars, total = figures.memory_stack(ledger, trace.labels, unit=1, source=2).data
    sums: dict[str, float] = dict.fromkeys(total.x, 0.0)
    for bar in bars:
        for time, value in zip(bar.x, bar.y, strict=True):
            sums[time] += value
    np.testing.assert_allclose(list(sums.values()), layer.cell_state[:, 1], atol=1e-3)
    np.testing.assert_allclose(total.y, layer.cell_state[:, 1])
    assert bars[2].marker.color == THEMES["light"].colour("cell_state") != bars[3].marker.color
    sizes = figures.memory_size_map(layer, trace.labels).data[0].z
    expected = memory_sizes(layer)[0].T
    np.testing.assert_allclose(sizes[np.triu_indices(10)], expected[np.triu_indices(10)], atol=5.1e-5)
    weights, candidates = figures.memory_attention(ledger, trace.labels, step=5, unit=1).data
    np.testing.assert_allclose(weights.y * candidates.y, parts[5], atol=2e-5)
    (overall,) = figures.memory_attention(layer, step=5, overall=True).data
    np.testing.assert_allclose(overall.y, lstm_viz.memory_attention(layer, step=5).weights.mean(axis=1), atol=1e-5)
    for draw in (figures.memory_makeup, figures.memory_fading, figures.memory_stack):
        with pytest.raises(ValueError, match="unit: 2 is not in this ledger, which has 4, 1"):
            draw(ledger, trace.labels, unit=2)
    with pytest.raises(ValueError, match="step: 10 does not exist"):
        figures.memory_makeup(ledger, trace.labels, step=10)
    with pytest.raises(ValueError, match="source: -1 does not exist"):
        figures.memory_fading(ledger, trace.labels, source=-1)


def test_cells_are_compared_on_one_axis() -> None:
    torch.manual_seed(0)
    inputs = torch.randn(6, 3)
    modules: dict[str, Any] = {"LSTM": torch.nn.LSTM(3, 8), "RNN": torch.nn.RNN(3, 4)}
    traces = {name: lstm_viz.trace(module, inputs) for name, module in modules.items()}
    said = {name: trace.layers[0].hidden_state[:, 0] for name, trace in traces.items()}
    first, second, *maps = figures.cells_compared(traces, said, name="P").data
    np.testing.assert_array_equal(second.y, said["RNN"])
    assert first.line.color == THEMES["light"].colour("lstm")
    assert [panel.z.shape for panel in maps] == [(8, 6), (4, 6)]
    with pytest.raises(ValueError, match="RNN has other tokens"):
        figures.cells_compared({"LSTM": traces["LSTM"], "RNN": lstm_viz.trace(modules["RNN"], inputs[:3])})
    with pytest.raises(ValueError, match=r"answers: LSTM: shape \(2,\), expected \(6,\)"):
        figures.cells_compared(traces, {"LSTM": np.zeros(2)})


@pytest.mark.parametrize("kind", KINDS)
def test_the_diagram_is_the_definition_s(kind: str) -> None:
    layer = random_trace(kind).layers[0]
    figure = figures.cell_diagram(layer, step=4, unit=2)
    drawn = wiring(layer.definition)
    assert len(figure.data) == len(drawn.wires) + 1
    boxes = [part for part in drawn.parts if part.kind not in ("enter", "leave")]
    assert len(figure.layout.shapes) == len(boxes)
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert f"{layer.hidden_state[4, 2]:.3f}".replace("-", "−") in texts
    assert f"{layer.hidden_state[3, 2]:.3f}".replace("-", "−") in texts
    with pytest.raises(ValueError, match="unit: 8 does not exist"):
        figures.cell_diagram(layer, unit=8)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_has_a_colour_and_can_be_drawn(cell: str) -> None:
    torch.manual_seed(0)
    trace = lstm_viz.trace(CellModule(cell, 3, 4), torch.randn(5, 3))
    assert (
        figures.cells_compared({cell: trace}, {cell: np.zeros(5)}).data[0].line.color in THEMES["light"].cells.values()
    )
    figures.cell_diagram(trace.layers[0])


def test_gradients_take_tensors_as_well_as_arrays() -> None:
    torch.manual_seed(0)
    module, inputs = torch.nn.LSTM(3, 8), torch.randn(12, 3)
    one, other = gradients(module, inputs), gradients(module, inputs.numpy())
    np.testing.assert_array_equal(one.direction["cell_state"], other.direction["cell_state"])


def test_series_and_forecast_stand_where_they_belong() -> None:
    given, guesses = np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.5, 3.5])
    series, guess, ahead = figures.forecast(given, guesses, list("abc"), ahead=[3.5, 4.0], shift=1).data
    assert series.y.tolist()[:3] == [1, 2, 3]
    assert guess.y.tolist()[1:3] == [1.5, 2.5]
    assert ahead.y.tolist()[2:] == [3, 3.5, 4]
    assert len(figures.forecast(given, guesses, list("abc")).data) == 2
    with pytest.raises(ValueError, match=r"guesses: shape \(2,\), expected \(3,\)"):
        figures.forecast(given, guesses[:2], list("abc"))


def test_the_likeliest_symbols_stand_on_top() -> None:
    values = np.random.default_rng(0).dirichlet(np.ones(9), size=4)
    symbols = list("abcdefghi")
    heatmap = figures.next_symbols(values, list("wxyz"), symbols).data[0]
    for k, row in enumerate(values):
        order = np.argsort(-row)[:5]
        assert heatmap.text[:, k].tolist() == [symbols[place] for place in order]
        np.testing.assert_allclose(heatmap.z[:, k], row[order], atol=5.1e-5)
    for draw in (figures.next_symbols, figures.probabilities):
        with pytest.raises(ValueError, match=r"values: shape \(4, 9\), expected \(4, 8\)"):
            draw(values, list("wxyz"), symbols[:8])


def test_units_are_ranked_by_size_of_the_change() -> None:
    changes = {"Input gate": np.array([0.5, 0.0, -0.2]), "Output gate": np.array([-0.9, 0.1, 0.3])}
    bars = figures.unit_ranking(changes, most=4).data[0]
    assert bars.x.tolist() == [-0.9, 0.5, 0.3, -0.2]
    assert bars.y == ("Output gate, unit 0", "Input gate, unit 0", "Output gate, unit 2", "Input gate, unit 2")
    with pytest.raises(ValueError, match="changes: none were given"):
        figures.unit_ranking({})
