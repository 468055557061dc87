"""Every definition is whole: symbols, equations, ranges and arithmetic agree with each other and with torch."""

import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from lstm_viz.cells import CELLS, NOTATIONS, Role
from lstm_viz.cells.definition import INPUTS
from lstm_viz.cells.notation import to_html, to_latex
from lstm_viz.engine import Weights, run_steps
from lstm_viz.module import as_weights, parameter_shapes

PARTS = [(cell, quantity) for cell in CELLS.values() for quantity in cell.quantities]
each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
each_quantity = pytest.mark.parametrize(("cell", "quantity"), PARTS, ids=[f"{c.name}-{q.name}" for c, q in PARTS])
each_notation = pytest.mark.parametrize("notation", NOTATIONS)

# The order in which torch's documentation stacks the rows of weight_ih_l0.
TORCH_ROWS = {
    "lstm": ("input_gate", "forget_gate", "candidate", "output_gate"),
    "gru": ("reset_gate", "update_gate", "candidate"),
    "rnn": ("hidden_state",),
    "rnn_relu": ("hidden_state",),
}


class Recording:
    """Values by name, as a definition sees them, that remembers which were asked for."""

    sigmoid, tanh, relu = staticmethod(torch.sigmoid), staticmethod(torch.tanh), staticmethod(torch.relu)

    hard_sigmoid = staticmethod(lambda values: (0.2 * values + 0.5).clamp(0, 1))
    exp, log_sigmoid = staticmethod(torch.exp), staticmethod(torch.nn.functional.logsigmoid)
    largest, ratio = staticmethod(torch.maximum), staticmethod(torch.divide)

    def __init__(self, **values):
        self._values, self.asked, self.further = values, set(), set()

    def __getattr__(self, name):
        self.asked.add(name)
        if name not in self._values:
            raise LookupError(f"{name} is not computed yet")
        return self._values[name]

    def weighted_sum(self, name):
        self.asked.add(f"sum of {name}")
        return torch.randn(3)

    from_input = from_hidden = weighted_sum

    def parameter(self, name):
        self.further.add(name)
        return torch.randn(3)

    def product(self, name, values):
        return self.parameter(name) * values

    @staticmethod
    def project(values):
        return values


def random_weights(cell, units, inputs, scale):
    shapes = parameter_shapes(cell, inputs, units)
    return as_weights(cell, {name: torch.randn(shape) * scale for name, shape in shapes.items()})


@each_cell
def test_names_are_unique_and_the_outputs_are_states(cell):
    names = [quantity.name for quantity in cell.quantities]
    assert len(set(names)) == len(names)
    assert names[-1] == "hidden_state"
    assert cell.memory is None or cell.memory in cell.states


@each_cell
@each_notation
def test_every_quantity_has_a_symbol_of_its_own_in_each_notation(cell, notation):
    symbols = [quantity.symbols[notation] for quantity in cell.quantities] + [INPUTS[notation]]
    assert all(symbols)
    assert len(set(symbols)) == len(symbols)


@each_quantity
@each_notation
def test_equations_are_whole_and_balanced(cell, quantity, notation):
    latex = cell.equation(quantity.name, notation)
    assert "<" not in latex
    assert ">" not in latex
    assert latex.startswith(f"{to_latex(quantity.symbols[notation])} = ")
    left, _, right = latex.partition(" = ")
    assert cell.says_itself(quantity.name, notation) == (left == right)
    depth = 0
    for brace in re.findall(r"[{}]", latex):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert latex.count("(") == latex.count(")")
    # Every letter outside ASCII must have become a command, or a renderer would draw it in another font.
    assert latex.isascii()


@each_cell
def test_each_quantity_reads_only_what_is_computed_before_it(cell):
    now, before = Recording(), Recording(**{each.name: torch.rand(3) for each in cell.carried})
    for quantity in cell.quantities:
        now._values[quantity.name] = quantity.compute(now, before)
    assert set(now._values) == {quantity.name for quantity in cell.quantities}


@each_cell
def test_only_weighted_quantities_ask_for_weights(cell):
    for quantity in cell.quantities:
        now, before = (Recording(**{each.name: torch.rand(3) for each in cell.quantities}) for _ in range(2))
        quantity.compute(now, before)
        sums = {name.removeprefix("sum of ") for name in now.asked if name.startswith("sum of ")}
        assert sums == ({quantity.name} if quantity.weighted else set())
        assert now.further == set(quantity.parameters)


