"""What a stage lights is what its sentence speaks of, in every cell."""

import re

import pytest

from lstm_viz.analysis.equations.lights import lights
from lstm_viz.analysis.equations.links import sources
from lstm_viz.analysis.equations.stages import equations_of
from lstm_viz.analysis.equations.tokens import tokens_of
from lstm_viz.analysis.equations.wiring import stage_names, wiring
from lstm_viz.cells import CELLS, Cell


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_stage_lights_what_its_sentence_speaks_of(cell: Cell) -> None:
    drawn = wiring(cell)
    numbers = {
        line.quantity: {key for stage in line.stages for _, key, _ in tokens_of(stage)} | {line.quantity}
        for line in equations_of(cell)
    }
    for k, (stage, lit) in enumerate(zip(drawn.stages, lights(cell), strict=True)):
        spoken = set(re.findall(r"<([^>]+)>", stage.says)) or set(stage.ends)
        assert spoken <= lit.parts, "every number that the sentence gives"
        assert {
            part.key for part in drawn.parts if part.stage == k and part.kind not in ("enter", "leave")
        } <= lit.parts
        assert lit.lines, "some equation says the same"
        if stage.says:
            said = set.union(*(numbers[line] | set(sources(cell, line)) for line in lit.lines))
            worked_out = {key for key in spoken if drawn[key].kind == "complement"}  # stands there as 1 − its gate
            assert lit.cited == spoken
            assert spoken - worked_out <= said, "every number of the sentence stands in an equation that is lit"
        for source, target in lit.wires:
            assert source in lit.parts or target in lit.parts
        assert lit.lines <= {quantity.name for quantity in cell.quantities}
        assert len(cell.quantities) <= 3 or lit.lines < set(numbers) or k < 2, "and not all of them"
        assert stage.title.lower() in stage_names()


def test_forget_lights_the_gate_the_old_memory_and_the_two_equations() -> None:
    drawn = wiring(CELLS["lstm"])
    k = next(k for k, stage in enumerate(drawn.stages) if stage.title == "Forget")
    lit = lights(CELLS["lstm"])[k]
    assert lit.lines == {"forget_gate", "cell_state"}
    assert lit.parts == {"forget_gate", "cell_state-", "forget_gate * cell_state-"}
    assert ("cell_state-", "forget_gate * cell_state-") in lit.wires
    assert ("concatenate", "forget_gate") not in lit.wires
