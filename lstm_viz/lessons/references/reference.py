"""References as data: what they name, and how they were written. What they amount to is worked out elsewhere."""

from dataclasses import dataclass, field
from typing import Literal, TypeGuard

EXTREMES = {
    "is lowest": "lowest",
    "is highest": "highest",
    "is largest": "highest",
    "is smallest": "lowest",
    "is furthest from 0": "furthest",
    "moves most": "moves",
    "falls most": "falls",
    "rises most": "rises",
}
"""How an extreme is written → what it is called here."""
PASSES = {"is first above": "above", "is first below": "below"}
"""The same of a number that is passed."""


@dataclass(frozen=True)
class StepAt:
    """A step by its number (``end``: counted back from the last one), or by its token and which of those it is."""

    number: int = 0
    token: str = ""
    end: bool = False


@dataclass(frozen=True)
class Run:
    """Which run of the network: of another cell, of another layer, and whether what the view holds is held."""

    cell: str = ""
    layer: int | None = None
    direction: str = ""
    free: bool = False


@dataclass(frozen=True)
class Measure:
    """What has a value at every step.

    Attributes
    ----------
    kind : a quantity of the cell; the probability of a label; the answer; or the part of a unit's memory that `source`
        put there
    name : of the quantity or the label, in code; "" for the answer that a page follows
    unit : which; None for the view's
    mean : of a quantity, whether it is the mean over all units
    change : whether it is what a step adds to the value before it
    """

    kind: Literal["quantity", "label", "answer", "share"]
    name: str = ""
    unit: "int | Place | None" = None
    mean: bool = False
    source: "StepAt | Place | None" = None
    change: bool = False
    run: Run = Run()


@dataclass(frozen=True)
class Number:
    """A measure at one step; None for the view's. ``before``: as it was one step earlier."""

    said: str = field(compare=False)
    measure: Measure
    at: "StepAt | Place | None" = None
    before: bool = False


@dataclass(frozen=True)
class Product:
    """Numbers multiplied."""

    said: str = field(compare=False)
    factors: tuple[Number, ...]


@dataclass(frozen=True)
class Curve:
    """A measure over all steps."""

    said: str = field(compare=False)
    measure: Measure


@dataclass(frozen=True)
class Place:
    """The step at which a measure is extreme, or the unit in which a quantity is; ``at``: of a unit, at which step.

    ``extreme``: one of the values of `EXTREMES`, or of `PASSES` with the ``mark`` that is passed.
    """

    said: str = field(compare=False)
    what: Literal["step", "unit"]
    measure: Measure
    extreme: str
    at: "StepAt | Place | None" = None
    mark: float = 0.0


@dataclass(frozen=True)
class Far:
    """What takes a moment to work out: of a cell, over many lengths or a long way back, or over many trainings.

    ``at``: the length or the distance; None for the curve over all. A score has neither.
    ``state``: of a gradient, with respect to which state it is.
    """

    said: str = field(compare=False)
    kind: Literal["error", "gradient", "score"]
    cell: str
    at: int | None = None
    state: str = "hidden_state"


@dataclass(frozen=True)
class Power:
    """The number aⁿ that the page Vanishing gradient shows."""

    said: str = field(compare=False)


@dataclass(frozen=True)
class Count:
    """How many there are."""

    said: str = field(compare=False)
    of: Literal["steps", "units"]


NumberLike = Number | Product | Far | Count | Power
CurveLike = Curve | Far
Reference = Number | Product | Curve | Place | Far | Count | Power


def is_curve(reference: Reference) -> TypeGuard[Far]:
    """Whether it is one that takes a moment and has many values."""
    return isinstance(reference, Far) and reference.kind != "score" and reference.at is None


def is_heavy(reference: Reference) -> bool:
    """Whether it takes a moment to work out, the first time that it is asked for."""
    return isinstance(reference, Far) and reference.kind != "score"
