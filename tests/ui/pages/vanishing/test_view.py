import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.analysis.answers.answer_weights import answer_weights
from lstm_viz.analysis.fresh import finite_steps, fresh_module, random_inputs, spectral_radius
from lstm_viz.analysis.gradients import split_paths
from lstm_viz.figures.powers import powers_chart
from lstm_viz.tasks import load_model
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.charts import charts_message
from lstm_viz.words.gradients import EDGE


@settings(max_examples=15)
@given(
    length=st.sampled_from([10, 40, 400, 2000]),
    radius=st.sampled_from([0.0, 0.5, 1.0, 4.0]),
    nonlinearity=st.sampled_from(["tanh", "relu", "sigmoid"]),
    forget_bias=st.sampled_from([-5.0, 1.0, 10.0]),
    hidden=st.sampled_from([1, 2, 32]),
)
def test_whatever_is_set_the_figures_can_be_drawn(
    length: int, radius: float, nonlinearity: str, forget_bias: float, hidden: int
) -> None:
    view = Vanishing.of(
        Settings(
            length=length, radius=radius, nonlinearity=nonlinearity, forget_bias=forget_bias, hidden=hidden, seed=3
        )
    )
    charts = [view.against_distance(), *view.two_paths(), view.clipping()]
    assert {chart.x_label for chart in charts} == {"steps before the end, n"}
    for chart in charts:
        low, high = chart.y_range
        assert -EDGE <= low < high <= EDGE
        assert "nan" not in chart.caption
        # A line may end early, and has no gap before that: where it is past the axis, it stays on the edge.
        for series in chart.series:
            missing = np.isnan(series.values)
            if missing.any() and "through h" not in series.label:
                assert missing[int(missing.argmax()) :].all()
                assert view.cut_short
    header, _ = unpack(charts_message(charts, ""))
    assert [each["name"] for each in header["charts"]] == ["distance", "paths", "forget", "clipping"]


def test_what_explodes_is_said_and_drawn_to_the_edge() -> None:
    view = Vanishing.of(Settings(length=1000, radius=4.0, nonlinearity="relu"))
    chart = view.against_distance()
    assert chart.y_range[1] == EDGE
    assert "lines stay on its edge" in chart.caption
    assert "RNN (ReLU) goes on up to" in chart.caption
    assert "all that a number can hold" in chart.caption
    steps = len(view.flows["rnn"].exponent)
    assert f"at step {steps:,} of 1,000" in chart.caption
    module = fresh_module("rnn_relu", 32, radius=4.0)
    with torch.no_grad():
        assert torch.isfinite(module(random_inputs(1000, 1)[:steps])[0]).all()
        assert not torch.isfinite(module(random_inputs(1000, 1))[0]).all()
    assert finite_steps(fresh_module("rnn", 4), random_inputs(50, 1).numpy()) == 50


@given(st.sampled_from(["lstm", "gru", "rnn", "rnn_relu", "rnn_sigmoid"]), st.floats(0.1, 4), st.integers(0, 99))
@settings(max_examples=20)
def test_fresh_networks_have_the_spectral_radius_and_bias_asked_for(cell: str, radius: float, seed: int) -> None:
    module = fresh_module(cell, 12, radius=radius, forget_bias=2.5, seed=seed)
    state = module.state_dict()
    for block in state["weight_hh_l0"].split(12):
        assert spectral_radius(block) == pytest.approx(radius)
    if cell == "lstm":
        assert (state["bias_ih_l0"][12:24] + state["bias_hh_l0"][12:24] == 2.5).all()
    again = fresh_module(cell, 12, radius=radius, forget_bias=2.5, seed=seed).state_dict()
    assert all(torch.equal(part, again[name]) for name, part in state.items())


def test_making_a_network_leaves_the_random_numbers_of_others_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    fresh_module("lstm", 4)
    # Only the module's own default start draws from the shared generator; its weights do not depend on it.
    first = fresh_module("lstm", 4, seed=9).state_dict()
    torch.manual_seed(6)
    second = fresh_module("lstm", 4, seed=9).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert expected.shape == (3,)


