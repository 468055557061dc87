"""What a stage of a step speaks of: the parts, wires and equations that are lit while it is told."""

import re
from dataclasses import dataclass

from lstm_viz.analysis.equations.graph import CONCATENATE
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import Cell


@dataclass(frozen=True)
class Lights:
    """What is lit.

    Attributes
    ----------
    cited : keys of the parts whose numbers the stage's sentence gives
    parts : keys of these, of the parts that act in the stage, of what they read, and of where their states leave
    wires : (source, target) of the wires between them
    lines : the quantities whose equations say the same
    """

    cited: frozenset[str]
    parts: frozenset[str]
    wires: frozenset[tuple[str, str]]
    lines: frozenset[str]


def lights(cell: Cell) -> tuple[Lights, ...]:
    """One for each stage of a cell's `wiring`.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> sorted(lights(LSTM)[2].parts), sorted(lights(LSTM)[2].lines)
    (['cell_state-', 'forget_gate', 'forget_gate * cell_state-'], ['cell_state', 'forget_gate'])
    """
    drawn = wiring(cell)
    entering = {part.key for part in drawn.parts if part.kind == "enter"}
    found = []
    for k, stage in enumerate(drawn.stages):
        acting = {part.key for part in drawn.parts if part.stage == k} - entering
        made = {part.owner for part in drawn.parts if part.key in acting}
        read = {wire.source for wire in drawn.wires if wire.target in acting}
        cited = set(re.findall(r"<([^>]+)>", stage.says)) if stage.says else set(stage.ends) - {CONCATENATE} or read
        wires = {(wire.source, wire.target) for wire in drawn.wires if {wire.source, wire.target} & acting}
        # What only joins two lists is said by the equations that weigh what it joins.
        weighing = {drawn[target].owner for source, target in wires if drawn[source].kind == "concatenate"}
        lines = (made | cited | (set() if stage.says else weighing)) & {quantity.name for quantity in cell.quantities}
        found.append(Lights(frozenset(cited), frozenset(acting | read | cited), frozenset(wires), frozenset(lines)))
    return tuple(found)
