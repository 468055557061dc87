"""Drawings hold exactly what the definitions say, for every cell there is and for one made up here."""

import pytest

from lstm_viz.analysis.equations.graph import CONCATENATE, INPUTS
from lstm_viz.analysis.equations.wiring import wiring
from lstm_viz.cells import CELLS, LSTM, VARIANTS, Cell
from lstm_viz.cells.definition import UNBOUNDED, candidate, gate, memory, state
from lstm_viz.cells.expression import WeightedSum

MADE_UP = Cell(
    name="made_up",
    title="Made up",
    source="this test",
    summary="A memory that decays by itself and is shown through a gate that also sees it.",
    quantities=(
        candidate("candidate", "Candidate", "new", ("a_t", "a_t", "a_t")),
        memory(
            "cell_state",
            "Memory",
            "old",
            ("m_t", "m_t", "m_t"),
            range=UNBOUNDED,
            keep=lambda now: 0.5,
            add=lambda now: now.candidate,
        ),
        gate(
            "output_gate",
            "Gate",
            "shown",
            ("q_t", "q_t", "q_t"),
            compute=lambda now, before: now.sigmoid(now.weighted_sum("output_gate") + now.cell_state),
        ),
        state(
            "hidden_state",
            "Output",
            "out",
            ("h_t", "h_t", "h_t"),
            compute=lambda now, before: now.output_gate * now.tanh(now.cell_state) - before.hidden_state,
        ),
    ),
)
ALL = [*CELLS.values(), MADE_UP]
each_cell = pytest.mark.parametrize("cell", ALL, ids=lambda cell: cell.name)


@each_cell
def test_every_quantity_has_one_part_and_no_part_another_owner(cell: Cell) -> None:
    drawn = wiring(cell)
    keys = [part.key for part in drawn.parts]
    assert len(keys) == len(set(keys))
    names = [quantity.name for quantity in cell.quantities]
    assert [key for key in keys if key in names] == names
    assert {part.owner for part in drawn.parts} == {*names, INPUTS}
    assert {part.key for part in drawn.parts if part.kind == "enter"} == {INPUTS, *(f"{c.name}-" for c in cell.carried)}
    assert {part.key for part in drawn.parts if part.kind == "leave"} == {f"{s.name}+" for s in cell.states}


@each_cell
def test_wires_lead_from_what_enters_to_what_leaves(cell: Cell) -> None:
    drawn = wiring(cell)
    order = {part.key: k for k, part in enumerate(drawn.parts)}
    fed = {part.key for part in drawn.parts if part.kind == "enter"}
    for part in drawn.parts:
        sources = [wire.source for wire in drawn.wires if wire.target == part.key]
        assert set(sources) <= fed, f"{part.key} is computed before what it needs"
        assert bool(sources) == (part.kind != "enter")
        fed.add(part.key)
    used = {wire.source for wire in drawn.wires}
    assert used >= {part.key for part in drawn.parts if part.kind != "leave"}
    for wire in drawn.wires:
        assert order[wire.source] < order[wire.target]
        assert (wire.points[0], wire.points[-1]) == (drawn[wire.source].place, drawn[wire.target].place)
        for (x0, y0), (x1, y1) in zip(wire.points, wire.points[1:], strict=False):
            assert (x0 == x1) != (y0 == y1), f"{wire.source} to {wire.target} has a slanted piece"


@each_cell
def test_parts_do_not_lie_on_each_other_or_on_foreign_wires(cell: Cell) -> None:
    drawn = wiring(cell)
    places = [part.place for part in drawn.parts]
    assert len(set(places)) == len(places)
    if not cell.drawing.rows:
        return
    for wire in drawn.wires:
        for part in drawn.parts:
            if part.key in (wire.source, wire.target):
                continue
            x, y = part.place
            for (x0, y0), (x1, y1) in zip(wire.points, wire.points[1:], strict=False):
                inside_x, inside_y = min(x0, x1) <= x <= max(x0, x1), min(y0, y1) <= y <= max(y0, y1)
                assert not (inside_x and inside_y), f"{wire.source} to {wire.target} runs through {part.key}"


@each_cell
def test_stages_follow_each_other(cell: Cell) -> None:
    drawn = wiring(cell)
    stage = {part.key: part.stage for part in drawn.parts}
    assert set(stage.values()) == set(range(len(drawn.stages)))
    for wire in drawn.wires:
        assert stage[wire.source] <= stage[wire.target]
    for told in drawn.stages:
        assert set(told.ends) <= set(stage)


DRAWN = [cell for cell in CELLS.values() if cell.drawing.rows]


