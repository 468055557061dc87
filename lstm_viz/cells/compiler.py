"""A cell's definition as a module of JavaScript, which `web/network/layer.js` runs: one step, from its expressions.

Every quantity is a loop over units; what a matrix must be multiplied with is gathered in a loop before. What is carried
stands in rows, one a step; anything else in one row, until it is recorded. Names only ever stand in strings, so that no
name of a definition can be a word of the language.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lstm_viz.cells.definition import Cell, Quantity
from lstm_viz.cells.expression import (
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    Largest,
    MatrixProduct,
    Parameter,
    Product,
    Ratio,
    Sum,
    Symbol,
    WeightedSum,
    parts_of,
    run_part_on_symbols,
)
from lstm_viz.cells.weighing import weighing

_PRELUDE = """\
const { tanh, exp } = Math;
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const log_sigmoid = (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
const relu = (x) => Math.max(x, 0);
const hard_sigmoid = (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1);
const ratio = (a, b) => (b === 0 ? 0 : a / b);

// Puts what is held at a step, numbers where it is, in place of values from `row` on; and records them.
function note(held, record, values, row, width, now) {
  const at = now * width;
  if (held) for (let k = 0; k < width; k++) if (held[at + k] === held[at + k]) values[row + k] = held[at + k];
  if (record) for (let k = 0; k < width; k++) record[at + k] = values[row + k];
}
"""


def compiled(cell: Cell) -> str:
    """The text of an ES module.

    ``cell``
        what the definition says of its quantities, as plain values, where null is no bound, and −∞ as a first value;
        and ``products``, the matrices that a step multiplies with besides its weighted sums, by name, in order, null
        for the projection
    ``step(run, now, before)``
        one step of a layer, from row `before` to row `now`; see `web/network/layer.js` for `run`
    ``keep(values, k)``, ``add(values, k)``
        of a memory: what it keeps and adds, at place k of a layer's arrays by name; null for a cell without one
    ``share(values, k)``, ``content(values, k)``
        of what a memory adds: how much comes in, and of what; null for a cell without one
    ``show(run, now, before)``
        as `step`, of what follows from the memory alone, all else in row `now` as it is, and with the functions that
        `run` has in place of its own; see `web/analysis/split.js`
    """
    memory, weighed = cell.memory, weighing(cell)
    parts: dict[str, Any] = {
        **{name: memory and getattr(memory, name) for name in ("keep", "add")},
        **{name: weighed and getattr(weighed, name) for name in ("share", "content")},
    }
    writer = _Writer(cell)
    lines = [
        *writer.function("step", cell.quantities),
        "",
        *writer.function("show", cell.after_memory, given=True),
    ]
    return "\n".join([
        f"// {cell.title}: made from its definition by lstm_viz/cells/compiler.py.",
        f"export const cell = {json.dumps(_about(cell) | {'products': writer.products}, allow_nan=False)};",
        "",
        _PRELUDE,
        *lines,
        "",
        *(f"export const {name} = {_part(cell, part)};" for name, part in parts.items()),
        "",
    ])  # fmt: skip


def _about(cell: Cell) -> dict[str, Any]:
    weighed = weighing(cell)
    return {
        "quantities": [
            {
                "name": quantity.name,
                "role": quantity.role.value,
                "low": _bound(quantity.range.low),
                "high": _bound(quantity.range.high),
                "recorded": quantity.recorded,
                "weighted": quantity.weighted,
                "carried": quantity in cell.carried,
                "share": quantity.range.is_share,
                "first": _bound(quantity.first),
            }
            for quantity in cell.quantities
        ],
        "memory": cell.memory.name if cell.memory else None,
        "candidate": weighed.candidate.name if weighed and weighed.candidate else None,
        "normaliser": weighed.normaliser.name if weighed and weighed.normaliser else None,
        "recurrent": cell.recurrent,
        "parameters": cell.parameters,
    }


def _bound(value: float) -> float | None:
    return value if math.isfinite(value) else None


class _Writer:
    """Writes what a step does, and lists the matrices that it multiplies with: a name, or None for the projection."""

    def __init__(self, cell: Cell):
        self._cell, self.products = cell, list[str | None]()
        self._places = {quantity.name: k for k, quantity in enumerate(cell.quantities)}
        self._rows = {quantity.name: k for k, quantity in enumerate(cell.weighted)}
        self._parameters = {name: k for k, name in enumerate(cell.parameters)}
        self._lines = {quantity.name: [*self._quantity(quantity)] for quantity in cell.quantities}

    def function(self, name: str, quantities: Sequence[Quantity], *, given: bool = False) -> Iterator[str]:
        """The lines of a function that computes some quantities of a step; given: with the functions of its `run`."""
        yield f"export function {name}(run, now, before) {{"
        yield "  const { units, shown, input, hidden, held, record } = run;"
        if given:
            yield f"  const {{ {', '.join((*FUNCTIONS, 'ratio'))} }} = run.functions;"
        for name, k in self._places.items():
            yield f"  const q{k} = run.rows[{json.dumps(name)}];"
        for name, k in self._parameters.items():
            yield f"  const p{k} = run.parameters[{json.dumps(name)}];"
        for quantity in quantities:
            yield from self._lines[quantity.name]
        yield "}"

    def _quantity(self, quantity: Quantity) -> Iterator[str]:
        """The lines that compute one, and hold it where it is held."""
        loops, value = self._hoisted(self._cell.expressions[quantity.name])
        place, width = f"q{self._places[quantity.name]}", _width(quantity.name)
        row = self._row(quantity.name)
        yield f"  // {quantity.name}"
        yield from loops
        yield f"  for (let k = 0; k < {width}; k++) {place}[{row} + k] = {value};"
        if quantity.recorded:
            name = json.dumps(quantity.name)
            yield f"  note(held[{name}], record[{name}], {place}, {row}, {width}, now);"

    def _hoisted(self, expression: Expression) -> tuple[list[str], str]:
        """Loops that multiply what an expression multiplies with matrices, and its value in unit k."""
        lines: list[str] = []

        def product(matrix: str | None, argument: Expression) -> str:
            inner = written(argument)
            number = len(self.products)
            self.products.append(matrix)
            lines.append(f"  const m{number} = run.products[{number}];")
            lines.append(f"  for (let k = 0; k < units; k++) m{number}.from[k] = {inner};")
            lines.append(f"  m{number}.multiply();")
            return f"m{number}.to[k]"

        def written(part: Expression) -> str:
            match part:
                case MatrixProduct(name, argument):
                    return product(name, argument)
                case Call("project", argument):
                    return product(None, argument)
                case WeightedSum(name, which):
                    rows = f"{self._rows[name]} * units + k"
                    halves = {"input": [f"input[{rows}]"], "hidden": [f"hidden[{rows}]"]}
                    return f"({' + '.join(halves.get(which) or halves['input'] + halves['hidden'])})"
                case Parameter(name):
                    return f"p{self._parameters[name]}[k]"
                case Symbol(name, before):
                    return f"q{self._places[name]}[{self._row(name, before=before)} + k]"
            return _arithmetic(part, written)

        value = written(expression)
        return lines, value

    def _row(self, name: str, *, before: bool = False) -> str:
        """Where the row of a quantity begins; what is not carried has one row only."""
        if self._cell[name] not in self._cell.carried:
            return "0"
        return f"{'before' if before else 'now'} * {_width(name)}"


def _width(name: str) -> str:
    return "shown" if name == "hidden_state" else "units"


def _part(cell: Cell, part: Callable[[Any], Any] | None) -> str:
    """The text of what a memory keeps or adds, as a function of values and a place."""
    if part is None:
        return "null"

    def written(expression: Expression) -> str:
        if isinstance(expression, Symbol):
            return f"values[{json.dumps(expression.name)}].values[k]"
        return _arithmetic(expression, written)

    return f"(values, k) => {written(run_part_on_symbols(cell, part))}"


def _arithmetic(expression: Expression, written: Callable[[Expression], str]) -> str:
    """What an expression does with its parts, each of which `written` writes."""
    parts = [written(part) for part in parts_of(expression)]
    match expression:
        case Constant(value):
            return f"({value!r})"
        case Call(function, _):
            return f"{function}({parts[0]})"
        case Ratio():
            return f"ratio({', '.join(parts)})"
        case Largest():
            return f"Math.max({', '.join(parts)})"
        case Product():
            return " * ".join(parts)
        case Sum(terms):
            signs = ["-" if sign < 0 else "+" for sign, _ in terms]
            return f"({' '.join(f'{sign} {part}' for sign, part in zip(signs, parts, strict=True))})"
    raise TypeError(f"cannot compute {expression!r}")