@pytest.mark.parametrize("cell", [cell for cell in CELLS.values() if cell.memory], ids=lambda cell: cell.name)
def test_keep_and_add_agree_with_compute(cell):
    memory = cell.memory
    now, before = (Recording(**{each.name: torch.rand(3) for each in cell.quantities}) for _ in range(2))
    expected = memory.keep(now) * getattr(before, memory.name) + memory.add(now)
    torch.testing.assert_close(memory.compute(now, before), expected, rtol=0, atol=0)
    # What is kept and what is added must not depend on the old content, or the memory could not be split by its source.
    assert memory.name not in now.asked


@each_cell
@settings(max_examples=500 // len(CELLS))  # which all cells share
@given(seed=st.integers(0, 2**31), scale=st.sampled_from([0.1, 1.0, 10.0]))
def test_ranges_hold_on_random_runs(cell, seed, scale):
    torch.manual_seed(seed)
    values = run_steps(cell, random_weights(cell, 4, 3, scale), torch.randn(8, 3))
    assert set(values) == {quantity.name for quantity in cell.recorded}
    for quantity in cell.recorded:
        low, high = quantity.range
        assert values[quantity.name].min() >= low
        assert values[quantity.name].max() <= high


@pytest.mark.parametrize("cell", [CELLS[name] for name in TORCH_ROWS], ids=TORCH_ROWS)
def test_weight_rows_stand_in_torchs_order(cell):
    assert tuple(quantity.name for quantity in cell.weighted) == TORCH_ROWS[cell.name]
    kinds = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
    options = {"nonlinearity": "relu"} if cell.name == "rnn_relu" else {}
    module = kinds[cell.name.removesuffix("_relu")](3, 4, **options)
    inputs = torch.randn(6, 3)
    with torch.no_grad():
        ours = run_steps(cell, Weights(*module.all_weights[0]), inputs)["hidden_state"]
        torch.testing.assert_close(ours, module(inputs)[0])


@each_cell
def test_roles_fit_ranges(cell):
    assert all(quantity.range.is_share for quantity in cell.gates)
    assert all(quantity.recorded == (quantity.role is not Role.INTERMEDIATE) for quantity in cell.quantities)
    assert all(state in cell.recorded for state in cell.states)


def test_unknown_names_say_what_there_is():
    with pytest.raises(KeyError, match="LSTM has no 'update_gate'; it has input_gate, forget_gate"):
        CELLS["lstm"]["update_gate"]
    with pytest.raises(ValueError, match="notation 'german' is not known; choose one of textbook, pytorch, udacity"):
        CELLS["lstm"].equation("cell_state", "german")


@pytest.mark.parametrize(
    ("symbol", "latex", "before", "html"),
    [
        ("c_t", "c_{t}", "c_{t-1}", "c<sub>t</sub>"),
        ("C̃_t", r"\tilde{C}_{t}", r"\tilde{C}_{t-1}", "C̃<sub>t</sub>"),
        ("tanh(C_t)", r"\tanh(C_{t})", r"\tanh(C_{t-1})", "tanh(C<sub>t</sub>)"),
        ("LTM_t", r"\mathrm{LTM}_{t}", r"\mathrm{LTM}_{t-1}", "LTM<sub>t</sub>"),
        ("Γ_r", r"\Gamma_{r}", r"\Gamma_{r}", "Γ<sub>r</sub>"),
    ],
)
def test_symbols_become_latex_and_html(symbol, latex, before, html):
    assert to_latex(symbol) == latex
    assert to_latex(symbol, before=True) == before
    assert to_html(symbol) == html


def test_the_equation_of_the_cell_state_reads_as_in_the_papers():
    assert CELLS["lstm"].equation("cell_state", "pytorch") == r"c_{t} = f_{t} \odot c_{t-1} + i_{t} \odot g_{t}"
    assert CELLS["lstm"].equation("cell_state", "udacity").startswith(r"\mathrm{LTM}_{t} = f_{t} \odot \mathrm{LTM}_")
    assert CELLS["lstm"].equation("forget_gate", "pytorch") == (
        r"f_{t} = \sigma(W_{if}\,x_{t} + b_{if} + W_{hf}\,h_{t-1} + b_{hf})"
    )
