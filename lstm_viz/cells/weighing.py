"""How a memory weighs what it takes in, read from its definition: the weights by which it is a sum over the past.

A memory adds ``share · content`` at every step, the content being the cell's candidate. So at step t it is a sum over
the steps j up to t of ``share_j · keep_{j+1} ⋯ keep_t`` times the content of step j.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lstm_viz.cells.definition import Cell, Quantity, Role
from lstm_viz.cells.expression import Constant, Expression, Product, Ratio, Symbol, names_in, run_part_on_symbols

Part = Callable[[Any], Any]


@dataclass(frozen=True)
class Weighing:
    """The parts of what a memory adds, each a function of a step's values as a definition's ``now``.

    Attributes
    ----------
    memory : whose
    share : how much of the content comes in
    content : what comes in
    candidate : the quantity that is the content; None where a definition adds something else, all of it with share 1
    normaliser : the state that sums the same shares, kept alike, and by which the memory is divided before it is shown;
        None for most cells
    shown : the memory, or what it is once it is divided
    """

    memory: Quantity
    share: Part
    content: Part
    candidate: Quantity | None
    normaliser: Quantity | None
    shown: Quantity


def weighing(cell: Cell) -> Weighing | None:
    """How a cell's memory weighs what it takes in; None for a cell without a memory.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from lstm_viz.cells import CELLS, GRU
    >>> found = weighing(GRU)
    >>> found.candidate.name, float(found.share(SimpleNamespace(update_gate=0.75)))
    ('candidate', 0.25)
    >>> weighing(CELLS["slstm"]).shown.name, weighing(CELLS["rnn"])
    ('mean_memory', None)
    """
    memory = cell.memory
    if memory is None or memory.add is None:
        return None
    add = memory.add
    candidate = _factor(cell, run_part_on_symbols(cell, add))
    if candidate is None:
        return Weighing(memory, lambda now: 1.0, add, None, None, memory)
    name = candidate.name

    def share(now: Any) -> Any:
        return add(_AllOf(now, name))

    divided = _divided(cell, memory, share)
    return Weighing(memory, share, lambda now: getattr(now, name), candidate, *(divided or (None, memory)))


def share_of(cell: Cell) -> Expression:
    """The share as an expression, the number 1 left out where it stands beside other factors."""
    found = weighing(cell)
    assert found is not None
    return _plain(run_part_on_symbols(cell, found.share))


def _factor(cell: Cell, added: Expression) -> Quantity | None:
    """The one candidate that is a factor of all that is added, and is read nowhere else in it."""
    factors = added.factors if isinstance(added, Product) else (added,)
    found = [q for q in cell.with_role(Role.CANDIDATE) if Symbol(q.name) in factors]
    if len(found) != 1:
        return None
    name = found[0].name
    return found[0] if sum(Symbol(name) in names_in(each) for each in factors) == 1 else None


def _divided(cell: Cell, memory: Quantity, share: Part) -> tuple[Quantity, Quantity] | None:
    """A state that keeps as the memory does and adds the share alone, and what the memory is, divided by it."""
    for other in cell.states:
        if other is memory or other.keep is None or other.add is None or memory.keep is None:
            continue
        keeps = {run_part_on_symbols(cell, each) for each in (memory.keep, other.keep)}
        adds = {_plain(run_part_on_symbols(cell, each)) for each in (share, other.add)}
        ratio = Ratio(Symbol(memory.name), Symbol(other.name))
        shown = next((q for q in cell.quantities if cell.expressions[q.name] == ratio), None)
        if len(keeps) == len(adds) == 1 and shown is not None:
            return other, shown
    return None


def _plain(expression: Expression) -> Expression:
    """A product without the number 1."""
    if not isinstance(expression, Product):
        return expression
    factors = tuple(each for each in expression.factors if each != Constant(1.0))
    return Product(factors) if len(factors) > 1 else factors[0] if factors else Constant(1.0)


class _AllOf:
    """A step's values, in which a quantity is 1."""

    def __init__(self, values: Any, name: str):
        self._values, self._name = values, name

    def __getattr__(self, name: str) -> Any:
        return 1.0 if name == self._name else getattr(self._values, name)
