"""Whatever a notation writes of a cell is computed with the numbers that it shows: every cell, variant and notation."""

from collections.abc import Mapping

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.analysis.equations.cell_arithmetic import cell_arithmetic
from lstm_viz.analysis.equations.decimals import Digits, rounded
from lstm_viz.analysis.equations.evaluation import evaluate
from lstm_viz.analysis.equations.senses import in_sense, sense_of
from lstm_viz.analysis.equations.stages import JOINED, equations_of
from lstm_viz.analysis.equations.step_numbers import formulas, step_numbers
from lstm_viz.analysis.equations.symbols import in_symbols, symbols
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import CELLS, GRU, NOTATIONS
from lstm_viz.cells.expression import Expression, Symbol, key_of, keys_in
from lstm_viz.module import CellModule
from lstm_viz.trace import Array


@given(kind=st.sampled_from([*CELLS]), notation=st.sampled_from([*NOTATIONS]), seed=st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_each_notations_equations_give_the_numbers_that_it_shows(kind: str, notation: str, seed: int) -> None:
    torch.manual_seed(seed)
    module = CellModule(kind, 3, 4)
    trace = lstm_viz.trace(module, 3 * torch.randn(4, 3))
    layer, weights = trace.layers[0], layer_weights(module, trace.layers[0])
    numbers = step_numbers(layer, weights, layer_inputs(trace, layer))
    sense, cell = sense_of(CELLS[kind], notation), CELLS[kind].in_notation(notation)
    shown = in_sense(sense, numbers.values)
    for equation in equations_of(cell):
        name = equation.quantity
        np.testing.assert_allclose(evaluate(equation.stages[0], shown), shown[name], atol=1e-5)
        ours = numbers.values[name]
        np.testing.assert_allclose(shown[name], 1 - ours if name in sense["gates"] else ours, atol=1e-6)
    for name, expression in formulas(cell, has_bias=True).items():
        np.testing.assert_allclose(evaluate(expression, shown), shown[name], atol=1e-5)
    for equation, line in zip(equations_of(cell), numbers.lines, strict=True):
        stages = [*equation.reductions, ((Symbol(equation.quantity), equation.stages[-1]),)]
        for k, reduction in enumerate(stages):
            for leaf, expression in reduction:
                assert holds_as_shown(key_of(leaf), expression, shown, line.digits[k : k + 2])[line.holds].all()


def holds_as_shown(name: str, expression: Expression, values: Mapping[str, Array], digits: Digits) -> Array:
    """Whether the numbers shown give the number shown, with the decimals found for the cell as it is computed."""
    read = {each: rounded(np.broadcast_to(values[each], digits[0].shape), digits[0]) for each in keys_in(expression)}
    wanted = rounded(np.broadcast_to(values[name], digits[1].shape), digits[1])
    return np.asarray(np.isclose(rounded(evaluate(expression, read), digits[1]), wanted, rtol=0, atol=1e-9))


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("kind", CELLS)
def test_what_is_written_names_only_what_has_a_symbol(kind: str, notation: str) -> None:
    cell = CELLS[kind].in_notation(notation)
    table = symbols(cell, notation)
    for quantity in cell.quantities:
        tokens = in_symbols(cell, quantity.name, notation, has_bias=True)
        named = {key for sort, key, _ in tokens if sort != "text"}
        assert named <= set(table)
        # One matrix for both halves, or one for each, as the notation has it.
        if cell[quantity.name].weighted and "W candidate" not in {part.key for part in wiring(cell).parts}:
            assert (JOINED + quantity.name in named) == (notation != "pytorch" and cell.recurrent)
    assert set(sense_of(CELLS[kind], notation)["gates"]) == ({"update_gate"} if cell is not CELLS[kind] else set())


@pytest.mark.parametrize(
    ("notation", "line"),
    [("pytorch", "h_t = z_t · h_{t−1} + (1 − z_t) · n_t"), ("udacity", "STM_t = (1 − Γ_u) · STM_{t−1} + Γ_u · N_t")],
)
def test_the_inspectors_line_is_written_in_the_notations_sense(notation: str, line: str) -> None:
    torch.manual_seed(1)
    layer = lstm_viz.trace(torch.nn.GRU(3, 4), torch.randn(5, 3)).layers[0]
    found = cell_arithmetic(layer, 3, 2, notation=notation)[0]
    assert found.text.startswith(f"{line} = ")
    # What stands above the old state in symbols is the number that multiplies it, whatever it is called.
    kept = float(layer["update_gate"][3, 2])
    assert abs(float(found.texts["update_gate"]) - kept) < 0.51e-2
    assert GRU["update_gate"].symbol(notation) == {"pytorch": "z_t", "udacity": "1 − Γ_u"}[notation]
