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
from lstm_viz.cells.notation import to_latex
from lstm_viz.engine import run_steps
from lstm_viz.module import as_weights, parameter_shapes
from tests.analysis.equations.test_wiring import MADE_UP

each_cell = pytest.mark.parametrize("cell", [*CELLS.values(), MADE_UP], ids=lambda cell: cell.name)
each_notation = pytest.mark.parametrize("notation", NOTATIONS)

Array = np.ndarray[Any, np.dtype[np.float64]]
TOKEN = re.compile(
    r"\s*(?P<open>(?:\\mathrm\{hard\}\\,|\\log\\,)?\\sigma\(|\\tanh\(|\\exp\(|\\max\(|\\frac\{|\(|\[|\{)"
    r"|\s*(?P<close>[)\]}])"
    r"|\s*(?P<times>\\odot|\\cdot|\\,)"
    r"|\s*(?P<sign>[+-])|\s*(?P<comma>,)"
    r"|\s*(?P<number>\d+(?:\.\d+)?)|\s*(?P<name>(?:\\\w+(?:\{\w+\})?|[A-Za-z])'?(?:_\{(?:[^{}]|\{[^{}]*\})*\})?)"
)


class Reader:
    """Computes LaTeX by the rules of arithmetic: ⊙ between equally long vectors, a thin space behind a matrix.

    Two vectors in brackets are one list.
    """

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
        weighs_a_list = self.next_is("times", r"\cdot") and self.tokens[1] == ("open", "[")
        if self.next_is("times", r"\,") or weighs_a_list:
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
        if text in ("[", r"\max("):
            assert self.tokens.pop(0)[0] == "comma"
            other = self.sum()
            inner = np.concatenate([inner, other]) if text == "[" else np.maximum(inner, other)
        assert self.tokens.pop(0)[0] == "close"
        if text == r"\frac{":
            assert self.next_is("open", "{")
            return np.asarray(inner / self.single())
        functions: dict[str, Callable[[Array], Array]] = {
            r"\sigma(": lambda value: 1 / (1 + np.exp(-value)),
            r"\mathrm{hard}\,\sigma(": lambda value: np.clip(0.2 * value + 0.5, 0, 1),
            r"\tanh(": np.tanh,
            r"\log\,\sigma(": lambda value: -np.log1p(np.exp(-value)),
            r"\exp(": np.exp,
            r"\max(": lambda value: value,
            "{": lambda value: value,
            "(": lambda value: value,
            "[": lambda value: value,
        }
        return np.asarray(functions[text](inner))


def letter_of(symbol: str, notation: str) -> str:
    """The index of a quantity's weights, from its symbol in LaTeX: no time step, no tilde, no Γ; small in Udacity's."""
    letter = re.sub(r"^\\tilde\{(\w)\}", r"\1", symbol.removesuffix("_{t}"))
    letter = re.sub(r"^\\Gamma_\{(\w)\}$", r"\1", letter)
    return letter.lower() if notation == "udacity" and len(letter) == 1 else letter


def weights_by_symbol(cell: Cell, tensors: Mapping[str, torch.Tensor], notation: str) -> dict[str, Array]:
    """Every weight by the symbol that a reader of the notation expects; those of a gate that is the other way round
    with the sign that makes it so.
    """
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    rows = {name: np.split(tensors[name].numpy(), len(cell.weighted)) for name in names if name in tensors}
    found = {cell.symbol(name, notation): tensors[name].numpy() for name in cell.parameters}
    for k, quantity in enumerate(cell.weighted):
        x = letter_of(to_latex(quantity.symbols[notation]), notation)
        sign = -1 if is_turned(cell, quantity.name, notation) else 1
        ours = [sign * rows[name][k] for name in rows]
        halves = {
            "textbook": (f"W_{{{x}x}}", f"W_{{{x}h}}", f"b_{{{x}x}}", f"b_{{{x}h}}"),
            "pytorch": (f"W_{{i{x}}}", f"W_{{h{x}}}", f"b_{{i{x}}}", f"b_{{h{x}}}"),
            "udacity": (f"W_{{{x},E}}", rf"W_{{{x},\mathrm{{STM}}}}", f"b_{{{x},E}}", rf"b_{{{x},\mathrm{{STM}}}}"),
        }[notation]
        if not cell.recurrent:
            whole = (f"W_{{i{x}}}", f"b_{{i{x}}}") if notation == "pytorch" else (f"W_{{{x}}}", f"b_{{{x}}}")
            found |= dict(zip(whole, ours, strict=True))
            continue
        input_weights, hidden_weights, input_bias, hidden_bias = ours
        more = dict(zip(halves, ours, strict=True))
        if notation != "pytorch":
            more[f"W_{{{x}}}"] = np.concatenate([hidden_weights, input_weights], axis=1)
            more[f"b_{{{x}}}"] = input_bias + hidden_bias
        assert not set(more) & set(found), "no two weights share a symbol"
        found |= more
    return found


def is_turned(cell: Cell, name: str, notation: str) -> bool:
    """Whether a notation's symbol of a gate stands for 1 less it."""
    return cell[name].symbol(notation) == f"1 − {cell[name].symbols[notation]}"


