"""The parts and wires of a cell's drawing, found in its definition: boxes, operations, where they sit, who feeds whom.

Positions are columns and rows of a grid, rows counted from the top; how large a column is, the drawing decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lstm_viz.analysis.equations.expression import (
    Call,
    Constant,
    Expression,
    MatrixProduct,
    Parameter,
    Product,
    Sum,
    Symbol,
    WeightedSum,
    expression_of,
    names_in,
    parts_of,
    without_projection,
)
from lstm_viz.cells import Cell

Place = tuple[float, float]
Box = tuple[float, float, float, float]

FUNCTION_LABELS: Mapping[str, str] = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU", "project": "project"}
CONCATENATE = "concatenate"
INPUTS = "inputs"


@dataclass(frozen=True)
class Part:
    """A box, an operation, or a place where something enters or leaves.

    Attributes
    ----------
    key : its name, as in `lstm_viz.cells.drawing`
    kind : "enter", "leave", "concatenate", "layer" (has weights), "function", "product", "sum", "complement", or "same"
        for a quantity that is another one, where a line goes on and nothing is drawn
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


@dataclass
class _Found:
    """A part while the drawing is being made."""

    kind: str
    label: str
    owner: str
    feeds: list[str]
    expression: Expression | None = None
    place: Place | None = field(default=None)


def wiring(cell: Cell) -> Wiring:
    """The drawing of a cell.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> [stage.title for stage in wiring(LSTM).stages]
    ['Concatenate', 'Gates', 'Forget', 'Learn', 'Remember', 'Use']
    """
    found = _parts_of(cell)
    _set_places(cell, found)
    stages, stage_of = _stages(cell, found)
    parts = tuple(
        Part(key, each.kind, each.label, each.owner, each.place or (0, 0), stage_of[key], each.expression)
        for key, each in found.items()
    )
    wires = tuple(_wires(found, cell.drawing.bends))
    groups = dict(_groups(cell, found, len(stages) - len(cell.drawing.stages)))
    return Wiring(parts, wires, tuple(_forks(wires)), stages, groups)


def _groups(cell: Cell, found: Mapping[str, "_Found"], first: int) -> Iterator[tuple[int, Box]]:
    """The box around the parts of each stage that the definition tells; the gates it needs count as its own."""
    seen: set[str] = set()
    for k, stage in enumerate(cell.drawing.stages, first):
        own = set(_behind(found, stage.parts)) - seen
        seen |= own
        places = [found[key].place or (0, 0) for key in own if found[key].kind not in ("enter", "concatenate")]
        if places:
            columns, rows = zip(*places, strict=True)
            yield k, (min(columns), min(rows), max(columns), max(rows))


def key_of(expression: Expression, *, inside: bool = False) -> str:
    """The name of the part that computes an expression, such as ``forget_gate * cell_state-``."""
    match expression:
        case Constant(value):
            return f"{value:g}"
        case Symbol(name, before):
            return f"{name}-" if before else name
        case Parameter(name) | MatrixProduct(name, _):
            return name
        case WeightedSum(name, part):
            return f"{'U' if part == 'hidden' else 'W'} {name}"
        case Call(function, argument):
            return f"{function}({key_of(argument)})"
        case Product(factors):
            return " * ".join(key_of(factor, inside=True) for factor in factors)
        case Sum(terms):
            # A sum reads better when it does not begin with a sign.
            texts = [("-" if sign < 0 else "+", key_of(term, inside=True)) for sign, term in terms]
            text = "".join(f" {sign} {name}" for sign, name in texts)
            text = text[3:] if text.startswith(" + ") else text.lstrip()
            return f"({text})" if inside else text
    raise TypeError(f"cannot name {expression!r}")


def _parts_of(cell: Cell) -> dict[str, _Found]:
    found: dict[str, _Found] = {f"{each.name}-": _Found("enter", each.label, each.name, []) for each in cell.carried}
    found[INPUTS] = _Found("enter", "Input", INPUTS, [])
    found[CONCATENATE] = _Found("concatenate", "", INPUTS, ["hidden_state-", INPUTS])
    for quantity in cell.quantities:
        _add(found, without_projection(expression_of(cell, quantity.name)), quantity.name, quantity.name)
    for state in cell.states:
        found[f"{state.name}+"] = _Found("leave", state.label, state.name, [state.name])
    return found


def _add(found: dict[str, _Found], expression: Expression, owner: str, key: str = "") -> str:
    """Add the part that an expression needs, after the parts it reads; return its key."""
    if isinstance(expression, Symbol) and not key:
        return key_of(expression)
    key = key or key_of(expression)
    if key in found:
        return key
    feeds: list[str] = []
    match expression:
        case WeightedSum(_, part):
            kind, label, feeds = "layer", {"input": "W·x", "hidden": "U·h"}.get(part, "Σ"), [CONCATENATE]
        case Call(function, argument) if _is_layer(argument):
            kind, label, feeds = "layer", FUNCTION_LABELS[function], _layer_feeds(found, argument, owner)
        case Call(function, argument):
            kind, label, feeds = "function", FUNCTION_LABELS[function], [_add(found, argument, owner)]
        case Product(factors):
            kind, label = "product", "×"
            feeds = [_add(found, factor, owner) for factor in factors if not isinstance(factor, Constant | Parameter)]
        case Sum(terms):
            rest = [(sign, term) for sign, term in terms if not isinstance(term, Constant)]
            kind, label = "sum", "−" if [sign for sign, _ in rest] == [1, -1] else "+"
            if len(rest) == 1 and len(terms) == 2 and rest[0][0] < 0:
                constant = next(term.value for _, term in terms if isinstance(term, Constant))
                kind, label = "complement", f"{constant:g} −"
            feeds = [_add(found, term, owner) for _, term in rest]
        case Symbol():
            kind, label, feeds = "same", "", [key_of(expression)]
        case _:
            kind, label = "function", key_of(expression)
    found[key] = _Found(kind, label, owner, feeds, expression)
    return key


