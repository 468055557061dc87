"""What a cell is: a list of quantities, in the order in which a step computes them.

A definition is written once, in a file of its own beside this one. The engine, the traces, the equations on screen, the
diagram, the colours, the legends and the tests all read it; none of them knows a cell by name.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from lstm_viz.cells.drawing import NO_DRAWING, Drawing
from lstm_viz.cells.expression import (
    Expression,
    expression_of,
    is_bounding,
    names_in,
    run_on_symbols,
    weighted_sums,
    without_projection,
)
from lstm_viz.cells.latex import latex
from lstm_viz.cells.notation import NOTATIONS, index_of, to_latex
from lstm_viz.cells.turned import turned_quantity


class Role(Enum):
    """What a quantity is for.

    A part is what a gate is made from. Intermediates are drawn and explained but not recorded: they follow from others.
    """

    GATE = "gate"
    PART = "part"
    CANDIDATE = "candidate"
    STATE = "state"
    INTERMEDIATE = "intermediate"


class Range(NamedTuple):
    """Closed bounds of a quantity's values; they also decide its colour scale."""

    low: float
    high: float

    @property
    def is_share(self) -> bool:
        """Whether values run from 0 (nothing) to 1 (all), as a gate's do."""
        return (self.low, self.high) == (0, 1)


SHARE = Range(0, 1)
SIGNED = Range(-1, 1)
UNBOUNDED = Range(-math.inf, math.inf)
POSITIVE = Range(0, math.inf)


class Further(NamedTuple):
    """A weight that a quantity has besides its rows in the weight matrices.

    Attributes
    ----------
    symbol : ``<name>`` in it stands for the letter of a quantity, as in ``p_{<input_gate>}``
    dimensions : 1 for one number a unit, 2 for a matrix, units by units
    """

    symbol: str
    dimensions: int


class Opposite(NamedTuple):
    """Notations that define a gate the other way round: what they call the gate is 1 less it.

    Attributes
    ----------
    notations : which do
    meaning : what their gate tells, as the end of a sentence
    """

    notations: tuple[str, ...]
    meaning: str