def read_and_run(cell: Cell, notation: str) -> None:
    """Run a cell by its LaTeX alone, and compare every recorded number with the engine's."""
    torch.manual_seed(5)
    shapes = parameter_shapes(cell, 3, 4)
    tensors = {name: torch.randn(shape, dtype=torch.float64) for name, shape in shapes.items()}
    inputs = torch.randn(6, 3, dtype=torch.float64)
    expected = run_steps(cell, as_weights(cell, tensors), inputs)
    weights = weights_by_symbol(cell, tensors, notation)
    before = {quantity.name: np.full(4, quantity.first) for quantity in cell.carried}
    for step, arriving in enumerate(inputs.numpy()):
        values = weights | {cell.symbol("inputs", notation): arriving}
        # Where a symbol has no time step, such as Γ_r, what it was before has no symbol, and is not asked for.
        values |= {to_latex(cell[name].symbols[notation], before=True): value for name, value in before.items()}
        now: dict[str, Array] = {}
        for quantity in cell.quantities:
            left, right = cell.equation(quantity.name, notation).split(" = ")
            assert left == to_latex(quantity.symbols[notation])
            values[left] = now[quantity.name] = Reader(right, values).result()
            if quantity.recorded:
                found = 1 - values[left] if is_turned(cell, quantity.name, notation) else values[left]
                np.testing.assert_allclose(found, expected[quantity.name][step], rtol=1e-9, atol=1e-12)
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
    "a ratio of sums": lambda now, before: now.ratio(
        now.candidate + before.cell_state, now.forget_gate + now.input_gate
    ),
    "a ratio in a product": lambda now, before: now.candidate * now.ratio(before.cell_state, now.forget_gate * 2) - 1,
    "a ratio below another": lambda now, before: now.ratio(now.candidate, now.ratio(now.forget_gate, now.input_gate)),
    "the larger, and an exponential": lambda now, before: (
        now.largest(now.candidate - 1, -before.cell_state) * now.exp(now.log_sigmoid(now.candidate) - before.cell_state)
    ),
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
        (
            Product((Symbol("cell_state"), WeightedSum("candidate", "hidden"))),
            r"c_{t} \odot (W_{hg}\,h_{t-1} + b_{hg})",
        ),
        (
            Sum(((1, Symbol("cell_state")), (-1, WeightedSum("candidate", "input")))),
            r"c_{t} - (W_{ig}\,x_{t} + b_{ig})",
        ),
        (Call("project", Symbol("cell_state")), r"\mathrm{project}(c_{t})"),
    ],
)
def test_parts_as_they_are_written(expression: Any, text: str) -> None:
    assert latex(LSTM, expression, "pytorch") == text


def test_further_weights_carry_the_letters_of_what_they_join() -> None:
    cell = CELLS["full_gate_recurrence"]
    written = latex(cell, MatrixProduct("output_gate_from_output_gate", Symbol("output_gate", before=True)), "udacity")
    assert written == r"R_{vv}\,V_{t-1}"
    assert latex(CELLS["peepholes"], Parameter("forget_gate_peephole"), "textbook") == "p_{f}"


WEIGHED = {
    "textbook": r"f_{t} = \sigma(W_{f} \cdot [h_{t-1}, x_{t}] + b_{f})",
    "pytorch": r"f_{t} = \sigma(W_{if}\,x_{t} + b_{if} + W_{hf}\,h_{t-1} + b_{hf})",
    "udacity": r"f_{t} = \sigma(W_{f}\,[\mathrm{STM}_{t-1}, E_{t}] + b_{f})",
}
BLENDED = {
    "textbook": r"h_{t} = (1 - z_{t}) \odot h_{t-1} + z_{t} \odot \tilde{h}_{t}",
    "pytorch": r"h_{t} = z_{t} \odot h_{t-1} + (1 - z_{t}) \odot n_{t}",
    "udacity": r"\mathrm{STM}_{t} = (1 - \Gamma_{u}) \odot \mathrm{STM}_{t-1} + \Gamma_{u} \odot N_{t}",
}


@each_notation
def test_each_notation_writes_weights_and_the_update_gate_as_its_texts_do(notation: str) -> None:
    gru = CELLS["gru"]
    assert CELLS["lstm"].equation("forget_gate", notation) == WEIGHED[notation]
    assert gru.equation("hidden_state", notation) == BLENDED[notation]
    # What the gate's symbol means is what the label beside it says: the share that multiplies the old state, or not.
    turned = gru.in_notation(notation)
    keeps_near_one = BLENDED[notation].split(" + ")[0].count("1 - ") == 0
    assert ("old state stays" in turned["update_gate"].meaning) == keeps_near_one
    assert gru["update_gate"].symbol(notation).startswith("1 − ") == (not keeps_near_one)
    assert turned.in_notation("pytorch").equation("hidden_state", "pytorch") == BLENDED["pytorch"]


def test_no_letter_stands_for_weights_and_for_a_quantity() -> None:
    """Udacity's U is what Use multiplies, never a matrix."""
    for cell in CELLS.values():
        for notation in NOTATIONS:
            heads = {to_latex(q.symbols[notation]).split("_{")[0] for q in cell.quantities}
            written = " ".join(cell.equation(q.name, notation) for q in cell.quantities)
            assert heads.isdisjoint({"W", "b"})
            assert not re.search(r"\bU_\{(?!t\})", written)


def test_the_biases_of_the_gru_are_told_apart() -> None:
    assert CELLS["gru"].equation("candidate", "pytorch") == (
        r"n_{t} = \tanh(W_{in}\,x_{t} + b_{in} + r_{t} \odot (W_{hn}\,h_{t-1} + b_{hn}))"
    )
