"""The parts and wires of a cell's drawing, found in its definition: boxes, operations, where they sit, who feeds whom.

Positions are columns and rows of a grid, rows counted from the top; how large a column is, the drawing decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lstm_viz.analysis.equations.graph import CONCATENATE, Graph, behind, graph_of, weighs_what_arrives
from lstm_viz.cells import CELLS, Cell
from lstm_viz.cells.expression import Expression

Place = tuple[float, float]
Places = Mapping[str, Place]
Box = tuple[float, float, float, float]

JOIN, GATES = "Concatenate", "Gates"
"""Titles of the stages that no definition tells, because every cell begins with them."""


@dataclass(frozen=True)
class Part:
    """A box, an operation, or a place where something enters or leaves.

    Attributes
    ----------
    key : its name, as in `lstm_viz.cells.drawing`
    kind : "enter", "leave", "concatenate", "layer" (has weights), "function", "product", "ratio", "sum",
        "complement", or "same" for a quantity that is another one, where a line goes on and nothing is drawn
    label : what stands on it
    owner : the quantity in whose equation it stands; for what enters, itself
    place : column and row
    stage : index of the stage of a step in which it acts
    expression : what it computes; None for what enters, leaves or concatenates
    """

    key: str
    kind: str
    label: str
    owner: str
    place: Place
    stage: int
    expression: Expression | None = None


@dataclass(frozen=True)
class Wire:
    """From one part to another, along straight pieces between `points`."""

    source: str
    target: str
    points: tuple[Place, ...]


@dataclass(frozen=True)
class StageOfStep:
    """A stage of a step: its title, its sentence with ``<part>`` for a part's number, and the part it ends in."""

    title: str
    says: str
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Wiring:
    """A cell as a drawing.

    Attributes
    ----------
    parts : in the order in which a step computes them
    wires : in the order of the parts they lead to
    forks : where a wire splits into copies of the same values
    stages : in order; every part belongs to one
    groups : index of stage → the left, top, right and bottom of what it holds, for notations that group by stage
    """

    parts: tuple[Part, ...]
    wires: tuple[Wire, ...]
    forks: tuple[Place, ...]
    stages: tuple[StageOfStep, ...]
    groups: Mapping[int, Box]

    def __getitem__(self, key: str) -> Part:
        return next(part for part in self.parts if part.key == key)


def wiring(cell: Cell) -> Wiring:
    """The drawing of a cell.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> [stage.title for stage in wiring(LSTM).stages]
    ['Concatenate', 'Gates', 'Forget', 'Learn', 'Remember', 'Use']
    """
    graph = graph_of(cell)
    places = _places(cell, graph)
    stages, stage_of = _stages(cell, graph)
    parts = tuple(
        Part(key, node.kind, node.label, node.owner, places[key], stage_of[key], node.expression)
        for key, node in graph.items()
    )
    wires = tuple(
        Wire(source, target, _route(graph, places, source, target, cell.drawing.bends.get((source, target))))
        for target, node in graph.items()
        for source in dict.fromkeys(node.feeds)
    )
    groups = dict(_groups(cell, graph, places, len(stages) - len(cell.drawing.stages)))
    return Wiring(parts, wires, tuple(_forks(wires)), stages, groups)


def stage_names() -> tuple[str, ...]:
    """What an address calls the stages of all cells: their titles in lower case."""
    told = (stage.title for cell in CELLS.values() for stage in cell.drawing.stages)
    return tuple(dict.fromkeys(title.lower() for title in (JOIN, GATES, *told)))


def _groups(cell: Cell, graph: Graph, places: Places, first: int) -> Iterator[tuple[int, Box]]:
    """The box around the parts of each stage that the definition tells; the gates it needs count as its own."""
    seen: set[str] = set()
    for k, stage in enumerate(cell.drawing.stages, first):
        own = set(behind(graph, stage.parts)) - seen
        seen |= own
        inside = [places[key] for key in own if graph[key].kind not in ("enter", "concatenate")]
        if inside:
            columns, rows = zip(*inside, strict=True)
            yield k, (min(columns), min(rows), max(columns), max(rows))


