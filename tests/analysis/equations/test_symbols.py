"""Everything in a cell's equations has a symbol in every notation, and a part of the drawing that it stands for."""

from dataclasses import replace

import pytest

from lstm_viz.analysis.equations.links import links
from lstm_viz.analysis.equations.stages import JOINED
from lstm_viz.analysis.equations.symbols import symbols
from lstm_viz.cells import CELLS, LSTM, NOTATIONS
from lstm_viz.cells.definition import Further
from lstm_viz.cells.notation import to_html


@pytest.mark.parametrize("kind", CELLS)
def test_every_notation_has_every_symbol(kind: str) -> None:
    cell = CELLS[kind]
    tables = {notation: symbols(cell, notation) for notation in NOTATIONS}
    # A whole weighted sum has a symbol of its own where it is written as one matrix.
    assert len({frozenset(name for name in table if JOINED not in name) for table in tables.values()}) == 1
    for notation, table in tables.items():
        for quantity in cell.quantities:
            assert table[quantity.name] == to_html(quantity.symbol(notation))
        layers = {quantity.name for quantity in cell.quantities if quantity.weighted or quantity.parameters}
        joined = {JOINED + quantity.name for quantity in cell.weighted} if notation == "pytorch" else set()
        assert set(links(cell)) - set(table) == {f"sum·{name}" for name in layers} | joined
        assert set(cell.parameters) <= set(table)


def test_what_a_further_matrix_weighs_is_written_with_its_signs() -> None:
    changed = replace(
        LSTM["cell_state"],
        parameters={"more": Further("M", 2)},
        compute=lambda now, before: now.product("more", 1 - now.forget_gate + before.cell_state),
    )
    cell = replace(LSTM, quantities=tuple(changed if q.name == "cell_state" else q for q in LSTM.quantities))
    assert symbols(cell, "pytorch")["more"] == "M\u2009(1 − f<sub>t</sub> + c<sub>t−1</sub>)"


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_index_of_a_further_weight_has_no_index_of_its_own(notation: str) -> None:
    gate = replace(CELLS["gru"]["reset_gate"], parameters={"peephole": Further("p_{<reset_gate>}", 1)})
    cell = replace(CELLS["gru"], quantities=(gate, *CELLS["gru"].quantities[1:]))
    letter = {"textbook": "r", "pytorch": "r", "udacity": "r"}[notation]
    assert symbols(cell, notation)["peephole"] == f"p<sub>{letter}</sub>"
