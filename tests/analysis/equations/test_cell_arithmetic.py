"""Lines of arithmetic are right as shown, and every number in them is the trace's."""

import dataclasses
import math
import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.equations.cell_arithmetic import Line, cell_arithmetic
from lstm_viz.analysis.equations.evaluation import evaluate
from lstm_viz.analysis.equations.step_numbers import step_numbers
from lstm_viz.analysis.equations.symbols import in_symbols
from lstm_viz.analysis.equations.tokens import Piece
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights
from lstm_viz.cells import GRU, LSTM, NOTATIONS
from lstm_viz.cells.expression import (
    Call,
    Constant,
    Product,
    Sum,
    Symbol,
    WeightedSum,
    expression_of,
)
from lstm_viz.trace import LayerTrace
from tests.analysis.examples import KINDS, random_module, random_trace

cases = st.tuples(st.sampled_from(list(KINDS)), st.integers(1, 12), st.integers(1, 6), st.integers(0, 999))


def by_calculator(pieces: tuple[Piece, ...]) -> Decimal:
    """Compute the text of a line as a reader would, knowing nothing of the cell."""
    text = "".join(piece.text for piece in pieces).replace("−", "-").replace("·", "*")
    text = re.sub(r"\d+(\.\d+)?", lambda m: f"D('{m[0]}')", text)
    tanh = lambda value: Decimal(math.tanh(value))  # noqa: E731
    return Decimal(eval(text, {"__builtins__": {}}, {"D": Decimal, "tanh": tanh}))


def rounded_like(value: Decimal, shown: str) -> Decimal:
    return value.quantize(Decimal(shown.replace("−", "-")), rounding=ROUND_HALF_UP)


def as_decimal(shown: str) -> Decimal:
    return Decimal(shown.strip("()").replace("−", "-"))


@given(cases, st.sampled_from(list(NOTATIONS)), st.data())
def test_every_line_is_right_to_the_last_digit_shown(
    case: tuple[str, int, int, int], notation: str, data: st.DataObject
) -> None:
    layer = random_trace(*case).layers[0]
    step, unit = data.draw(st.integers(0, len(layer) - 1)), data.draw(st.integers(0, layer.units - 1))
    for line in cell_arithmetic(layer, step, unit, notation=notation):
        assert line.holds
        assert rounded_like(by_calculator(line.numbers), line.result) == as_decimal(line.result)
        assert abs(float(by_calculator(line.numbers)) - line.value - line.difference) < 1e-12


@given(cases, st.data())
def test_every_number_is_the_traces(case: tuple[str, int, int, int], data: st.DataObject) -> None:
    layer = random_trace(*case, bidirectional=True).layers[data.draw(st.integers(0, 1))]
    step, unit = data.draw(st.integers(0, len(layer) - 1)), data.draw(st.integers(0, layer.units - 1))
    values = {name: float(layer[name][step, unit]) for name in layer.quantities}
    if "cell_state" in values:
        values["squashed_cell_state"] = float(np.tanh(values["cell_state"]).astype(np.float32))
    for line in cell_arithmetic(layer, step, unit):
        assert line.value == pytest.approx(values[line.quantity], abs=1e-12)
        assert rounded_like(Decimal(line.value), line.result) == as_decimal(line.result)
        for piece in line.numbers:
            if piece.quantity is not None:
                value = float(layer.before(piece.quantity)[step, unit]) if piece.before else values[piece.quantity]
                shown = as_decimal(piece.text)
                assert rounded_like(Decimal(value), str(shown)) == shown


@pytest.mark.parametrize("kind", KINDS)
def test_the_lines_are_those_quantities_without_weights(kind: str) -> None:
    layer = random_trace(kind).layers[0]
    expected = [quantity.name for quantity in layer.definition.quantities if not quantity.weighted]
    assert [line.quantity for line in cell_arithmetic(layer, 3, 1)] == expected


def one_step(**values: float) -> LayerTrace:
    arrays = {name: np.array([[value]]) for name, value in values.items() if name != "before"}
    arrays["cell_state"] = arrays["forget_gate"] * values["before"] + arrays["input_gate"] * arrays["candidate"]
    arrays["hidden_state"] = arrays["output_gate"] * np.tanh(arrays["cell_state"])
    initial = {"cell_state": np.array([values["before"]]), "hidden_state": np.zeros(1)}
    return LayerTrace("lstm", 0, "forward", arrays, initial)