Compute = Callable[[Any, Any], Any]
"""``(now, before) → values``. Both give values by name (``before.cell_state``). ``now`` also has
``weighted_sum(name)``, its two halves ``from_input(name)`` and ``from_hidden(name)``, ``project``, a variant's further
weights as ``parameter(name)``, one a unit, and ``product(name, values)``, a matrix, the functions ``sigmoid``,
``tanh``, ``relu``, ``hard_sigmoid``, ``log_sigmoid`` and ``exp``, ``largest(a, b)``, and ``ratio(a, b)``, which is 0
where b is, for whichever array library the values are in."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """One named quantity of a cell.

    Attributes
    ----------
    name : code name, the same everywhere in the code
    label : name on screen
    meaning : what it tells, as the end of a sentence
    role, range : see `Role` and `Range`
    symbols : notation → symbol, such as ``{"pytorch": "c_t", …}``
    compute : how it is computed from this step and the step before; its equation on screen is written from this
    weighted : whether it has rows of its own in the weight matrices
    parameters : further weights of its own, by name
    carried : whether the next step sees it, though it is no state
    opposite : for a gate, the notations in which its symbol stands for 1 less it; see `Cell.in_notation`
    keep, add : for a memory, ``value_t = keep · value_{t−1} + add``, each a value a unit or one number for all; None
        for everything else
    first : for a state, what the first step finds unless something else is given
    """

    name: str
    label: str
    meaning: str
    role: Role
    range: Range
    symbols: Mapping[str, str]
    compute: Compute
    weighted: bool = False
    parameters: Mapping[str, Further] = field(default_factory=dict)
    carried: bool = False
    opposite: Opposite | None = None
    keep: Callable[[Any], Any] | None = None
    add: Callable[[Any], Any] | None = None
    first: float = 0.0

    @property
    def recorded(self) -> bool:
        """Whether traces hold it."""
        return self.role is not Role.INTERMEDIATE

    @property
    def is_memory(self) -> bool:
        """Whether it is a linear recurrence, so that its content can be split by the step that put it there."""
        return self.keep is not None

    def symbol(self, notation: str) -> str:
        """What its values are in a notation: its symbol, or ``1 − z_t`` where that stands for 1 less it."""
        turned = self.opposite is not None and notation in self.opposite.notations
        return f"1 − {self.symbols[notation]}" if turned else self.symbols[notation]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cell:
    """A recurrent cell.

    Attributes
    ----------
    name, title : code name, name on screen
    source : where the equations come from
    summary : one sentence for the reader of a page
    quantities : in the order of computation; those with weights stand in the order of PyTorch's weight rows
    notes : conventions on which texts disagree, a sentence each
    drawing : where its parts sit when it is drawn, and the stages of a step
    opposite_drawing : the same for notations with a gate the other way round
    """

    name: str
    title: str
    source: str
    summary: str
    quantities: tuple[Quantity, ...]
    notes: tuple[str, ...] = ()
    drawing: Drawing = NO_DRAWING
    opposite_drawing: Drawing = NO_DRAWING

    def __getitem__(self, name: str) -> Quantity:
        for quantity in self.quantities:
            if quantity.name == name:
                return quantity
        raise KeyError(f"{self.title} has no {name!r}; it has {', '.join(q.name for q in self.quantities)}")

    @cached_property
    def recorded(self) -> tuple[Quantity, ...]:
        """The quantities that a trace holds."""
        return tuple(q for q in self.quantities if q.recorded)

    @cached_property
    def weighted(self) -> tuple[Quantity, ...]:
        """The quantities with weights of their own, in the order of the weight rows."""
        return tuple(q for q in self.quantities if q.weighted)

    @cached_property
    def states(self) -> tuple[Quantity, ...]:
        """What one step hands to the next."""
        return self.with_role(Role.STATE)

    @cached_property
    def carried(self) -> tuple[Quantity, ...]:
        """The states, and whatever else the next step sees."""
        return tuple(q for q in self.quantities if q.carried or q.role is Role.STATE)

    @cached_property
    def parameters(self) -> dict[str, int]:
        """Every further weight of a variant, and its dimensions; see `Further`."""
        return {name: weight.dimensions for q in self.quantities for name, weight in q.parameters.items()}

    @cached_property
    def gates(self) -> tuple[Quantity, ...]:
        """The quantities that scale others by a share between 0 and 1."""
        return self.with_role(Role.GATE)

    @cached_property
    def expressions(self) -> dict[str, Expression]:
        """How each quantity is computed, as a tree; see `expression_of`."""
        return run_on_symbols(self)

    @cached_property
    def memory(self) -> Quantity | None:
        """The state that is a linear recurrence, the first of several, or None for a cell that has none."""
        return next((q for q in self.quantities if q.is_memory), None)

    @cached_property
    def recurrent(self) -> bool:
        """Whether any weights see the last hidden state; where none do, a layer has no recurrent weights at all."""
        return any(part.part != "input" for whole in self.expressions.values() for part in weighted_sums(whole))

    @cached_property
    def parallel(self) -> bool:
        """Whether all steps can be computed at once: nothing reads the step before but the memory, and only itself."""
        if self.memory is None or self.recurrent:
            return False
        others = (whole for name, whole in self.expressions.items() if name != self.memory.name)
        return not any(symbol.before for whole in others for symbol in names_in(whole))

    @cached_property
    def after_memory(self) -> tuple[Quantity, ...]:
        """What a step makes of its memory, gates apart, which have weights of their own; nothing without a memory."""
        if self.memory is None:
            return ()
        found, made = list[Quantity](), {self.memory.name}
        for quantity in self.quantities[self.quantities.index(self.memory) + 1 :]:
            if not quantity.weighted and made & {symbol.name for symbol in names_in(self.expressions[quantity.name])}:
                found.append(quantity)
                made.add(quantity.name)
        return tuple(found)

    def leans_on(self, name: str) -> frozenset[str]:
        """The quantities, itself among them, to which a quantity owes its range, at its step or before.

        A sigmoid or a tanh owes it to nothing else, and what has weights of its own to no other quantity.
        """
        found, new = frozenset[str](), frozenset({name})
        while new:
            found |= new
            open_ended = [q for q in new if not self[q].weighted and not is_bounding(self.expressions[q])]
            read = (symbol.name for each in open_ended for symbol in names_in(self.expressions[each]))
            new = frozenset(read) - found
        return found

    def with_role(self, role: Role) -> tuple[Quantity, ...]:
        """The quantities of one role, in order."""
        return tuple(q for q in self.quantities if q.role is role)

    def symbol(self, name: str, notation: str, *, before: bool = False) -> str:
        """The LaTeX symbol of a further weight, or of a quantity at this step or the one before; also of ``inputs``."""
        if name in self.parameters:
            return to_latex(self._weight(name, lambda quantity: to_latex(self.letter(quantity, notation))))
        return to_latex(INPUTS[notation] if name == "inputs" else self[name].symbol(notation), before=before)

    def letter(self, name: str, notation: str) -> str:
        """What the index of a quantity's weights is."""
        return index_of(self[name].symbols[notation], notation)

    def weight_symbol(self, name: str, notation: str) -> str:
        """The symbol of a further weight, such as ``p_{i}``."""
        return self._weight(name, lambda quantity: self.letter(quantity, notation))

    def _weight(self, name: str, letter: Callable[[str], str]) -> str:
        """The symbol of a further weight, with the letters of quantities put in."""
        symbol = next(q.parameters[name].symbol for q in self.quantities if name in q.parameters)
        return re.sub(r"<(\w+)>", lambda match: letter(match[1]), symbol)

    def equation(self, name: str, notation: str) -> str:
        """The whole equation of a quantity in LaTeX, in one of the `NOTATIONS`; a projection is left out.

        It is that of `in_notation`: what a gate's symbol means there, it means here. Where the symbol
        `says_itself`, both sides are the same.
        """
        cell = self.in_notation(notation)
        return f"{cell.symbol(name, notation)} = {cell._right_side(name, notation)}"

    def says_itself(self, name: str, notation: str) -> bool:
        """Whether a quantity's symbol is how it is computed, so that its equation would say the same twice.

        Examples
        --------
        >>> from lstm_viz.cells import LSTM
        >>> [LSTM.says_itself("squashed_cell_state", notation) for notation in ("textbook", "udacity")]
        [True, False]
        """
        cell = self.in_notation(notation)
        return cell.symbol(name, notation) == cell._right_side(name, notation)

    def _right_side(self, name: str, notation: str) -> str:
        """How a quantity is computed, in LaTeX; a projection is left out."""
        return latex(self, without_projection(expression_of(self, name)), notation)

    def in_notation(self, notation: str) -> "Cell":
        r"""The same cell with every gate as a notation means it; the cell itself where that is how it is defined.

        A gate that the notation defines the other way round is 1 less the one here, wherever it is read. Its own
        weights are then those here with the sign changed, because σ(−a) = 1 − σ(a).

        Examples
        --------
        >>> from lstm_viz.cells import GRU
        >>> GRU.equation("hidden_state", "textbook")
        'h_{t} = (1 - z_{t}) \\odot h_{t-1} + z_{t} \\odot \\tilde{h}_{t}'
        """
        if notation not in NOTATIONS:
            raise ValueError(f"notation {notation!r} is not known; choose one of {', '.join(NOTATIONS)}")
        if all(q.symbol(notation) == q.symbols[notation] for q in self.quantities):
            return self
        return self._opposite

    @cached_property
    def _opposite(self) -> "Cell":
        """The same cell with every gate that has an opposite the other way round."""
        turned = frozenset(q.name for q in self.quantities if q.opposite)
        return replace(
            self,
            quantities=tuple(turned_quantity(quantity, turned) for quantity in self.quantities),
            drawing=self.opposite_drawing,
            opposite_drawing=self.drawing,
        )