def _terms(argument: Expression) -> list[Expression]:
    return [term for _, term in argument.terms] if isinstance(argument, Sum) else [argument]


def _is_layer(argument: Expression) -> bool:
    """Whether it is a whole weighted sum or a further matrix's, perhaps with more terms that weigh no other unit."""
    terms = _terms(argument)
    sums = [term.part for term in terms if isinstance(term, WeightedSum)]
    weigh = [term for term in terms if isinstance(term, WeightedSum | MatrixProduct)]
    rest = [term for term in terms if term not in weigh]
    return bool(weigh) and sums in ([], ["all"]) and not any(_has_weights(term) for term in rest)


def _has_weights(expression: Expression) -> bool:
    weighs = isinstance(expression, WeightedSum | MatrixProduct)
    return weighs or any(_has_weights(part) for part in parts_of(expression))


def _layer_feeds(found: dict[str, _Found], argument: Expression, owner: str) -> list[str]:
    """What a layer reads: one list of all that it weighs over all units, and what it weighs unit by unit."""
    terms = _terms(argument)
    joined = [CONCATENATE] if any(isinstance(term, WeightedSum) for term in terms) else []
    joined += [_add(found, term.argument, owner) for term in terms if isinstance(term, MatrixProduct)]
    if len(joined) > 1:
        joint = ", ".join(joined)
        found.setdefault(joint, _Found("concatenate", "", INPUTS, joined))
        joined = [joint]
    single = [term for term in terms if not isinstance(term, MatrixProduct)]
    return [*joined, *sorted(key_of(symbol) for term in single for symbol in names_in(term))]


def _set_places(cell: Cell, found: dict[str, _Found]) -> None:
    """Give every part its place: the definition's, or between its neighbours, or behind what it reads."""
    places = cell.drawing.places
    for key, part in found.items():
        part.place = places.get(key)
    taken = {part.place for part in found.values() if part.place}
    for key, part in found.items():
        if part.place:
            continue
        before = [place for name in part.feeds if (place := found[name].place)]
        after = [place for other in found.values() if key in other.feeds and (place := other.place)]
        if not places or not (before or after):
            column = 1 + max((place[0] for place in before), default=-1)
            row = 0.0
        else:
            near = before + after
            column = sum(place[0] for place in near) / len(near)
            row = sum(place[1] for place in near) / len(near)
        while any(abs(column - x) < 0.9 and abs(row - y) < 0.7 for x, y in taken):
            row += 0.5 if places else 1
        part.place = (column, row)
        taken.add(part.place)


def _stages(cell: Cell, found: Mapping[str, _Found]) -> tuple[tuple[StageOfStep, ...], dict[str, int]]:
    """The stages of a step, and in which one each part acts."""
    told = [StageOfStep(stage.title, stage.says, stage.parts) for stage in cell.drawing.stages] or [
        StageOfStep(q.label, f"The {q.label.lower()} becomes <{q.name}>.", (q.name,)) for q in cell.states
    ]
    ends = {key for stage in told for key in stage.ends}
    layers = tuple(
        key
        for key, part in found.items()
        if part.kind == "layer"
        and key == part.owner
        and any(found[name].kind == "concatenate" for name in part.feeds)
        # A gate that needs what a told stage makes acts in a later one.
        and not ends & set(_behind(found, (key,)))
    )
    gates = [StageOfStep("Gates", "", layers)] if layers else []
    stages = (StageOfStep("Concatenate", "", (CONCATENATE,)), *gates, *told)
    stage_of: dict[str, int] = {}
    for k, stage in enumerate(stages):
        for key in _behind(found, stage.ends):
            stage_of.setdefault(key, k)
    for key, part in found.items():
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


def _behind(found: Mapping[str, _Found], keys: tuple[str, ...]) -> Iterator[str]:
    """Parts and all that they need."""
    for key in keys:
        if key in found:
            yield from _behind(found, tuple(found[key].feeds))
            yield key


def _wires(found: Mapping[str, _Found], bends: Mapping[tuple[str, str], float]) -> Iterator[Wire]:
    for target, part in found.items():
        for source in dict.fromkeys(part.feeds):
            yield Wire(source, target, _route(found, source, target, bends.get((source, target))))


def _route(found: Mapping[str, _Found], source: str, target: str, bend: float | None) -> tuple[Place, ...]:
    """Straight where possible, otherwise with one corner, or with two where it bends in a column of its own.

    What runs along a row, such as a memory on its way from left to right, leaves it only when it is below or above its
    goal; anything else first rises to its goal's row.
    """
    (x, y), (column, row) = found[source].place or (0, 0), found[target].place or (0, 0)
    if bend is not None:
        return ((x, y), (bend, y), (bend, row), (column, row))
    if x == column or y == row:
        return ((x, y), (column, row))
    leaving = found.get(f"{source}+")
    runs_along = found[source].kind in ("enter", "concatenate") or (leaving and leaving.place and leaving.place[1] == y)
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