def test_the_two_paths_make_the_whole_gradient() -> None:
    flow = Vanishing.of(Settings(length=60, forget_bias=3.0)).flows["lstm"]
    memory, rest = split_paths(flow)
    values, last = flow.values("cell_state"), flow.values("cell_state")[-1]
    for t in (0, 30, 58):
        path = last * flow.layer.forget_gate[t + 1 :].prod(axis=0)
        assert memory[t] == pytest.approx(np.log10(np.linalg.norm(path)))
        assert rest[t] == pytest.approx(np.log10(np.linalg.norm(values[t] - path)))
    assert rest[-1] == -np.inf


def test_clipping_moves_a_curve_down_as_a_whole() -> None:
    view = Vanishing.of(Settings(length=50, clip=0.01))
    chart = view.clipping()
    lines = {series.label: series.values for series in chart.series}
    shift = lines["RNN"] - lines["RNN, clipped"]
    np.testing.assert_allclose(shift, view.flows["rnn"].weight_norm + 2, atol=1e-9)
    assert "not clipped" not in chart.caption
    at_one = Vanishing.of(Settings(length=50, clip=1.0)).clipping()
    divided = re.findall(r"norm (\S+), so everything is divided by (\S+)\.", at_one.caption)
    assert divided
    assert all(norm == by for norm, by in divided)
    assert "not clipped" in Vanishing.of(Settings(length=50, clip=1000.0)).clipping().caption


def test_trained_networks_answer_for_the_text() -> None:
    view = Vanishing.of(Settings(networks="trained", text="a warm and funny film"))
    assert list(view.flows) == ["lstm", "gru", "rnn"]
    assert view.steps == 5
    model = load_model("sentiment")
    weights = answer_weights(model, model.trace("a warm and funny film"))
    head = model.network.head.weight.double().numpy()
    direction = (head[1] - head[0]) / np.linalg.norm(head[1] - head[0])
    np.testing.assert_allclose(np.abs(weights @ direction), 1)
    assert Vanishing.of(Settings(networks="trained", text="")).problem
    assert Vanishing.of(Settings(networks="trained", text="word " * 1001)).problem
    assert not view.problem


@pytest.mark.parametrize(
    ("factor", "power", "title", "said"),
    [
        (0.25, 10, "0.25¹⁰ = 9.5×10⁻⁷", "vanishes"),
        (2.0, 100, "2¹⁰⁰ = 1.3×10³⁰", "explodes"),
        (1.0, 3, "1³ = 1", "stays what it is"),
        (0.0, 3, "0³ = 0", "vanishes"),
        (0.5, 0, "0.5⁰ = 1", "halves every 1 step."),
    ],
)
def test_a_number_times_itself(factor: float, power: int, title: str, said: str) -> None:
    chart = powers_chart(factor, power)
    assert chart.title == title
    assert said in chart.caption
    assert chart.series[0].values[0] == 0


@pytest.mark.parametrize("letter", ["C", "F"])
def test_trained_networks_read_numbers_in_the_unit_that_was_chosen(letter: str) -> None:
    """As the home page does: 59, 61, 63 in °F are 0.0, 0.11 and 0.22 of what the network was trained to read."""
    settings = Settings(task="temperature", networks="trained", degrees=letter, text="59, 61, 63")
    home = View.of(settings)
    expected = {"F": [0.0, 0.11, 0.22], "C": [4.4, 4.6, 4.8]}[letter]
    np.testing.assert_allclose(home.run.inputs[:, 0], expected, atol=0.06 if letter == "C" else 0.006)
    for cell, flow in Vanishing.of(settings).flows.items():
        of_home = View.of(replace(settings, cell=cell))
        np.testing.assert_allclose(flow.layer.hidden_state, of_home.layer.hidden_state, atol=1e-5)
    # Without a text of one's own they read the example in that unit too.
    plain = replace(settings, text=None)
    example = View.of(plain)
    assert Vanishing.of(plain).text == example.text
    flow = Vanishing.of(plain).flows["lstm"]
    np.testing.assert_allclose(flow.layer.hidden_state, example.layer.hidden_state, atol=1e-5)


def test_its_work_lets_others_compute_all_the_way_back() -> None:
    for view in (Vanishing.of(Settings(length=200)), Vanishing.of(Settings(networks="trained", task="sentiment"))):
        for cell, find in view.work.pieces.items():
            told = list[float]()
            assert set(find(told.append).direction) == set(view.flows[cell].direction)
            assert len(told) > len(view.flows[cell].exponent) / 10
            assert told == sorted(told)
