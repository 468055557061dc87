"""How a cell is drawn: where its parts sit on a grid, and the stages in which a reader follows a step.

Parts are named by what they compute, in code names: ``"forget_gate"``, ``"forget_gate * cell_state-"`` for a product
(``-`` is the step before), ``"1 - update_gate"``, ``"U candidate"`` for a layer that sees only the hidden state.
Further names: ``"concatenate"`` for where the inputs join the hidden state, ``"concatenate, forget_gate-"`` for where
more joins the two, ``"inputs"``, and ``"cell_state-"`` and ``"cell_state+"`` for where a state enters and leaves.
`lstm_viz.cells.expression.key_of` names them, `lstm_viz.analysis.equations` finds the parts and the wires.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Stage:
    """A stretch of a step: some parts, together with all that only they need.

    Attributes
    ----------
    title : one word, such as "Forget"
    parts : what the stage ends in
    says : a sentence about one unit; ``<part>`` stands for that part's number
    """

    title: str
    parts: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Drawing:
    """Facts of a cell's drawing.

    Attributes
    ----------
    rows : from the top, column → part; a part that is not named is put between its neighbours
    stages : in the order in which the step is told, after the concatenation and the gates
    grouped_in : notations in which the drawing is grouped by stage, because that is how its texts draw it
    bends : wire, as the names of the parts at its ends → column in which it changes rows, where it has to go round
    """

    rows: tuple[Mapping[float, str], ...] = ()
    stages: tuple[Stage, ...] = ()
    grouped_in: tuple[str, ...] = ()
    bends: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Part → column and row."""
        return {part: (column, row) for row, parts in enumerate(self.rows) for column, part in parts.items()}

    def changed(
        self,
        *,
        without: tuple[str, ...] = (),
        places: Mapping[str, tuple[float, int]] | None = None,
        stages: Mapping[str, Stage | None] | None = None,
        bends: Mapping[tuple[str, str], float] | None = None,
    ) -> "Drawing":
        """The same drawing without some parts, with others at new places, and some stages told anew or not at all.

        Parameters
        ----------
        without : parts that are not there
        places : part → column and row
        stages : title → what stands in its place
        bends : see above
        """
        at = {part: place for part, place in self.places.items() if part not in without} | dict(places or {})
        rows: list[dict[float, str]] = [{} for _ in range(1 + int(max(row for _, row in at.values())))]
        for part, (column, row) in at.items():
            rows[int(row)][column] = part
        told = {stage.title: stage for stage in self.stages} | dict(stages or {})
        kept = tuple(stage for stage in told.values() if stage)
        return replace(self, rows=tuple(rows), stages=kept, bends={**self.bends, **(bends or {})})


NO_DRAWING = Drawing()
"""Every part between its neighbours, and no stages but the quantities."""