INPUTS: Mapping[str, str] = {"textbook": "x_t", "pytorch": "x_t", "udacity": "E_t"}
"""Symbols of what arrives at a step."""


def gate(name: str, label: str, meaning: str, symbols: tuple[str, str, str], **changes: Any) -> Quantity:
    """A share between 0 and 1: the logistic sigmoid of the quantity's own weighted sum. `symbols`: as `NOTATIONS`."""
    standard: dict[str, Any] = {
        "role": Role.GATE,
        "range": SHARE,
        "compute": lambda now, before: now.sigmoid(now.weighted_sum(name)),
        "weighted": True,
    }
    return Quantity(
        name=name,
        label=label,
        meaning=meaning,
        symbols=dict(zip(NOTATIONS, symbols, strict=True)),
        **(standard | changes),
    )


def candidate(name: str, label: str, meaning: str, symbols: tuple[str, str, str], **changes: Any) -> Quantity:
    """New content between −1 and 1: tanh of the quantity's own weighted sum."""
    standard: dict[str, Any] = {
        "role": Role.CANDIDATE,
        "range": SIGNED,
        "compute": lambda now, before: now.tanh(now.weighted_sum(name)),
    }
    return gate(name, label, meaning, symbols, **(standard | changes))


def state(name: str, label: str, meaning: str, symbols: tuple[str, str, str], **facts: Any) -> Quantity:
    """What one step hands to the next; without weights of its own unless `facts` says so."""
    return gate(name, label, meaning, symbols, **({"role": Role.STATE, "range": SIGNED, "weighted": False} | facts))


def memory(
    name: str,
    label: str,
    meaning: str,
    symbols: tuple[str, str, str],
    *,
    keep: Callable[[Any], Any],
    add: Callable[[Any], Any],
    **facts: Any,
) -> Quantity:
    """A state that keeps a share of its last value and adds something: ``keep · before + add``."""
    return state(name, label, meaning, symbols, **recurrence(name, keep=keep, add=add), **facts)


def recurrence(name: str, *, keep: Callable[[Any], Any], add: Callable[[Any], Any]) -> dict[str, Callable[..., Any]]:
    """How a memory is computed: ``keep · before + add``, and its two parts."""

    def compute(now: Any, before: Any) -> Any:
        return keep(now) * getattr(before, name) + add(now)

    return {"compute": compute, "keep": keep, "add": add}
