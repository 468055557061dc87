"""A cell as a notation writes it that defines some gates the other way round: each is 1 less what it is here."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lstm_viz.cells.notation import NOTATIONS

if TYPE_CHECKING:
    from lstm_viz.cells.definition import Quantity


class _Turned:
    """Values by name, of some gates 1 less what they are."""

    def __init__(self, values: Any, names: frozenset[str]):
        self._values, self._names = values, names

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._values, name)
        return 1 - found if name in self._names else found


def turned_quantity(quantity: "Quantity", names: frozenset[str]) -> "Quantity":
    """A quantity of a cell of which some gates, by name, are the other way round."""
    keep, add, opposite = quantity.keep, quantity.add, quantity.opposite
    others = tuple(each for each in NOTATIONS if opposite and each not in opposite.notations)
    return replace(
        quantity,
        compute=lambda now, before: quantity.compute(_Turned(now, names), _Turned(before, names)),
        keep=keep and (lambda now: keep(_Turned(now, names))),
        add=add and (lambda now: add(_Turned(now, names))),
        meaning=opposite.meaning if opposite else quantity.meaning,
        opposite=opposite and opposite._replace(notations=others, meaning=quantity.meaning),
    )