def _places(cell: Cell, graph: Graph) -> Places:
    """Where every part sits: the definition's place, or between its neighbours, or behind what it reads."""
    given = cell.drawing.places
    places: dict[str, Place] = {key: given[key] for key in graph if key in given}
    for key, node in graph.items():
        if key in places:
            continue
        before = [places[name] for name in node.feeds if name in places]
        after = [places[name] for name, other in graph.items() if key in other.feeds and name in places]
        if not given or not (before or after):
            column = 1 + max((place[0] for place in before), default=-1)
            row = 0.0
        else:
            near = before + after
            column = sum(place[0] for place in near) / len(near)
            row = sum(place[1] for place in near) / len(near)
        while any(abs(column - x) < 0.9 and abs(row - y) < 0.7 for x, y in places.values()):
            row += 0.5 if given else 1
        places[key] = (column, row)
    return places


def _stages(cell: Cell, graph: Graph) -> tuple[tuple[StageOfStep, ...], dict[str, int]]:
    """The stages of a step, and in which one each part acts."""
    told = [StageOfStep(stage.title, stage.says, stage.parts) for stage in cell.drawing.stages] or [
        StageOfStep(q.label, f"The {q.label.lower()} becomes <{q.name}>.", (q.name,)) for q in cell.states
    ]
    ends = {key for stage in told for key in stage.ends}
    layers = tuple(
        key
        for key, part in graph.items()
        if key == part.owner
        and weighs_what_arrives(graph, key)
        # A gate that needs what a told stage makes acts in a later one.
        and not ends & set(behind(graph, (key,)))
    )
    gates = [StageOfStep(GATES, "", layers)] if layers else []
    join = [StageOfStep(JOIN, "", (CONCATENATE,))] if CONCATENATE in graph else []
    stages = (*join, *gates, *told)
    stage_of: dict[str, int] = {}
    for k, stage in enumerate(stages):
        for key in behind(graph, stage.ends):
            stage_of.setdefault(key, k)
    for key, part in graph.items():
        # What enters is there from the start; what leaves does so when it is made; what no stage needs comes last.
        if part.kind == "enter":
            stage_of[key] = 0
        elif part.kind == "leave":
            stage_of[key] = stage_of[part.owner]
        else:
            stage_of.setdefault(key, len(stages) - 1)
    # Where one stage needs all that another makes, nothing may be left for that other.
    used = sorted(set(stage_of.values()))
    return tuple(stages[k] for k in used), {key: used.index(k) for key, k in stage_of.items()}


def _route(graph: Graph, places: Places, source: str, target: str, bend: float | None) -> tuple[Place, ...]:
    """Straight where possible, otherwise with one corner, or with two where it bends in a column of its own.

    What runs along a row, such as a memory on its way from left to right, leaves it only when it is below or above its
    goal; anything else first rises to its goal's row.
    """
    (x, y), (column, row) = places[source], places[target]
    if bend is not None:
        return tuple(dict.fromkeys(((x, y), (bend, y), (bend, row), (column, row))))
    if x == column or y == row:
        return ((x, y), (column, row))
    leaving = places.get(f"{source}+")
    runs_along = graph[source].kind in ("enter", "concatenate") or (leaving and leaving[1] == y)
    corner = (column, y) if runs_along else (x, row)
    return ((x, y), corner, (column, row))


def _forks(wires: tuple[Wire, ...]) -> Iterator[Place]:
    """Corners that lie on another wire of the same source: there its values are copied."""
    seen: set[Place] = set()
    for wire in wires:
        others = [other for other in wires if other is not wire and other.source == wire.source]
        for corner in wire.points[1:-1]:
            if corner not in seen and any(_lies_on(corner, other) for other in others):
                seen.add(corner)
                yield corner


def _lies_on(place: Place, wire: Wire) -> bool:
    """Whether a wire goes on past a place, rather than turning there the same way."""
    for k, ((x0, y0), (x1, y1)) in enumerate(zip(wire.points, wire.points[1:], strict=False)):
        last = k == len(wire.points) - 2
        along_x = y0 == y1 == place[1] and min(x0, x1) < place[0] < max(x0, x1)
        along_y = x0 == x1 == place[0] and min(y0, y1) < place[1] < max(y0, y1)
        if along_x or along_y or (last and place == (x1, y1)):
            return True
    return False
