"""Every number in a sentence on values is recomputed from the trace."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.trace import LayerTrace
from lstm_viz.words import describe_prediction, describe_quantity, describe_unit, number
from lstm_viz.words.alike import alike
from tests.analysis.examples import KINDS, random_trace

NUMBER = r"(−?[\d,.]*\d)"
TOKENS = [f"w{chr(97 + k)}" for k in range(26)]  # all different, none with a digit

traces = st.tuples(st.sampled_from(list(KINDS)), st.integers(2, 20), st.integers(1, 6), st.integers(0, 99))


def rnn_layer(hidden: np.ndarray, direction: str = "forward") -> LayerTrace:
    return LayerTrace("rnn", 0, direction, {"hidden_state": hidden}, {"hidden_state": np.zeros(hidden.shape[1])})


def lstm_layer(**values: float) -> LayerTrace:
    """Return one step of one unit."""
    standard = {"input_gate": 0.5, "forget_gate": 0.5, "candidate": 0.0, "output_gate": 0.5} | values
    arrays = {name: np.array([[value]]) for name, value in standard.items()}
    arrays["cell_state"] = arrays["input_gate"] * arrays["candidate"]
    arrays["hidden_state"] = arrays["output_gate"] * np.tanh(arrays["cell_state"])
    return LayerTrace("lstm", 0, "forward", arrays, {"cell_state": np.zeros(1), "hidden_state": np.zeros(1)})


def parsed(pattern: str, sentence: str) -> list[str]:
    pattern = pattern.replace("PLACES", r"(“w[a-z]”[^()]*|\d+ steps)")
    found = re.fullmatch(pattern.replace("NUMBER", NUMBER).replace("TOKEN", "“(w[a-z])”"), sentence)
    assert found, sentence
    return [group for group in found.groups() if group is not None]


def places(shown: np.ndarray, step: int) -> str:
    """Every step that looks like one, as a sentence names them."""
    same = [f"“{TOKENS[other]}”" for other in range(len(shown)) if number(shown[other]) == number(shown[step])]
    if len(same) > 3:
        return f"{len(same)} steps"
    return " and ".join([", ".join(same[:-1]), same[-1]]) if len(same) > 1 else same[0]


@given(traces)
def test_numbers_on_shares(case: tuple[str, int, int, int]) -> None:
    layer = random_trace(*case).layers[0]
    for gate in layer.definition.gates:
        values = layer[gate.name].astype(float)
        sentence = describe_quantity(layer, gate.name, TOKENS[: case[1]])
        each = values.mean(axis=1)
        if number(each.max()) == number(each.min()):
            verb = f"{gate.label}s average" if case[2] > 1 else f"The {gate.label.lower()} is"
            assert sentence == f"{verb} {number(values.mean())} at every step."
            continue
        if alike(each.min(), each.max()):
            same = (
                f"{number(values.mean())}, about the same at every step ({number(each.min())} to {number(each.max())})"
            )
            assert sentence.endswith(f" {same}.")
            continue
        mean, high, top, low, bottom = parsed(
            rf"(?:{gate.label}s average|The {gate.label.lower()} averages) NUMBER; (?:it is|they are) widest open at "
            r"PLACES \(NUMBER\) and closest to shut at PLACES \(NUMBER\)\.",
            sentence,
        )
        assert mean == number(values.mean())
        assert (high, top) == (places(each, each.argmax()), number(each.max()))
        assert (low, bottom) == (places(each, each.argmin()), number(each.min()))


@given(traces)
def test_numbers_on_signed_quantities(case: tuple[str, int, int, int]) -> None:
    layer = random_trace(*case).layers[0]
    for quantity in layer.definition.recorded:
        if quantity.range.is_share:
            continue
        values = layer[quantity.name].astype(float)
        sizes, each = np.abs(values), np.abs(values).mean(axis=1)
        sentence = describe_quantity(layer, quantity.name, TOKENS[: case[1]])
        if number(values.max()) == number(values.min()):
            assert sentence.endswith(f"{number(values[0, 0])} throughout.")
            continue
        if number(each.max()) == number(each.min()):
            assert f" {number(sizes.mean())} from 0 on average at every step." in sentence
            continue
        if alike(each.min(), each.max(), sizes.max()):
            assert f"about the same at every step ({number(each.min())} to {number(each.max())})." in sentence
            continue
        found = parsed(
            rf"(?:{quantity.label}s lie|The {quantity.label.lower()} lies) NUMBER from 0 on average: "
            r"furthest at PLACES \(NUMBER\), nearest at PLACES \(NUMBER\)\."
            r"(?: The most extreme value is unit (\d+)’s NUMBER at TOKEN\.)?"
            r"(?: The most extreme values lie NUMBER from 0: (\d+) of them\.)?",
            sentence,
        )
        shown = values[:, 0] if case[2] == 1 else each
        expected = [number(sizes.mean())]
        for step in (each.argmax(), each.argmin()):
            expected += [places(shown, step), number(shown[step])]
        ties = sum(number(value) == number(sizes.max()) for value in sizes.ravel())
        if case[2] > 1 and ties > 1:
            expected += [number(sizes.max()), str(ties)]
        elif case[2] > 1:
            step, unit = np.unravel_index(sizes.argmax(), sizes.shape)
            expected += [str(unit), number(values[step, unit]), TOKENS[step]]
        assert found == expected


@given(traces, st.booleans())
def test_numbers_on_a_unit(case: tuple[str, int, int, int], backward: bool) -> None:
    trace = random_trace(*case, bidirectional=backward)
    layer = trace.layers[-1]
    memory = layer.definition.memory or layer.definition.states[-1]
    for unit in range(layer.units):
        course = layer[memory.name][:, unit]
        tokens = TOKENS[: len(course)]
        if layer.direction == "backward":
            course, tokens = course[::-1], tokens[::-1]
        sentence = describe_unit(layer, unit, TOKENS[: len(course)])
        assert sentence.startswith(f"Unit {unit}’s {memory.label.lower()} ")
        furthest = np.abs(course).argmax()
        moves = re.search(rf"starts at {NUMBER}(?:,| and) reaches {NUMBER} at “(w[a-z])”", sentence)
        if moves:
            assert moves.groups() == (number(course[0]), number(course[furthest]), tokens[furthest])
        else:
            assert "as far from 0 as it gets" in sentence or "stays at" in sentence
            assert number(course[furthest]) == number(course[0])
        movement = sentence.partition(", while")[0]
        ends = re.search(f"ends at {NUMBER}", sentence)
        assert ends is None or ends[1] == number(course[-1])
        assert (ends is None) == ("stays at" in movement or (furthest == len(course) - 1 and bool(moves)))
        gate = {"lstm": "forget_gate", "gru": "update_gate", "rnn": None}[layer.cell]
        kept = re.search(rf"while its (\w+ gate) (never falls below|never rises above|ranges from) {NUMBER}", sentence)
        assert (gate is not None) == ("while" in sentence)
        if gate and kept:
            low, high = layer[gate][:, unit].min(), layer[gate][:, unit].max()
            assert kept[3] == number(high if "above" in kept[2] else low)
            assert kept[2] == (
                "never falls below" if low >= 0.5 else "never rises above" if high <= 0.5 else "ranges from"
            )


def test_one_step_and_one_unit() -> None:
    layer = lstm_layer(candidate=0.5)
    assert describe_quantity(layer, "forget_gate", ["film"]) == "At “film”, the only step, the forget gate is 0.50."
    assert describe_quantity(layer, "cell_state", ["film"]) == "At “film”, the only step, the cell state is 0.25."
    assert describe_unit(layer, 0, ["0"]) == (
        "Unit 0’s cell state is 0.25 at step 0, the only step, while its forget gate is 0.50."
    )
    several = rnn_layer(np.array([[0.1, -0.7]]))
    assert describe_quantity(several, "hidden_state", ["a"]) == (
        "At “a”, the only step, the hidden states lie 0.40 from 0 on average; the most extreme is unit 1’s −0.70."
    )


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.3, 0.31, 0.34, 0.9]), min_size=2, max_size=6), st.booleans())
def test_units_that_look_equal_at_the_only_step_are_not_ranked(row: list[float], turned: bool) -> None:
    shown = [number(value) for value in row]
    low, high = min(row), max(row)
    arrays = {name: np.array([row]) for name in ("input_gate", "forget_gate", "output_gate")}
    arrays |= dict.fromkeys(("candidate", "cell_state", "hidden_state"), np.zeros((1, len(row))))
    still = {"cell_state": np.zeros(len(row)), "hidden_state": np.zeros(len(row))}
    said = describe_quantity(LayerTrace("lstm", 0, "forward", arrays, still), "forget_gate", ["film"])
    if number(low) == number(high):
        assert said.endswith(f"forget gates are {number(float(np.mean(row)))} in every unit.")
    elif alike(low, high):
        assert said.endswith(f"about the same in every unit ({number(low)} to {number(high)}).")
    else:
        for end in (low, high):
            same = shown.count(number(end))
            assert f"{number(end)} ({f'{same} units' if same > 1 else f'unit {row.index(end)}'})" in said
    signed = np.array(row) * ([-1 if turned and k % 2 else 1 for k in range(len(row))])
    said, sizes = describe_quantity(rnn_layer(signed[None]), "hidden_state", ["film"]), np.abs(signed)
    size, unit = number(sizes.max()), int(sizes.argmax())
    same = sum(number(value) == size for value in sizes)
    if number(signed.min()) == number(signed.max()):
        assert said.endswith(f"hidden states are {number(signed[unit])} in every unit.")
    else:
        most = f"values lie {size} from 0: {same} of them." if same > 1 else f"is unit {unit}’s {number(signed[unit])}."
        assert said.endswith(f"the most extreme {most}")


def test_equal_values_are_not_given_a_high_and_a_low() -> None:
    layer = rnn_layer(np.full((4, 3), -0.25))
    assert describe_quantity(layer, "hidden_state", list("abcd")) == "Hidden states are −0.25 throughout."
    assert describe_unit(layer, 2, list("abcd")) == "Unit 2’s hidden state stays at −0.25 throughout."
    even = rnn_layer(np.array([[0.2, -0.4], [-0.4, 0.2]]))
    assert describe_quantity(even, "hidden_state", list("ab")) == (
        "Hidden states lie 0.30 from 0 on average at every step. The most extreme values lie 0.40 from 0: 2 of them."
    )
    ends = rnn_layer(np.array([[-1.0], [0.2], [0.2], [1.0]]))
    assert describe_quantity(ends, "hidden_state", list("abcd")) == (
        "The hidden state lies 0.60 from 0 on average: furthest at “a” (−1.00), nearest at “b” and “c” (0.20)."
    )
    assert describe_unit(ends, 0, list("abcd")) == (
        "Unit 0’s hidden state starts at −1.00 and ends at 1.00, as far from 0 as it gets to either side."
    )


def test_a_repeated_token_is_named_with_its_step() -> None:
    layer = rnn_layer(np.array([[0.1], [0.2], [0.9]]))
    assert "reaches 0.90 at the “a” of step 2" in describe_unit(layer, 0, ["a", "b", "a"])


def test_a_backward_layer_is_described_as_it_reads() -> None:
    layer = rnn_layer(np.array([[0.1], [-0.6], [0.5]]), "backward")
    assert (
        describe_unit(layer, 0, ["a", "b", "c"])
        == "Unit 0’s hidden state starts at 0.50, reaches −0.60 at “b” and ends at 0.10."
    )


def test_a_unit_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match=r"unit: 8 does not exist; cell_state has 8 \(0–7\)"):
        describe_unit(random_trace().layers[0], 8, TOKENS[:10])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_numbers_on_a_prediction(values: list[float]) -> None:
    tokens = TOKENS[: len(values)]
    sentence = describe_prediction(np.array(values), tokens, "P(positive)", span=1.0)
    shown = [number(value) for value in values]
    if len(values) == 1:
        assert sentence == f"P(positive) is {shown[0]} after “wa”, the only step."
    elif len(set(shown)) == 1:
        assert sentence == f"P(positive) stays at {shown[0]} throughout."
    elif len(values) == 2:
        assert sentence == f"P(positive) is {shown[0]} after “wa” and {shown[1]} after “wb”."
    elif alike(min(values), max(values)):
        low, high = number(min(values)), number(max(values))
        assert sentence == f"P(positive) hardly moves: it stays between {low} and {high}, and ends at {shown[-1]}."
    elif "without a leap" in sentence:
        assert max(np.abs(np.diff(values))) <= 0.01
    else:
        step = np.abs(np.diff(values)).argmax() + 1
        found = parsed(
            r"P\(positive\) is NUMBER after “wa”, makes its largest move at TOKEN \(NUMBER → NUMBER\) and ends at "
            r"NUMBER\.",
            sentence,
        )
        assert found == [shown[0], tokens[step], shown[step - 1], shown[step], shown[-1]]
        assert shown[step - 1] != shown[step]


def test_a_prediction_may_have_a_unit_and_must_fit_its_labels() -> None:
    assert describe_prediction(np.array([21.26]), ["Monday"], "Tomorrow", unit="°C") == (
        "Tomorrow is 21.26 °C after “Monday”, the only step."
    )
    with pytest.raises(ValueError, match=r"shape \(2,\), expected \(1,\)"):
        describe_prediction(np.zeros(2), ["a"], "P")
