"""How a memory weighs what it takes in, read from its definition: the weights by which it is a sum over the past.

A memory adds ``share · content`` at every step, the content being the cell's candidate. So at step t it is a sum over
the steps j up to t of ``share_j · keep_{j+1} ⋯ keep_t`` times the content of step j.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace
from typing import Any

from lstm_viz.cells.definition import Cell, Quantity, Role
from lstm_viz.cells.expression import Constant, Expression, Product, Symbol, names_in, run_part_on_symbols

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
    normaliser : the state that sums the same shares, kept alike, and that the memory is divided by where it is shown;
        None for most cells
    """

    memory: Quantity
    share: Part
    content: Part
    candidate: Quantity | None
    normaliser: Quantity | None


def weighing(cell: Cell) -> Weighing | None:
    """How a cell's memory weighs what it takes in; None for a cell without a memory.

    Examples
    --------
    >>> from lstm_viz.cells import CELLS, GRU
    >>> found = weighing(GRU)
    >>> found.candidate.name, float(found.share(SimpleNamespace(update_gate=0.75)))
    ('candidate', 0.25)
    >>> weighing(CELLS["no_input_gate"]).share(SimpleNamespace()), weighing(CELLS["rnn"])
    (1.0, None)
    """
    memory = cell.memory
    if memory is None or memory.add is None:
        return None
    add = memory.add
    candidate = _factor(cell, run_part_on_symbols(cell, add))
    if candidate is None:
        return Weighing(memory, lambda now: 1.0, add, None, None)
    name = candidate.name

    def share(now: Any) -> Any:
        return add(_AllOf(now, name))

    return Weighing(memory, share, lambda now: getattr(now, name), candidate, _normaliser(cell, memory, share))


def share_of(cell: Cell) -> Expression:
    """The share as an expression, the number 1 left out where it stands beside other factors."""
    found = weighing(cell)
    assert found is not None
    return _plain(run_part_on_symbols(cell, found.share))


def only_fades(cell: Cell) -> bool:
    """Whether a memory's `keep` stays between 0 and 1 whatever its gates, so that no weight ever grows.

    Tried at the ends and between them of every share that it reads.
    """
    keep = cell.memory and cell.memory.keep
    if not keep:
        return False
    read = sorted(symbol.name for symbol in names_in(run_part_on_symbols(cell, keep)))
    if not all(cell[name].range.is_share for name in read):
        return False
    tried = product((1e-9, 0.25, 0.5, 1.0), repeat=len(read))
    return all(0 <= keep(SimpleNamespace(**dict(zip(read, values, strict=True)))) <= 1 for values in tried)


def always_mean(cell: Cell) -> bool:
    """Whether the weights and what is left of the initial state make 1 at every step, whatever the gates.

    So it is where the memory is divided by their sum; and where the share that comes in is what is not kept, which is
    tried as in `only_fades`, with gates that follow from others computed from them.
    """
    found = weighing(cell)
    if found is None or found.memory.keep is None:
        return False
    if found.normaliser is not None:
        return True
    keep, share = found.memory.keep, found.share
    gates = [gate for gate in cell.gates if gate.weighted]
    for values in product((1e-9, 0.25, 0.5, 1.0), repeat=len(gates)):
        now: Any = SimpleNamespace(**{gate.name: value for gate, value in zip(gates, values, strict=True)})
        for gate in cell.gates:
            if not gate.weighted:
                setattr(now, gate.name, gate.compute(now, None))
        if abs(keep(now) + share(now) - 1) > 1e-9:
            return False
    return only_fades(cell)


def _factor(cell: Cell, added: Expression) -> Quantity | None:
    """The one candidate that is a factor of all that is added, and is read nowhere else in it."""
    factors = added.factors if isinstance(added, Product) else (added,)
    found = [q for q in cell.with_role(Role.CANDIDATE) if Symbol(q.name) in factors]
    if len(found) != 1:
        return None
    name = found[0].name
    return found[0] if sum(Symbol(name) in names_in(each) for each in factors) == 1 else None


def _normaliser(cell: Cell, memory: Quantity, share: Part) -> Quantity | None:
    """Another state that keeps as the memory does, and adds the share alone."""
    for other in cell.states:
        if other is memory or other.keep is None or other.add is None or memory.keep is None:
            continue
        keeps = [run_part_on_symbols(cell, each.keep) for each in (memory, other) if each.keep]
        adds = [_plain(run_part_on_symbols(cell, each)) for each in (share, other.add)]
        if keeps[0] == keeps[1] and adds[0] == adds[1]:
            return other
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
