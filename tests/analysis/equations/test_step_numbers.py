"""Every line of numbers is right as shown, for random models and inputs, at every step and unit."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.equations.decimals import LineOfNumbers
from lstm_viz.analysis.equations.evaluation import evaluate
from lstm_viz.analysis.equations.stages import equations_of
from lstm_viz.analysis.equations.step_numbers import StepNumbers, step_numbers
from lstm_viz.analysis.equations.tokens import tokens_of
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import CELLS, ELSEWHERE, VARIANTS
from lstm_viz.cells.expression import Constant, Symbol, key_of, names_in
from lstm_viz.engine import OneStep
from lstm_viz.module import CellModule
from tests.analysis.equations.test_wiring import MADE_UP

MODULES: dict[str, Any] = {
    "lstm": torch.nn.LSTM,
    "gru": torch.nn.GRU,
    "rnn": torch.nn.RNN,
    "rnn_relu": lambda *sizes, **options: torch.nn.RNN(*sizes, nonlinearity="relu", **options),
} | {name: lambda *sizes, name=name, bias: CellModule(name, *sizes) for name in [*VARIANTS, *ELSEWHERE]}
cases = st.tuples(
    st.sampled_from(list(MODULES)), st.integers(1, 5), st.booleans(), st.floats(0.1, 4), st.integers(0, 9999)
)


def numbers_of(kind: str, units: int, bias: bool, size: float, seed: int) -> tuple[StepNumbers, Any]:
    torch.manual_seed(seed)
    module: Any = MODULES[kind](3, units, bias=bias)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(size)
    trace = lstm_viz.trace(module, torch.randn(6, 3))
    layer = trace.layers[0]
    return step_numbers(layer, layer_weights(module, layer), layer_inputs(trace, layer)), layer


def shown(value: float, digits: int) -> Decimal:
    return Decimal(float(value)).quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP)


def as_written(numbers: StepNumbers, line: LineOfNumbers, stage: int, step: int, unit: int) -> str:
    """Write a stage as the page does: signs of terms together with the signs of their numbers."""
    text = ""
    for kind, key, flag in tokens_of(line.equation.stages[stage]):
        if kind == "text":
            text += key
            continue
        array = numbers.values[key]
        number = shown(array[min(step, len(array) - 1), unit], line.digits[stage, step, unit])
        if kind == "value":
            text += f"({number})" if flag and number < 0 else f"{number}"
        else:
            minus = (number < 0) != (kind == "minus")
            text += ("−" if minus else "") if flag else (" − " if minus else " + ")
            text += f"{abs(number)}"
    return text


def by_calculator(text: str) -> Decimal:
    code = text.replace("−", "-").replace("·", "*").replace("hard σ(", "hard(").replace("σ(", "sigmoid(")
    code = re.sub(r"\d+(\.\d+)?(E-\d+)?", lambda m: f"D('{m[0]}')", code)
    names = {
        "D": Decimal,
        "tanh": lambda value: Decimal(math.tanh(value)),
        "sigmoid": lambda value: Decimal(1 / (1 + math.exp(-value))),
        "hard": lambda value: min(max(Decimal("0.2") * value + Decimal("0.5"), Decimal(0)), Decimal(1)),
        "max": lambda _, value: max(Decimal(0), value),
    }
    return Decimal(eval(code, {"__builtins__": {}}, names))


@settings(max_examples=60)
@given(cases, st.data())
def test_a_calculator_gets_every_digit_that_is_shown(case: tuple[Any, ...], data: st.DataObject) -> None:
    numbers, layer = numbers_of(*case)
    step, unit = data.draw(st.integers(0, len(layer) - 1)), data.draw(st.integers(0, layer.units - 1))
    for line in numbers.lines:
        if not line.holds[step, unit]:
            continue
        digits = line.digits[:, step, unit]
        result = shown(numbers.values[line.equation.quantity][step, unit], digits[-1])
        for stage in range(len(line.equation.stages)):
            found = by_calculator(as_written(numbers, line, stage, step, unit))
            if stage == len(line.equation.stages) - 1:
                assert found.quantize(result, rounding=ROUND_HALF_UP) == result
                continue
            for leaf, part in line.equation.reductions[stage]:
                value = evaluate_exactly(part, numbers, line, stage, step, unit)
                next_one = shown(numbers.values[key_of(leaf)][step, unit], digits[stage + 1])
                assert value.quantize(next_one, rounding=ROUND_HALF_UP) == next_one


def evaluate_exactly(part: Any, numbers: StepNumbers, line: LineOfNumbers, stage: int, step: int, unit: int) -> Decimal:
    """Compute what a calculator gets for one leaf of the next stage from the numbers shown in this one."""
    text = ""
    for kind, key, flag in tokens_of(part):
        if kind == "text":
            text += key
            continue
        array = numbers.values[key]
        number = shown(array[min(step, len(array) - 1), unit], line.digits[stage, step, unit])
        text += f"({number})" if kind == "value" else f"{'' if flag else '+'}({'-' * (kind == 'minus')}({number}))"
    return by_calculator(text)


@settings(max_examples=80)
@given(cases)
def test_nearly_every_line_can_be_made_right(case: tuple[Any, ...]) -> None:
    numbers, _ = numbers_of(*case)
    for line in numbers.lines:
        assert line.holds.mean() > 0.95
        assert line.digits.min() >= 2
        assert line.digits.max() < 16, "the page packs a stage into four bits"


@pytest.mark.parametrize("cell", [*CELLS.values(), MADE_UP], ids=lambda cell: cell.name)
def test_equations_read_only_what_the_cell_has(cell: Any) -> None:
    names = {quantity.name for quantity in cell.quantities} | set(cell.parameters)
    parts = {part.key for part in wiring(cell).parts}
    equations = equations_of(cell)
    assert [equation.quantity for equation in equations] == [quantity.name for quantity in cell.quantities]
    for equation in equations:
        for stage in equation.stages:
            for symbol in names_in(stage):
                plain = symbol.name.partition("·")[2] or symbol.name
                assert plain in names or symbol.name in parts
            assert [token for token in tokens_of(stage) if token[0] != "text"]


@pytest.mark.parametrize("kind", ["full_gate_recurrence", "use_layer"])
def test_products_with_further_matrices_are_the_engines(kind: str) -> None:
    torch.manual_seed(3)
    module = CellModule(kind, 3, 4)
    inputs = torch.randn(6, 3)
    trace = lstm_viz.trace(module, inputs)
    layer = trace.layers[0]
    numbers = step_numbers(layer, layer_weights(module, layer), layer_inputs(trace, layer), slice(1, 5))
    seen: list[tuple[str, torch.Tensor]] = []
    run = OneStep.product
    with pytest.MonkeyPatch.context() as patch, torch.no_grad():

        def note(now: OneStep, name: str, values: torch.Tensor) -> torch.Tensor:
            seen.append((name, run(now, name, values)))
            return seen[-1][1]

        patch.setattr(OneStep, "product", note)
        module(inputs)
    for matrix in [name for name, dimensions in CELLS[kind].parameters.items() if dimensions == 2]:
        expected = np.stack([value.numpy() for name, value in seen if name == matrix])
        np.testing.assert_allclose(numbers.values[matrix], expected[1:5], atol=1e-6)
        assert matrix in {symbol.name for line in numbers.lines for symbol in names_in(line.equation.stages[0])}


@given(st.lists(st.floats(-9, 9), min_size=3, max_size=3))
def test_arrays_are_evaluated_as_numbers_are(given_values: list[float]) -> None:
    a, b, c = (Symbol(name) for name in "abc")
    values = {name: np.array([value]) for name, value in zip("abc", given_values, strict=True)}
    x, y, z = given_values
    found = evaluate(a * b - (Constant(1) - c) * a, values)
    assert found[0] == pytest.approx(x * y - (1 - z) * x)
