"""What references amount to, held against the same worked out with numpy from a trace, on random texts."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.gradients import gradients
from lstm_viz.lessons.references.grammar import read_curve, read_number, read_place
from lstm_viz.lessons.references.values import Value, curve_of, number_of, place_of
from lstm_viz.tasks.results import result
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

WORDS = ("a", "warm", "but", "not", "funny", "film", "the", "dull", "plot", ",")
LSTM_NAMES = ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state")
texts = st.lists(st.sampled_from(WORDS), min_size=2, max_size=12)


def view_of(words: list[str], **more: object) -> View:
    return View.of(Settings(text=" ".join(words), **more))  # type: ignore[arg-type]


def number(said: str, view: View) -> float:
    return number_of(read_number(said), view).value


@settings(max_examples=25, deadline=None)
@given(texts, st.integers(0, 63), st.integers(0, 11), st.sampled_from(LSTM_NAMES))
def test_numbers_of_a_quantity(words: list[str], unit: int, step: int, name: str) -> None:
    step = min(step, len(words) - 1)
    model = lstm_viz.load_model("sentiment")
    trace = model.trace_tokens(words)
    values, label = trace.layers[0][name].astype(np.float64), name.replace("_", " ")
    view = view_of(words, step=step, unit=unit)
    nth = words[: step + 1].count(words[step])
    ends = {1: "st", 2: "nd", 3: "rd"}
    for at in (f"step {step}", f'"{words[step]}" ({nth}{ends.get(nth, "th")})'):
        assert number(f"{label} of unit {unit} at {at}", view) == values[step, unit]
    assert number(label, view) == values[step, unit], "unit and step are the view's where none is named"
    assert number(f"the {label} of unit {unit} at the end", view) == values[-1, unit]
    assert number(f"mean {label} at step {step}", view) == pytest.approx(values[step].mean())
    if step:
        assert number(f"{label} of unit {unit} before step {step}", view) == values[step - 1, unit]
        change = values[step, unit] - values[step - 1, unit]
        assert number(f"change of {label} of unit {unit} at step {step}", view) == pytest.approx(change)
    assert number(f"P(positive) at step {step}", view) == pytest.approx(model.predictions(trace)[step, 1])
    assert number("the answer at the end", view) == pytest.approx(model.predictions(trace)[-1, 1])
    assert number("number of steps", view) == len(words)
    np.testing.assert_array_equal(curve_of(read_curve(f"{label} of unit {unit}"), view).values, values[:, unit])
    np.testing.assert_allclose(
        curve_of(read_curve("P(negative)"), view).values, model.predictions(trace)[:, 0], rtol=1e-6
    )


@settings(max_examples=15, deadline=None)
@given(texts, st.integers(0, 63), st.integers(0, 11))
def test_places_and_shares(words: list[str], unit: int, step: int) -> None:
    step = min(step, len(words) - 1)
    layer = lstm_viz.load_model("sentiment").trace_tokens(words).layers[0]
    view = view_of(words)
    forget = layer.forget_gate[:, unit].astype(np.float64)
    moves = np.diff(layer.cell_state[:, unit].astype(np.float64), prepend=0.0)
    for said, sizes in (
        ("forget gate of unit {} is lowest", -forget),
        ("forget gate of unit {} is highest", forget),
        ("cell state of unit {} moves most", np.abs(moves)),
        ("cell state of unit {} falls most", -moves),
        ("cell state of unit {} rises most", moves),
        ("cell state of unit {} is furthest from 0", np.abs(layer.cell_state[:, unit].astype(np.float64))),
    ):
        found = place_of(read_place(f"the step where the {said.format(unit)}"), view).places
        assert found[0] == sizes.argmax()
        assert all(sizes.max() - sizes[k] < 0.0101 for k in found), "all that look alike, and no others"
        assert not any(k not in found and np.round(sizes, 2)[k] == np.round(sizes.max(), 2) for k in range(len(words)))
    from_start = np.concatenate([np.zeros((1, 64)), layer.cell_state])
    assert (
        place_of(read_place("unit whose cell state moves most"), view).places[0] == np.ptp(from_start, axis=0).argmax()
    )
    by_step = place_of(read_place(f"the unit whose forget gate is lowest at step {step}"), view)
    assert by_step.places[0] == layer.forget_gate[step].argmin()
    added = (layer.input_gate * layer.candidate).astype(np.float64)[:, unit]
    left = np.array([added[j] * forget[j + 1 :].prod() for j in range(len(words))])
    found = place_of(read_place(f"the token that put most into cell state of unit {unit} at the end"), view).places
    assert np.abs(left)[found[0]] == pytest.approx(np.abs(left).max(), abs=1e-5)
    said = f"share of step {step} in cell state of unit {unit} at the end".replace("step", "step", 1)
    assert number(said, view) == pytest.approx(left[step], abs=1e-5)


def test_other_runs_cells_and_what_is_held() -> None:
    words = ["a", "warm", "but", "not", "funny", "film"]
    view = view_of(words, clamps="forget_gate 1", unit=3)
    held = lstm_viz.load_model("sentiment").trace("a warm but not funny film", [lstm_viz.Clamp("forget_gate", 1.0)])
    free = lstm_viz.load_model("sentiment").trace("a warm but not funny film")
    said = "cell state of unit 3 at the end"
    assert number(said, view) == held.layers[0].cell_state[-1, 3]
    assert number(f"{said} without the holds", view) == free.layers[0].cell_state[-1, 3]
    gru = lstm_viz.load_model("sentiment", cell="gru")
    assert (
        number("hidden state of unit 3 in the GRU at the end", view)
        == gru.trace(view.text).layers[0].hidden_state[-1, 3]
    )
    rnn = lstm_viz.load_model("sentiment", cell="rnn").predict(view.text)["positive"]
    assert number("P(positive) at the end in the plain RNN", view) == pytest.approx(rnn)
    nested = 'forget gate of the unit whose cell state moves most at "but"'
    layer = free.layers[0]
    unit = int(np.abs(layer.cell_state[2] - layer.cell_state[1]).argmax())
    assert number(nested, view_of(words)) == layer.forget_gate[2, unit]


def test_regressors_answer_in_their_unit() -> None:
    view = View.of(Settings(task="temperature", text="15, 15, 28, 15"))
    found = number_of(read_number("the answer at the end"), view)
    assert found.value == pytest.approx(lstm_viz.load_model("temperature").predict("15, 15, 28, 15")["in 1 day"])
    assert found.said.endswith("°C")
    assert found.scale.low <= 0
    assert found.scale.high >= 40
    adding = number_of(read_number("the answer at the end"), View.of(Settings(task="adding")))
    assert (adding.scale.low, adding.scale.high) == (0, 2)


def test_what_takes_a_moment() -> None:
    view = View.of(Settings(task="adding", networks="adding", made_length=30, memory_task="adding"))
    from lstm_viz.analysis.answers.lengths import mean_error

    assert number("error of the RNN at length 20", view) == mean_error(lstm_viz.load_model("adding", cell="rnn"), 20)
    fresh = View.of(Settings(networks="fresh", length=20, hidden=4, seed=3))
    from lstm_viz.analysis.fresh import fresh_module, random_inputs

    module = fresh_module("lstm", 4, radius=1.0, forget_bias=1.0, seed=3)
    flow = gradients(module, random_inputs(20, 3).numpy())
    assert number("gradient of the LSTM at distance 7", fresh) == pytest.approx(10 ** flow.log10("hidden_state")[12])
    course = curve_of(read_curve("gradient of the LSTM by distance"), fresh)
    assert (course.labels[0], len(course.values), course.scale.log) == ("0", 20, True)
    assert number("score of the LSTM without forget gate", view) == np.median(
        result("adding", "no_forget_gate").scores[-1]
    )


def test_scales_come_from_the_definitions_and_give_nothing_away() -> None:
    view = view_of(["a", "warm", "film"])

    def scale(said: str) -> tuple[float, float]:
        found: Value = number_of(read_number(said), view)
        return found.scale.low, found.scale.high

    assert scale("forget gate of unit 3") == scale("P(positive)") == (0, 1)
    assert scale("candidate of unit 3") == scale("hidden state of unit 3") == (-1, 1)
    assert scale("change of forget gate of unit 3") == (-1, 1)
    ends = {scale(f"cell state of unit {unit}") for unit in range(64)}
    assert len(ends) == 1, "the same for every unit"
    low, high = ends.pop()
    assert low == -high
    assert high > np.abs(view.layer.cell_state).max() * 1.4


REFUSED = [
    ('share of "warm" in cell state of unit 1 in the RNN', "no cell state"),
    ('share of "warm" in hidden state of unit 1 in the RNN', "RNN"),
    ("reset gate of unit 1", "has no reset gate"),
    ("forget gate of unit 1 at step 9", "steps run from 0 to 2"),
    ("forget gate of unit 1 before step 0", "nothing comes before"),
    ('forget gate of unit 1 at "warm" (2nd)', "in the text only once"),
    ("forget gate of unit 1 in layer 3", "layers run from 0 to 0"),
    ("error of the LSTM without forget gate at length 50000", "to 2,000 steps"),
    ("P(cold) at the end", "there is no P(cold)"),
    ("P(positive) in the LSTM with peepholes", "there is no trained"),
    ("gradient of the GRU at distance 5000", "go back"),
]


@pytest.mark.parametrize(("said", "why"), REFUSED)
def test_what_there_is_not_is_said(said: str, why: str) -> None:
    view = view_of(["a", "warm", "film"])
    with pytest.raises(ValueError, match=re.escape(why)):
        number(said, view)
