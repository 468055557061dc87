"""A compiled cell: what it says of itself, and that names of a definition may be any."""

import json
import math
import re
from dataclasses import replace

import pytest

from lstm_viz.cells import CELLS, Cell, Role
from lstm_viz.cells.compiler import compiled
from lstm_viz.cells.definition import candidate, gate, state


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_it_says_what_the_definition_does(cell: Cell) -> None:
    found = json.loads(re.search("^export const cell = (.*);$", compiled(cell), re.MULTILINE)[1])  # type: ignore[index]
    assert [each["name"] for each in found["quantities"]] == [quantity.name for quantity in cell.quantities]
    for said, quantity in zip(found["quantities"], cell.quantities, strict=True):
        assert Role(said["role"]) is quantity.role
        assert (-math.inf if said["low"] is None else said["low"]) == quantity.range.low
        assert (math.inf if said["high"] is None else said["high"]) == quantity.range.high
        assert (said["recorded"], said["weighted"]) == (quantity.recorded, quantity.weighted)
        assert said["carried"] == (quantity in cell.carried)
    assert found["memory"] == (cell.memory.name if cell.memory else None)
    assert found["parameters"] == cell.parameters


def test_no_name_of_a_definition_is_taken_for_code() -> None:
    symbols = ("a", "a", "a")
    cell = replace(
        CELLS["rnn"],
        name="odd",
        quantities=(
            gate("new", "New", "", symbols),
            candidate("delete", "Delete", "", symbols),
            state(
                "hidden_state",
                "H",
                "",
                symbols,
                compute=lambda now, before: now.new * now.delete,
            ),
        ),
    )
    code = re.sub(r'"[^"\n]*"|//.*', "", compiled(cell))
    assert not re.search(r"\b(new|delete)\b", code)


def test_what_cannot_be_computed_is_refused_when_it_is_compiled() -> None:
    cell = replace(
        CELLS["rnn"],
        quantities=(replace(CELLS["rnn"]["hidden_state"], compute=lambda now, before: now.tanh(now.missing)),),
    )
    with pytest.raises(AttributeError, match="missing"):
        compiled(cell)