def test_a_known_step_reads_as_on_paper() -> None:
    layer = one_step(input_gate=0.12, forget_gate=0.825, candidate=-0.73, output_gate=0.5, before=0.41)
    cell, squashed, hidden = cell_arithmetic(layer, 0, 0)
    assert cell.text == "c_t = f_t · c_{t−1} + i_t · g_t = 0.825 · 0.410 + 0.120 · (−0.730) = 0.251"
    assert squashed.text == "tanh(c_t) = tanh(0.251) = 0.246"
    assert not squashed.symbols
    assert not in_symbols(LSTM, "squashed_cell_state", "textbook", has_bias=True)
    assert in_symbols(LSTM, "squashed_cell_state", "udacity", has_bias=True)
    assert hidden.text == "h_t = o_t · tanh(c_t) = 0.500 · 0.246 = 0.123"
    udacity = cell_arithmetic(layer, 0, 0, notation="udacity")
    assert udacity[0].text.startswith("LTM_t = f_t · LTM_{t−1} + i_t · N_t = ")
    assert udacity[1].text == "U_t = tanh(LTM_t) = tanh(0.251) = 0.246"


def test_signs_and_parentheses() -> None:
    layer = random_trace("gru").layers[0]
    text = cell_arithmetic(layer, 2, 0)[-1].text
    assert text.startswith("h_t = z_t · h_{t−1} + (1 − z_t) · n_t = ")
    expression = Symbol("x") * -2.5 - (Symbol("x") + 1) * Symbol("x")
    assert expression == Sum(
        (
            (1, Product((Symbol("x"), Constant(-2.5)))),
            (-1, Product((Sum(((1, Symbol("x")), (1, Constant(1)))), Symbol("x")))),
        )
    )
    assert evaluate(expression, {"x": np.array([3.0])}) == -19.5


def test_equations_are_found_in_the_definition() -> None:
    assert expression_of(LSTM, "forget_gate") == Call("sigmoid", WeightedSum("forget_gate"))
    assert expression_of(GRU, "candidate") == Call(
        "tanh",
        Sum(
            (
                (1, WeightedSum("candidate", "input")),
                (1, Product((Symbol("reset_gate"), WeightedSum("candidate", "hidden")))),
            )
        ),
    )
    with pytest.raises(ValueError, match="still has weights"):
        evaluate(WeightedSum("candidate"), {})


@given(cases)
def test_the_inspector_and_the_page_of_one_cell_show_the_same_digits(case: tuple[str, int, int, int]) -> None:
    kind, steps, units, seed = case
    module = random_module(kind, units, seed)
    trace = lstm_viz.trace(module, torch.randn(steps, 5))
    layer = trace.layers[0]
    numbers = step_numbers(layer, layer_weights(module, layer), layer_inputs(trace, layer))
    # Where the page shows no stage in between, its line is the inspector's.
    wanted = {each.equation.quantity: each for each in numbers.lines if len(each.equation.stages) == 1}
    for step, unit in np.ndindex(*layer.hidden_state.shape):
        for line in cell_arithmetic(layer, step, unit):
            if line.quantity in wanted:
                digits, result = wanted[line.quantity].digits[:, step, unit]
                shown = [piece.text.strip("()") for piece in line.numbers if piece.quantity]
                assert {len(text.partition(".")[2]) for text in shown} == {digits}
                assert len(line.result.partition(".")[2]) == result


def test_numbers_past_all_digits_are_written_out() -> None:
    layer = one_step(input_gate=1.0, forget_gate=1.0, candidate=-1.0, output_gate=0.5, before=1e28)
    cell, squashed, hidden = cell_arithmetic(layer, 0, 0)
    assert cell.result == cell.numbers[2].text == f"{1e28:.3f}"
    assert (squashed.result, hidden.result) == ("1.000", "0.500")


def test_a_line_that_the_trace_itself_breaks_says_so() -> None:
    layer = one_step(input_gate=0.5, forget_gate=0.5, candidate=0.5, output_gate=0.5, before=0.5)
    wrong = dataclasses.replace(
        layer,
        values={**layer.values, "cell_state": layer.cell_state + 3, "hidden_state": layer.hidden_state},
        clamped=frozenset({"cell_state", "hidden_state"}),
    )
    line = cell_arithmetic(wrong, 0, 0)[0]
    assert not line.holds
    assert line.difference == pytest.approx(-3)
    assert line.text.endswith(" ≈ 3.500")


def test_behind_a_projection_the_hidden_state_is_taken_as_given() -> None:
    lines: tuple[Line, ...] = cell_arithmetic(random_trace(units=6, proj_size=2).layers[0], 1, 5)
    assert [line.quantity for line in lines] == ["cell_state", "squashed_cell_state"]


def test_a_step_or_unit_that_does_not_exist_is_named() -> None:
    layer = random_trace().layers[0]
    with pytest.raises(ValueError, match=r"step: 12 does not exist; the sequence has 10 \(0–9\)"):
        cell_arithmetic(layer, 12, 0)
    with pytest.raises(ValueError, match=r"unit: -1 does not exist; the layer has 8 \(0–7\)"):
        cell_arithmetic(layer, 0, -1)