@pytest.mark.parametrize("cell", DRAWN, ids=lambda cell: cell.name)
def test_definitions_name_only_parts_that_there_are(cell: Cell) -> None:
    keys = {part.key for part in wiring(cell).parts}
    assert set(cell.drawing.places) == keys, "every part has its place, and no place is left over"
    for told in cell.drawing.stages:
        assert set(told.parts) <= keys


def test_the_lstm_is_drawn_as_in_the_books() -> None:
    drawn = wiring(LSTM)
    rail = [part.key for part in sorted(drawn.parts, key=lambda part: part.place) if part.place[1] == 0]
    assert rail == ["cell_state-", "forget_gate * cell_state-", "cell_state", "cell_state+"]
    straight = [wire for wire in drawn.wires if {wire.source, wire.target} <= set(rail)]
    assert all(len(wire.points) == 2 for wire in straight)
    assert len(straight) == 3
    x = {part.key: part.place[0] for part in drawn.parts}
    assert x["forget_gate"] == x["forget_gate * cell_state-"], "the gate stands below where it acts"
    titles = [drawn.stages[k].title for k in drawn.groups]
    assert titles == ["Forget", "Learn", "Remember", "Use"]
    boxes = list(drawn.groups.values())
    for k, (left, top, right, bottom) in enumerate(boxes):
        for x0, y0, x1, y1 in boxes[k + 1 :]:
            assert right < x0 or x1 < left or bottom < y0 or y1 < top, "groups do not overlap"


def test_labels_are_the_functions_of_the_definition() -> None:
    kinds = {part.key: (part.kind, part.label) for part in wiring(LSTM).parts}
    assert kinds["forget_gate"] == ("layer", "σ")
    assert kinds["candidate"] == ("layer", "tanh")
    assert kinds["squashed_cell_state"] == ("function", "tanh")
    gru = {part.key: part for part in wiring(CELLS["gru"]).parts}
    assert gru["1 - update_gate"].label == "1 −"
    assert gru["U candidate"].expression == WeightedSum("candidate", "hidden")


def test_what_a_further_matrix_reads_has_its_wire() -> None:
    recurrence, use = wiring(CELLS["full_gate_recurrence"]), wiring(CELLS["use_layer"])
    (joint,) = (p.key for p in recurrence.parts if p.kind == "concatenate" and p.key != CONCATENATE)
    gates = [gate.name for gate in CELLS["full_gate_recurrence"].gates]
    joined = {wire.source for wire in recurrence.wires if wire.target == joint}
    assert joined == {CONCATENATE, *(f"{gate}-" for gate in gates)}
    assert {wire.target for wire in recurrence.wires if wire.source == joint} == set(gates)
    assert [wire.source for wire in recurrence.wires if wire.target == "candidate"] == [CONCATENATE]
    assert [wire.source for wire in use.wires if wire.target == "use_layer"] == ["forget_gate * cell_state-"]
    assert use["use_layer"].kind == "layer"
    assert "use_layer" not in next(stage.ends for stage in use.stages if stage.title == "Gates")


@pytest.mark.parametrize("cell", VARIANTS.values(), ids=VARIANTS)
def test_what_a_variant_shares_with_the_lstm_keeps_its_column(cell: Cell) -> None:
    column = {key: place[0] for key, place in cell.drawing.places.items()}
    shared = {key: place[0] for key, place in LSTM.drawing.places.items() if key in column}
    moved = {key for key in shared if shared[key] != column[key]}
    assert moved <= {"input_gate", CONCATENATE, INPUTS}
    assert [stage.title for stage in cell.drawing.stages] == [
        stage.title for stage in LSTM.drawing.stages if stage.title != "Forget" or "forget_gate" in column
    ]


def test_a_gate_that_sees_the_new_memory_acts_after_it() -> None:
    drawn = wiring(CELLS["peepholes"])
    assert drawn["output_gate"].stage > drawn["cell_state"].stage > drawn["forget_gate"].stage
    wire = next(w for w in drawn.wires if (w.source, w.target) == ("cell_state-", "forget_gate"))
    assert len(wire.points) == 4, "it goes round the memory's own line"


def test_a_made_up_cell_is_drawn_without_any_places() -> None:
    drawn = wiring(MADE_UP)
    kinds = {part.key: part.kind for part in drawn.parts}
    assert kinds["0.5 * cell_state-"] == "product"
    assert kinds["output_gate"] == "layer"
    feeds = {wire.source for wire in drawn.wires if wire.target == "output_gate"}
    assert feeds == {CONCATENATE, "cell_state"}
    assert [stage.title for stage in drawn.stages] == ["Concatenate", "Gates", "Memory", "Output"]
