"""The LaTeX on screen, read and computed by a reader who knows nothing of the code, gives what the engine computes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from lstm_viz.cells import CELLS, LSTM, NOTATIONS, Cell
from lstm_viz.cells.definition import Further
from lstm_viz.cells.expression import Call, Constant, MatrixProduct, Parameter, Product, Sum, Symbol, WeightedSum
from lstm_viz.cells.latex import latex
from lstm_viz.claims.conventions import OTHER_GRU
from lstm_viz.engine import run_steps
from lstm_viz.module import as_weights, parameter_shapes
from tests.analysis.equations.test_wiring import MADE_UP

each_cell = pytest.mark.parametrize("cell", [*CELLS.values(), OTHER_GRU, MADE_UP], ids=lambda cell: cell.name)
each_notation = pytest.mark.parametrize("notation", NOTATIONS)

Array = np.ndarray[Any, np.dtype[np.float64]]
TOKEN = re.compile(
    r"\s*(?P<open>\\sigma\(|\\tanh\(|\\max\(0, |\()|\s*(?P<close>\))|\s*(?P<times>\\odot|\\cdot|\\,)|\s*(?P<sign>[+-])"
    r"|\s*(?P<number>\d+(?:\.\d+)?)|\s*(?P<name>(?:\\\w+(?:\{\w+\})?|[A-Za-z])'?(?:_\{(?:[^{}]|\{[^{}]*\})*\})?)"
)


class Reader:
    """Computes LaTeX by the rules of arithmetic: ⊙ between equally long vectors, a thin space behind a matrix."""

    def __init__(self, text: str, values: Mapping[str, Array]):
        self.tokens, end = [], 0
        while end < len(text):
            match = TOKEN.match(text, end)
            assert match is not None, f"cannot read {text[end:]!r}"
            end = match.end()
            self.tokens.append((str(match.lastgroup), match[0].strip()))
        self.values = values

    def result(self) -> Array:
        found = self.sum()
        assert not self.tokens, f"left over: {self.tokens}"
        return found

    def next_is(self, kind: str, text: str = "") -> bool:
        return bool(self.tokens) and self.tokens[0][0] == kind and text in ("", self.tokens[0][1])

    def sum(self) -> Array:
        negative = self.next_is("sign", "-") and bool(self.tokens.pop(0))
        total = -self.product() if negative else self.product()
        while self.next_is("sign"):
            _, sign = self.tokens.pop(0)
            total = total + self.product() if sign == "+" else total - self.product()
        return total

    def product(self) -> Array:
        found = self.applied()
        while self.next_is("times", r"\odot") or self.next_is("times", r"\cdot"):
            _, times = self.tokens.pop(0)
            other = self.applied()
            assert (
                (np.ndim(found) == np.ndim(other) == 1) if times == r"\odot" else 0 in (np.ndim(found), np.ndim(other))
            )
            found = found * other
        return found

    def applied(self) -> Array:
        found = self.single()
        if self.next_is("times", r"\,"):
            self.tokens.pop(0)
            vector = self.single()
            assert (found.ndim, vector.ndim) == (2, 1), "a thin space stands between a matrix and a vector"
            return np.asarray(found @ vector)
        assert np.ndim(found) < 2, "a matrix weighs nothing"
        return found

    def single(self) -> Array:
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return np.float64(text)  # type: ignore[return-value]
        if kind == "name":
            return self.values[text]
        assert kind == "open"
        inner = self.sum()
        assert self.tokens.pop(0)[0] == "close"
        functions: dict[str, Callable[[Array], Array]] = {
            r"\sigma(": lambda value: 1 / (1 + np.exp(-value)),
            r"\tanh(": np.tanh,
            r"\max(0,": lambda value: np.maximum(0, value),
            "(": lambda value: value,
        }
        return np.asarray(functions[text](inner))


def weights_by_symbol(cell: Cell, tensors: Mapping[str, torch.Tensor], notation: str) -> dict[str, Array]:
    """Every weight by the symbol that a reader expects: W, U, b with the letter of what they are for as an index."""
    rows = {
        name: np.split(tensors[name].numpy(), len(cell.weighted))
        for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    }
    found = {cell.symbol(name, notation): tensors[name].numpy() for name in cell.parameters}
    for k, quantity in enumerate(cell.weighted):
        letter = cell.symbol(quantity.name, notation).removesuffix("_{t}")
        input_bias, hidden_bias = rows["bias_ih_l0"][k], rows["bias_hh_l0"][k]
        prime = f"b'_{{{letter}}}"
        # With a prime there are two biases, one for each half of the sum; without one, b is all of it.
        apart = prime in cell.equation(quantity.name, notation)
        more = {
            f"W_{{{letter}}}": rows["weight_ih_l0"][k],
            f"U_{{{letter}}}": rows["weight_hh_l0"][k],
            f"b_{{{letter}}}": input_bias if apart else input_bias + hidden_bias,
        } | ({prime: hidden_bias} if apart else {})
        assert not set(more) & set(found), "no two weights share a symbol"
        found |= more
    return found


def read_and_run(cell: Cell, notation: str) -> None:
    """Run a cell by its LaTeX alone, and compare every recorded number with the engine's."""
    torch.manual_seed(5)
    shapes = parameter_shapes(cell, 3, 4)
    tensors = {name: torch.randn(shape, dtype=torch.float64) for name, shape in shapes.items()}
    inputs = torch.randn(6, 3, dtype=torch.float64)
    expected = run_steps(cell, as_weights(cell, tensors), inputs)
    weights = weights_by_symbol(cell, tensors, notation)
    before = {quantity.name: np.zeros(4) for quantity in cell.carried}
    for step, arriving in enumerate(inputs.numpy()):
        values = weights | {cell.symbol("inputs", notation): arriving}
        # Where a symbol has no time step, such as Γ_r, what it was before has no symbol, and is not asked for.
        values |= {cell.symbol(name, notation, before=True): value for name, value in before.items()}
        now: dict[str, Array] = {}
        for quantity in cell.quantities:
            left, right = cell.equation(quantity.name, notation).split(" = ")
            assert left == cell.symbol(quantity.name, notation)
            values[left] = now[quantity.name] = Reader(right, values).result()
            if quantity.recorded:
                np.testing.assert_allclose(now[quantity.name], expected[quantity.name][step], rtol=1e-9, atol=1e-12)
        before = {quantity.name: now[quantity.name] for quantity in cell.carried}


