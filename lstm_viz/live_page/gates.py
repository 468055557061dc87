"""What the heatmaps, lines and arithmetic of a cell's gates are called, in words that only Python has."""

from functools import lru_cache
from typing import Any

from lstm_viz.analysis.ordering import orders_for
from lstm_viz.analysis.saturation import OPEN, SHUT
from lstm_viz.cells import CELLS, NOTATIONS, Cell, Role
from lstm_viz.cells.definition import Quantity
from lstm_viz.figures.heatmap import symbol_of
from lstm_viz.live_page.chain import chain_words


def gates_in_words(cell: Cell, notation: str, *, projected: bool) -> dict[str, Any]:
    """The part of a page's header that follows from its cell alone.

    Parameters
    ----------
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    projected : whether hidden states are behind a projection
    """
    return {
        "orders": list(orders_for(cell).items()),
        "notations": list(NOTATIONS.items()),
        "saturated": {"below": SHUT, "above": OPEN},
        "changeWords": {
            "label": "Your last edit",
            "meaning": "what it changed in the hidden state",
            "new": "hatched: new, with nothing to be compared with",
            "symbol": "",
            "of": "hidden_state",
        },
        **symbols_in_words(cell, notation, projected=projected),
    }


@lru_cache(maxsize=2 * len(CELLS) * len(NOTATIONS))
def symbols_in_words(cell: Cell, notation: str, *, projected: bool) -> dict[str, Any]:
    """What of it is written in the symbols of a notation."""
    return {
        "quantities": [_quantity(each, notation) for each in cell.recorded],
        "chain": chain_words(cell, notation, projected=projected),
    }


def _quantity(quantity: Quantity, notation: str) -> dict[str, Any]:
    return {
        "name": quantity.name,
        "label": quantity.label,
        "meaning": quantity.meaning,
        "symbol": symbol_of(quantity, notation),
        "share": quantity.range.is_share,
        "gate": quantity.role is Role.GATE,
    }
