"""What the browser keeps of a cell: its drawing, equations and symbols in every notation; no number of a run."""

from collections.abc import Sequence
from typing import Any

from lstm_viz.analysis.equations.graph import CONCATENATE, INPUTS
from lstm_viz.analysis.equations.lights import Lights, lights
from lstm_viz.analysis.equations.links import links, sources
from lstm_viz.analysis.equations.senses import sense_of
from lstm_viz.analysis.equations.stages import equations_of
from lstm_viz.analysis.equations.step_numbers import strips
from lstm_viz.analysis.equations.symbols import in_symbols, symbols
from lstm_viz.analysis.equations.tokens import tokens_of
from lstm_viz.analysis.equations.wiring import Part, Wiring, wiring
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.expression import MatrixProduct, WeightedSum
from lstm_viz.cells.notation import to_html
from lstm_viz.live_page.colours import SIGNED
from lstm_viz.ui.pages.inside.fields import READ_OUT
from lstm_viz.ui.pages.inside.message import Drawn, Sheet
from lstm_viz.words.phrases import listing

_READ = Lights(
    cited=frozenset(),
    parts=frozenset({"hidden_state", "hidden_state+"}),
    wires=frozenset({("hidden_state", "hidden_state+")}),
    lines=frozenset({"hidden_state"}),
)
"""What is lit while the answer is read: what the cell shows."""


def cell_sheet(cell: Cell, *, units: int, has_bias: bool) -> Sheet:
    """Everything about a cell without projection that stays whatever it reads.

    Parameters
    ----------
    units : how many there are
    has_bias : whether its weighted sums have a bias
    """
    turned = [notation for notation in NOTATIONS if cell.in_notation(notation) is not cell]
    drawn = _drawn(cell, units, has_bias)
    if not turned:
        return {**drawn, "opposite": None}
    other = _drawn(cell.in_notation(turned[0]), units, has_bias)
    return {**drawn, "opposite": {**sense_of(cell, turned[0]), "notations": turned, "sheet": other}}


def _drawn(cell: Cell, units: int, has_bias: bool) -> Drawn:
    drawn, lit = wiring(cell), (*lights(cell), _READ)
    return {
        "title": cell.title,
        "summary": cell.summary,
        "notes": list(cell.notes),
        "also": _also(cell, drawn, units),
        "quantities": [
            {
                "name": quantity.name,
                "label": quantity.label,
                "meaning": quantity.meaning,
                "symbols": [to_html(quantity.symbol(notation)) for notation in NOTATIONS],
            }
            for quantity in cell.quantities
        ],
        "symbols": {notation: symbols(cell, notation) for notation in NOTATIONS},
        "links": links(cell),
        "parts": _parts(cell, drawn, lit, has_bias),
        "wires": [
            {
                "source": wire.source,
                "target": wire.target,
                "points": wire.points,
                "stage": drawn[wire.target].stage,
                "lit": [k for k, each in enumerate(lit) if (wire.source, wire.target) in each.wires],
            }
            for wire in drawn.wires
        ],
        "forks": list(drawn.forks),
        "stages": [
            *(
                {
                    "name": stage.title.lower(),
                    "title": stage.title,
                    "says": stage.says,
                    "ends": stage.ends,
                    "cited": sorted(each.cited),
                }
                for stage, each in zip(drawn.stages, lit, strict=False)
            ),
            {"name": READ_OUT, "title": READ_OUT.capitalize(), "says": "", "ends": [], "cited": []},
        ],
        "groups": [[k, *box] for k, box in drawn.groups.items()],
        "groupedIn": list(cell.drawing.grouped_in),
        "lines": [
            {
                "quantity": equation.quantity,
                "sources": list(sources(cell, equation.quantity).items()),
                "written": {each: in_symbols(cell, equation.quantity, each, has_bias=has_bias) for each in NOTATIONS},
                "stages": [tokens_of(stage) for stage in equation.stages],
                "stage": drawn[equation.quantity].stage,
                "lit": [k for k, each in enumerate(lit) if equation.quantity in each.lines],
            }
            for equation in equations_of(cell, has_bias=has_bias)
        ],
    }


def _parts(cell: Cell, drawn: Wiring, lit: Sequence[Lights], has_bias: bool) -> list[dict[str, Any]]:
    numbered = strips(cell, has_bias=has_bias)
    return [
        {
            "key": part.key,
            "kind": part.kind,
            "label": part.label,
            "name": _name(cell, part),
            "owner": part.owner,
            "place": part.place,
            "stage": part.stage,
            "lit": [k for k, each in enumerate(lit) if part.key in each.parts],
            "scale": _scale(cell, part),
            "values": part.key in numbered,
            "quantity": part.key == part.owner and part.key != CONCATENATE,
            "leaves": part.kind == "enter" or part.key in (state.name for state in cell.states),
        }
        for part in drawn.parts
    ]


def _scale(cell: Cell, part: Part) -> str:
    """Whose scale a part has: the quantity's that it is, now or a step before; of sums and products, none's."""
    for quantity in cell.quantities:
        if part.key == quantity.name or (part.key.rstrip("+-") == quantity.name and not quantity.range.is_share):
            return quantity.name
    return SIGNED


def _name(cell: Cell, part: Part) -> str:
    """What a box, or a place where a state enters, is called; "" where its sign says all."""
    if isinstance(part.expression, WeightedSum) and part.expression.part != "all" and cell.recurrent:
        return "Input’s part" if part.expression.part == "input" else "State’s part"
    if isinstance(part.expression, MatrixProduct) and part.key != part.owner:
        return "State’s part"
    named = part.key == part.owner and part.kind in ("layer", "function", "complement")
    state = part.kind == "enter" and part.owner != INPUTS
    return cell[part.owner].label if named or state else ""


def _also(cell: Cell, drawn: Wiring, units: int) -> str:
    """A sentence on the boxes that weigh more than the inputs and the last hidden state; "" where there are none."""
    sentences = []
    for part in drawn.parts:
        if part.kind != "concatenate" or part.key == CONCATENATE:
            continue
        more = [drawn[w.source] for w in drawn.wires if w.target == part.key and w.source != CONCATENATE]
        boxes = [drawn[wire.target] for wire in drawn.wires if wire.source == part.key]
        seeing, seen = (listing([cell[p.owner].label.lower() for p in each]) for each in (boxes, more))
        sentences.append(f" Of these, {seeing} also weigh the {len(more) * units} numbers of the last {seen}.")
    return "".join(sentences)