@each_cell
@each_notation
def test_the_latex_computes_what_the_engine_computes(cell: Cell, notation: str) -> None:
    read_and_run(cell, notation)


def with_memory(**changes: Any) -> Cell:
    quantities = [replace(q, **changes) if q.name == "cell_state" else q for q in LSTM.quantities]
    return replace(LSTM, quantities=tuple(quantities))


SHAPES = {
    "a difference": lambda now, before: now.candidate - now.forget_gate * before.cell_state,
    "a difference of a sum": lambda now, before: now.candidate - (before.cell_state - now.forget_gate),
    "a difference of a weighted sum": lambda now, before: before.cell_state - now.weighted_sum("candidate"),
    "a product of a sum": lambda now, before: (now.candidate + before.cell_state) * now.forget_gate,
    "a sign in front": lambda now, before: -now.candidate - before.cell_state,
    "a negative factor": lambda now, before: before.cell_state * -0.25 + now.candidate,
    "a negative number in front": lambda now, before: now.candidate + (-2) * before.cell_state,
    "a small number": lambda now, before: 1e-5 + before.cell_state * 0.123456789,
    "a product of a function": lambda now, before: now.tanh(1 - now.candidate) * now.sigmoid(before.cell_state),
    "a rectified difference": lambda now, before: now.relu(now.candidate - before.cell_state) * 2,
    "a matrix and a sum": lambda now, before: now.product("more", before.cell_state + now.candidate),
    "a matrix in a product": lambda now, before: now.forget_gate * now.product("more", now.tanh(before.cell_state)),
}


@pytest.mark.parametrize("compute", SHAPES.values(), ids=SHAPES)
def test_whatever_a_definition_computes_is_written_with_the_parentheses_it_needs(compute: Any) -> None:
    read_and_run(with_memory(compute=compute, parameters={"more": Further("M", 2)}, keep=None, add=None), "textbook")


def test_a_wrong_sign_would_not_pass() -> None:
    torch.manual_seed(0)
    cell = with_memory(compute=lambda now, before: now.forget_gate * before.cell_state - now.input_gate * now.candidate)
    written = {notation: cell.equation("cell_state", notation) for notation in NOTATIONS}
    assert all(" - " in equation for equation in written.values())
    values = {"f_{t}": np.array([0.5]), "c_{t-1}": np.array([2.0]), "i_{t}": np.array([0.25]), "g_{t}": np.array([1.0])}
    assert Reader(written["pytorch"].split(" = ")[1], values).result() == 0.75


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Sum(((-1, Symbol("cell_state")), (1, Constant(1.0)))), "-c_{t} + 1"),
        (Sum(((1, Symbol("cell_state")), (-1, Constant(-2.0)))), "c_{t} - (-2)"),
        (Product((Constant(0.5), Symbol("cell_state", before=True))), r"0.5 \cdot c_{t-1}"),
        (Product((Symbol("cell_state"), WeightedSum("candidate", "hidden"))), r"c_{t} \odot (U_{g}\,h_{t-1} + b'_{g})"),
        (
            Sum(((1, Symbol("cell_state")), (-1, WeightedSum("candidate", "input")))),
            r"c_{t} - (W_{g}\,x_{t} + b_{g})",
        ),
        (Call("project", Symbol("cell_state")), r"\mathrm{project}(c_{t})"),
    ],
)
def test_parts_as_they_are_written(expression: Any, text: str) -> None:
    assert latex(LSTM, expression, "pytorch") == text


def test_further_weights_carry_the_letters_of_what_they_join() -> None:
    cell = CELLS["full_gate_recurrence"]
    written = latex(cell, MatrixProduct("output_gate_from_output_gate", Symbol("output_gate", before=True)), "udacity")
    assert written == r"R_{VV}\,V_{t-1}"
    assert latex(CELLS["peepholes"], Parameter("forget_gate_peephole"), "textbook") == "p_{f}"


def test_the_biases_of_the_gru_are_told_apart() -> None:
    assert CELLS["gru"].equation("candidate", "pytorch") == (
        r"n_{t} = \tanh(W_{n}\,x_{t} + b_{n} + r_{t} \odot (U_{n}\,h_{t-1} + b'_{n}))"
    )
